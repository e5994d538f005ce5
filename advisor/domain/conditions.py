"""The one condition language of rules, benchmarks, passages and plan tasks.

A condition is a table of facts and tests, all of which must hold:

    { arr_eur = "[5e6, 15e6)", motion = ["mid_touch", "enterprise"], mapped_partners = ">=50", implementation_heavy = true }

A test is a half-open or closed range, a comparison, a list of allowed values, or one value. The result is yes, no or
unknown, with the facts that decided it. A fact that is itself only known to lie between two bounds is a `Span`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from advisor.domain.vocabulary import Applies, StageId

FactValue = Any
INFINITY = Decimal("Infinity")
_INTERVAL = re.compile(r"^\s*([\[(])\s*([^,\s]*)\s*,\s*([^,\s]*)\s*([\])])\s*$")
_COMPARISON = re.compile(r"^\s*(>=|<=|>|<|==)\s*(\S+)\s*$")
_STAGES = frozenset(StageId)  # "<5M" and ">150M" are words, not comparisons


class Span(NamedTuple):
    """A number known only to lie between two bounds, both inclusive."""

    low: Decimal
    high: Decimal


class Range(NamedTuple):
    """A range of numbers with its edges; `low_in` and `high_in` say whether an edge belongs to it."""

    low: Decimal
    high: Decimal
    low_in: bool
    high_in: bool

    @classmethod
    def parse(cls, text: str) -> Range:
        """Read `[5e6, 15e6)`, `>=50`, `<18` or `==3`. Raises ValueError with one sentence otherwise."""
        if interval := _INTERVAL.match(text):
            low, high = _bound(interval[2], -INFINITY), _bound(interval[3], INFINITY)
            if low > high:
                raise ValueError(f"the range {text!r} is upside down")
            return cls(low, high, interval[1] == "[", interval[4] == "]")
        if comparison := _COMPARISON.match(text):
            sign, value = comparison[1], _bound(comparison[2], INFINITY)
            if sign == "==":
                return cls(value, value, True, True)
            if sign.startswith(">"):
                return cls(value, INFINITY, sign == ">=", False)
            return cls(-INFINITY, value, False, sign == "<=")
        raise ValueError(f"{text!r} is not a range; write '[5, 15)', '>=5' or '<18'")

    def contains(self, number: Decimal) -> bool:
        above = number > self.low or (self.low_in and number == self.low)
        below = number < self.high or (self.high_in and number == self.high)
        return above and below

    def inside(self) -> Span:
        """The numbers of the range as a span of whole numbers from 0 to a trillion."""
        low = max(self.low if self.low_in else self.low + 1, Decimal(0))
        high = min(self.high if self.high_in else self.high - 1, Decimal(10) ** 12)
        return Span(low, high)

    def holds_for(self, span: Span) -> Applies:
        """Yes when every number of the span lies inside, no when none does."""
        if self.contains(span.low) and self.contains(span.high):
            return Applies.YES
        outside_low = span.high < self.low or (span.high == self.low and not self.low_in)
        outside_high = span.low > self.high or (span.low == self.high and not self.high_in)
        return Applies.NO if outside_low or outside_high else Applies.UNKNOWN


def _bound(text: str, empty: Decimal) -> Decimal:
    if text in {"", "inf", "-inf"}:
        return empty
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number") from None


class Outcome(NamedTuple):
    """Whether a condition holds, and the facts that decided it: the failing ones, the missing ones, or all of them."""

    applies: Applies
    facts: tuple[str, ...]


def is_range(test: Any) -> bool:
    """Whether a test is written as a range or comparison of numbers."""
    return isinstance(test, str) and test not in _STAGES and bool(_INTERVAL.match(test) or _COMPARISON.match(test))


def check(test: Any, fact: FactValue) -> Applies:
    """Hold one test against one fact; None means that the fact is not known."""
    if fact is None:
        return Applies.UNKNOWN
    if is_range(test):
        span = fact if isinstance(fact, Span) else Span(Decimal(str(fact)), Decimal(str(fact)))
        return Range.parse(test).holds_for(span)
    allowed = {str(item) for item in test} if isinstance(test, list | tuple | set | frozenset) else {str(test)}
    present = {str(item) for item in fact} if isinstance(fact, list | tuple | set | frozenset) else {str(fact)}
    return Applies.YES if allowed & present else Applies.NO


def evaluate(condition: Mapping[str, Any], facts: Mapping[str, FactValue]) -> Outcome:
    """Hold every test of a condition against the facts. One `no` decides; else one unknown leaves it unknown."""
    results = {name: check(test, facts.get(name)) for name, test in condition.items()}
    for wanted in (Applies.NO, Applies.UNKNOWN):
        deciding = tuple(name for name, result in results.items() if result is wanted)
        if deciding:
            return Outcome(wanted, deciding)
    return Outcome(Applies.YES, tuple(results))


def problems(condition: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    """What is wrong with a condition as written: unknown facts, unreadable or upside-down ranges. Empty when sound."""
    names, found = set(known), []
    for name, test in condition.items():
        if name not in names:
            found.append(f"{name!r} is not a fact; known are {', '.join(sorted(names))}")
        elif isinstance(test, str) and test not in _STAGES and test.startswith(("[", "(", "<", ">", "=")):
            try:
                Range.parse(test)
            except ValueError as error:
                found.append(f"{name}: {error}")
    return found
