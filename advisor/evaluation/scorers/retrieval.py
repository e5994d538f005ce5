"""How early the entries that answer a question are found.

hit@k: whether one of them is among the first k. MRR: one over the place of the first of them, 0 beyond ten. nDCG@10 with gain 1 for each of them
(Järvelin and Kekäläinen 2002): the sum of 1 / log2(place + 1) over those found, against the sum when all came first.

A case that says which entry is `first` is scored by one over the place of the best of them, and gated: an answer that slips from the first
place to the third is found out. `held` says whether the relevance floor lets the question through.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import log2

from advisor.evaluation.cases import Case, Found
from advisor.evaluation.scorers.scorer import Score, Scorer, listed
from advisor.evaluation.seen import Seen

DEPTH = 10


def _listed(score: Callable[[Case, Seen], Score]) -> Callable[[Case, Seen], Score | None]:
    """For cases that list the entries of which one must be among the first."""

    @wraps(score)
    def scored(case: Case, seen: Seen) -> Score | None:
        return None if isinstance(case.expected, Found) else score(case, seen)

    return scored


def hit_at_5(case: Case, seen: Seen) -> Score:
    return _hit(case, seen, 5)


def hit_at_1(case: Case, seen: Seen) -> Score:
    return _hit(case, seen, 1)


def reciprocal_rank(case: Case, seen: Seen) -> Score:
    place = _place(case.expected, seen)
    return Score(round(1 / place, 4) if place else 0.0, "" if place == 1 else f"the first that answers stands at {place or 'no place'}")


def gain(case: Case, seen: Seen) -> Score:
    """nDCG@10."""
    wanted = set(case.expected)
    found = sum(1 / log2(place + 1) for place, id_ in enumerate(seen.found[:DEPTH], 1) if id_ in wanted)
    best = sum(1 / log2(place + 1) for place in range(1, min(len(wanted), DEPTH) + 1))
    return Score(round(found / best, 4), "" if found == best else "not all that answer come first")


def first(case: Case, seen: Seen) -> Score | None:
    """One over the place of the best of the entries that should come first."""
    if not isinstance(case.expected, Found) or case.expected.first is None:
        return None
    place = _place(case.expected.first, seen)
    return Score(1.0) if place == 1 else Score(round(1 / place, 4) if place else 0.0, f"{seen.found[0] if seen.found else 'nothing'} comes first, and {' or '.join(case.expected.first)} at {place or 'no place'}")


def held(case: Case, seen: Seen) -> Score | None:
    """Whether the floor lets the question through as expected."""
    if not isinstance(case.expected, Found) or case.expected.held is None:
        return None
    return Score(1.0) if seen.other is case.expected.held else Score(0.0, "said to be held, and is not" if seen.other else "said not to be held, and is")


def _place(wanted: tuple[str, ...], seen: Seen) -> int | None:
    return next((place for place, id_ in enumerate(seen.found[:DEPTH], 1) if id_ in wanted), None)


def _hit(case: Case, seen: Seen, depth: int) -> Score:
    hit = any(id_ in case.expected for id_ in seen.found[:depth])
    return Score(1.0) if hit else Score(0.0, f"found {listed(seen.found[:depth])}")


SCORERS = (
    Scorer("first", "other", "retrieval", first),
    Scorer("held", "other", "retrieval", held),
    Scorer("hit@5", "other", "retrieval", _listed(hit_at_5)),
    Scorer("hit@1", "measure", "retrieval", _listed(hit_at_1), least=0.0),
    Scorer("mrr", "measure", "retrieval", _listed(reciprocal_rank), least=0.0),
    Scorer("ndcg@10", "measure", "retrieval", _listed(gain), least=0.0),
)
