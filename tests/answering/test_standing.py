"""Ratios that a client's own numbers hold: told first with the formula, beside what is reported, with what sets the bases apart."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


@pytest.mark.parametrize(("text", "lead", "more"), [
    ("we have 14 partners signed, 9 were active in the first 90 days. partner sourced 310k of our 2.4M new arr last yr. programme is 14 months old. how are we doing", "Better than usual: 64.3 % ", ["9 ÷ 14", "40–60 %", "12.9 %", "310,000 ÷ 2,400,000", "the bases differ", "5–10 %", "34,444"]),
    ("Of 20 partners we signed, 11 did something in their first 90 days. They brought 450k of 3.1M new ARR last year, programme runs for a year. Is that ok?", "In the usual range: 55 %", ["11 ÷ 20", "14.5 %", "the bases differ"]),
    ("14 Implementierungspartner, aber nur 2 bringen selbst Geschäft, die anderen warten auf unsere Leads. Ist das normal? Und was mach ich mit den 12?", "14,3 %", ["2 ÷ 14", "Enablement"]),
    ("25 resellers under contract, only 4 have ever sold anything. How bad is that?", "Only 16 %", ["4 ÷ 25", "enablement"]),
    ("client: 28M ARR, enterprise, ACV 90k. they signed 40 partners last year, 6 of them have ever brought a deal. what do i tell the CRO on monday", "Only 15 %", ["6 ÷ 40", "before recruiting more"]),
    ("12 partners, 5 of them active in the last quarter, 20M ARR, 2 years in. good or bad?", "Less than usual: 41.7 %", ["60–75 %"]),
    ("partners sourced €600k of €4M total revenue, programme 2 years old. is that any good", "In the usual range: partners brought 15 %", ["15–25 %"]),
    ("Status: 30 partners on paper, 12 of them sent us at least one lead this year. Programme launched 2 years ago. Healthy?", "Less than usual: 40 %", ["60–75 %"]),
    ("Last year partners brought in 800k out of 5M total bookings, programme 40 months old. Are we behind?", "16 %", ["the bases differ", "25–40 %"]),
    ("One of our SIs did 6 projects with us for 420k altogether. What does that tell you?", "70,000 a deal", ["420,000 ÷ 6"]),
])  # fmt: skip
def test_the_ratio_is_told_first_and_held_against_what_is_reported(text: str, lead: str, more: list[str]) -> None:
    answer = ADVISOR.ask(text)
    assert lead in answer.text.partition("\n")[0]
    assert [part for part in more if part not in answer.text] == []
    assert answer.verification.removed == ()


def test_the_total_of_several_deals_is_no_deal_size() -> None:
    answer = ADVISOR.ask("need an agenda for the first QBR with our top partner next week, they did 4 deals with us worth 140k")
    assert answer.assessment.client.acv is None
    assert "35,000 a deal (140,000 ÷ 4)" in answer.text


@pytest.mark.parametrize(("text", "acv"), [("our deals are worth 25k", 25_000), ("they closed 5 deals worth 200k", None), ("partners brought us three contracts for 90k in total", None)])
def test_a_deal_size_is_read_only_where_one_deal_is_meant(text: str, acv: int | None) -> None:
    read = ADVISOR.read(text).client.acv
    assert (read.amount if read else None) == acv


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("Is 120 days to the first partner deal normal? We are at €8M ARR and started in June.", "That is usual"),
        ("Is 200 days to the first partner deal normal? We are at €8M ARR and started in June.", "That is more than usual"),
        ("8 Mio. € ARR, Programm läuft seit Juni. Sind 120 Tage bis zum ersten Deal eines Partners normal?", "Das ist üblich"),
    ],
)
def test_a_number_that_is_to_be_judged_is_placed_beside_what_holds_first(message: str, first: str) -> None:
    assert ADVISOR.ask(message).answer.claims[0].text.startswith(first)
