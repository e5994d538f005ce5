"""The move that a message turns on is read right far more often than chance on messages not learned from, and a message that turns on none says so."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from advisor import datafiles
from advisor.adapters import situations, softmax
from advisor.adapters.embedder import MiniLM
from advisor.answering import playbook
from advisor.domain import REFUSALS, Move
from advisor.errors import DataError

HELD, LEARNED, STEPS = 31, 2, 150  # each 31st line is held out, half of the others learned from, in fewer steps than what ships


@cache
def readings() -> list[tuple[bool, float]]:
    """For each line held out: whether the move read first is right, and its probability."""
    model, lines = MiniLM(), situations.lines()
    others = [pair for number, pair in enumerate(lines) if number % HELD]
    finder = situations.Situations(model)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(softmax, "ROUNDS", 1)
        patch.setattr(softmax, "FEWEST", STEPS)
        finder.__dict__["learned"] = situations.fit(model, others[::LEARNED])
    found = [(move, finder.moves(line)[0]) for move, line in lines[::HELD]]
    return [(best is move, chance) for move, (best, chance) in found]


@cache
def shipped() -> situations.Situations:
    return situations.Situations(MiniLM())


def test_every_move_has_many_messages_some_turn_on_none_and_no_line_stands_twice() -> None:
    moves = Counter(move for move, _ in situations.lines())
    assert set(moves) == set(situations.CLASSES) == {*Move, None} - REFUSALS
    assert min(moves.values()) >= 40
    assert moves[None] >= 200
    assert len({line for _, line in situations.lines()}) == len(situations.lines())


def test_a_message_not_learned_from_is_read_right_far_above_chance() -> None:
    assert np.mean([right for right, _ in readings()]) > 0.4


def test_what_is_likely_is_right_more_often_than_what_is_not() -> None:
    likely = playbook.load().aim.likely
    sure = [right for right, chance in readings() if chance >= likely]
    assert len(sure) > len(readings()) // 6
    assert np.mean(sure) > 0.75


@pytest.mark.parametrize(
    "message",
    ["average partner churn in fintech", "Which clause protects us when a reseller goes bankrupt?", "What is the weather in Lisbon?"],
)
def test_a_message_about_something_else_turns_on_no_move_for_sure(message: str) -> None:
    move, chance = shipped().moves(message)[0]
    assert move is None or chance < playbook.load().aim.likely


def test_probabilities_add_up_over_all_moves_and_none_and_fall() -> None:
    found = shipped().moves("our partner says another partner took his deal")
    assert {move for move, _ in found} == set(situations.CLASSES)
    assert abs(sum(chance for _, chance in found) - 1) < 1e-3
    assert [chance for _, chance in found] == sorted((chance for _, chance in found), reverse=True)


def test_a_german_message_is_read_by_its_english_words() -> None:
    assert shipped().moves("Zwei Partner streiten um denselben Deal, wer bekommt ihn?")[0][0] is Move.RESOLVE_CONFLICT_48H


def test_the_words_of_a_message_count_whatever_their_ending() -> None:
    vocabulary = situations.Vocabulary.of(["register deals", "registered a deal", "we are registering deals", "he registers", "it was registered", "who pays"])
    assert vocabulary.signs("registers", ()) == vocabulary.signs("registered", ())
    assert any(vocabulary.signs("registers", ()))


def test_a_move_that_patterns_hear_is_a_sign_of_its_own() -> None:
    signs = situations.Vocabulary((), ()).signs("deal registration", {Move.DEAL_REGISTRATION})
    assert [situations.CLASSES[place] for place, sign in enumerate(signs) if sign] == [Move.DEAL_REGISTRATION]


def test_the_shipped_weights_belong_to_the_messages_and_the_model() -> None:
    assert not situations.stale(MiniLM())


@pytest.mark.parametrize("text", ["", "[situations]\nsell_more = ['x']", "[situations]\nnone = 'x'", "[situations]\nnone = ['']"])
def test_lines_under_no_move_or_of_no_text_are_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / situations.FILE
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(datafiles, "root", lambda: tmp_path)
    with pytest.raises(DataError):
        situations.lines.__wrapped__()
