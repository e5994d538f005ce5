"""Facts that do not fit together are reported with the arithmetic or the two statements, and read cautiously."""

from __future__ import annotations

import string
from datetime import date

import pytest

from advisor import datafiles
from advisor.domain import Client, Fact, Motion, Owner, Partners, Reading
from advisor.errors import InputError
from advisor.intake import read

TODAY = date(2026, 11, 24)


class Phrases:
    """The shipped sentences; a missing or surplus slot fails."""

    def __init__(self) -> None:
        folder = datafiles.root() / "knowledge" / "phrases" / "en" / "intake.toml"
        self.sentences = dict(datafiles.walk(datafiles.read_toml(folder)))

    def amount(self, text: str, /) -> str:
        return text

    def say(self, key: str, /, **slots: str) -> str:
        sentence = self.sentences[key]
        assert {name for _, name, _, _ in string.Formatter().parse(sentence) if name} == set(slots), key
        return str(sentence).format(**slots)


def reading(text: str, **known: Client) -> Reading:
    return read(text, today=TODAY, wording=Phrases(), **known)


def test_customers_times_price_against_arr_shows_the_arithmetic_and_both_readings() -> None:
    got = reading("We have 120 customers paying 5k € a year and €8M ARR")
    (clash,) = got.contradictions
    assert "120 × €5,000" in clash.text
    assert "€600,000" in clash.text
    assert "€8M" in clash.text
    assert [int(money.amount) for money in got.arr_readings] == [600_000, 8_000_000]


def test_customers_times_price_near_arr_is_no_contradiction() -> None:
    got = reading("330 customers paying 24k € a year, €8M ARR")
    assert got.contradictions == ()
    assert got.arr_readings == ()


def test_two_statements_of_arr_leave_both_open() -> None:
    got = reading("We're at €8M ARR. Our ARR is €16M.")
    assert [int(money.amount) for money in got.arr_readings] == [8_000_000, 16_000_000]
    assert got.contradictions[0].facts == ("arr",)


def test_mrr_against_arr_is_shown_for_a_year() -> None:
    got = reading("ARR is €12M, MRR is 400k €")
    assert "€4.8M" in got.contradictions[0].text


def test_revenue_beside_arr_is_no_contradiction() -> None:
    got = reading("Revenue of €12M, ARR €8M")
    assert got.contradictions == ()
    assert int(got.client.arr.amount if got.client.arr else 0) == 8_000_000


def test_option_wins_over_the_text_and_the_difference_is_reported() -> None:
    got = reading("We're at €8M ARR, PLG", options=Client(arr="3M EUR", motion=Motion.MID_TOUCH))
    assert got.client.arr is not None
    assert int(got.client.arr.amount) == 3_000_000
    assert got.client.motion is Motion.MID_TOUCH
    assert {clash.facts for clash in got.contradictions} == {("arr",), ("motion",)}
    assert got.client.facts["arr"].origin == "option"


def test_option_that_agrees_is_silent() -> None:
    assert reading("We're at 8M ARR", options=Client(arr="8M EUR")).contradictions == ()


def test_claim_of_predictability_against_attainment_counts_as_not_predictable() -> None:
    got = reading("Direct sales is predictable. Attainment of plan: 60%, 140%, 85%, 100% in four quarters.")
    assert got.client.direct_predictable is False
    assert got.contradictions[0].facts == ("direct_predictable",)


def test_more_connected_than_signed_is_reported() -> None:
    got = reading("We have 5 partners signed and 12 partners connected")
    assert got.contradictions[0].facts == ("signed_partners", "mapped_partners")


def test_correction_replaces_an_earlier_fact_silently() -> None:
    known = Client(arr="8M EUR", facts={"arr": Fact(origin="session", quote="8M", stated_on=TODAY)})
    got = reading("sorry, not 8, 9.5M €", client=known)
    assert got.client.arr is not None
    assert got.client.arr.amount == 9_500_000
    assert got.contradictions == ()


def test_other_statement_on_the_same_day_without_correction_is_reported() -> None:
    known = Client(arr="8M EUR", facts={"arr": Fact(origin="session", quote="8M", stated_on=TODAY)})
    got = reading("ARR is €16M", client=known)
    assert [int(money.amount) for money in got.arr_readings] == [8_000_000, 16_000_000]


def test_currency_correction_changes_the_earlier_amount() -> None:
    known = Client(arr="8M EUR", facts={"arr": Fact(origin="session", quote="8M", stated_on=TODAY)})
    got = reading("actually it's dollars", client=known)
    assert got.client.arr is not None
    assert (got.client.arr.amount, got.client.arr.currency) == (8_000_000, "USD")


def test_range_over_two_bands_keeps_both_ends_open() -> None:
    got = reading("We're at 12 to 18M € ARR")
    assert [int(money.amount) for money in got.arr_readings] == [12_000_000, 18_000_000]
    assert got.contradictions == ()


def test_range_within_a_band_takes_the_lower_end() -> None:
    got = reading("We're at 8 to 10M € ARR")
    assert got.arr_readings == ()
    assert got.client.arr is not None
    assert int(got.client.arr.amount) == 8_000_000


def test_absurd_arr_is_asked_for_again() -> None:
    got = reading("ARR is 1,000,000,000,000,000 EUR")
    assert got.client.arr is None
    assert got.contradictions[0].facts == ("arr",)


def test_negative_arr_is_an_input_error_of_one_sentence() -> None:
    with pytest.raises(InputError, match="cannot be negative"):
        reading("ARR: -5M EUR")


