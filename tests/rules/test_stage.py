"""Where a client stands: edges, corridor, stated rates, contradictions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain import BANDS, Client, Fact, Money, Reading, Stage, StageId, Verdict
from advisor.rules import Ladder, RuleBook, assess, load

BOOK = load()


def stage_of(wording, arr: str | Money, **more: object) -> Stage:
    return assess(Client(arr=arr, **more), BOOK, wording).stage


@pytest.mark.parametrize(
    ("arr", "stage", "also"),
    [
        ("4,99M EUR", "<5M", []),
        ("5M EUR", "5-15M", []),
        ("15M EUR", "15-50M", ["5-15M"]),
        ("15.1M EUR", "15-50M", []),
        ("50M EUR", "50-150M", ["15-50M"]),
        ("150M EUR", "50-150M", []),
        ("150.1M EUR", ">150M", []),
        ("0 EUR", "<5M", []),
    ],
)
def test_euro_amounts_and_shared_edges(arr: str, stage: str, also: list[str], wording) -> None:
    found = stage_of(wording, arr)
    assert (found.id, list(found.also), found.provisional) == (stage, also, False)


def test_a_shared_edge_is_said_in_a_finding_of_its_own(wording) -> None:
    remark = assess(Client(arr="15M EUR"), BOOK, wording).findings[0]
    assert (remark.rule, remark.verdict, remark.move) == ("stage.15-50M", Verdict.WARN, None)
    assert "€5–15M" in remark.text
    assert "€15–50M" in remark.text


@pytest.mark.parametrize(
    ("arr", "stage", "also"),
    [
        ("3M USD", "<5M", []),
        ("3.2M USD", "<5M", []),
        ("8M USD", "5-15M", []),
        ("16M USD", "unknown", ["5-15M", "15-50M"]),
        ("6M USD", "unknown", ["<5M", "5-15M"]),
        ("24M USD", "15-50M", []),
        ("19M GBP", "15-50M", []),
        ("12.5M CHF", "5-15M", ["15-50M"]),
        ("34M CHF", "15-50M", []),
        ("2.1M", "<5M", []),
        ("4.9M", "unknown", ["<5M", "5-15M"]),
    ],
)
def test_the_corridor_decides_only_when_both_ends_agree(arr: str, stage: str, also: list[str], wording) -> None:
    found = stage_of(wording, arr)
    assert (found.id, list(found.also)) == (stage, also)
    assert found.provisional


def test_a_stated_rate_replaces_the_corridor(wording) -> None:
    found = stage_of(wording, Money.parse("5.2M GBP").at(Decimal("1.15")))
    assert (found.id, found.provisional, found.also) == ("5-15M", False, ())


@pytest.mark.parametrize(
    ("rate", "stage", "also"),
    [
        ("0.91", "<5M", ["5-15M"]),
        ("0.89", "<5M", []),
        ("1.00", "5-15M", ["<5M"]),
        ("1.10", "5-15M", ["<5M"]),
        ("1.11", "5-15M", []),
    ],
)
def test_close_to_an_edge_after_conversion_the_neighbour_is_named(rate: str, stage: str, also: list[str], wording) -> None:
    found = stage_of(wording, Money.parse("5M USD").at(Decimal(rate)))
    assert (found.id, list(found.also)) == (stage, also)


def test_a_bare_amount_assumed_to_be_euro_says_so(wording) -> None:
    found = stage_of(wording, "9.4M EUR", facts={"arr": Fact(origin="text", quote="9.4m", confidence="assumed")})
    assert (found.id, found.provisional) == ("5-15M", True)
    assert "assumption" in found.because


def test_a_currency_without_a_corridor_leaves_the_stage_open(wording) -> None:
    money = Money.model_construct(amount=Decimal(10**6), currency="XAU", eur=None, fx=None)
    assert stage_of(wording, money).id is StageId.UNKNOWN


def test_contradicting_amounts_open_the_stage_over_their_bands(wording) -> None:
    reading = Reading(client=Client(), arr_readings=(Money.parse("4M EUR"), Money.parse("18M EUR")))
    found = assess(reading, BOOK, wording)
    assert (found.stage.id, list(found.stage.also)) == ("unknown", ["<5M", "15-50M"])


def test_contradicting_amounts_of_one_band_keep_the_stage(wording) -> None:
    reading = Reading(client=Client(), arr_readings=(Money.parse("8M EUR"), Money.parse("9M EUR")))
    found = assess(reading, BOOK, wording)
    assert (found.stage.id, found.stage.provisional) == ("5-15M", True)


@given(st.tuples(st.integers(0, 200), st.integers(0, 200)))
def test_contradictions_forbid_the_union_and_advise_the_intersection(pair: tuple[int, int]) -> None:
    wording = Echo()
    amounts = [Money.of(million * 10**6) for million in pair]
    alone = [assess(Client(arr=money), BOOK, wording) for money in amounts]
    both = assess(Reading(client=Client(), arr_readings=tuple(amounts)), BOOK, wording)
    assert set(both.forbidden_moves) == {move for one in alone for move in one.forbidden_moves}
    assert set(both.recommended_moves) == set.intersection(*(set(one.recommended_moves) for one in alone)) - set(both.forbidden_moves)


@given(st.integers(1000, 4 * 10**8), st.sampled_from(sorted(BOOK.corridor.rates)))
def test_the_stage_lies_in_the_corridor_whatever_the_rate(amount: int, currency: str) -> None:
    span = BOOK.corridor.rates[currency]
    ladder = Ladder(BOOK.tables["stage"], BOOK.corridor, Echo())
    wide = ladder.place(Client(arr=Money.of(amount, currency)))
    for rate in (span.low, (span.low + span.high) / 2, span.high):
        exact = ladder.place(Client(arr=Money.of(amount, currency, fx=rate)))
        assert exact.stage.id in wide.bands


def test_an_unknown_arr_is_read_over_all_bands_and_asked_for(wording) -> None:
    found = assess(Client(), BOOK, wording)
    assert found.stage.id is StageId.UNKNOWN
    per_band = [assess(Client(arr=f"{million}M EUR"), BOOK, wording) for million in (3, 8, 20, 90, 200)]
    assert set(found.forbidden_moves) == {move for one in per_band for move in one.forbidden_moves}
    assert "arr" in [question.fact for question in found.questions]
    assert len(BANDS) == len(per_band)


class Echo:
    """A wording that returns the key."""

    def amount(self, text: str, /) -> str:
        return text

    def say(self, key: str, /, **slots: str) -> str:
        return key


def test_the_book_is_loaded_once(book: RuleBook) -> None:
    assert book is BOOK
