"""What answers say of the client and of moves, told by the answer itself."""

from __future__ import annotations

from functools import cache

from advisor import Advisor
from advisor.domain import Move


@cache
def advisor() -> Advisor:
    return Advisor()


def test_reading_back_that_nobody_owns_partners_is_no_advice_against_an_owner() -> None:
    reply = advisor().ask("We're a $22M ARR mid-touch SaaS, 12 partners, no dedicated owner. Where do we start?").answer
    assert Move.ASSIGN_OWNER in reply.recommended_moves
    assert Move.ASSIGN_OWNER not in reply.advised_against


def test_the_arr_of_a_bare_question_may_be_read_back() -> None:
    reply = advisor().ask("Is it worth listing on AWS marketplace at 12M EUR ARR?")
    assert "€12M" in reply.text
    assert reply.verification.removed == ()


def test_a_refusal_that_hangs_on_an_unknown_arr_says_so_and_refuses() -> None:
    reply = advisor().ask("Should we sign resellers?")
    assert reply.answer.claims[0].text == "Resellers need a programme behind them, and below €5M ARR there is none. From there on other things decide."
    assert reply.answer.advised_against == (Move.RESELLERS,)


def test_repeating_a_question_about_the_clients_own_partners_is_no_advice_for_or_against_them() -> None:
    reply = advisor().ask("Three of our SIs each want 20% on renewals. We are $30M ARR enterprise. What do we answer?").answer
    assert Move.SI_PARTNERS not in {*reply.recommended_moves, *reply.advised_against}


def test_what_is_asked_for_without_naming_it_again_is_the_thing_named_before() -> None:
    reply = advisor().ask("€22M ARR, enterprise, SI partners keep asking for MDF. How much should we set aside?")
    assert reply.answer.claims[0].text.startswith("No source gives a usual amount of MDF")
    assert "mdf-gold-quarter-example" in {citation.id for citation in reply.citations}


def test_the_size_a_client_tells_does_not_hide_what_it_asks() -> None:
    reply = advisor().ask("We want to expand into Germany from the UK, 9M GBP ARR. Distributor or own team?")
    assert reply.answer.claims[0].text.startswith("Regional resellers before “own team”")


def test_what_another_company_did_is_no_advice_to_a_client_who_names_it() -> None:
    reply = advisor().ask("SaaS for hospitals, 14M ARR, Accenture says they'd like a partnership with us. How do we approach it?")
    assert not [citation.id for citation in reply.citations if "salesforce" in citation.id]


def test_what_another_company_did_is_told_to_whom_asks_for_it() -> None:
    reply = advisor().ask("Give me an example of how Salesforce and Accenture sell together.")
    assert "co-selling-plays#salesforce-and-accenture-selling-together" in {citation.id for citation in reply.citations}


def test_a_goal_is_placed_beside_the_figure_that_holds_for_the_client() -> None:
    reply = advisor().ask("CEO's goal is 25% partner-sourced in 12 months, we started the programme 6 months ago. Is that doable? €8M ARR")
    first, second = (claim.text for claim in reply.answer.claims[:2])
    assert first.startswith(("Not on this evidence: your goal of 25 %", "No: your goal of 25 %"))
    assert "5–10 %" in second


def test_a_goal_is_no_figure_that_was_heard() -> None:
    reply = advisor().ask("board wants 30% of revenue from partners by end of next year. we're at €12M. realistic?")
    assert "goal of 30 %" in reply.answer.claims[0].text
    assert not [citation.id for citation in reply.citations if citation.id.startswith("marketplace")]