def test_unknown_currency_is_kept_open_and_said() -> None:
    got = reading("ARR is 8M pesos, we sit in Berlin")
    assert got.client.arr is not None
    assert (got.client.arr.currency, got.client.arr.eur) == ("¤", None)
    assert "pesos" in got.contradictions[0].text


def test_what_was_known_stays_and_options_count_as_options() -> None:
    known = Client(owner=Owner.FOUNDER, partners=Partners(signed=3), facts={"owner": Fact(origin="file", quote="CEO")})
    got = reading("8M EUR ARR", client=known, options=Client(partners=Partners(mapped=2)))
    assert got.client.owner is Owner.FOUNDER
    assert got.client.partners == Partners(signed=3, mapped=2)
    assert got.client.facts["owner"].origin == "file"
    assert got.client.facts["mapped_partners"].origin == "option"


@pytest.mark.parametrize("text", [f"ARR 8M EUR and ARR {'9' * 40}", f"ARR {'9' * 40} and ARR 8M EUR", f"ARR from 8M to {'9' * 40}", f"ARR €8M. MRR €{'9' * 40}", f"ARR 8M, {'9' * 40} customers paying 24k each"])
def test_an_amount_beyond_all_measure_is_read_without_harm(text: str) -> None:
    assert all(money.amount < 10**12 for money in (reading(text).client.arr,) if money is not None)


def test_an_amount_beyond_all_measure_beside_an_option_leaves_the_option() -> None:
    got = reading(f"ARR {'9' * 5000} EUR", options=Client(arr="8M EUR"))
    assert got.client.arr is not None
    assert int(got.client.arr.amount) == 8_000_000


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("We're at maturity level 3, but there are no tags in the CRM", 1), ("ELG maturity level 3, strategy documented, but no co-sell playbook", 2), ("Reifegrad 3, aber keine Zahlen zu Partnern", 1),
        ("Niveau de maturité 3 mais rien n'est tracé dans le CRM", 1),
    ],
)  # fmt: skip
def test_a_claimed_maturity_gives_way_to_a_practice_that_is_missing(text: str, level: int) -> None:
    got = reading(text)
    assert got.client.maturity == level
    assert got.contradictions[0].facts == ("maturity",)
    assert f"level {level}" in got.contradictions[0].treated_as


def test_a_claimed_maturity_with_its_practices_is_no_contradiction() -> None:
    got = reading("ELG maturity level 2, strategy documented, partner deals tagged in the CRM, monthly reports")
    assert got.client.maturity == 2
    assert got.contradictions == ()


@pytest.mark.parametrize("text", ["120 Kunden, jeder zahlt 5.000 € im Jahr, ARR 8 Mio. €", "120 clients à 5 000 € par an, ARR 8 M€"])
def test_the_arithmetic_is_shown_for_german_and_french_figures(text: str) -> None:
    (clash,) = reading(text).contradictions
    assert "120 × €5,000" in clash.text


@pytest.mark.parametrize("text", ["Der Vertrieb ist planbar. Zielerreichung: 60 %, 120 %, 85 %, 140 %", "Les ventes sont prévisibles. Atteinte des objectifs : 60 %, 120 %, 85 %, 140 %", "Sales is predictable. We hit plan in 2 of 6 quarters."])
def test_predictability_that_the_attainment_does_not_show_counts_as_missing(text: str) -> None:
    got = reading(text)
    assert got.client.direct_predictable is False
    assert got.contradictions[0].facts == ("direct_predictable",)


@pytest.mark.parametrize(("text", "expected"), [("Hit plan in 7 of 8 quarters", True), ("Plan in 2 von 6 Quartalen erreicht", False), ("objectif raté 3 trimestres sur 4", False), ("we made plan in 4 of 6 quarters", None)])
def test_quarters_on_plan_speak_for_or_against_predictability(text: str, expected: bool | None) -> None:
    assert reading(text).client.direct_predictable is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We're 40% behind plan on direct", False), ("forecast misses by half each quarter", False), ("forecast accuracy 35%", False), ("forecast error is 50%", False), ("reps at 30% of quota", False), ("attainment ranged from 40% to 140%", False),
        ("Trefferquote der Prognose 40 %", False), ("Forecast-Abweichung 45 %", False), ("Zielerreichung letztes Jahr zwischen 55 und 130 %", False), ("Wir liegen 40 % hinter Plan", False),
        ("forecast accuracy 92%", True), ("Forecast deviation below 8%", True), ("attainment between 92% and 108% over the last six quarters", True), ("Forecast +/-10 % in den letzten 5 Quartalen", True), ("Forecast-Abweichung unter 10 %", True),
        ("forecast accuracy 75%", None), ("forecast error below 40%", None), ("forecast misses by more than 10%", None), ("We're 5% behind plan", None), ("We're at 40% of our annual plan", None), ("hiring is 40% behind plan", None),
        ("partners are 40% behind plan", None), ("partner attainment between 40 and 130%", None), ("discount range 20 to 40% of target price", None), ("within 30% of target accounts", None), ("we land within 8% of plan", True), ("new reps at 30% of quota", None), ("Partnerprognose Trefferquote 40 %", None),
        ("the forecast held once in eight quarters", False), ("missed 3 of 4 quarters", False), ("hit 3 of 12 quarters", False), ("Die Prognose hat nur in 2 von 8 Quartalen gestimmt", False), ("a partner missed 3 of 4 quarters", None),
    ],
)  # fmt: skip
def test_how_far_results_are_off_plan_speaks_for_or_against_predictability(text: str, expected: bool | None) -> None:
    assert reading(text).client.direct_predictable is expected
