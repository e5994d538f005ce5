"""Whether the answer turns down what it must: advised against is not advised."""

from __future__ import annotations

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen


def polarity(case: Case, seen: Seen) -> Score | None:
    """The share of moves turned down as expected; a move that is advised and turned down at once counts as wrong."""
    reply, of = seen.reply.answer, case.expected
    both = set(reply.recommended_moves) & set(reply.advised_against)
    if not of.must_advise_against and not both:
        return None
    missing = [move for move in of.must_advise_against if move not in reply.advised_against]
    why = [f"not advised against: {listed(missing)}"] * bool(missing) + [f"advised and advised against at once: {listed(sorted(both))}"] * bool(both)
    wrong = {*missing, *both}
    return share(max(0, len({*of.must_advise_against, *both}) - len(wrong)), len({*of.must_advise_against, *both}), "; ".join(why))


SCORERS = (Scorer("polarity", "decision", "answers", polarity),)
