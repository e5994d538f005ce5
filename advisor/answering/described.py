"""The case that a message describes to a decision table: the inputs it names, by the table's own words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from advisor.domain.conditions import Span
from advisor.figures import find
from advisor.intake.patterns import Lexicon, count_of
from advisor.rules import Table

Words = Mapping[str, list[str]]


def described(text: str, table: Table) -> dict[str, Any]:
    """The inputs of a table that a text names, when it asks for what the table decides; two values of one input leave it unknown."""
    lower = text.lower()
    if not table.words or _lexicon({"asked": table.words["asked"]}).first(lower) is None:
        return {}
    read = {name: _values(text, values) for name, values in table.words.items() if name != "asked"}
    return {name: next(iter(values)) if len(values) == 1 else None for name, values in read.items() if values}


def _values(text: str, words: Words) -> set[Any]:
    if "figure" in words:
        meant = [figure for figure in find(text) if {figure.currency, figure.unit.value} & {*words["figure"]} and not figure.is_edge]
        return {_number(figure.low, figure.high) for figure in meant}
    hits = _lexicon(words).longest(text.lower())
    return {count_of(hit.value) if hit.key == "number" and hit.value else hit.key for hit in hits}


def _lexicon(words: Words) -> Lexicon[str]:
    return _made(tuple((key, tuple(phrases)) for key, phrases in words.items()))


@cache
def _made(words: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon[str]:
    return Lexicon(dict(words))


def _number(low: Any, high: Any) -> Any:
    return low if low == high or high is None else high if low is None else Span(low, high)
