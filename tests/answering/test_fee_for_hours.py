"""A fee that is to be worth a partner's hours: where the range it comes to lies beside the usual one is said as it is, in both languages."""

from __future__ import annotations

import pytest

from advisor import Advisor

INSIDE, BELOW, ABOVE, INTO, OUT = "inside the usual", "less than the usual", "above the usual", "from below the usual", "reaches above the usual"


@pytest.mark.parametrize(("rate", "where"), [(125, INSIDE), (30, BELOW), (300, ABOVE), (36, INTO), (72, OUT)])
def test_an_english_answer_says_where_the_fee_reaches_outside_the_usual_range(rate: int, where: str) -> None:
    size = 30_000 if rate == 125 else 10_000
    text = Advisor().ask(f"ACV {size}, 10 hours at {rate}/h per referral, what fee?").text
    assert where in text


@pytest.mark.parametrize(
    ("rate", "where"), [(120, "innerhalb der üblichen"), (30, "weniger als die üblichen"), (300, "über den üblichen"), (36, "von unterhalb der üblichen"), (72, "bis darüber hinaus")]
)
def test_a_german_answer_says_where_the_fee_reaches_outside_the_usual_range(rate: int, where: str) -> None:
    size = 30_000 if rate == 120 else 10_000
    text = Advisor().ask(f"Vertragswert {size}, 10 Stunden, Stundensatz {rate}. Welche Provision?").text
    assert where in text


def test_a_range_that_reaches_below_the_usual_one_is_not_called_inside_it() -> None:
    text = Advisor().ask("referral takes him about 4 hours at 160/h, first year value 18000 EUR. what should I offer?").text
    assert "8.9–10.7 %" in text
    assert "inside the usual" not in text


def test_a_fee_beyond_the_usual_range_is_not_offered() -> None:
    text = Advisor().ask("A partner works 12 hours per lead at €200/h and our ACV is €15k. Does a referral fee even work?").text
    assert text.startswith("**Cut his hours")
    assert "Offer" not in text


def test_german_amounts_without_a_currency_make_a_sum() -> None:
    text = Advisor().ask("Vertrag 18.000 im Jahr, er braucht 4 Stunden zu 160. Was soll ich ihm bieten?").text
    assert text.startswith("**Bieten Sie 1.600–1.920")
