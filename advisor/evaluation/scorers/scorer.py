"""What a scorer is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from advisor.evaluation.cases import Case
from advisor.evaluation.seen import Seen

Group = Literal["decision", "grounding", "other", "measure"]
TARGETS: dict[Group, float] = {"decision": 1.0, "grounding": 1.0, "other": 0.95}
"""What each group should reach over a suite; measures (seconds, the graded orders of retrieval) have no target."""


class Score(NamedTuple):
    """0 to 1, and below 1 a sentence that says why."""

    value: float
    why: str = ""


class Scorer(NamedTuple):
    """Scores the cases of a kind; None where a case gives it nothing to score. A score below `least` fails the case. One that is not `steady` differs
    from run to run by itself, and is never said to have changed."""

    name: str
    group: Group
    kind: str
    score: Callable[[Case, Seen], Score | None]
    least: float = 1.0
    steady: bool = True


def share(right: int, total: int, why: str = "") -> Score:
    """The share that is right, with the reason where some is not."""
    return Score(1.0) if right == total else Score(round(right / total, 4), why)


def listed(items: object) -> str:
    return ", ".join(str(item) for item in items) if isinstance(items, (list, tuple, set, frozenset)) else str(items)
