"""What a message asks for."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from advisor.domain import AskKind
from advisor.intake import patterns, read

CASES = tomllib.loads(Path(__file__).with_name("asks.toml").read_text(encoding="utf-8"))["case"]


class Keys:
    """Wording that answers with the key."""

    def amount(self, text: str, /) -> str:
        return text

    def say(self, key: str, /, **slots: str) -> str:
        return key


@pytest.mark.parametrize("case", CASES, ids=[case["say"][:60] for case in CASES])
def test_message_is_cut_into_its_asks(case: dict[str, Any]) -> None:
    asks = read(case["say"], wording=Keys()).asks
    assert [ask.kind.value for ask in asks] == case["kinds"]
    assert set(case.get("moves", ())) <= set(asks[0].moves)
    assert set(case.get("topics", ())) <= set(asks[0].topics)
    assert set(case.get("figures", ())) <= set(asks[0].figures)


def test_other_fields_are_named_while_the_rest_is_answered() -> None:
    reading = read("Should we launch tiers? And is our reseller contract legally enforceable?", wording=Keys())
    assert reading.in_scope
    assert reading.out_of_scope == "legal"
    assert [ask.kind.value for ask in reading.asks] == ["is_it_right_for_us", "out_of_scope"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("A reseller's rep wants the fee on his private account. He is a third of our pipeline. How do I say no?", "conduct"),
        ("A consultant of a partner harassed my colleague at the fair. What do I have to do?", "conduct"),
        ("Wir haben dem Händler gekündigt, er will einen Ausgleich nach §89b. Muss ich da was zahlen?", "legal"),
        ("The partner hired our engineer in spite of the non-solicit. What now?", "legal"),
    ],
)
def test_what_to_do_about_law_or_conduct_that_is_told_of_is_outside(text: str, field: str) -> None:
    asks = read(text, wording=Keys()).asks
    assert [(ask.kind.value, ask.topics) for ask in asks] == [("out_of_scope", (field,))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We have a non-solicit with our reseller. Should we recruit more resellers?", "is_it_right_for_us"),
        ("The tax office wrote. How much commission is usual for a referral?", "how_much"),
    ],
)
def test_a_question_of_ours_beside_a_word_of_law_is_still_read(text: str, kind: str) -> None:
    assert kind in [ask.kind.value for ask in read(text, wording=Keys()).asks]


def test_consumer_hardware_is_outside_as_a_whole() -> None:
    reading = read("We sell smart headphones B2C online, how do we recruit resellers?", wording=Keys())
    assert not reading.in_scope
    assert reading.out_of_scope


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "🙂🙂🙂", "...", "\u202e\u200f", "?"])
def test_nothing_said_asks_nothing_or_where_to_start(text: str) -> None:
    reading = read(text, wording=Keys())
    assert [ask.kind.value for ask in reading.asks] in ([], ["where_to_start"], ["chit_chat"])
    assert reading.client.facts == {}


@pytest.mark.parametrize(
    "text",
    [
        "Can I promise the CFO 25% partner revenue in the business case?", "What share can we budget for next year from partners?", "I need a win rate uplift on a slide for the board. Which one?",
        "My CMO says partner deals close 46% faster, can I put that in the pitch deck?", "How much partner revenue can we commit to?", "What ROI can I guarantee?", "What can I tell the CFO partners will bring? He needs a number",
        "What win rate do partner deals have vs direct ones, and can I promise it to my investor?", "Which uplift goes into the forecast for the board?", "Give me a benchmark for CAC I can use in the business plan",
    ],
)  # fmt: skip
def test_figure_that_is_to_stand_as_certain_is_a_promise(text: str) -> None:
    assert any(ask.promise for ask in read(text, wording=Keys()).asks)


@pytest.mark.parametrize("text", ["What win rate uplift is typical?", "Should we promise partners exclusivity?", "How long does the first deal take?", "Is 40% realistic?", "Should we launch tiers?"])
def test_figure_that_is_only_asked_for_is_no_promise(text: str) -> None:
    assert not any(ask.promise for ask in read(text, wording=Keys()).asks)


@pytest.mark.parametrize("entry", patterns.glossary()["term"], ids=lambda entry: entry["term"])
def test_every_term_of_the_glossary_may_be_asked_for_by_any_of_its_names(entry: dict[str, Any]) -> None:
    for name in (entry["term"], *entry["synonyms"]):
        if "," not in name:
            reading = read(f"What is {name}?", wording=Keys())
            assert [ask.kind for ask in reading.asks] == [AskKind.EXPLAIN_TERM], name


@pytest.mark.parametrize("text", ["What is the population of Rome?", "Define distribution of wealth."])
def test_a_term_inside_a_question_of_another_field_stays_outside(text: str) -> None:
    assert not read(text, wording=Keys()).in_scope
