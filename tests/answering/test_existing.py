"""What exists although the rules put it off is where the answer starts, never what it advises or doubles."""

from __future__ import annotations

import pytest

from advisor import Advisor
from advisor.domain import Move, Stance

ADVISOR = Advisor()


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("We have €7M ARR and run gold/silver tiers. What now?", "a tiered programme"),
        ("We have €7M ARR and bought a three year Impartner licence last month. What now?", "an enterprise PRM"),
        ("€3M ARR, founder-led. We pay for Crossbeam since January. Which tool do we need?", "an account mapping tool"),
    ],
)
def test_what_exists_against_the_rules_is_kept_first_and_never_advised(message: str, kept: str) -> None:
    reply = ADVISOR.ask(message)
    first = reply.answer.claims[0]
    assert kept in first.text
    assert first.stance is Stance.MENTION
    assert not {*reply.answer.recommended_moves} & {*reply.assessment.client.in_place}


def test_beside_a_partner_tool_that_is_paid_for_no_second_one_is_advised() -> None:
    reply = ADVISOR.ask("We have €7M ARR and bought a three year Impartner licence last month. What now?")
    assert not {*reply.answer.recommended_moves} & {Move.LIGHT_PRM, Move.MID_PRM, Move.ENTERPRISE_PRM}
    assert "Kiflo" not in reply.text
    assert "buy nothing beside it" in reply.text
