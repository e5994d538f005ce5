"""How early the entries that answer a question are found.

hit@k: whether one of them is among the first k. MRR: one over the place of the first of them, 0 beyond ten. nDCG@10 with gain 1 for each of them
(Järvelin and Kekäläinen 2002): the sum of 1 / log2(place + 1) over those found, against the sum when all came first.
"""

from __future__ import annotations

from math import log2

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed
from advisor.evaluation.seen import Seen

DEPTH = 10


def hit_at_5(case: Case, seen: Seen) -> Score:
    return _hit(case, seen, 5)


def hit_at_1(case: Case, seen: Seen) -> Score:
    return _hit(case, seen, 1)


def reciprocal_rank(case: Case, seen: Seen) -> Score:
    place = next((place for place, id_ in enumerate(seen.found[:DEPTH], 1) if id_ in case.expected), None)
    return Score(round(1 / place, 4) if place else 0.0, "" if place == 1 else f"the first that answers stands at {place or 'no place'}")


def gain(case: Case, seen: Seen) -> Score:
    """nDCG@10."""
    wanted = set(case.expected)
    found = sum(1 / log2(place + 1) for place, id_ in enumerate(seen.found[:DEPTH], 1) if id_ in wanted)
    best = sum(1 / log2(place + 1) for place in range(1, min(len(wanted), DEPTH) + 1))
    return Score(round(found / best, 4), "" if found == best else "not all that answer come first")


def _hit(case: Case, seen: Seen, depth: int) -> Score:
    hit = any(id_ in case.expected for id_ in seen.found[:depth])
    return Score(1.0) if hit else Score(0.0, f"found {listed(seen.found[:depth])}")


SCORERS = (
    Scorer("hit@5", "other", "retrieval", hit_at_5),
    Scorer("hit@1", "measure", "retrieval", hit_at_1, least=0.0),
    Scorer("mrr", "measure", "retrieval", reciprocal_rank, least=0.0),
    Scorer("ndcg@10", "measure", "retrieval", gain, least=0.0),
)
