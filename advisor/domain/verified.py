"""What holding a text against evidence found: each figure with its verdict, and how many there are of each."""

from __future__ import annotations

from enum import StrEnum

from advisor.domain.base import Value


class FigureVerdict(StrEnum):
    """What evidence says of a figure. Only the first two let a text pass."""

    SUPPORTED = "supported"
    DERIVED = "derived"
    CONTRADICTED = "contradicted"
    MISATTRIBUTED = "misattributed"
    NOT_APPLICABLE = "not_applicable"
    UNSUPPORTED = "unsupported"


HOLDS = frozenset({FigureVerdict.SUPPORTED, FigureVerdict.DERIVED})


class Nearest(Value):
    """What the evidence has in place of a figure: where it stands, its value as written there, and what keeps both apart."""

    id: str
    value: str
    why: str


class VerifiedFigure(Value):
    """One figure of a text; `start` to `end` are its characters, `line` counts from one.

    `evidence` are ids of records and passages, or `name:line` of a given file, the nearest first; `formula` is how a derived
    figure was worked out.
    """

    text: str
    start: int
    end: int
    line: int
    verdict: FigureVerdict
    evidence: tuple[str, ...] = ()
    formula: str | None = None
    nearest: Nearest | None = None
    why: str = ""


class VerifySummary(Value):
    """How many figures of each verdict a text has; `passed` when every one is supported or derived."""

    figures: int = 0
    supported: int = 0
    derived: int = 0
    contradicted: int = 0
    misattributed: int = 0
    not_applicable: int = 0
    unsupported: int = 0
    passed: bool = True


class VerifyReport(Value):
    """Every figure of a text in its order, and their number by verdict."""

    figures: tuple[VerifiedFigure, ...] = ()
    summary: VerifySummary = VerifySummary()

    @classmethod
    def of(cls, figures: tuple[VerifiedFigure, ...]) -> VerifyReport:
        counted = {verdict.value: sum(figure.verdict is verdict for figure in figures) for verdict in FigureVerdict}
        return cls(figures=figures, summary=VerifySummary(figures=len(figures), passed=all(figure.verdict in HOLDS for figure in figures), **counted))
