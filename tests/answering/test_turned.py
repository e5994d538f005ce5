"""A message that names no move is answered about the one it turns on, and a refused one is refused however it is worded."""

from __future__ import annotations

from functools import cache

import pytest

from advisor import Advisor, Answer
from advisor.domain import AskKind, Move


@cache
def answer(message: str) -> Answer:
    return Advisor().ask(message)


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        ("Finance wants one line in the board pack that adds what partners brought and what they helped with. We are at 26M EUR ARR. Do we add them up?", Move.COMBINE_ATTRIBUTION),
        ("Deal is signed. Now the partner says he talked to them in spring and wants it booked as his. 21M EUR ARR, do we do him the favour?", Move.RETRO_TAGGING),
        ("Darf ich beide Partnerzahlen im Board-Report zu einer Summe zusammenziehen? 30 Mio. Euro ARR.", Move.COMBINE_ATTRIBUTION),
        ("9M EUR ARR, five partners. Boss wants thirty new signatures by summer, quantity first. Good idea?", Move.MASS_RECRUITING),
    ],
)
def test_a_refused_move_is_refused_however_it_is_worded(message: str, refused: Move) -> None:
    told = answer(message).answer
    assert (refused in told.advised_against, refused in told.recommended_moves) == (True, False)


def test_whoever_asks_whether_to_add_both_lines_is_told_to_report_them_apart() -> None:
    told = answer("Can we add sourced and influenced up for the board so the partner number looks bigger? 30M EUR ARR").answer
    assert (told.advised_against[0], Move.SEPARATE_REPORTING in told.recommended_moves) == (Move.COMBINE_ATTRIBUTION, True)


def test_a_figure_on_a_known_topic_stays_a_figure() -> None:
    asked = answer("What share of revenue should partners source? Our programme is 30 months old, 22M EUR ARR.").asks
    assert [ask.kind for ask in asked] == [AskKind.HOW_MUCH]
