"""Puts a case before the subject and scores what comes back."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from advisor import intake
from advisor.adapters import foreign
from advisor.answering import prompts
from advisor.conversation.talk import Talk
from advisor.domain import Answer, Assessment, Client
from advisor.domain.changes import facts_of
from advisor.domain.plan import PlanRequest
from advisor.evaluation.calls import LimitReached
from advisor.evaluation.cases import Case, Found, TurnExpected
from advisor.evaluation.clients import client_given
from advisor.evaluation.held import client_decided, row_decided, sentences_below, sum_worked
from advisor.evaluation.results import Result, Scored
from advisor.evaluation.scorers import SCORERS, Score
from advisor.evaluation.scorers.calls import Called
from advisor.evaluation.scorers.plans import Planned, Refused
from advisor.evaluation.scorers.prompts import sentences_of
from advisor.evaluation.seen import Seen
from advisor.evaluation.subjects import Subject
from advisor.evaluation.texts import checked
from advisor.figures import find, supports
from advisor.planning.refuse import RefusedError
from advisor.rendering.changes import changes
from advisor.rendering.formats import render
from advisor.rules import asks_again

DEPTH = 10


def evaluate(case: Case, subject: Subject) -> Result:
    """The scores of a case with what it showed. A failure of the subject is a score of 0, never an exception; LimitReached is none."""
    began = time.perf_counter()
    try:
        seen = OBSERVE[case.kind](case, subject)
        seen.seconds = round(time.perf_counter() - began, 4)
        fitting = [scorer for scorer in SCORERS if scorer.kind == case.kind and (subject.scored is None or scorer.name in subject.scored)]
        scores = {scorer.name: score for scorer in fitting if (score := scorer.score(case, seen)) is not None}
    except LimitReached:
        raise
    except Exception as error:  # noqa: BLE001  # one case on which the program breaks is that case's score of 0 and must not end a run of hundreds
        crash = Score(0.0, f"{type(error).__name__}: {error}"[:400])
        return Result(suite=case.suite, case=case.name, scores={"runs": Scored(value=0.0, why=crash.why)}, seconds=round(time.perf_counter() - began, 4))
    return Result(suite=case.suite, case=case.name, scores={name: Scored(value=score.value, why=score.why) for name, score in scores.items()}, seconds=seen.seconds, shown=seen.shown)


def _answered(case: Case, subject: Subject) -> Seen:
    answer = subject.answer(case)
    more: dict[str, Any] = {"model": _of_model(answer, subject)} if subject.heard or answer.run.composer == "model" else {}
    if subject.compared:
        more["checked"] = checked(case, answer)
    return Seen(subject, answer, shown={**shown_of(answer), "question": _asked(case), **more})


def _asked(case: Case) -> str:
    """All that the answer rests on: every turn, the document behind the first, and the facts given beside."""
    of = case.inputs
    first, *later = of.turns or (of.question,)
    known = ", ".join(f"{name} {value}" for name, value in of.client.items())
    return "\n\n".join(part for part in (first, of.notes, *later, f"Known of the client: {known}" if known else "") if part)


def _searched(case: Case, subject: Subject) -> Seen:
    found = tuple(hit.id for hit in subject.retriever.search(case.inputs, DEPTH, "knowledge"))
    held = subject.retriever.holds(case.inputs) if isinstance(case.expected, Found) else None
    return Seen(subject, found=found, other=held, shown={"question": case.inputs, "found": list(found)})


def _read(case: Case, subject: Subject) -> Seen:
    client = facts_read(case)
    facts = {name: fact.quote for name, fact in client.facts.items()}
    return Seen(subject, other=client, shown={"question": case.inputs.say, "facts": facts})


def facts_read(case: Case) -> Client:
    """The facts of an utterance, as the intake alone reads them."""
    return intake.read(case.inputs.say, today=case.inputs.today, wording=_Keys()).client


def _checked(case: Case, subject: Subject) -> Seen:
    says, piece = case.inputs.says, subject.library.evidence(case.inputs.cites, {})
    faults = [match.reason for figure in find(says) if not (match := supports(figure, says, [piece]))]
    return Seen(subject, other=(not faults, "; ".join(faults)), shown={"question": says, "cites": piece.says, "faults": faults})


def _talked(case: Case, subject: Subject) -> Seen:
    subject.on(None)
    talk, outcomes, texts = subject.conversation(), [], []
    for turn in case.inputs.turns:
        subject.clock.pass_days(turn.days)
        faults: list[str] = []
        if turn.say is not None:
            answer = talk.ask(turn.say)
            faults = [*_always(answer), *_of_answer(answer, turn.expect)]
            texts.append(f"> {turn.say}\n\n{answer.text}")
        elif turn.what_if is not None:
            faults = _of_what_if(talk, subject, turn.what_if, turn.expect)
        elif turn.decide is not None:
            talk.decide(turn.decide.move, turn.decide.reason)
        else:
            talk.undo()
        outcomes.append(faults)
    return Seen(subject, other=outcomes, shown={"question": next(turn.say for turn in case.inputs.turns if turn.say), "text": "\n\n".join(texts)})


def _recorded(case: Case, subject: Subject) -> Seen:
    return Seen(subject, shown={"question": case.inputs})


def _decided(case: Case, subject: Subject) -> Seen:
    of = case.inputs
    if of.sum:
        decided = sum_worked(of.sum, of.given)
    else:
        decided = row_decided(of.table, of.given, subject) if of.table else client_decided(of.client, subject)
    return Seen(subject, other=decided, shown={"question": str(dict(of.client) or f"{of.table or of.sum}: {dict(of.given)}"), **decided})


def _said(case: Case, subject: Subject) -> Seen:
    said = sentences_below(case.inputs, subject)
    return Seen(subject, other=said, shown={"question": case.inputs, "sentences": len(said)})


def _translated(case: Case, subject: Subject) -> Seen:
    lexicon = foreign.lexicon_of(case.inputs.lang)
    found = [lexicon.english(foreign.folded(word)) for word in case.inputs.words]
    return Seen(subject, other=found, shown={"question": ", ".join(case.inputs.words), "found": [" or ".join(each) or "nothing" for each in found]})


def _prompted(case: Case, subject: Subject) -> Seen:
    prompt = prompts.load(case.inputs)
    return Seen(subject, other=sentences_of(prompt), shown={"question": case.inputs, "text": "\n\n".join(part.text for part in prompt.parts)})


def _planned(case: Case, subject: Subject) -> Seen:
    of = case.inputs
    subject.on(of.today)
    client, fx = client_given(of.client)
    reading = subject.read(of.text or "", options=client, fx=fx)
    assessment, shown = subject.judge(reading), {"question": of.text or str(dict(of.client)), "kind": of.kind.value}
    try:
        plan = subject.plan(PlanRequest(kind=of.kind, start=of.start, hours_per_week=of.hours_per_week, people=of.people, language=of.language), reading)
    except RefusedError as error:
        refused = Refused(error.rule, error.instead, str(error))
        return Seen(subject, other=Planned(refused, assessment, ""), shown={**shown, "refused": error.rule, "text": str(error)})
    text = str(render(plan, "md", subject.documents))
    return Seen(subject, other=Planned(plan, assessment, text), shown={**shown, "text": text, "tasks": [task.id for task in plan.tasks]})


def _called(case: Case, subject: Subject) -> Seen:
    subject.on(None)
    of = case.inputs
    text, failed = subject.call(of.tool, of.arguments)
    return Seen(subject, other=Called(text, failed), shown={"question": f"{of.tool} {of.arguments}", "text": text})


OBSERVE = {
    "answers": _answered, "retrieval": _searched, "intake": _read, "figures": _checked, "conversations": _talked, "records": _recorded, "decisions": _decided, "sentences": _said,
    "words": _translated, "prompts": _prompted, "plans": _planned, "tools": _called,
}  # fmt: skip


def shown_of(answer: Answer) -> dict[str, Any]:
    """What reports show of an answer: its words, decisions and evidence, and the way it was made."""
    reply, assessment = answer.answer, answer.assessment
    cited = [{"n": each.n, "id": each.id, "title": each.title, "applies": each.applies.value, "says": each.says} for each in answer.citations]
    rules = [f"{finding.rule}: {finding.verdict} {finding.move or ''}".rstrip() for finding in assessment.findings]
    return {
        "question": answer.question, "text": reply.text, "language": answer.language, "stage": assessment.stage.id.value, "stage_because": assessment.stage.because,
        "motion": assessment.motion.id.value if assessment.motion else None, "in_scope": assessment.in_scope, "asks": [ask.kind.value for ask in answer.asks],
        "advised": [move.value for move in reply.recommended_moves], "advised_against": [move.value for move in reply.advised_against],
        "questions": list(reply.questions), "open_facts": list(dict.fromkeys(fact for question in assessment.questions for fact in (question.fact, *question.also))), "abstained_on": list(reply.abstained_on), "citations": cited, "rules": rules,
        "removed": [f"{item.text} ({item.reason})" for item in answer.verification.removed], "cost": answer.run.cost,
    }  # fmt: skip


def _of_model(answer: Answer, subject: Subject) -> dict[str, Any]:
    """What a model wrote, what the gates caught of it, and what that took."""
    done, run = answer.verification, answer.run
    return {"sent_back": done.repairs, "left_out": len(done.removed), "tokens": run.tokens, "cost": run.cost, "seconds": round(subject.waited, 1), **subject.heard}


class _Keys:
    """Wording that answers with the key: the facts of an utterance do not depend on it."""

    def say(self, key: str, /, **slots: str) -> str:
        return key

    def has(self, key: str, /) -> bool:
        return True

    def slots(self, key: str, /) -> frozenset[str]:
        return frozenset()

    def amount(self, text: str, /) -> str:
        return text

    def figures(self, key: str, /) -> tuple[str, ...]:
        return ()

    def rules(self, key: str, /) -> tuple[str, ...]:
        return ()


def _always(answer: Answer) -> Iterable[str]:
    """What holds in every turn: two questions at most, nothing withheld, every fact with its words."""
    if len(answer.answer.questions) > 2:
        yield f"{len(answer.answer.questions)} questions"
    if answer.verification.removed:
        yield f"withheld: {answer.verification.removed[0].text}"
    for path, known in facts_of(answer.assessment.client).items():
        if not (known.fact and known.fact.quote):
            yield f"{path} without its words"


def _of_answer(answer: Answer, expect: TurnExpected) -> Iterable[str]:
    yield from _of(answer.assessment, expect)
    told = answer.answer
    yield from (f"{move} not advised" for move in expect.advise if move not in told.recommended_moves)
    yield from (f"{move} not advised against" for move in expect.advise_against if move not in told.advised_against)
    if expect.asked is not None and expect.asked not in [ask.kind for ask in answer.asks]:
        yield f"{expect.asked} is not what was answered"
    turned = {move for claim in told.claims if "Until now: " in claim.text for move in claim.moves}
    yield from (f"the changed verdict on {move} is not said" for move in expect.turned if move not in turned)
    if expect.again is not None:
        asked = [question for question in answer.assessment.questions if asks_again(question, answer.assessment.client)]
        if (again := [path for question in asked for path in (question.fact, *question.also)]) != list(expect.again):
            yield f"asked again about {again}"
    yield from (f"{words!r} is not said" for words in expect.says if words not in answer.text)
    yield from (f"{words!r} is said" for words in expect.never if words in answer.text)


def _of(assessment: Assessment, expect: TurnExpected) -> Iterable[str]:
    if expect.stage is not None and assessment.stage.id != expect.stage:
        yield f"stage {assessment.stage.id} instead of {expect.stage}"
    if expect.open is not None and (open_ := [item.facts for item in assessment.contradictions]) != list(expect.open):
        yield f"open contradictions: {open_}"
    known = facts_of(assessment.client)
    for path, wanted in expect.facts.items():
        if (held := _plain(known[path].value if path in known else None)) != wanted:
            yield f"{path} is {held} instead of {wanted}"


def _of_what_if(talk: Talk, subject: Subject, facts: Mapping[str, str], expect: TurnExpected) -> list[str]:
    known, supposed = talk.client(), client_given(facts).client
    changed = frozenset(name for name in supposed.model_fields_set if name != "facts")
    client = known.model_copy(update={**{name: getattr(supposed, name) for name in changed}, "facts": {**known.facts, **supposed.facts}})
    before = subject.read("", known)
    after = subject.judge(subject.supposing(before, client, changed=changed))
    turned = {change.id for change in changes(subject.judge(before), after) if change.what == "move"}
    return [*_of(after, expect), *(f"the what-if does not turn {move}" for move in expect.turned if move not in turned)]


def _plain(value: Any) -> Any:
    """A fact's value as cases write it: an amount without its currency, moves by their names."""
    if isinstance(value, dict) and "amount" in value:
        return value["amount"]
    return [item["move"] if isinstance(item, dict) else item for item in value] if isinstance(value, list) else value
