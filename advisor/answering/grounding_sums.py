"""Figures that we worked out: the formula is worked out again, and its inputs must be given or cited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from advisor.domain import Computation, Unit
from advisor.figures import Figure, find, numbers, recompute, rounds_to

# Hundredths, and the hours of a working day, minutes of an hour, days of a week, months, quarters and weeks of a year.
_CONSTANTS = frozenset(Decimal(number) for number in (0, 1, 100, 12, 4, 7, 8, 60, 52))
_SIGNS = r"[×÷*/+=·−-]"
_OPERATOR = re.compile(rf"{_SIGNS}\s*[(]?\s*[$€£]?[0-9]|^\s*[)]?\s*=")
_AFTER_OPERATOR = re.compile(r"[×÷*/+=·−]\s*[(]?\s*[$€£]?$|[0-9)%]\s-\s[(]?$")


@dataclass(slots=True)
class Sums:
    """The computations of an answer that came out right so far: later ones may start from earlier results."""

    results: set[Decimal] = field(default_factory=set)

    def check(self, computed: Iterable[Computation], known: frozenset[Decimal]) -> str:
        """Why one of a claim's computations does not hold, or an empty text; right ones become inputs for others."""
        for item in computed:
            try:
                value = recompute(item.formula)
                inputs = numbers(item.formula)
            except ValueError as error:
                return str(error)
            if not _comes_to(value, item):
                return f"{item.formula} gives {value.normalize():f}, not {item.result:f}"
            if foreign := [number for number in inputs if number not in known | self.results | _CONSTANTS]:
                return f"the input {foreign[0].normalize():f} of {item.formula} is neither given nor cited"
            self.results |= {item.result, value}
        return ""


def _comes_to(value: Decimal, item: Computation) -> bool:
    return item.result == value.to_integral_value(ROUND_CEILING) if item.rounded == "up" else rounds_to(value, item.result)


def computed_by(figure: Figure, text: str, computed: tuple[Computation, ...]) -> tuple[Computation, ...]:
    """The computations of a claim that a figure is the result or a shown input of; empty when there is none."""
    if figure.kind == "date" or not computed:
        return ()
    low, high = figure.bounds
    first = next((item for item in computed if _gives(item, low, figure)), None)
    last = next((item for item in computed if _gives(item, high, figure)), None)
    if first and last:
        return (first,) if first is last or low == high else (first, last)
    if low == high and _is_operand(figure, text):
        return tuple(item for item in computed if low in numbers(item.formula))[:1]
    return ()


def _gives(item: Computation, number: Decimal | None, figure: Figure) -> bool:
    if number is None or figure.open != "none":
        return False
    return (number == item.result or rounds_to(recompute(item.formula), _shown(number, figure))) and _unit_fits(item, figure)


def _shown(number: Decimal, figure: Figure) -> Decimal:
    """The number with as many decimals as the text shows, so that 11.25 may be shown as 11.3 and never as 11."""
    return number if figure.approximate or number != number.to_integral_value() else number + Decimal("0.0")


def _unit_fits(item: Computation, figure: Figure) -> bool:
    wanted = _unit(item.unit)
    if wanted is None or wanted.unit is Unit.COUNT:
        return True
    if wanted.unit is Unit.MONEY and figure.unit is Unit.MONEY:
        return (wanted.currency in {None, figure.currency}) and (wanted.per is None or figure.per is None or wanted.per == figure.per)
    return wanted.unit is figure.unit


def _unit(text: str) -> Figure | None:
    found = find(f"2 {_WORDS.get(text, text)}")
    return found[0] if found else None


_WORDS = {"percent": "%", "percentage_points": "percentage points", "multiple": "times", "percent_unspecified": "%", "fte": "FTE", "ratio": "times", "money": "", "count": ""}


def _is_operand(figure: Figure, text: str) -> bool:
    return bool(_OPERATOR.match(text[figure.end :].lstrip()) or _AFTER_OPERATOR.search(text[: figure.start]))
