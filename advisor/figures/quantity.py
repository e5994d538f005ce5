"""Whether two figures are the same quantity: number, unit, open end, and what they are per. Their subjects are not looked at."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from advisor.domain import Unit
from advisor.figures.model import Fault, Figure
from advisor.figures.terms import stem
from advisor.figures.units import smallest

_SAME = (
    frozenset({Unit.PERCENT, Unit.PERCENT_UNSPECIFIED}),
    frozenset({Unit.PERCENTAGE_POINTS, Unit.SCORE}),
    frozenset({Unit.MULTIPLE, Unit.RATIO}),
    frozenset({Unit.COUNT, Unit.SCORE, Unit.LEVEL}),
)
_FACTORS: dict[Unit, tuple[str, int]] = {
    Unit.MONTHS: ("calendar", 1), Unit.QUARTERS: ("calendar", 3), Unit.YEARS: ("calendar", 12),
    Unit.HOURS: ("clock", 3600), Unit.DAYS: ("clock", 86_400), Unit.WEEKS: ("clock", 604_800),
}  # fmt: skip
_TIMES = frozenset({"hour", "day", "week", "month", "quarter", "year"})
_PEOPLE = frozenset({"person", "manager", "rol", "hire", "rep"})
_IN = re.compile(r"\b(?:in|inside|en|binnen|innerhalb von) (?:the (?:first|next) )?[0-9a-z]|-(?:hour|day|week|month)", re.I)
_BEGINS = re.compile(r"\b(?:begins?|starts?|edge|at|reach(?:es)?|later than|once|when|until|till)\b", re.I)
_LOW_END = re.compile(r"\b(?:low(?:er|est)?|bottom) (?:end|edge|bound)\b|\bminimum\b|\bstarts? (?:at|from)\b|\bfloor\b", re.I)
_HIGH_END = re.compile(r"\b(?:high(?:er|est)?|upper|top) (?:end|edge|bound)\b|\bmaximum\b|\bceiling\b|\bcap(?:ped)?\b", re.I)

Bounds = tuple[Decimal | None, Decimal | None]
_ROUNDING = Decimal("0.05")
_ENDLESS = 10  # decimals that only a fraction has


def differs(figure: Figure, other: Figure, *, hedges: bool = True) -> Fault:
    """What keeps a claimed figure from being the same quantity as `other`, the figure of the evidence; `none` when it is.

    Respellings are equal, also "two years" and "24 months". Percent is never points, a multiple never a percent. One end of
    a range is the range only when the words say so ("at least", "up to", "the low end"). "About" may be added, never
    dropped. Without `hedges` open ends, "about" and "a year" may be dropped too: for figures that the client gave.
    """
    if figure.kind != other.kind:
        return "unit"
    if figure.kind == "date":
        return "none" if figure.date == other.date else "date"
    aligned = _aligned(figure, other)
    if aligned is None:
        return "unit"
    numbers = _numbers(figure, other, *aligned)
    if numbers == "end":
        return _per(figure, other) if not other.approximate or figure.approximate else "hedge"
    if numbers != "none":
        return numbers
    if figure.sign and other.sign and figure.sign != other.sign:
        return "direction"
    return _hedge(figure, other, hedges) or ("none" if not hedges and figure.per is None else _per(figure, other))


def beside(figure: Figure, other: Figure) -> bool:
    """Whether both name the same edge from its two sides, one sentence denying: "below €5M there is none", "from €5M"."""
    if figure.currency != other.currency or figure.unit is not other.unit or figure.frame.negative == other.frame.negative:
        return False
    below, above = (figure, other) if figure.open == "below" else (other, figure)
    starts = above.open == "above" or above.from_ or above.bounds[0] != above.bounds[1] or above.open == "none"
    return below.open == "below" and above.open != "below" and starts and below.bounds[1] == above.bounds[0]


def _aligned(figure: Figure, other: Figure) -> tuple[Bounds, Bounds] | None:
    """The bounds of both in one unit, or None when the units cannot be compared."""
    mine, theirs = figure.unit, other.unit
    if (figure.measure or other.measure) and figure.measure != other.measure:
        return (in_base(figure), in_base(other)) if kind_of(figure) == kind_of(other) != "" else None
    if mine is theirs:
        return (figure.bounds, other.bounds) if figure.currency == other.currency else None
    if any(mine in group and theirs in group for group in _SAME):
        return figure.bounds, other.bounds
    if {mine, theirs} == {Unit.COUNT, Unit.FTE}:
        counted = figure if mine is Unit.COUNT else other
        return (figure.bounds, other.bounds) if _PEOPLE & {*counted.frame.noun, *counted.frame.right} else None
    return (in_base(figure), in_base(other)) if (kind := kind_of(figure)) and kind == kind_of(other) else None


def in_base(figure: Figure) -> Bounds:
    """Lowest and highest number in the smallest unit of the figure's kind: months, seconds, metres; as written where it has no such unit."""
    if figure.measure:
        return _times(figure.bounds, smallest(figure.measure)[1])
    return _times(figure.bounds, Decimal(_FACTORS[figure.unit][1])) if figure.unit in _FACTORS else figure.bounds


