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
    "A prospect with a large MACC asks to buy through Azure. We have 12M EUR ARR. Should we get listed?", "60% of our buyers sit on unused AWS commits. 20M EUR ARR devtool. Marketplace yes or no?",
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


def test_a_yes_to_the_question_turns_the_verdict_and_nobody_is_asked_where_it_would_not() -> None:
    assert any("committed spend" in question for question in ADVISOR.ask("Should we list on AWS Marketplace? 6M ARR.").answer.questions)
    assert not any("committed spend" in question for question in ADVISOR.ask("Should we list on AWS Marketplace? 200M EUR ARR.").answer.questions)
    assert ADVISOR.read("Our buyers hold committed cloud spend.").client.committed_spend is True


def test_other_questions_are_not_burdened_with_committed_spend() -> None:
    answer = ADVISOR.ask("Should we launch a tiered programme at 8M EUR ARR?")
    assert not any("committed" in question for question in answer.answer.questions)


def test_buyers_without_committed_spend_are_no_reason_to_list() -> None:
    answer = ADVISOR.ask("Should we list on AWS Marketplace? 60M EUR ARR, our customers have no cloud commitments.")
    assert Move.CLOUD_MARKETPLACE in answer.assessment.forbidden_moves


@pytest.mark.parametrize("text", [
    "Can we start co-marketing with our partner? 8M EUR ARR, mid-touch, we closed 6 deals together already.",
    "Is it time for joint webinars with our reseller? 9M EUR ARR. They have brought us four customers this year.",
    "8M EUR ARR, three joint customers with this partner so far, should we do a joint case study with them?",
])  # fmt: skip
def test_joint_marketing_waits_for_deals_and_not_once_they_are_told(text: str) -> None:
    told = ADVISOR.ask(text).text
    assert told.startswith("**Yes, with this partner")
    assert "months 10–12" not in told


def test_joint_marketing_without_deals_still_waits() -> None:
    assert "Yes, with this partner" not in ADVISOR.ask("Can we start co-marketing with our partner? 8M EUR ARR, no deals yet.").text


def test_what_would_turn_a_verdict_is_not_what_the_client_has_told() -> None:
    text = ADVISOR.ask("Should we go for global SIs like Accenture at 30M EUR ARR, enterprise motion? Our regional SIs already bring deals every quarter.").text
    assert "ARR of €50M or more with an enterprise motion" in text


def test_what_is_refused_in_every_stage_does_not_hang_on_one() -> None:
    text = ADVISOR.ask("Partner registered the deal after it was already closed and now wants the full 20%. he did introduce us to the CTO a year ago at a fair. pay or not?").text
    assert "hangs on your ARR" not in text
    assert "depends on your ARR" not in text


def test_features_of_tools_that_no_source_compares_are_no_question_of_stage() -> None:
    answer = ADVISOR.ask("which of PartnerStack and Introw has the better salesforce integration? (bidirectional sync, custom objects)")
    assert answer.answer.abstained
    assert "Not yet" not in answer.text
