"""Questions with two sides, numbers put up for judgement, and questions that stand beside another one."""

from __future__ import annotations

import pytest

from advisor import Advisor
from advisor.answering.parted import parts

ADVISOR = Advisor()

_GATES = ("hangs on", "depends on", "cannot say where to start", "hängt an", "hängt von", "hängt davon", "kann ich nicht sagen")


def _first(text: str) -> str:
    return next(claim.text for claim in ADVISOR.ask(text).answer.claims)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("crossbeam or just spreadsheets, 4 partners, 9M EUR arr", "For now “spreadsheets”"),
        ("Impartner oder PartnerStack bei 30 Mio Euro ARR?", "Zuerst ein PRM (Partner Relationship Management) der Mittelklasse"),
        ("going into poland next yr, no one on the ground, 35M EUR arr. partners or hire a rep", "Regional resellers before"),
        ("Referral oder Reseller, was zuerst? 10 Mio Euro, Vertrieb per Demo", "Zuerst Empfehlungspartner"),
        ("partner manager or one more SDR first, 7M EUR", "A first partner hire, if your direct sales hold"),
        ("formal referral programme or keep it informal, 3.5M EUR", "Informal referrals first"),
    ],
)
def test_a_question_with_two_sides_is_answered_by_which_of_them(text: str, named: str) -> None:
    assert _first(text).startswith(named)


@pytest.mark.parametrize(
    "text",
    [
        "does certifying partners change anything for revenue",
        "does a deeper integration really bring more co-sell",
        "what should be in a referral agreement",
        "Sind 12 % für einen Empfehler in Ordnung?",
        "Partner will 30% Provision für reine Empfehlung. zu viel oder?",
        "30 signed resellers, 3 sell. rest is dead. what am i missing",
        "Unser Vertrieb ist seit März am Kunden dran, Partner registriert jetzt. Wem gehört der Deal?",
        "should partners do onboarding for us or do we keep it in house",
    ],
)
def test_what_needs_no_arr_is_answered_without_one(text: str) -> None:
    assert not any(gate in _first(text) for gate in _GATES)


def test_a_share_said_to_be_too_much_is_answered_with_yes() -> None:
    assert _first("is 25% for an intro too much at 11M EUR ARR").startswith("Yes, that is more than usual")
    assert _first("20% for an intro, too much? 11M EUR ARR").startswith("No, that is usual")


def test_no_question_for_the_arr_closes_an_answer_that_nothing_in_it_would_turn() -> None:
    assert ADVISOR.ask("MSP vs VAR whats the difference").answer.questions == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [("how many FTE in partnerships, which PRM, what share of revenue is normal in year 2", 3), ("tiers yes or no at 12M, and what commission for silver", 2)],
)
def test_each_question_of_a_list_is_one(text: str, count: int) -> None:
    assert len(parts(text)) == count


def test_headcount_beside_another_question_is_answered() -> None:
    answer = ADVISOR.ask("do we need a PRM at 12M EUR and how many people should work on partners")
    assert "1 FTE" in answer.text
    assert "PRM" in answer.text


def test_an_amount_asked_of_what_the_question_before_names_is_declined_by_its_name() -> None:
    assert "No source gives a usual amount of MDF" in ADVISOR.ask("what's an MDF and how much do people give").text


def test_a_tool_asked_for_without_an_arr_is_told_for_each_size() -> None:
    text = ADVISOR.ask("which PRM should we take").text
    assert "Kiflo" in text
    assert "Impartner" in text
