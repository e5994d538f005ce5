"""The cells of a decision table: each input cut into pieces inside which no row can tell two values apart.

A piece is a value of a closed list, true or false, a cut point, the open stretch between two cut points, or "unknown".
A set of pieces is an integer with one bit a piece, so proving and looking up are bit operations.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from advisor.domain.conditions import INFINITY, Range, Span, is_range

UNKNOWN = "unknown"


class Axis(NamedTuple):
    """One input of a table. `values` is the closed list, or empty for a range, whose cut points are `cuts`."""

    name: str
    values: tuple[str, ...] = ()
    cuts: tuple[Decimal, ...] = ()

    @property
    def size(self) -> int:
        """The number of pieces, unknown included."""
        return (len(self.values) if self.values else 2 * len(self.cuts) + 1) + 1

    @property
    def everything(self) -> int:
        return (1 << self.size) - 1

    @property
    def unknown(self) -> int:
        return 1 << (self.size - 1)

    def mask(self, test: Any) -> int:
        """The pieces that a test of a row takes in. Raises ValueError when the test does not fit the input."""
        if isinstance(test, list):
            if not test:
                raise ValueError("an empty list")
            return _union(self.mask(each) for each in test)
        if test == UNKNOWN:
            return self.unknown
        if self.values:
            word = _word(test)
            if word not in self.values:
                raise ValueError(repr(test))
            return 1 << self.values.index(word)
        if not is_range(test):
            raise ValueError(repr(test))
        return self._stretch(Range.parse(test))

    def pieces_of(self, fact: Any) -> int:
        """The pieces that a fact may lie in: one when it is known exactly, several for a `Span`, unknown for None."""
        if fact is None:
            return self.unknown
        if self.values:
            word = _word(fact)
            return 1 << self.values.index(word) if word in self.values else self.unknown
        if isinstance(fact, Span):
            first, last = sorted(map(self._piece, fact))  # a negative amount at the two ends of a rate has its ends the other way round
            return (2 << last) - (1 << first)
        return 1 << self._piece(Decimal(str(fact)))

    def name_piece(self, index: int) -> str:
        """A piece as messages show it."""
        if index == self.size - 1:
            return UNKNOWN
        if self.values:
            return self.values[index]
        low, high = self._bounds(index)
        if low == high:
            return _plain(low)
        return f"between {_plain(low)} and {_plain(high)}" if INFINITY not in (-low, high) else _half(low, high)

    def samples(self) -> tuple[Any, ...]:
        """One known value of every piece."""
        if self.values:
            return tuple(_unword(value) for value in self.values)
        return tuple(_inside(*self._bounds(index)) for index in range(self.size - 1))

    def _piece(self, number: Decimal) -> int:
        """The index of the piece that a number lies in."""
        at = bisect_left(self.cuts, number)
        return 2 * at + (self.cuts[at : at + 1] == (number,))

    def _bounds(self, index: int) -> tuple[Decimal, Decimal]:
        edges = (-INFINITY, *self.cuts, INFINITY)
        return (edges[index // 2], edges[index // 2 + 1]) if index % 2 == 0 else (edges[index // 2 + 1],) * 2

    def _stretch(self, wanted: Range) -> int:
        return _union(1 << index for index in range(self.size - 1) if _meets(wanted, *self._bounds(index)))


def axis_of(name: str, domain: Any, tests: Iterable[Any]) -> Axis:
    """The axis of an input declared as `"range"`, `"bool"` or a closed list, cut where the rows' tests cut it.

    Raises ValueError when the declaration is none of these.
    """
    if domain == "bool":
        return Axis(name, ("true", "false"))
    if isinstance(domain, list) and domain and all(isinstance(each, str) for each in domain):
        if UNKNOWN in domain or len(set(domain)) != len(domain):
            raise ValueError(f"{domain!r}, with a value twice or with {UNKNOWN!r}, which every input has anyway")
        return Axis(name, tuple(domain))
    if domain != "range":
        raise ValueError(repr(domain))
    flat = [each for test in tests for each in (test if isinstance(test, list) else [test])]
    ranges = [Range.parse(each) for each in flat if is_range(each)]
    cuts = {edge for each in ranges for edge in (each.low, each.high) if abs(edge) != INFINITY}
    return Axis(name, (), tuple(sorted(cuts)))


def witness(axes: Mapping[str, Axis], masks: Mapping[str, int]) -> str:
    """One input that lies in all the given sets of pieces, in words."""
    parts = []
    for name, axis in axes.items():
        mask = masks.get(name, axis.everything)
        parts.append(f"{name} = {axis.name_piece((mask & -mask).bit_length() - 1)}")
    return ", ".join(parts) or "any input"


def _union(masks: Iterable[int]) -> int:
    total = 0
    for mask in masks:
        total |= mask
    return total


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _unword(value: str) -> Any:
    return {"true": True, "false": False}.get(value, value)


def _meets(wanted: Range, low: Decimal, high: Decimal) -> bool:
    if low == high:
        return wanted.contains(low)
    return wanted.low < high and wanted.high > low


def _inside(low: Decimal, high: Decimal) -> Decimal:
    if low == high:
        return low
    if low == -INFINITY:
        return Decimal(0) if high == INFINITY else high - 1
    return low + 1 if high == INFINITY else (low + high) / 2


def _half(low: Decimal, high: Decimal) -> str:
    if low == -INFINITY:
        return "any number" if high == INFINITY else f"below {_plain(high)}"
    return f"above {_plain(low)}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}" if abs(number) != INFINITY else str(number)
