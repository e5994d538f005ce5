"""From what vectors and words found to one order: fusion, late interaction, and a score that a floor can judge."""

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


def scaled(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores moved to 0–1, the lowest to 0 and the highest to 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    return {key: (score - low) / (high - low) if high > low else 1.0 for key, score in scores.items()}


def fuse(dense: Mapping[int, float], lexical: Mapping[int, float], share: float, limit: int) -> list[int]:
    """The best by weighted, scaled scores: `share` for the dense side, the rest for the words. What one side lacks is 0 there."""
    by_vector, by_word = scaled(dense), scaled(lexical)
    fused = {key: share * by_vector.get(key, 0.0) + (1 - share) * by_word.get(key, 0.0) for key in {*by_vector, *by_word}}
    return sorted(fused, key=lambda key: (-fused[key], key))[:limit]


def late_interaction(query: Floats, weights: Floats, tokens: Bytes, bounds: Integers, candidates: Sequence[int]) -> Floats:
    """For each candidate the weighted mean over the query's tokens of the best cosine with one of the candidate's (MaxSim)."""
    result = np.zeros(len(candidates), np.float32)
    parts = [tokens[bounds[number] : bounds[number + 1]] for number in candidates]
    filled = [place for place, part in enumerate(parts) if len(part)]
    if len(query) and filled:
        similarities = np.concatenate([parts[place] for place in filled]).astype(np.float32) @ query.T
        starts = np.cumsum([0, *(len(parts[place]) for place in filled[:-1])])
        result[filled] = np.maximum.reduceat(similarities, starts, axis=0) @ (weights / weights.sum()) / SCALE
    return result


def rarity(postings: Mapping[str, frozenset[int]], entries: int) -> dict[str, float]:
    """Inverse document frequency of the query's words; a word that the corpus never uses weighs most."""
    return {word: math.log(1 + (entries - len(where) + 0.5) / (len(where) + 0.5)) for word, where in postings.items()}


def word_shares(words: WordMatch, weights: Mapping[str, float], entries: Iterable[int]) -> list[float]:
    """For each entry its BM25 score as a share of the highest that the query's words allow: comparable between queries."""
    best = sum(weights.values()) * SATURATION or 1.0
    return [words.scores.get(entry, 0.0) / best for entry in entries]


def unheard(words: WordMatch, weights: Mapping[str, float]) -> float:
    """The share of the query's content words that no entry holds, rare ones weighing more."""
    total = sum(weights.values()) or 1.0
    return sum(weight for word, weight in weights.items() if not words.postings[word]) / total
