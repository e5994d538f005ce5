"""Token vectors of a query against those of texts."""

from __future__ import annotations

import numpy as np

from advisor.adapters import ranking
from advisor.adapters.ranking import best_matches

QUERY = np.eye(3, dtype=np.float32)[:2]
TOKENS = np.array([[127, 0, 0], [0, 0, 127], [0, 127, 0]], np.int8)


def test_each_text_gives_its_best_match_for_each_token_and_how_well_it_is_matched_itself() -> None:
    best, back = best_matches(QUERY, TOKENS, [2, 0, 1])
    assert np.allclose(best, [[1, 0], [0, 0], [0, 1]])
    assert np.allclose(back, [0.5, 0, 1])


def test_nothing_matches_nothing() -> None:
    best, back = best_matches(QUERY[:0], TOKENS, [3])
    assert best.shape == (1, 0)
    assert back.tolist() == [0]
    assert best_matches(QUERY, TOKENS[:0], [])[0].shape == (0, 2)


def test_the_foremost_are_those_of_a_stable_sort() -> None:
    chance = np.random.default_rng(1)
    for count in (0, 1, 5, 40, 60, 100):
        scores = chance.integers(0, 9, 60).astype(np.float32)  # many ties
        assert ranking.foremost(scores, count).tolist() == np.argsort(-scores, kind="stable")[:count].tolist()
