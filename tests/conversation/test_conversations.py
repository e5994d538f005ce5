"""The conversations of `evals/conversations.yaml`, turn by turn."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from advisor import Advisor, Assessment, datafiles
from advisor.cli.facts import paths_of, with_facts
from advisor.conversation.talk import Talk
from advisor.domain import Answer, Move
from advisor.domain.changes import facts_of
from advisor.rendering.changes import changes
from advisor.rules import asks_again

CASES = yaml.safe_load(datafiles.read_text(datafiles.root() / "evals" / "conversations.yaml"))["cases"]
EXPECTED = {"stage", "facts", "asked", "advise", "advise_against", "turned", "open", "again", "says", "never"}


def test_there_are_a_dozen_conversations_of_three_to_eight_turns() -> None:
    assert len(CASES) == len({case["name"] for case in CASES}) >= 12
    assert all(3 <= len(case["inputs"]["turns"]) <= 8 for case in CASES)
    assert all(set(turn.get("expect", {})) <= EXPECTED for case in CASES for turn in case["inputs"]["turns"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_conversation_goes_as_expected(case: dict[str, Any], talk: Talk, clock: Any) -> None:
    for turn in case["inputs"]["turns"]:
        clock.pass_days(turn.get("days", 0))
        if "say" in turn:
            answer = talk.ask(turn["say"])
            holds_always(answer)
            holds_of_answer(answer, turn["expect"])
        elif "what_if" in turn:
            holds_of_what_if(talk, turn["what_if"], turn["expect"])
        elif "decide" in turn:
            talk.decide(Move(turn["decide"]["move"]), turn["decide"]["reason"])
        else:
            talk.undo()


def holds_always(answer: Answer) -> None:
    """Two questions at most, everything grounded, every fact with its words."""
    assert len(answer.answer.questions) <= 2
    done = answer.verification
    assert (done.unsupported, done.uncited_claims, done.rule_violations) == (0, 0, 0)
    assert done.removed == ()
    assert all(known.fact and known.fact.quote for known in facts_of(answer.assessment.client).values())


def holds_of_answer(answer: Answer, expect: dict[str, Any]) -> None:
    holds_of(answer.assessment, expect)
    told = answer.answer
    assert {*expect.get("advise", ())} <= {*told.recommended_moves}
    assert {*expect.get("advise_against", ())} <= {*told.advised_against}
    if "asked" in expect:
        assert expect["asked"] in [ask.kind for ask in answer.asks]
    if "turned" in expect:
        turned = {move for claim in told.claims if "Until now: " in claim.text for move in claim.moves}
        assert {*expect["turned"]} <= turned
    if "again" in expect:
        asked = [question for question in answer.assessment.questions if asks_again(question, answer.assessment.client)]
        assert [path for question in asked for path in (question.fact, *question.also)] == expect["again"]
        assert all(question.ask in told.questions for question in asked)
    for words in expect.get("says", ()):
        assert words in answer.text
    for words in expect.get("never", ()):
        assert words not in answer.text


def holds_of(assessment: Assessment, expect: dict[str, Any]) -> None:
    if "stage" in expect:
        assert assessment.stage.id == expect["stage"]
    if "open" in expect:
        assert [list(item.facts) for item in assessment.contradictions] == expect["open"]
    known = facts_of(assessment.client)
    for path, wanted in expect.get("facts", {}).items():
        assert plain(known[path].value if path in known else None) == wanted, path


def holds_of_what_if(talk: Talk, facts: dict[str, str], expect: dict[str, Any]) -> None:
    advisor = talk.advisor
    assert isinstance(advisor, Advisor)
    known = talk.client()
    reading = advisor.read("", known)
    after = advisor.judge(advisor.supposing(reading, with_facts(known, facts), changed=paths_of(facts)))
    holds_of(after, expect)
    assert {*expect["turned"]} <= {change.id for change in changes(advisor.judge(reading), after) if change.what == "move"}


def plain(value: Any) -> Any:
    """A fact's value as cases write it: an amount without its currency, moves by their names."""
    if isinstance(value, dict) and "amount" in value:
        return value["amount"]
    return [item["move"] if isinstance(item, dict) else item for item in value] if isinstance(value, list) else value
