"""Reads which numbered part of a sequence words name: week 4, the fourth week, months 1–3, level 3.

To words and vectors "week 4" and "week 9" are nearly the same, and for who asks about one the other is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from advisor.domain import Entry

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")
_UNIT = r"(?P<unit>week|month|quarter|year|phase|stage|step|level|tier|layer)"
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_AFTER = re.compile(
    rf"\b{_UNIT}s?\s+(?P<low>{_NUMBER})\b(?:\s*(?:[-–]|to|and|through)\s*(?P<high>{_NUMBER})\b)?(?!\s*[-–]\s*\d|[.,]?\d|\s*(?:%|€|\$|m\b|million))", re.IGNORECASE
)  # fmt: skip
_BEFORE = re.compile(rf"\b(?P<low>{'|'.join(_PLACES)}|\d{{1,2}}(?:st|nd|rd|th))\s+{_UNIT}\b", re.IGNORECASE)

Steps = frozenset[tuple[str, int]]  # a unit in the singular, with its number


class Named(NamedTuple):
    """The steps that an entry's heading names, and those of its text."""

    heading: Steps
    text: Steps


def steps(text: str) -> Steps:
    """Every step that is named, each of a range."""
    return frozenset((*_ranges(text), *((found["unit"].casefold(), _place(found["low"])) for found in _BEFORE.finditer(text))))


def named(entry: Entry) -> Named:
    return Named(steps(entry.heading), steps(entry.text))


def agreement(asked: Steps, told: Named) -> float:
    """1 where the heading names a step that is asked for, -1 where it names only others of the same kind, a half where the text names one; else 0."""
    if asked & told.heading:
        return 1.0
    if {unit for unit, _ in asked} & {unit for unit, _ in told.heading}:
        return -1.0
    return 0.5 if asked & told.text else 0.0


def _ranges(text: str) -> Iterator[tuple[str, int]]:
    for found in _AFTER.finditer(text):
        low = _number(found["low"])
        high = _number(found["high"]) if found["high"] else low
        yield from ((found["unit"].casefold(), number) for number in range(low, max(low, high) + 1))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.index(text.casefold()) + 1


def _place(text: str) -> int:
    return int(text[:-2]) if text[0].isdigit() else _PLACES.index(text.casefold()) + 1
