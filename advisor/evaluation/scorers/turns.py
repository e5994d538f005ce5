"""Whether each turn of a conversation goes as expected."""

from __future__ import annotations

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen


def turns(case: Case, seen: Seen) -> Score:
    """The share of turns of which everything expected holds; the reason names the first one that fails."""
    wrong = [(number, faults) for number, faults in enumerate(seen.other, 1) if faults]
    total = len(seen.other)
    return share(total - len(wrong), total, f"turn {wrong[0][0]}: {listed(wrong[0][1])}" if wrong else "")


SCORERS = (Scorer("turns", "decision", "conversations", turns),)
