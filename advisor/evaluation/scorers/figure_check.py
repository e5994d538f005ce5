"""Whether the figure check tells true sentences from false ones."""

from __future__ import annotations

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer
from advisor.evaluation.seen import Seen


def figure_check(case: Case, seen: Seen) -> Score:
    """1 when the verdict on the sentence is the expected one; a false sentence let through and a true one refused are both errors."""
    held, reason = seen.other
    if held is case.expected.supported:
        return Score(1.0)
    return Score(0.0, "a false sentence is let through" if held else f"a true sentence is refused: {reason}")


SCORERS = (Scorer("figure_check", "grounding", "figures", figure_check),)
