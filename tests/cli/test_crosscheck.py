"""References between data files that lead nowhere are named with file and entry."""

from __future__ import annotations

from dataclasses import replace

from typing import Any

import pytest

from advisor import library, rules
from advisor.answering import playbook
from advisor.cli.crosscheck import conversation, faults, matters


def told(**changes: object) -> list[str]:
    book = rules.load()
    table = replace(book.decisions["deal_credit"], **changes)
    return [str(error) for error in faults(library.load(), replace(book, decisions={**book.decisions, "deal_credit": table}))]


def test_the_shipped_files_name_each_other_rightly() -> None:
    assert told() == []


def test_a_decision_without_its_sentence_is_named() -> None:
    row = rules.load().decisions["deal_credit"].rows[0]
    found = told(rows=(replace(row, says="decisions.deal_credit.nowhere.says"),))
    assert any("decisions/deal_credit.toml › decision.deal_credit.late" in line and "nowhere" in line for line in found), found


def test_a_column_without_its_sentence_is_named() -> None:
    row = rules.load().decisions["deal_credit"].rows[0]
    found = told(rows=(replace(row, columns={"owner": "decisions.deal_credit.late.owner"}),))
    assert any("decisions.deal_credit.late.owner" in line for line in found), found


def test_a_decision_on_an_unknown_source_is_named() -> None:
    row = rules.load().decisions["deal_credit"].rows[0]
    assert any("source" in line and "doc-009:x" in line for line in told(rows=(replace(row, source="doc-009:x"),)))


def test_a_phrase_whose_brackets_do_not_match_is_named() -> None:
    found = told(words={"asked": ["(owe|pay"], "closed": {"true": ["closed"]}})
    assert any("decisions/deal_credit.toml › words › asked" in line and "brackets" in line for line in found), found


def test_a_phrase_with_a_slot_nobody_knows_is_named() -> None:
    assert any("words › asked" in line for line in told(words={"asked": ["pay <much>"]}))


def test_words_that_are_no_list_are_named() -> None:
    assert any("words › asked" in line and "a list" in line for line in told(words={"asked": "pay"}))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"asks": ("(what|which",)}, "conversation › asks"),
        ({"pronouns": {"he": "the partner"}}, "conversation.pronouns › he"),
        ({"reply": {"weather": "It is {words}."}}, "conversation.reply › weather: found a fact that no question asks for"),
        ({"reply": {"arr": "Our ARR is known."}}, "conversation.reply › arr"),
        ({"reply_no": {"owner": "{words}"}}, "conversation.reply_no › owner"),
    ],
)
def test_words_of_conversations_that_lead_nowhere_are_named(changes: dict[str, Any], says: str) -> None:
    words = playbook.load().conversation.model_copy(update=changes)
    asked = {entry.fact for entry in rules.load().questions.entries}
    assert [says in str(fault) for fault in conversation(words, asked)] == [True]


@pytest.mark.parametrize("changes", [{"named": ("<money> ... salary",)}, {"unless": ("(what|which",)}, {"only": {"lead_only": ("<money>",)}}])
def test_a_phrase_of_a_matter_that_cannot_be_read_is_named(changes: dict[str, Any]) -> None:
    matter = playbook.load().matters["end_partner"].model_copy(update=changes)
    assert ["matters.toml › matters.end_partner" in str(fault) for fault in matters({"end_partner": matter})] == [True]
