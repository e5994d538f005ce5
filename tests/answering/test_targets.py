"""A plan or target put up to be judged: the first sentence judges it, its own numbers are worked with, each thing in it is named, and the order."""

from __future__ import annotations

from functools import cache

import pytest

from advisor import Advisor, Answer
from advisor.domain import Stance


@cache
def advisor() -> Advisor:
    return Advisor()


@cache
def told(message: str) -> Answer:
    return advisor().ask(message)


def first(message: str) -> str:
    return told(message).answer.claims[0].text


FORTY = "Here's my plan: Q1 recruit 40 partners, Q2 build portal and certification, Q3 launch MDF, Q4 10% of pipeline. What do you think?"
AGENCIES = "Mein Plan: 1 Partnermanager, 10 Agenturen, 15% Provision, nach 12 Monaten 500k Pipeline. Zu optimistisch? ACV 12k"


@pytest.mark.parametrize(("message", "formulas"), [
    (AGENCIES, ["500.000 ÷ 12.000", "500.000 ÷ 12.000 ÷ 10"]),
    ("Plan for 2027: 8 referral partners, no fee, 300k pipeline after a year, average deal 25k. Too optimistic? We're at 6M ARR", ["300,000 ÷ 25,000", "300,000 ÷ 25,000 ÷ 8"]),
    ("we want to double partner revenue from 400k to 800k next year with 9 active partners, ACV 20k. doable?", ["800,000 ÷ 20,000", "800,000 ÷ 20,000 ÷ 9"]),
    ("My boss promised the board 40 deals through partners in the first year. 12 partners signed, 3 active. 20M ARR. Is that doable?", ["40 ÷ 3"]),
    ("My plan: sign 12 VARs by March and do 800k revenue with them in the first year. ACV 20k, win rate 30%, 8M ARR. Realistic?", ["800,000 ÷ 20,000 ÷ 30 %"]),
    ("Our goal is 25 new partners by June and 1M pipeline from them. 22M ARR, 12 partners today. Feasible?", ["25 + 12"]),
    ("the board wants 30% of revenue from partners by end of next year. Today it's 4%. We have one partner manager. realistic?", ["30 ÷ 4"]),
])  # fmt: skip
def test_a_plan_is_worked_through_with_its_own_numbers(message: str, formulas: list[str]) -> None:
    assert all(f"({formula})" in told(message).text for formula in formulas), told(message).text
    assert told(message).verification.removed == ()


@pytest.mark.parametrize(("message", "opening"), [
    (AGENCIES, "Eher zu optimistisch"),
    ("the board wants 30% of revenue from partners by end of next year. Today it's 4%. We have one partner manager. realistic?", "No"),
    ("Wir wollen nächstes Jahr 20 % vom Umsatz über Partner machen, aktuell 0. ARR 8 Mio. Ist das realistisch?", "Nein"),
    ("Draft: month 1-3 hire a partner manager, month 4-6 sign 15 resellers, month 7-12 close 20 deals at 18k. ARR 9M. Would you sign that off?", "No"),
    ("CFO's target: first partner deal within 3 months, 5 deals in year one, ACV 40k. We start in January. Too ambitious?", "No"),
    (FORTY, "The order is the wrong way round"),
    ("Unser Plan: erst Tool kaufen, dann 20 Partner anwerben, dann eine Partnerstelle besetzen. Reihenfolge okay?", "Die Reihenfolge sollte eine andere sein"),
    ("Our plan: 600k pipeline through partners in 12 months, ACV 20k, 3M€ ARR. Realistic?", "No"),
])  # fmt: skip
def test_the_first_sentence_judges_the_plan(message: str, opening: str) -> None:
    assert first(message).startswith(opening), told(message).text


def test_each_thing_of_a_plan_is_named_with_whether_it_is_time() -> None:
    said = told(FORTY).text
    assert all(word in said for word in ("40 partners", "A portal: not yet", "Certification needs a programme", "Market development funds: not yet", "The share of pipeline")), said


def test_nothing_that_the_rules_refuse_is_advised_by_an_order() -> None:
    advised = {move for claim in told(FORTY).answer.claims if claim.stance in {Stance.ADVISE, Stance.REQUIRE} for move in claim.moves}
    assert advised == set(), advised


def test_a_message_without_a_plan_is_not_judged_as_one() -> None:
    for message in ("What share of revenue from partners is realistic in year two? I need a figure for the plan, ARR 19M, 17 partners, sales-assisted.", "We signed 12 partners, is that too many at 9M ARR?"):
        assert "your own numbers" not in told(message).text, told(message).text
