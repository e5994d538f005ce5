"""A message of which nothing tells what it turns on gets no advice on a guess: what comes nearest is shown as that, and a question would settle it."""

from __future__ import annotations

import pytest

from advisor import Advisor
from advisor.domain import ClaimKind

ADVISOR = Advisor()


@pytest.mark.parametrize(
    ("message", "near"),
    [
        ("Ein Partner hat Vergleichsseiten über uns gebaut, da stehen Funktionen drin die es nicht gibt. Müssen wir das liefern?", "Was davon kommt Ihrem Fall am nächsten?"),
        ("3 partner managers, 40 partners, 2 regions. How should I split the partners between them?", "Which of these comes nearest?"),
    ],
)
def test_what_comes_nearest_is_shown_as_that_and_advises_nothing(message: str, near: str) -> None:
    reply = ADVISOR.ask(message).answer
    assert (reply.abstained, reply.recommended_moves, near in reply.text, reply.claims[0].kind) == (True, (), True, ClaimKind.REFUSAL)
    assert len(reply.questions) == 1


def test_while_no_matter_comes_near_what_belongs_to_the_stage_follows_the_refusal() -> None:
    reply = ADVISOR.ask("as of friday we're at exactly 5.0 million euros ARR. mid-touch, direct predictable. programme allowed now or still too small?").answer
    assert reply.claims[0].kind is ClaimKind.REFUSAL
    assert "Which of these" not in reply.text
    assert {"first_partner_hire", "formal_referral_programme"} <= {move.value for move in reply.recommended_moves}


def test_a_question_without_a_figure_says_so_before_what_comes_nearest() -> None:
    first, *_ = ADVISOR.ask("How many hours a week does looking after a dormant alliance in another time zone take?").answer.claims
    assert first.kind is ClaimKind.REFUSAL
