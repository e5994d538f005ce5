"""Messages that name no move are read by their vector; the reading is right far more often than chance, and says when it is unsure."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import pytest

from advisor.adapters import situations
from advisor.adapters.embedder import MiniLM
from advisor.answering import playbook
from advisor.domain import REFUSALS, Move

FOLDS = 8


class HeldOut(situations.Situations):
    """Learned without one line of each move."""

    def __init__(self, embedder: MiniLM, fold: int) -> None:
        super().__init__(embedder)
        self._fold = fold

    @property
    def learned(self) -> tuple[tuple[Move, str], ...]:
        return tuple(pair for number, pair in enumerate(situations.lines()) if number % FOLDS != self._fold)


@cache
def readings() -> list[tuple[bool, float]]:
    """For each line, read without it: whether the move is right, and the lead over the next."""
    model, found = MiniLM(), []
    for fold in range(FOLDS):
        finder = HeldOut(model, fold)
        for number, (move, line) in enumerate(situations.lines()):
            if number % FOLDS == fold:
                best, lead = finder.moves(line)[0]
                found.append((best is move, lead))
    return found


def test_every_move_has_situations_and_no_line_stands_twice() -> None:
    moves = Counter(move for move, _ in situations.lines())
    assert set(moves) == set(Move) - REFUSALS
    assert min(moves.values()) >= 6
    assert len({line for _, line in situations.lines()}) == len(situations.lines())


def test_a_situation_not_learned_is_read_right_far_above_chance() -> None:
    assert np.mean([right for right, _ in readings()]) > 0.4


def test_a_clear_lead_is_right_in_three_of_four() -> None:
    lead = playbook.load().aim.lead
    clear = [right for right, margin in readings() if margin >= lead]
    assert len(clear) > len(readings()) // 6
    assert np.mean(clear) > 0.75


@pytest.mark.parametrize(
    "message",
    ["average partner churn in fintech", "Which clause protects us when a reseller goes bankrupt?", "What is the weather in Lisbon?"],
)
def test_a_message_about_something_else_has_no_clear_lead(message: str) -> None:
    assert situations.Situations(MiniLM()).moves(message)[0][1] < playbook.load().aim.lead
