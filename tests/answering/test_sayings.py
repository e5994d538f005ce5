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
    assert reply.answer.claims[0].text.startswith(("That depends on your ARR", "It hangs on your ARR"))
    assert reply.answer.advised_against == (Move.RESELLERS,)


def test_repeating_a_question_about_the_clients_own_partners_is_no_advice_for_or_against_them() -> None:
    reply = advisor().ask("Three of our SIs each want 20% on renewals. We are $30M ARR enterprise. What do we answer?").answer
    assert Move.SI_PARTNERS not in {*reply.recommended_moves, *reply.advised_against}
