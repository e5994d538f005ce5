"""A text without the figures that do not hold: a sentence becomes what the knowledge says in its place, or is left out.

What comes in is a record's own sentence with its publisher, never the text's sentence with another number: two figures that hold apart may be false together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from advisor.domain import Applies, Unit
from advisor.domain.verified import HOLDS, FigureVerdict, VerifiedFigure, VerifyReport
from advisor.figures import find
from advisor.integrations.pieces import is_whole, marker, spans
from advisor.library import Library

Check = Callable[[str], VerifyReport]
_COUNTED = frozenset({Unit.COUNT, Unit.FTE, Unit.SCORE, Unit.LEVEL})
_ROUNDS = 3


def failing(report: VerifyReport) -> tuple[VerifiedFigure, ...]:
    """The figures that do not hold."""
    return tuple(figure for figure in report.figures if figure.verdict not in HOLDS)


def mended(text: str, check: Check, library: Library, facts: Mapping[str, Any]) -> str:
    """The text in which every figure holds; as it is when all do."""
    for _ in range(_ROUNDS):
        wrong = failing(check(text))
        if not wrong:
            return text
        text = _without(text, wrong, library, facts)
    return "" if failing(check(text)) else text


def _without(text: str, wrong: tuple[VerifiedFigure, ...], library: Library, facts: Mapping[str, Any]) -> str:
    pieces = [(start, end, [figure for figure in wrong if start <= figure.start < end]) for start, end in spans(text)]
    for start, end, inside in reversed(pieces):
        if inside:
            put = _instead(text[start:end], inside, library, facts)
            text = f"{text[:start]}{put}{text[end:]}" if put else _cut(text, start, end)
    return text.strip()


def _instead(piece: str, wrong: list[VerifiedFigure], library: Library, facts: Mapping[str, Any]) -> str:
    """The record's sentence where it says another value of the one figure of a sentence; else nothing."""
    (figure, *more) = wrong
    if more or len(find(piece)) != 1 or figure.verdict is not FigureVerdict.CONTRADICTED or figure.nearest is None:
        return ""
    record = library.benchmarks.get(figure.nearest.id)
    if record is None or record.unit in _COUNTED or record.unit is not find(piece)[0].unit or library.applies(record.id, facts).applies is Applies.NO:
        return ""
    if is_whole(piece) and not marker(piece):
        return ""
    source = library.sources[record.source]
    who = f"{source.publisher}, {source.year}" if source.year else source.publisher
    return f"{marker(piece)}{library.say_record(record.id).rstrip('.')} ({who})."


def _cut(text: str, start: int, end: int) -> str:
    """The text without a piece, and without the line where nothing else stands on it."""
    before, after = text[:start], text[end:]
    opens, closes = not before.rpartition("\n")[2].strip(), not after.partition("\n")[0].strip()
    if opens and closes:
        return before.rpartition("\n")[0] + after
    return before + after.lstrip(" ") if opens else before.rstrip(" ") + after
