"""A number that is no signal is said to be none, also at its very edge, and nothing is advised for it."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


@pytest.mark.parametrize(
    ("text", "begins", "move"),
    [
        ("38 % partner win rate vs 23 % direct, so 15 points. The rule fires and I can ask for more budget, correct? (24M EUR)", "No, the number you name", "invest_in_partners"),
        ("60% of partners were active by day 90, is that a warning sign? 20M EUR", "No, the number you name", "diagnose_enablement"),
    ],
)
def test_a_number_below_the_mark_of_a_signal_is_said_to_be_none(text: str, begins: str, move: str) -> None:
    answer = ADVISOR.ask(text)
    assert answer.answer.claims[0].text.startswith(begins)
    assert move not in answer.answer.recommended_moves
    assert not answer.verification.removed


def test_a_number_past_the_mark_still_fires() -> None:
    answer = ADVISOR.ask("39 % partner win rate vs 23 % direct, so 16 points. Does the rule fire? (24M EUR)")
    assert "invest_in_partners" in answer.answer.recommended_moves


@pytest.mark.parametrize("text", [
    "Mit Partnern gewinnen wir 44 Prozent, direkt nur 27. Nachlegen oder abwarten, bei 21 Mio. Euro ARR?",
    "We win 44 percent with partners and only 27 direct. Invest more or wait, at EUR 21m ARR?",
])  # fmt: skip
def test_a_signal_that_fires_goes_before_the_matter_it_resembles(text: str) -> None:
    assert "invest_in_partners" in ADVISOR.ask(text).answer.claims[0].moves
