"""A condition that a verdict names: the client's own words turn the verdict, and while they are silent it is asked for."""

from __future__ import annotations

import pytest

from advisor import Advisor
from advisor.domain import Move

ADVISOR = Advisor()


@pytest.mark.parametrize("text", [
    "aws marketplace worth it for us? 8M EUR arr, infra tool, customers keep asking if they can burn down their commit",
    "Should we list on AWS Marketplace? 8M EUR ARR, security software, several prospects want to use up their committed spend.",
    "9M EUR ARR data tool. Two customers asked whether they can draw down their Azure commitment by buying us. Is the marketplace a good idea?",
])  # fmt: skip
def test_buyers_with_committed_spend_turn_the_verdict_on_a_marketplace(text: str) -> None:
    answer = ADVISOR.ask(text)
    assert answer.text.startswith("**Yes")
    assert Move.CLOUD_MARKETPLACE in answer.assessment.recommended_moves
    assert "unless" not in answer.text


def test_a_marketplace_below_five_million_stays_the_client_s_call() -> None:
    answer = ADVISOR.ask("Is GCP marketplace something for us at 4M EUR ARR? Our customers have EDPs and want to pay with them.")
    assert answer.text.startswith("**Your call")


def test_whether_buyers_hold_committed_spend_is_asked_first_where_it_decides() -> None:
    asked = ADVISOR.ask("Should we list on AWS Marketplace? 8M EUR ARR.").answer.questions
    assert "committed spend" in asked[0]


def test_other_questions_are_not_burdened_with_committed_spend() -> None:
    answer = ADVISOR.ask("Should we launch a tiered programme at 8M EUR ARR?")
    assert not any("committed" in question for question in answer.answer.questions)


def test_buyers_without_committed_spend_are_no_reason_to_list() -> None:
    answer = ADVISOR.ask("Should we list on AWS Marketplace? 60M EUR ARR, our customers have no cloud commitments.")
    assert Move.CLOUD_MARKETPLACE in answer.assessment.forbidden_moves