def kind_of(figure: Figure) -> str:
    """What is measured, for figures that can be told in several units."""
    return smallest(figure.measure)[0] if figure.measure else _FACTORS.get(figure.unit, ("", 1))[0]


def _times(bounds: Bounds, factor: Decimal) -> Bounds:
    low, high = (None if number is None else number * factor for number in bounds)
    return low, high


def _numbers(figure: Figure, other: Figure, mine: Bounds, theirs: Bounds) -> Fault | Literal["end"]:
    if mine == theirs or _fraction_of(mine, theirs) or _fraction_of(theirs, mine) or (figure.approximate and _rounded_to(mine, theirs)):
        return "none"
    if mine[0] == mine[1] and theirs[0] != theirs[1] and mine[0] in theirs:
        words = figure.frame.words
        at_least = (figure.open == "above" and not figure.strict) or (figure.from_ and not other.from_) or _LOW_END.search(words)
        at_most = (figure.open == "below" and not figure.strict) or _HIGH_END.search(words)
        if mine[0] == theirs[0] and at_least and other.open != "below" and figure.open != "below":
            return "end"
        if mine[0] == theirs[1] and at_most and other.open != "above" and figure.open != "above":
            return "end"
        return "range"
    return "range" if theirs[0] != theirs[1] and mine[0] in theirs and mine[0] != mine[1] else "value"


def _rounded_to(mine: Bounds, theirs: Bounds) -> bool:
    """Whether a number said to be about right is the other one without its decimals: "about 37 %" for 37.1 %."""
    shown, exact = mine[0], theirs[0]
    if shown is None or exact is None or mine[0] != mine[1] or theirs[0] != theirs[1] or exact == exact.to_integral_value():
        return False
    return shown == exact.quantize(Decimal(1), ROUND_HALF_UP) and abs(shown - exact) <= _ROUNDING * abs(exact)


def _fraction_of(mine: Bounds, theirs: Bounds) -> bool:
    """Whether a share said as a fraction that no decimal can hold ("a third", "two in three") is the other one, rounded."""
    fraction, rounded = mine[0], theirs[0]
    if fraction is None or rounded is None or mine[0] != mine[1] or theirs[0] != theirs[1] or fraction.as_tuple().exponent > -_ENDLESS:  # type: ignore[operator]
        return False
    return fraction.quantize(Decimal(1) if rounded == rounded.to_integral_value() else rounded, ROUND_HALF_UP) == rounded


def _hedge(figure: Figure, other: Figure, hedges: bool) -> Fault | None:
    if figure.open != other.open:
        soft = figure.from_ and other.open == "above" and not other.strict
        soft = soft or (other.from_ and figure.open == "above" and not figure.strict)
        soft = soft or (figure.within and other.open == "below") or (other.within and figure.open == "below")
        if not soft and (hedges or figure.open != "none"):
            return "hedge"
    elif other.from_ and not figure.from_ and hedges and figure.bounds[0] == figure.bounds[1] and not _BEGINS.search(figure.frame.words):
        return "hedge"
    elif other.within and not figure.within and hedges and not _IN.search(figure.frame.words):
        return "hedge"
    elif figure.within and not other.within and re.search(rf"\b(?:at|after) {re.escape(other.text)}", other.frame.words):
        return "hedge"
    elif figure.open != "none" and figure.strict != other.strict and hedges:
        return "hedge"
    return "hedge" if hedges and other.approximate and not figure.approximate else None


def _per(figure: Figure, other: Figure) -> Fault:
    mine, theirs = figure.per and stem(figure.per), other.per and stem(other.per)
    if mine == theirs:
        return "none"
    if mine and theirs:
        return "per"
    if theirs is None:
        return "none" if mine in other.frame.sentence else "per"
    return "per" if theirs in _TIMES and theirs not in figure.frame.sentence else "none"
