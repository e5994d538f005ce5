"""One amount in every spelling is one amount."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain import Money
from advisor.domain.numbers import scaled
from advisor.intake import read


class Keys:
    """Wording that answers with the key."""

    def amount(self, text: str, /) -> str:
        return text

    def say(self, key: str, /, **slots: str) -> str:
        return key


def arr(text: str) -> tuple[Decimal, str | None] | None:
    money = read(text, wording=Keys()).client.arr
    return (money.amount, money.currency) if money else None


SYMBOLS = {"EUR": ["€", "EUR", "eur", "euro", "euros", "Euro"], "USD": ["$", "USD", "usd", "dollars", "US dollars"], "GBP": ["£", "GBP", "pounds"]}
MILLIONS = ["M", "m", " M", " Mio", " Mio.", " million", " mln", "mn", " mil", " Millionen"]


@given(
    tenths=st.integers(1, 999), mark=st.sampled_from(".,"), million=st.sampled_from(MILLIONS),
    currency=st.sampled_from(["EUR", "USD", "GBP"]), pick=st.integers(0, 5), before=st.booleans(), sentence=st.sampled_from(["ARR is {}", "We're at {} ARR", "{} ARR", "our ARR: {}", "we have {} in ARR"]),
)  # fmt: skip
def test_millions_in_any_spelling(tenths: int, mark: str, million: str, currency: str, pick: int, before: bool, sentence: str) -> None:
    words = SYMBOLS[currency]
    word = words[pick % len(words)] if not before else words[pick % 2]
    digits = f"{tenths // 10}{mark}{tenths % 10}"
    amount = f"{word} {digits}{million}" if before else f"{digits}{million} {word}"
    assert arr(sentence.format(amount)) == (Decimal(tenths) * 100_000, currency)


@given(st.integers(1_000, 999_999), st.sampled_from([",", ".", "'", " ", "\u00a0", "\u202f"]))
def test_thousands_groups_in_any_spelling(thousands: int, mark: str) -> None:
    digits = f"{thousands * 1000:,}".replace(",", mark)
    assert arr(f"ARR is € {digits}") == (Decimal(thousands * 1000), "EUR")


@pytest.mark.parametrize(
    ("spoken", "amount"),
    [
        ("eight million", 8_000_000), ("eight and a half million", 8_500_000), ("two point five million", 2_500_000), ("half a million", 500_000), ("a million", 1_000_000),
        ("twenty five million", 25_000_000), ("twenty-five million", 25_000_000), ("nine hundred thousand", 900_000), ("ten mil", 10_000_000), ("eighty million", 80_000_000),
        ("acht Millionen", 8_000_000), ("zehn Mio", 10_000_000), ("sept millions", 7_000_000), ("one hundred million", 100_000_000), ("80 lakh", 8_000_000), ("2 crore", 20_000_000),
    ],
)  # fmt: skip
def test_number_words(spoken: str, amount: int) -> None:
    got = arr(f"ARR is {spoken} euros")
    assert got == (Decimal(amount), "EUR")


@pytest.mark.parametrize(("digits", "word", "value"), [("8.200", "M", "8200000"), ("8,2", "Mio", "8200000"), ("1.200", "k", "1200000"), ("1.200.000", None, "1200000"), ("0,5", "bn", "500000000")])
def test_marks_are_read_by_their_scale(digits: str, word: str | None, value: str) -> None:
    assert scaled(digits, word) == Decimal(value)


@pytest.mark.parametrize("text", ["8M XYZQ", "8 parsecs", "", "-", "1,2,3"])
def test_money_that_cannot_be_read_says_so(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        Money.parse(text)
