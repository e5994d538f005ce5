"""A choice among described candidates is made: customers that fit decide, then commitment, then capacity."""

from __future__ import annotations

import pytest

from advisor import Advisor
from advisor.answering.candidates import described

ADVISOR = Advisor()
AGENCIES = (
    "Three agencies want to partner with us, we can only onboard one. Agency X has 500 clients, mostly retail, we sell to manufacturers. "
    "Agency Y has 25 manufacturing clients and its CEO wants to start tomorrow. Agency Z has 60 manufacturing clients but no spare people. Which one?"
)
FOUR = "We have capacity for 2 out of 4 partners. A is huge but customers don't overlap with ours. B has the same ICP and is eager. C fits our ICP but is passive. D has no ICP fit. Which two?"


@pytest.mark.parametrize(("text", "taken"), [
    ("got 5 possible partners and only time for 2. how do i choose? A: 200 clients but not really our segment, B: 30 clients exactly our ICP and founder is super keen", "B"),
    (AGENCIES, "Agency Y"), (FOUR, "B"),
    ("How to pick between two potential partners: one has lots of customers outside our segment, the other few customers but exactly our target and very motivated?", "the other"),
    ("Two agencies, capacity for one. Alpha: 80 clients in our ICP, owner never answers mails. Beta: 40 clients in our ICP, wants to train two people next week. Which one?", "Beta"),
    ("Which of these three should we onboard first? 1) big reseller, customers mostly banks, 2) small consultancy, exactly our target market and very interested, 3) vendor with no overlap.", "#2"),
])  # fmt: skip
def test_the_first_sentence_says_whom_to_take(text: str, taken: str) -> None:
    answer = ADVISOR.ask(text)
    assert answer.text.startswith(f"**Take {taken}: customers that fit")
    assert answer.verification.removed == ()
    assert "50 or more" not in answer.text


def test_each_candidate_is_told_why_and_the_next_best_on_which_condition() -> None:
    text = ADVISOR.ask(FOUR).text
    assert "For the other place C is next" in text
    assert text.count("is out, whatever its size") == 2


def test_nobody_is_taken_who_has_other_customers_or_no_will() -> None:
    text = "Two resellers, which one first? Northwind has a big sales team but sells to banks only and we sell to hospitals. Medico serves hospitals and is slow to reply."
    assert ADVISOR.ask(text).text.startswith("**None of them yet")


@pytest.mark.parametrize("text", [
    "Should we choose resellers or referral partners? We sell to hospitals.", "A) who gets the credit when two partners both say they brought the same deal, B) how long should the protection last. Which comes first?",
    "Which partners should we choose first at 8M EUR ARR?", "we've money for one of these two. A: raise commission from 12 to 20. B: get an enablement person who trains them properly. 13M, 16 lukewarm partners. what speaks for which", "Partner A registered the deal, partner B was in the first meeting. Which one gets the commission?",
])  # fmt: skip
def test_other_questions_with_which_describe_no_candidates(text: str) -> None:
    assert described(text) is None
