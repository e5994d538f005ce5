"""Every spelling of a figure is found with its value and unit; what is only a label is not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from advisor import datafiles
from advisor.domain import Unit
from advisor.figures import find, masks

Expected = tuple[str, str | None, str | None, Unit]


def seen(text: str) -> list[Expected]:
    return [(f.text, _plain(f.low), _plain(f.high), f.unit) for f in find(text) if f.kind == "value"]


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("deals close 46% faster", [("46%", "46", "46", Unit.PERCENT)]),
        ("deals close 46 per cent faster", [("46 per cent", "46", "46", Unit.PERCENT)]),
        ("forty-six percent of revenue", [("forty-six percent", "46", "46", Unit.PERCENT)]),
        ("more than 15pp above direct", [("15pp", "15", None, Unit.PERCENTAGE_POINTS)]),
        ("14 points above direct", [("14 points", "14", "14", Unit.PERCENTAGE_POINTS)]),
        ("a gap of 15 percentage points", [("15 percentage points", "15", "15", Unit.PERCENTAGE_POINTS)]),
        ("earn 2.5–3x their cost", [("2.5–3x", "2.5", "3", Unit.MULTIPLE)]),
        ("3.2 times the revenue", [("3.2 times", "3.2", "3.2", Unit.MULTIPLE)]),
        ("twice the revenue", [("twice", "2", "2", Unit.MULTIPLE)]),
        ("LTV:CAC of 2.5:1", [("2.5:1", "2.5", "2.5", Unit.RATIO)]),
        ("a ratio of 3 to 1", [("3 to 1", "3", "3", Unit.RATIO)]),
        ("$500–2,000 per referral", [("$500–2,000", "500", "2000", Unit.MONEY)]),
        ("500 to 2,000 dollars", [("500 to 2,000 dollars", "500", "2000", Unit.MONEY)]),
        ("ARR of €1.2M", [("€1.2M", "1200000", "1200000", Unit.MONEY)]),
        ("8,2 Mio EUR of ARR", [("8,2 Mio EUR", "8200000", "8200000", Unit.MONEY)]),
        ("1 200 000 €", [("1 200 000 €", "1200000", "1200000", Unit.MONEY)]),
        ("a €15K-plus contract", [("€15K-plus", "15000", None, Unit.MONEY)]),
        ("the €50–150M stage", [("€50–150M", "50000000", "150000000", Unit.MONEY)]),
        ("from €5M to below €15M ARR", [("€5M to below €15M", "5000000", "15000000", Unit.MONEY)]),
        ("5–10 partners", [("5–10", "5", "10", Unit.COUNT)]),
        ("three to five warm relationships", [("three to five", "3", "5", Unit.COUNT)]),
        ("between 5 and 10 partners", [("5 and 10", "5", "10", Unit.COUNT)]),
        ("50+ partners", [("50+", "50", None, Unit.COUNT)]),
        ("50 or more partners", [("50", "50", None, Unit.COUNT)]),
        ("fewer than 10 partners", [("10", None, "10", Unit.COUNT)]),
        ("a dozen partners", [("a dozen", "12", "12", Unit.COUNT)]),
        ("half of the partners", [("half", "50", "50", Unit.PERCENT)]),
        ("a quarter of revenue", [("a quarter", "25", "25", Unit.PERCENT)]),
        ("two quarters of growth", [("two quarters", "2", "2", Unit.QUARTERS)]),
        ("one hundred and twenty days", [("one hundred and twenty days", "120", "120", Unit.DAYS)]),
        ("two and a half hours", [("two and a half hours", "2.5", "2.5", Unit.HOURS)]),
        ("a 90-day protection window", [("90-day", "90", "90", Unit.DAYS)]),
        ("2–3 FTEs", [("2–3 FTEs", "2", "3", Unit.FTE)]),
        ("within one week", [("one week", "1", "1", Unit.WEEKS)]),
        ("25–40 % or more of revenue", [("25–40 %", "25", "40", Unit.PERCENT)]),
        ("10, 15 or 20 %", [("10", "10", "10", Unit.PERCENT), ("15", "15", "15", Unit.PERCENT), ("20 %", "20", "20", Unit.PERCENT)]),
        ("500 B2B programmes", [("500", "500", "500", Unit.COUNT)]),
    ],
)
def test_a_figure_is_read_whole(text: str, expected: list[Expected]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Level 2 of maturity", "in week 3", "weeks 1–4", "Step 4 of the process", "T1 and T2", "Play 1", "Q3", "ISO27001 and SOC 2", "it says so [1][2]",
        "1. First item\n2. Second item", "one partner said", "the 90-day programme", "one-page profile", "B2B and B2C", "a third option", "the second half",
        "double down on it", "a couple of partners", "no one knows", "the five diagnostic questions", "24/7", "a 1:1 call", "T1/T2/T3", "the 3rd party", "first and second",
    ],
)
def test_a_label_is_no_figure(text: str) -> None:
    assert seen(text) == []


def test_an_amount_behind_a_word_that_names_is_a_figure_where_it_is_per_something() -> None:
    assert [figure.text for figure in find("They pay the consultant of that example 500 an hour")] == ["500"]
    assert find("As in example 2 an owner is named later") == ()


def test_one_in_three_is_a_third_and_no_rounded_percent() -> None:
    low = find("one in three deals")[0].low
    assert low is not None
    assert low.quantize(Decimal("0.01")) == Decimal("33.33")
    assert low != Decimal("33.3")


def test_years_and_days_are_dates() -> None:
    dates = [(f.text, f.date) for f in find("In 2024, by 3 November 2026, since June 2023, FY2025 and 2026-11-03") if f.kind == "date"]
    assert dates == [("2024", "2024"), ("3 November 2026", "2026-11-03"), ("June 2023", "2023-06"), ("FY2025", "2025"), ("2026-11-03", "2026-11-03")]


def test_2000_partners_are_no_year() -> None:
    assert [(f.text, f.kind) for f in find("We have 2000 partners.")] == [("2000", "value")]


@pytest.mark.parametrize(
    ("text", "openness"),
    [
        ("more than 20", ("above", True, False)), ("at least 20", ("above", False, False)), ("20 or more", ("above", False, False)),
        ("less than 20", ("below", True, False)), ("up to 20", ("below", False, False)), ("<20", ("below", True, False)), ("about 20", ("none", False, True)),
        ("~20", ("none", False, True)), ("almost 20", ("below", True, True)), ("20", ("none", False, False)),
    ],
)
def test_open_ends_and_hedges_belong_to_the_figure(text: str, openness: tuple[str, bool, bool]) -> None:
    figure = find(f"We saw {text} partners.")[0]
    assert (figure.open, figure.strict, figure.approximate) == openness


@pytest.mark.parametrize(
    ("text", "per"),
    [("$15K+/yr", "year"), ("180 €/h", "hour"), ("$500 per qualified referral", "referral"), ("€1,500 a month", "month"), ("$25K annual revenue", "year"), ("€8M ARR", None)],
)
def test_money_keeps_what_it_is_per(text: str, per: str | None) -> None:
    assert find(text)[0].per == per


def test_characters_are_exact() -> None:
    text = "Deals close\u00a046\u202f% faster — with “5–10” partners, worth $1.5\u00a0million."
    assert [text[f.start : f.end] for f in find(text)] == [f.text for f in find(text)] == ["46\u202f%", "5–10", "$1.5\u00a0million"]


def test_words_that_a_name_with_digits_needs_lose_none() -> None:
    texts = [line for path in datafiles.files("knowledge", ".md") for line in path.read_text(encoding="utf-8").splitlines()]
    named = ["Option 2, Article 28, art. 6, p. 12", "[3] and #4", "ISO 27001", "80/20 rule, 360-degree, one-to-one", "ninety-day plan", "007", "v1.2.3", "at 9:30 am"]
    for text in [*texts, *named]:
        for words, pattern in masks._NAMES:
            assert not pattern.search(text) or any(word in text.lower() for word in words), text


@pytest.mark.parametrize(("text", "values"), [("2/3 of partner programmes", [Decimal(200) / 3]), ("3/4 of our sellers, 24/7", [Decimal(75)]), ("2/3rds of them", [Decimal(200) / 3]), ("released 1/2 or 5/3 of it", [])])
def test_a_fraction_written_with_a_slash_is_a_share_of_something_named(text: str, values: list[Decimal]) -> None:
    assert [round(figure.low or 0, 6) for figure in find(text) if figure.unit is Unit.PERCENT] == [round(value, 6) for value in values]


@pytest.mark.parametrize("text", ["1" * 20_000, "0." + "3" * 500, "1" * 27 + " bn", "1" * 60 + "%", "3." + "1" * 40 + " %", "1" * 30 + ":1"])
def test_a_number_of_more_digits_than_anybody_states_can_be_rounded(text: str) -> None:
    for figure in find(text):
        assert all(round(number, 6) >= 0 for number in figure.bounds if number is not None)
