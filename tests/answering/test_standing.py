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


@pytest.mark.parametrize(
    ("message", "never"),
    [
        ("Our churn is 20% a year. Is it high?", "lies below"),
        ("We have 15% churn of partners. Normal?", "lies below"),
        ("30% of our revenue is from one customer. Is our partner-sourced share too low? Programme is 10 months old.", "more than usual"),
        ("Our competitor gets 40% of revenue from partners, we 6%. Is that bad? Programme is 12 months old.", "more than usual"),
        ("Partner-sourced deals close at 12%, programme 8 months. Good?", "than usual"),
        ("35% of our new logos came through partners, programme 12 months. Good?", "than usual"),
        ("Partner-sourced revenue fell from 22% to 12%. Programme 20 months. Good?", "22 %"),
        ("Im Vorjahr 12 % Umsatz über Partner, jetzt 20 %. Programm 20 Monate. Gut?", "angestrebt"),
        ("Partner deals are 20% smaller. Normal?", "margin of 20"),
        ("We pay 20% sourced; what's influenced rate?", "lies below"),
        ("Our influenced rate is 10%, sourced 20%. OK?", "less than usual"),
        ("After 6 months partner-sourced pipeline is 11% of total. On target?", "partner-sourced revenue is"),
        ("Partners bring 12% of pipeline after six months. On target?", "of revenue sourced"),
        ("Our sales cycle is 90 days direct, 120 days with partners. Normal?", "Usually yes"),
        ("Our margin is 80%. Reseller wants 30% off list. Normal?", "80 %"),
        ("Partner asks for 50% revenue share as OEM. Normal?", "No, not by my sources"),
    ],
)
def test_a_number_of_something_else_of_before_or_of_another_kind_is_placed_beside_no_record(message: str, never: str) -> None:
    text = ADVISOR.ask(message).answer.text
    assert never not in text


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("Our churn is 20% a year. Is it high?", "a level"),
        ("Influenced 30%, sourced 6%; programme 12 months; good?", "the 6 % you name lies inside"),
        ("Partner-sourced revenue target 20%, actual 7%. Programme is 12 months old. Good?", "the 7 % you name lies inside"),
        ("Ziel 20 %, aktuell 7 % Umsatz über Partner, Programm 12 Monate alt. Gut?", "Die 7 %, die Sie nennen, liegen in"),
        ("Our competitor gets 40% of revenue from partners, we 6%. Is that bad? Programme is 12 months old.", "6% lies inside"),
        ("Partner deals are 35% larger for us, programme 20 months. Normal?", "That is usual"),
        ("20M ARR. 8% of our pipeline is partner-sourced after 6 months. Too low?", "10–15 % of total pipeline"),
        ("30% der Pipeline kommt von Partnern, 8 Mio. ARR. Zu viel?", "Ja, das ist mehr als üblich"),
        ("Wir machen 8 % Umsatz über Partner, Programm 12 Monate alt. Ist das normal?", "Die 8 %, die Sie nennen, liegen in"),
        ("Is a 12% referral commission normal?", "That is usual"),
        ("Reseller gets 25% margin, our gross margin is 75%. Normal?", "the 25 % you name lies inside"),
        ("Partner share is 8% today. Board wants 20% by next year. Programme 12 months. Realistic?", "your goal of 20 %"),
        ("Influenced 15%, sourced 5%. Our goal for sourced is 20%. Realistic after 12 months?", "partner-sourced revenue is 15–25 %"),
    ],
)
def test_the_number_that_says_how_things_are_with_what_is_asked_is_placed(message: str, says: str) -> None:
    assert says in ADVISOR.ask(message).answer.text


@pytest.mark.parametrize(
    ("message", "goal"),
    [
        ("Our sourced revenue has been flat at 7% for three quarters. What do I tell the leadership team? Programme 14 months.", False),
        ("Our direct forecast was within 10% last year. We start with partners: what numbers do we promise?", False),
        ("Sourced share stuck at 7 %, programme 12 months. What can we promise the board?", False),
        ("Target: 15% by December, today 9%, programme 10 months. Realistic?", True),
        ("Board wants 20% of revenue from partners. Programme is 12 months old. Realistic?", True),
    ],
)
def test_a_share_there_is_or_a_margin_of_error_is_no_goal(message: str, goal: bool) -> None:
    assert ("your goal of" in ADVISOR.ask(message).answer.text) is goal


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        ("Partners sourced 2.6M of 14M and influenced another 3.1M. CRO wants to report 41% partner revenue. OK?", True),
        ("Partner-influenced revenue is 40% and sourced 30%. So 70% from partners, right?", True),
        ("Sourced 12 % und beeinflusst 20 %, zusammen 32 % Partnerumsatz. Passt das?", True),
        ("Influenced 15%, sourced 5%. Our goal for sourced is 20%. Realistic after 12 months?", False),
        ("Influenced 30%, sourced 6%; programme 12 months; good?", False),
    ],
)
def test_what_partners_sourced_and_influenced_is_reported_as_no_sum(message: str, refused: bool) -> None:
    answer = ADVISOR.ask(message).answer
    assert any(word in answer.claims[0].text for word in ("single figure", "einer Zahl")) is refused


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("How much bigger are partner deals?", "It depends on how old"),
        ("We have no partners yet. ARR 8M. What win rate uplift should we expect?", ""),
    ],
)
def test_a_figure_for_one_case_is_no_answer_where_the_case_is_open_or_another(message: str, first: str) -> None:
    lead = ADVISOR.ask(message).answer.claims[0].text
    assert lead.startswith(first)
    assert not any(char.isdigit() for char in lead)
