"""What is known of a figure before it becomes a row of the report."""

from __future__ import annotations

from typing import NamedTuple

from advisor.answering.verifying.truth import Statement
from advisor.domain import FigureVerdict, Nearest


class Found(NamedTuple):
    """What is known of a figure before it becomes a row of the report."""

    verdict: FigureVerdict
    evidence: tuple[str, ...] = ()
    nearest: Nearest | None = None
    why: str = ""
    formula: str | None = None
    statements: tuple[Statement, ...] = ()
