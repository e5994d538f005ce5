"""What candidates are ordered and judged by: late interaction, shares of words, and what a query leaves unmatched."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from advisor.adapters.projection import SCALE

if TYPE_CHECKING:
    from advisor.adapters.lexical import WordMatch
    from advisor.adapters.projection import Bytes, Floats
    from advisor.adapters.snapshot import Integers


SATURATION = 2.2  # what BM25 gives at most for a word, times its rarity: k1 + 1 with SQLite's k1 of 1.2


def foremost(scores: Floats, count: int) -> Integers:
    """The places of the highest scores, highest first; of equal ones the first."""
    some = np.arange(len(scores))
    if count < len(scores):
        some = np.flatnonzero(scores >= np.partition(scores, -count)[-count])
    best: Integers = some[np.argsort(-scores[some], kind="stable")][:count]
    return best


def best_matches(query: Floats, tokens: Bytes, lengths: Sequence[int]) -> tuple[Floats, Floats]:
    """Compares a query with texts whose tokens lie one after the other, each of its own length.

    For each text and each token of the query the best cosine between them, what MaxSim sums up; and for each text how well its
    own tokens are matched by the query on average.
    """
    best, back = np.zeros((len(lengths), len(query)), np.float32), np.zeros(len(lengths), np.float32)
    sizes = np.asarray(lengths, np.int64)
    filled, starts = sizes > 0, np.cumsum(sizes) - sizes
    if len(query) and filled.any():
        similarities = np.ascontiguousarray((tokens.astype(np.float32) @ (query.T / SCALE)).T)  # a row for each token of the query: maxima run along
        best[filled] = np.maximum.reduceat(similarities, starts[filled], axis=1).T
        back[filled] = np.add.reduceat(similarities.max(axis=0), starts[filled]) / sizes[filled]
    return best, back


def gap(best: Floats, words: Sequence[str | None], rarity: Mapping[str, float], entries: int) -> float:
    """How far the rarest, least matched word of a query is from anything in these candidates: 0 matched, near 1 foreign.

    A near miss names one thing that the knowledge never speaks of ("fintech", "salary") among many that it does.
    """
    if not len(best):
        return 1.0
    nearest, most = best.max(axis=0), math.log(1 + (entries + 0.5) / 0.5)
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        if word is not None:
            places.setdefault(word, []).append(place)
    return max(((1.0 - float(nearest[at].mean())) * rarity[word] / most for word, at in places.items()), default=0.0)


def rarity(postings: Mapping[str, frozenset[int]], entries: int) -> dict[str, float]:
    """Inverse document frequency of the query's words; a word that the corpus never uses weighs most."""
    return {word: math.log(1 + (entries - len(where) + 0.5) / (len(where) + 0.5)) for word, where in postings.items()}


def word_shares(words: WordMatch, weights: Mapping[str, float], entries: Iterable[int]) -> list[float]:
    """For each entry its BM25 score as a share of the highest that the query's words allow: comparable between queries."""
    best = sum(weights.values()) * SATURATION or 1.0
    return [words.scores.get(entry, 0.0) / best for entry in entries]

