"""Numbers that carry the formula they came from, so that every result can be shown and worked out again."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

Input = tuple[str, int]
"""Name of an input and where the client said it; -1 for what was known before or is cited."""

_SUM, _PRODUCT, _ATOM = range(3)


@dataclass(frozen=True, slots=True)
class Part:
    """A value with the formula that gives it, from the numbers as they are shown, and the inputs it started from."""

    value: Decimal
    formula: str
    uses: frozenset[Input] = frozenset()
    rank: int = _ATOM

    def __add__(self, other: Part) -> Part:
        return self._with(other, self.value + other.value, "+", _SUM)

    def __sub__(self, other: Part) -> Part:
        return self._with(other, self.value - other.value, "−", _SUM)

    def __mul__(self, other: Part) -> Part:
        return self._with(other, self.value * other.value, "×", _PRODUCT)

    def __truediv__(self, other: Part) -> Part:
        """Raises ValueError when the divisor is zero."""
        if other.value == 0:
            raise ValueError("nothing can be divided by zero")
        return self._with(other, self.value / other.value, "÷", _PRODUCT)

    def _with(self, other: Part, value: Decimal, sign: str, rank: int) -> Part:
        left = f"({self.formula})" if self.rank < rank else self.formula
        bracketed = other.rank < rank or (sign in "−÷" and other.rank == rank)
        right = f"({other.formula})" if bracketed else other.formula
        return Part(value, f"{left} {sign} {right}", self.uses | other.uses, rank)

    @property
    def atomic(self) -> bool:
        """Whether it is a number as it was given."""
        return self.rank == _ATOM

    @property
    def up(self) -> Decimal:
        """The next whole number, for things that only come whole."""
        return self.value.to_integral_value(ROUND_CEILING)


def number(value: Decimal | int, *uses: Input) -> Part:
    """A plain number as it is shown; more than four decimals are cut, and the value with them."""
    exact = Decimal(value).quantize(Decimal("0.0001"), ROUND_HALF_UP) if Decimal(value) != round(Decimal(value), 4) else Decimal(value)
    return Part(exact, shown(exact, 4), frozenset(uses))


def percent(value: Decimal | int, *uses: Input) -> Part:
    """`8 %` as a factor of 0.08."""
    exact = number(value)
    return Part(exact.value / 100, f"{exact.formula} %", frozenset(uses))


def share(parts: int, *uses: Input) -> Part:
    """One in so many; always in brackets beside other numbers."""
    return Part(Decimal(1) / parts, f"1 ÷ {parts}", frozenset(uses), _SUM)


def shown(value: Decimal, places: int = 2) -> str:
    """A number as formulas and sentences show it: thousands with commas, no trailing zeros, at most `places` decimals."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
