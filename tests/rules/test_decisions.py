"""The tables about one deal, partner, integration or rep: proved, worded, every row reached, every edge on both sides."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from advisor import library
from advisor.datafiles import read_toml, root, walk
from advisor.errors import DataError, InputError
from advisor.rules import decide, load, problems
from advisor.rules.proof import prove

BOOK = load()
CASES = [
    (table, name, case["given"], case["row"])
    for table, cases in read_toml(Path(__file__).with_name("decision_cases.toml")).items()
    for name, case in cases.items()
]
EDGES = [
    ("tier_by_revenue", {}, "sourced_usd_year", {"24999.99": "inactive", "25000": "silver", "25000.01": "silver"}),
    ("tier_by_revenue", {}, "sourced_usd_year", {"99999.99": "silver", "100000": "gold", "100000.01": "gold"}),
    ("tier_by_revenue", {}, "sourced_usd_year", {"499999.99": "gold", "500000": "platinum", "500000.01": "platinum"}),
    ("tier_illustrated", {}, "sales_usd_year", {"99999.99": "authorized", "100000": "gold", "100000.01": "gold"}),
    ("tier_illustrated", {}, "sales_usd_year", {"499999.99": "gold", "500000": "platinum", "500000.01": "platinum"}),
    ("partner_profit", {}, "multiple", {"0.99": "loses", "1": "signs_only", "1.01": "signs_only"}),
    ("partner_profit", {}, "multiple", {"2.49": "signs_only", "2.5": "priority", "2.51": "priority"}),
    ("partner_profit", {}, "multiple", {"2.99": "priority", "3": "priority", "3.01": "above"}),
    ("revenue_first", {}, "month", {"0": "before", "1": "pilot", "2": "pilot"}),
    ("revenue_first", {}, "month", {"3": "pilot", "4": "process", "5": "process"}),
    ("revenue_first", {}, "month", {"6": "process", "7": "scale", "8": "scale"}),
    ("revenue_first", {}, "month", {"9": "scale", "10": "marketing", "11": "marketing"}),
    ("revenue_first", {}, "month", {"12": "marketing", "13": "after", "14": "after"}),
    ("onboarding_week", {}, "week", {"0": "before", "1": "onboarding", "2": "onboarding"}),
    ("onboarding_week", {}, "week", {"2": "onboarding", "3": "certification", "4": "certification"}),
    ("onboarding_week", {}, "week", {"4": "certification", "5": "ongoing", "6": "ongoing"}),
    ("mapping_way", {"stage": "5-15M"}, "partners", {"9": "few_small", "10": "many_small", "11": "many_small"}),
    ("mapping_way", {"stage": "15-50M"}, "partners", {"9": "few_large", "10": "many_large", "11": "many_large"}),
    ("mapping_way", {}, "partners", {"9": "few", "10": "stage_unknown", "11": "stage_unknown"}),
]
FLAT = [(table, more, name, value, row) for table, more, name, rows in EDGES for value, row in rows.items()]
NAMES_A_RECORD = ("rate", "share", "threshold", "window", "deadline", "partners")
NO_RECORD = {"unknown", "all", "all_active"}


@pytest.mark.parametrize("name", sorted(BOOK.decisions))
def test_a_table_is_complete_disjoint_and_alive(name: str) -> None:
    assert prove(BOOK.decisions[name]) == []


@pytest.mark.parametrize(("table", "name", "given", "row"), CASES, ids=[f"{table}: {name}" for table, name, _, _ in CASES])
def test_the_case_leads_to_the_row(table: str, name: str, given: dict[str, Any], row: str) -> None:
    assert decide(table, **given).id == f"decision.{table}.{row}"


def test_every_row_is_reached_by_a_case() -> None:
    assert {f"decision.{table}.{row}" for table, _, _, row in CASES} == set(BOOK.decision_rows)


@pytest.mark.parametrize(("table", "more", "name", "value", "row"), FLAT, ids=[f"{f[0]}: {f[2]} {f[3]} is {f[4]}" for f in FLAT])
def test_at_the_edge_and_beside_it(table: str, more: dict[str, Any], name: str, value: str, row: str) -> None:
    assert decide(table, **more, **{name: Decimal(value)}).name == row


def test_every_cut_of_every_table_has_its_edge_cases() -> None:
    cuts = {(table.id, name, cut) for table in BOOK.decisions.values() for name, axis in table.axes.items() for cut in axis.cuts}
    assert cuts <= {(table, name, Decimal(value)) for table, _, name, value, _ in FLAT}


def test_edges_are_those_of_the_records_that_readers_are_shown() -> None:
    records = library.load().benchmarks
    cuts = {name: set(BOOK.decisions[name].axes[axis].cuts) for name, axis in (
        ("tier_by_revenue", "sourced_usd_year"), ("tier_illustrated", "sales_usd_year"), ("partner_profit", "multiple"), ("mapping_way", "partners"),
    )}
    multiple = records["opportunity-cost-multiple"]
    assert cuts == {
        "tier_by_revenue": {records[f"tier-{tier}-002"].low for tier in ("silver", "gold", "platinum")},
        "tier_illustrated": {records[f"tier-{tier}-001"].low for tier in ("gold", "platinum")},
        "partner_profit": {Decimal(1), multiple.low, multiple.high},
        "mapping_way": {records["mapping-manual-below"].high},
    }
    starts = [records[f"{stage}-months"].low for stage in ("pilot", "process", "scale", "marketing")]
    assert BOOK.decisions["revenue_first"].axes["month"].cuts == (*starts, records["marketing-months"].high + 1)


def test_every_sentence_of_the_decisions_is_there_and_none_is_left_over() -> None:
    wanted = {key for row in BOOK.decision_rows.values() for key in (row.says, *row.columns.values())}
    assert {key for key in library.load().phrases if key.startswith("decisions.")} == wanted


def test_outputs_that_name_a_record_name_one_that_exists() -> None:
    records = library.load().benchmarks
    named = {row.then[key] for row in BOOK.decision_rows.values() for key in NAMES_A_RECORD if key in row.then} - NO_RECORD
    assert named <= set(records)


def test_the_rows_of_a_table_give_the_same_outputs() -> None:
    loose = {name for name, table in BOOK.decisions.items() if name not in {"signal", "partner_profit", "mapping_way"} and len({tuple(row.then) for row in table.rows}) > 1}
    assert loose == set()


@pytest.mark.parametrize(
    ("table", "given", "part"),
    [
        ("deal_credits", {}, "no decision table 'deal_credits'"),
        ("deal_credit", {"who": "partner"}, "no input 'who'"),
        ("deal_credit", {"first_meeting": "boss"}, "first_meeting is 'boss'"),
        ("tier_by_revenue", {"sourced_usd_year": "much"}, "sourced_usd_year is 'much'"),
    ],
)
def test_what_no_table_knows_is_refused_with_what_is_known(table: str, given: dict[str, Any], part: str) -> None:
    with pytest.raises(InputError, match=part) as error:
        decide(table, **given)
    assert error.value.hint


def test_an_input_said_to_be_unknown_is_like_one_left_out() -> None:
    assert decide("deal_credit", closed=True, first_meeting=None) is decide("deal_credit", closed=True)


HEAD = 'id = "sample"\ntitle = "Sample"\n[inputs]\nclosed = "bool"\n'
YES = '[[row]]\nid = "yes"\nwhen = { closed = true }\nthen = { pay = "none" }\nsource = "doc-000:x"\n'
NO = '[[row]]\nid = "no"\nwhen = { closed = [false, "unknown"] }\nthen = { pay = "full" }\nsource = "doc-000:x"\n'
WORDS = '[words]\nasked = ["commission"]\n[words.closed]\ntrue = ["closed"]\n'
BROKEN = {
    "a gap": (HEAD + YES, ["sample.toml", "a gap: no row holds for closed = false"]),
    "a clash": (HEAD + YES + NO.replace("[false", "[true"), ["sample.toml › yes", "a clash with row 'no'"]),
    "a dead row": (HEAD + YES + NO + NO.replace('"no"', '"never"'), ["sample.toml › never", "a dead row"]),
    "a row without outputs": (HEAD + YES.replace('then = { pay = "none" }\n', "") + NO, ["sample.toml › yes › then", "found nothing"]),
    "a verdict about a move": (HEAD + YES + "verdict = []\n" + NO, ["sample.toml › yes › verdict", "an unknown key"]),
    "words for no input": (HEAD + WORDS.replace("words.closed", "words.open") + YES + NO, ["sample.toml › words › open", "no input of this table"]),
    "words for no value": (HEAD + WORDS.replace("true =", "maybe =") + YES + NO, ["sample.toml › words.closed › maybe", "true, false"]),
    "words without what asks for the table": (HEAD + WORDS.replace('asked = ["commission"]\n', "") + YES + NO, ["sample.toml › words › asked"]),
    "moves outside the closed set": ('moves = ["fly"]\n' + HEAD + YES + NO, ["sample.toml › moves", "'fly'"]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_is_named(name: str, tmp_path: Path) -> None:
    shutil.copytree(root() / "knowledge/rules", tmp_path / "knowledge/rules")
    (tmp_path / "knowledge/decisions").mkdir()
    (tmp_path / "knowledge/decisions/sample.toml").write_text(BROKEN[name][0], encoding="utf-8")
    found = [str(error) for error in problems(tmp_path)]
    assert any(all(part in line for part in BROKEN[name][1]) for line in found), found


def test_a_sound_table_is_read(tmp_path: Path) -> None:
    shutil.copytree(root() / "knowledge/rules", tmp_path / "knowledge/rules")
    (tmp_path / "knowledge/decisions").mkdir()
    (tmp_path / "knowledge/decisions/sample.toml").write_text(HEAD + WORDS + YES + NO, encoding="utf-8")
    assert load(tmp_path).decide("sample", closed=True).then == {"pay": "none"}


def test_a_broken_table_is_refused_when_a_decision_is_asked_for(tmp_path: Path) -> None:
    shutil.copytree(root() / "knowledge/rules", tmp_path / "knowledge/rules")
    (tmp_path / "knowledge/decisions").mkdir()
    (tmp_path / "knowledge/decisions/sample.toml").write_text(HEAD + YES, encoding="utf-8")
    book = load(tmp_path)
    assert book.tables
    with pytest.raises(DataError, match="a gap"):
        book.decide("sample", closed=True)


def test_phrases_of_a_table_are_lists_of_words() -> None:
    wrong = [key for table in BOOK.decisions.values() for key, value in walk(table.words) if not (isinstance(value, list) and all(isinstance(each, str) for each in value))]
    assert wrong == []
