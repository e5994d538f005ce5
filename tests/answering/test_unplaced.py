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
        ("Our largest integrator wants to hold its own user day and use our customer names on the invitation. Fine?", "Which of these comes nearest?"),
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
    reply = ADVISOR.ask("How many hours a week does looking after a dormant alliance in another time zone take?").answer
    assert (reply.claims[0].kind, reply.recommended_moves, "I will not guess" in reply.text or "will not make one up" in reply.text or "will not invent" in reply.text) == (ClaimKind.REFUSAL, (), True)


@pytest.mark.parametrize(
    ("message", "begins"),
    [
        ("Agentur fragt ob sie 25% statt 15% kriegt, sonst gehen sie zum Wettbewerber. Was antworte ich?", "Prüfen Sie die Stunden vor dem Prozentsatz"),
        ("our attribution is a mess, sourced and influenced add up to 140% of bookings. How would you define it, and what fields do I need in the CRM?", "Two kinds of field"),
        ("Hiring my first partner manager. Someone senior from a big vendor or a hungry AE of ours?", "Look for somebody who has brought partners"),
        ("New here as channel manager, there was no handover, I have a list of 70 resellers and no idea who still sells. First step?", "Begin with an audit"),
        ("The distributor's contract says we must never contact end customers ourselves. Would you sign that?", "Not as it stands: keep the right"),
        ("Welche Kennzahlen braucht ein kleiner Partnerbericht für die Geschäftsführung? HubSpot, 6 Partner.", "Nehmen Sie wenige und frühe"),
        ("1.9M USD ARR, self serve. Two consultancies asked to become partners this week. Do I sign them or wait?", "Take them one by one and into no programme"),
        ("Zwei Systemhäuser haben angefragt, ob sie bei uns Partner werden können. Zusagen oder warten?", "Nehmen Sie"),
        ("one of our resellers went insolvent and owes us 64k, the customers have paid them already. do we switch the customers off?", "Customers first, your claim second"),
    ],
)
def test_an_unlikely_move_a_pronoun_or_a_matter_that_the_words_rule_out_leads_nowhere_else(message: str, begins: str) -> None:
    assert ADVISOR.ask(message).answer.text.lstrip("*").startswith(begins)
