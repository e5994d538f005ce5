"""The shipped tables: proved, worded, and every row reached by a named case."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.datafiles import read_toml
from advisor.rules import RuleBook, load, problems
from advisor.rules.combine import apply
from advisor.rules.proof import prove

CASES = read_toml(Path(__file__).with_name("cases.toml"))["case"]
BOOK = load()


def test_nothing_is_wrong_with_the_shipped_rules() -> None:
    assert problems() == []


@pytest.mark.parametrize("name", sorted(BOOK.tables))
def test_a_table_is_complete_disjoint_and_alive(name: str) -> None:
    assert prove(BOOK.tables[name]) == []


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_facts_lead_to_the_row(case: dict) -> None:
    table = BOOK.tables[case["row"].partition(".")[0]]
    assert [row.id for row in apply(table, case["facts"])] == [case["row"]]


def test_every_row_is_reached_by_a_case() -> None:
    assert {case["row"] for case in CASES} == set(BOOK.rows)


def test_every_phrase_of_the_rules_is_there_and_none_is_left_over(book: RuleBook, wording) -> None:
    wanted = {row.says for row in book.rows.values()}
    for row in book.rows.values():
        for verdict in row.verdicts:
            wanted |= {verdict.text, verdict.because} | ({verdict.change} if verdict.change else set())
    assert wanted <= wording.phrases.keys()
    table_keys = {key for key in wording.phrases if key.split(".")[1] in {*book.tables, "change"}}
    spoken_in_code = ("label", "why", "because", "list", "edge")
    named = {f"rules.{row.id.partition('.')[0]}.{verdict.move}.noun" for row in book.rows.values() for verdict in row.verdicts}
    left_over = {key for key in table_keys - wanted - named if not any(part.startswith(spoken_in_code) for part in key.split(".")[2:4])}
    assert left_over == set()


def test_thresholds_read_like_money_and_ranges(book: RuleBook) -> None:
    assert book.thresholds["stage.5-15M.low"] == "€5M"
    assert book.thresholds["stage.5-15M.range"] == "€5–15M"
    assert book.thresholds["stage.<5M.range"] == "below €5M"
    assert book.thresholds["stage.>150M.range"] == "above €150M"
    assert book.thresholds["signal_win_rate.fired.low"] == "15"


@pytest.mark.parametrize("word", ["forbid", "require", "doc-000", "TODO"])
def test_phrases_hold_no_internal_words(word: str, wording) -> None:
    assert [key for key, text in wording.phrases.items() if word in str(text)] == []
