"""What exists already, help in a deal of the client's own, and a hire whose month is told are answered from there in the first sentences."""

from __future__ import annotations

import pytest

from advisor import Advisor


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("partner joined two calls on our deal, 60k a year, wants the full 15%. pay him?", "4,500 instead of 9,000"),
        ("Der Partner saß in der Demo dabei und fordert 15 % von 40.000. Der Lead kam von unserem Marketing.", "3.000 statt 6.000"),
        ("My AE had this open oppty since May, last week a partner registered it. whose is it?", "**Your rep's"),
        ("we hire our first partner manager in March, at 7M ARR. when will it pay off?", "September to March of the year after"),
        ("I already gave a reseller exclusivity for Spain, we're at 6M ARR. keep it?", "**Keep to what you signed"),
        ("how do we comp the partner manager? and the AEs on partner deals?", "**No source has a pay plan"),
    ],
)
def test_the_answer_starts_from_what_is_told(question: str, says: str) -> None:
    assert says in Advisor().ask(question).text
