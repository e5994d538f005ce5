"""One amount in every spelling is one amount."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain import Money
from advisor.domain.numbers import scaled
from advisor.intake import numerals, read


class Keys:
    """Wording that answers with the key."""

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


def german(cents: int) -> str:
    return f"{cents / 100:,.2f}".translate(str.maketrans(",.", ".,"))


def french(cents: int) -> str:
    return f"{cents / 100:,.2f}".translate(str.maketrans(",.", "\u202f,"))


def english(cents: int) -> str:
    return f"{cents / 100:,.2f}"


LOCALES = [("Unser Auftragswert liegt bei {} € im Jahr", german), ("notre contrat moyen est de {} € par an", french), ("our average deal is €{} a year", english)]


@given(cents=st.integers(100_000, 9_999_999), locale=st.sampled_from(LOCALES))
def test_an_amount_written_as_a_country_writes_it_is_read_back(cents: int, locale: tuple[str, Any]) -> None:
    sentence, written = locale
    acv = read(sentence.format(written(cents)), wording=Keys()).client.acv
    assert acv is not None
    assert (acv.amount, acv.currency) == (Decimal(cents) / 100, "EUR")


@given(thousands=st.integers(1_000, 99_999), locale=st.sampled_from([("ARR liegt bei {} Euro", "."), ("notre ARR est de {} euros", "\u202f"), ("notre ARR est de {} euros", " "), ("ARR is {} euros", ","), ("ARR beträgt {} Euro", "'")]))
def test_whole_amounts_in_any_grouping_are_read_back(thousands: int, locale: tuple[str, str]) -> None:
    sentence, mark = locale
    assert arr(sentence.format(f"{thousands * 1000:,}".replace(",", mark))) == (Decimal(thousands * 1000), "EUR")


@given(number=st.integers(2, 999), language=st.sampled_from(["en", "de", "fr"]))
def test_number_words_of_three_languages_are_read_back(number: int, language: str) -> None:
    """Held against a library that writes numbers; it is no part of the program."""
    words = pytest.importorskip("num2words").num2words(number, lang=language)
    assert numerals.value(words) == number


@given(millions=st.integers(2, 99), language=st.sampled_from([("en", "our ARR is {} million euros"), ("de", "unser ARR liegt bei {} Millionen Euro"), ("fr", "notre ARR est de {} millions d'euros")]))
def test_millions_in_words_are_read_back(millions: int, language: tuple[str, str]) -> None:
    words = pytest.importorskip("num2words").num2words(millions, lang=language[0])
    assert arr(language[1].format(words)) == (Decimal(millions) * 10**6, "EUR")


@given(cents=st.integers(50_000_000, 9_999_999_999), locale=st.sampled_from(["de_DE", "de_AT", "de_CH", "fr_FR", "fr_CH", "en_GB", "en_US", "en_IE"]), currency=st.sampled_from(["EUR", "USD", "GBP", "CHF"]))
def test_currencies_formatted_for_a_country_are_read_back(cents: int, locale: str, currency: str) -> None:
    """Held against a library that formats money; it is no part of the program."""
    written = pytest.importorskip("babel.numbers").format_currency(Decimal(cents) / 100, currency, locale=locale)
    sentence = {"de": "Unser ARR liegt bei {}", "fr": "notre ARR est de {}", "en": "our ARR is {}"}[locale[:2]]
    assert arr(sentence.format(written)) == (Decimal(cents) / 100, currency), written


@pytest.mark.parametrize(
    ("spoken", "value"),
    [
        ("anderthalb", "1.5"), ("zweieinhalb", "2.5"), ("two and a half", "2.5"), ("deux et demi", "2.5"), ("acht komma fünf", "8.5"), ("huit virgule deux", "8.2"), ("fuenfundzwanzig", "25"),
        ("dreissig", "30"), ("a dozen", "12"), ("ein dutzend", "12"), ("quatre-vingt-dix-sept", "97"), ("soixante et onze", "71"), ("zweihundert", "200"), ("two hundred", "200"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_spoken(spoken: str, value: str) -> None:
    assert numerals.value(spoken) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("ARR 420 TEUR", 420_000), ("ARR: 8,4 Mio. €", 8_400_000), ("ARR von MEUR 8,2", 8_200_000), ("ARR de 12 k€", 12_000), ("ARR de deux millions et demi d'euros", 2_500_000), ("ARR eine halbe Million Euro", 500_000),
        ("ARR zweihunderttausend Euro", 200_000), ("ARR zweieinhalb Millionen Euro", 2_500_000), ("ARR cinq cent mille euros", 500_000), ("ARR un demi-million d'euros", 500_000), ("ARR eine Viertelmillion Euro", 250_000),
    ],
)  # fmt: skip
def test_amounts_as_they_are_written_in_german_and_french(text: str, amount: int) -> None:
    assert arr(text) == (Decimal(amount), "EUR")
