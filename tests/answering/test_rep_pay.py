"""What an own rep and a partner get on one deal: the rep's share follows what the partner did, and both are added up."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


@pytest.mark.parametrize(("text", "shown"), [
    ("our ae's get 10% commission normally. deal for 60k was sourced by a partner who gets 15%. what do I pay the AE and what does this deal cost me in total commission?", ["4,500–4,800", "9,000", "13,500–13,800"]),
    ("AEs get 10 %, deal 60k sourced by a partner who gets 15 %. What does the deal cost me?", ["4,500–4,800", "9,000", "13,500–13,800"]),
    ("Our reps are on 8% commission. A partner sourced an 80k deal and gets 20% referral fee. What does the rep get and what do we pay out in total?", ["4,800–5,120", "16,000", "20,800–21,120"]),
    ("A deal of 50k was co-sold with a partner who gets 10%. AE commission is 12%. How much do I owe each of them and what is the sum?", ["6,000", "5,000", "11,000"]),
    ("Partner closed the 100k deal himself, partner margin 20%, our account executives normally get 9%. What is the AE paid on it?", ["4,500", "20,000", "24,500"]),
    ("We pay AEs 10% and partners 15%, a partner brought in a 60k contract. what's due to whom?", ["4,500–4,800", "9,000", "13,500–13,800"]),
    ("AE commission plan is 12%. The deal (150k) came from a referral partner on a 10% fee. What do both get, and the total?", ["13,500–14,400", "15,000", "28,500–29,400"]),
    ("We sold a 90k deal jointly with a partner, he gets 12 percent, our seller 8 percent. Total commission cost?", ["7,200", "10,800", "18,000"]),
])  # fmt: skip
def test_the_rep_gets_the_share_that_belongs_to_what_the_partner_did(text: str, shown: list[str]) -> None:
    answer = ADVISOR.ask(text)
    assert [part for part in shown if part not in answer.answer.claims[0].text] == []
    assert answer.verification.removed == ()


def test_where_nothing_tells_what_the_partner_did_the_full_rate_is_said_to_be_one() -> None:
    answer = ADVISOR.ask("On a 70k deal the AE earns 9% and the partner 11%. How much do we pay out altogether?")
    assert "14,000" in answer.answer.claims[0].text
    assert "75–80 %" in answer.text
