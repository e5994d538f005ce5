"""Exchange rates said in words, and the amounts they are put to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from advisor.domain import Client
from advisor.intake import read


class Keys:
    """Wording that answers with the key."""

    def amount(self, text: str, /) -> str:
        return text

    def say(self, key: str, /, **slots: str) -> str:
        return key


@pytest.mark.parametrize(
    ("text", "currency", "rate", "arr"),
    [
        ("ARR is $10M, take 0.90 euro for a dollar", "USD", "0.90", 9_000_000),
        ("ARR 6M GBP at 1.15 EUR per GBP", "GBP", "1.15", 6_900_000),
        ("1 USD = 0.92 EUR, we're at $10M ARR", "USD", "0.92", 9_200_000),
        ("£4m ARR, one pound is 1.20 euros", "GBP", "1.20", 4_800_000),
        ("CHF 20M ARR (1 CHF = 1,05 EUR)", "CHF", "1.05", 21_000_000),
        ("$1 = €0.9, arr 8m usd", "USD", "0.9", 7_200_000),
        ("ARR $12M at 1.25 USD per EUR", "USD", "0.8", 9_600_000),
        ("ARR $12M, 1 euro = 1.25 dollars", "USD", "0.8", 9_600_000),
        ("arr 10m usd, a dollar is worth about 0.9 euro", "USD", "0.9", 9_000_000),
        ("£9m arr (take €1.16 for a pound)", "GBP", "1.16", 10_440_000),
    ],
)
def test_rate_said_in_words_is_put_to_amounts_in_its_currency(text: str, currency: str, rate: str, arr: int) -> None:
    client = read(text, wording=Keys()).client
    assert client.fx == {currency: Decimal(rate)}
    assert client.arr is not None
    assert client.arr.eur == arr
    assert client.arr.currency == currency


@pytest.mark.parametrize("text", ["ARR $10M", "ARR $10M, EUR/USD 1.08", "we pay $5 for a lead and 20 euro a month", "ARR 10M USD or 9M EUR", "the exchange rate is 0.92", "ARR $10M. 0 euro for a dollar"])
def test_without_a_plain_rate_none_is_made_up(text: str) -> None:
    client = read(text, wording=Keys()).client
    assert client.fx == {}
    assert client.arr is None or client.arr.fx is None


def test_rate_said_earlier_holds_for_later_amounts() -> None:
    known = read("1 USD = 0.9 EUR", wording=Keys()).client
    client = read("ARR is $10M", known, wording=Keys()).client
    assert client.arr is not None
    assert client.arr.eur == 9_000_000
    assert read("ARR is $10M", wording=Keys(), options=Client(fx={"USD": Decimal("0.8")})).client.arr == client.arr.at(Decimal("0.8"))
