"""Amounts in every currency: by ISO code, name and sign; words of several currencies are kept as one that is not known."""

from __future__ import annotations

import pytest

from advisor import Advisor
from advisor.intake import numbers

NAMED = {
    "JPY": ["ARR is 450 million yen", "ARR ¥450m"], "TRY": ["120 million Turkish lira ARR", "ARR 120 Mio. TL", "ARR 120M TRY", "ARR ₺120m", "ARR 120m in Turkish lira", "Wir machen 120 Mio. türkische Lira ARR"],
    "CZK": ["Wir machen 70 Mio. Kč ARR", "ARR 70 Mio. tschechische Kronen"], "RUB": ["ARR 180 Mio. Rubel", "ARR ₽180m"], "CNY": ["60 Mio. Renminbi ARR", "ARR 60 Mio. RMB"],
    "INR": ["ARR Rs 25 crore", "ARR is 250 million rupees", "ARR ₹25 crore", "ARR 2,5 crore rupees"], "PLN": ["ARR 20 million zlotys", "ARR 12 mln zł"], "BRL": ["We make 20 million reais ARR", "ARR R$ 20m"],
    "SGD": ["ARR S$20m"], "HKD": ["HK$ 30M ARR"], "NZD": ["ARR NZ$7m", "ARR NZD 7.5m", "ARR 12m, all amounts in NZD."], "AUD": ["ARR A$12m", "ARR 12 million Australian dollars"], "CAD": ["ARR C$12m"],
    "AED": ["ARR AED 25m"], "UAH": ["ARR 70 million hryvnia"], "NOK": ["ARR 55 million Norwegian kroner", "ARR 55 Mio. norwegische Kronen"], "THB": ["ARR 150 million baht", "ARR is 8M THB, we sit in Berlin"],
    "KRW": ["ARR ₩20bn", "ARR 3 billion won"], "MXN": ["ARR MXN 300m"], "ZAR": ["45 million rand ARR"], "EGP": ["ARR 90 million Egyptian pounds"], "KES": ["ARR 90m KES"], "ISK": ["ARR 900 Mio. isländische Kronen"],
}  # fmt: skip


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor()


@pytest.mark.parametrize(("text", "code"), [(text, code) for code, texts in NAMED.items() for text in texts])
def test_an_amount_stands_in_the_currency_that_it_names(advisor: Advisor, text: str, code: str) -> None:
    arr = advisor.read(text).client.arr
    assert arr is not None
    assert arr.currency == code


@pytest.mark.parametrize("text", ["Unser ARR liegt bei 90 Millionen Kronen", "ARR 55 mio kr", "ARR is 300 million pesos", "ARR 30m dirham", "ARR X$20m", "ARR 40m dinars", "ARR 20 million in crowns"])
def test_a_word_of_several_currencies_leaves_the_stage_open_and_is_never_euro(advisor: Advisor, text: str) -> None:
    assessment = advisor.assess(text)
    assert assessment.client.arr is not None
    assert (assessment.client.arr.currency, assessment.stage.id) == ("¤", "unknown")
    assert len(assessment.contradictions) == 1


@pytest.mark.parametrize("text", ["ARR 120M TRY", "ARR 150 million baht", "ARR NZ$7m", "ARR ₩20bn", "ARR MXN 300m", "60 Mio. Renminbi ARR", "ARR 180 Mio. Rubel"])
def test_without_a_rate_the_stage_is_open(advisor: Advisor, text: str) -> None:
    assert advisor.assess(text).stage.id == "unknown"


def test_a_rate_said_for_it_settles_the_stage(advisor: Advisor) -> None:
    assert advisor.assess("ARR 300M TRY, take 0.03 euro per TRY").stage.id == "5-15M"


@pytest.mark.parametrize(("text", "code"), [
    ("ARR 9M EUR, we closed 20 won deals and try 2000 leads", "EUR"), ("We have 1200 TOP partners and ARR €9M", "EUR"), ("ARR 9M €; 5 PHP developers, SDG 12, 3 pen tests, 2 cup finals", "EUR"),
    ("ARR 9M dollars, 2M won, 3M lost", "USD"), ("Wir haben 9 Mio. € ARR und 20 TL im Team", "EUR"), ("ARR 9M EUR, of 5000 users all are active, 20k all in", "EUR"), ("Wir liegen bei 9 Mio. € ARR, 3 KR pro Quartal", "EUR"),
])  # fmt: skip
def test_other_words_beside_numbers_are_no_currencies(advisor: Advisor, text: str, code: str) -> None:
    reading = advisor.read(text)
    assert reading.client.arr is not None
    assert (reading.client.arr.currency, reading.contradictions) == (code, ())


@pytest.mark.parametrize(("text", "codes"), [
    ("the fee is 4,000 Kronen and deals are 200k SEK", ["KRONEN", "SEK"]), ("deals are 2 million yen", ["JPY"]), ("the fee is 500 TRY, deals are 90k TRY", [None, "TRY"]), ("we won 20 deals, 12 won", [None, None]), ("Provision 5.000 zł", ["PLN"]),
])  # fmt: skip
def test_the_numbers_of_a_sum_keep_their_currency(text: str, codes: list[str | None]) -> None:
    assert [item.currency for item in numbers(text)] == codes
