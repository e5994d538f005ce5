"""Whether the answer advises what it must, and nothing that it must not."""

from __future__ import annotations

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen


def moves(case: Case, seen: Seen) -> Score | None:
    """The share of conditions kept: each move that must be advised, each that must not, and with `may_advise` each that is advised."""
    of, advised = case.expected, set(seen.reply.answer.recommended_moves)
    allowed = {*of.must_advise, *(of.may_advise or ())}
    beyond = advised - allowed - set(of.must_not_advise) if of.may_advise is not None else set()
    total = len(of.must_advise) + len(of.must_not_advise) + (len(advised | allowed) if of.may_advise is not None else 0)
    if not total and of.may_advise is None:
        return None
    missing = [move for move in of.must_advise if move not in advised]
    wrong = [move for move in of.must_not_advise if move in advised]
    why = [f"not advised: {listed(missing)}"] * bool(missing) + [f"wrongly advised: {listed([*wrong, *sorted(beyond)])}"] * bool(wrong or beyond)
    return share(total - len(missing) - len(wrong) - len(beyond), total, "; ".join(why)) if total else Score(1.0)


SCORERS = (Scorer("moves", "decision", "answers", moves),)
