"""Tables in text: which row and column a figure stands in, and what their heads say of its unit: `Share (%)`, `Revenue in EUR m`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from advisor.domain import Unit
from advisor.figures import spelling, units
from advisor.figures.model import Figure
from advisor.figures.terms import terms

_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_IN_HEAD = re.compile(r"[(\[](?P<brackets>[^()\[\]]{1,24})[)\]]|\b(?:in|as) (?P<said>[^()|,]{1,24})$|,\s*(?P<comma>[^(),|]{1,16})$|(?P<sign>[%€$£])\s*$|^\s*(?P<first>[%€$£])", re.I)
_SCALES = {
    "k": 3, "m": 6, "mn": 6, "mio": 6, "mio.": 6, "mln": 6, "mm": 6, "bn": 9, "b": 9, "mrd": 9, "mrd.": 9, "tsd": 3, "tsd.": 3, "t": 3, "'000": 3, "000": 3, "000s": 3,
    "thousand": 3, "thousands": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9, "tausend": 3, "millionen": 6, "milliarden": 9, "milliers": 3, "milliards": 9,
}  # fmt: skip
_BARE = frozenset({"thousand", "thousands", "million", "millions", "billion", "billions", "'000", "000", "000s", "tsd", "tsd.", "mio", "mio.", "mrd", "mrd.", "tausend", "millionen", "milliarden", "milliers", "milliards"})
_CURRENCY = re.compile(rf"(?:{spelling.CURRENCY_BEFORE})|(?:{spelling.CURRENCY_AFTER})", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a figure of a table stands. `row` and `column` are the words of the row's first cell and of the column's head, `first` the head of the first column."""

    table: str
    row_number: int
    column_number: int
    row: tuple[str, ...]
    column: tuple[str, ...]
    row_text: str = ""
    column_text: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int
    number: int
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a text: its head, and each row as the places of its cells."""

    head: tuple[str, ...]
    rows: tuple[_Row, ...]


@lru_cache(maxsize=64)
def tables(text: str) -> tuple[Table, ...]:
    """The pipe tables of a text: rows that begin with a pipe, or a line with pipes above a rule."""
    return tuple(_tables(text)) if "|" in text else ()


def _tables(text: str) -> Iterator[Table]:
    head: tuple[str, ...] | None = None
    rows: list[_Row] = []
    position = 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if head is None:
            if "|" in line and (line.lstrip().startswith("|") or ("|" in following and _RULE.match(following))):
                head = tuple(line[start:end].strip() for start, end in _parts(line))
        elif "|" not in line:
            yield Table(head, tuple(rows))
            head, rows = None, []
        elif not _RULE.match(line):
            rows.append(_Row(position, position + len(line), len(rows), tuple((position + start, position + end) for start, end in _parts(line))))
        position += len(line)
    if head is not None:
        yield Table(head, tuple(rows))


def _parts(line: str) -> list[tuple[int, int]]:
    """The places of the cells of a row: between pipes that are not escaped."""
    stripped = line.rstrip()
    cuts = [match.start() for match in re.finditer(r"(?<!\\)\|", stripped)]
    start = cuts.pop(0) + 1 if cuts and not stripped[: cuts[0]].strip() else 0
    if cuts and cuts[-1] == len(stripped) - 1:
        stripped = stripped[: cuts[-1]]
        cuts.pop()
    edges = [start - 1, *cuts, len(stripped)]
    return [(low + 1, high) for low, high in pairwise(edges)]


def cells(text: str, figures: Sequence[Figure], name: str = "") -> Mapping[int, Cell]:
    """The cell of each figure that stands in the body of a table, by the figure's start."""
    found: dict[int, Cell] = {}
    for index, table in enumerate(tables(text)):
        starts = [row.start for row in table.rows]
        for figure in figures:
            place = bisect_right(starts, figure.start) - 1
            if place < 0 or figure.start >= table.rows[place].end:
                continue
            row = table.rows[place]
            column = next((number for number, (start, end) in enumerate(row.parts) if start <= figure.start < end), None)
            if column is not None:
                head = table.head[column] if column < len(table.head) else ""
                label = text[slice(*row.parts[0])].strip()
                found[figure.start] = Cell(f"{name}/{index}", row.number, column, terms(label), _named(head), label, head, table.head[0] if table.head else "")
    return found


def _named(head: str) -> tuple[str, ...]:
    """The words of a column's head without those of its unit."""
    bare = re.sub(r"[(\[][^)\]]*[)\]]", " ", head) if unit_of_head(head) else head
    return terms(bare) or terms(head)


def typed(text: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Figures of cells that name no unit take that of their column's head, or else of their row's first cell."""
    if "|" not in text or not figures:
        return figures
    places = cells(text, [figure for figure in figures if _bare(figure)])
    return tuple(_typed(figure, places[figure.start]) if figure.start in places else figure for figure in figures)


def _bare(figure: Figure) -> bool:
    return figure.unit is Unit.COUNT and figure.kind == "value" and figure.measure is None and not re.search(r"[^\d.,'\s–-]", figure.text)


def _typed(figure: Figure, cell: Cell) -> Figure:
    if cell.column_number == 0:
        return figure
    given = unit_of_head(cell.column_text) or unit_of_head(cell.row_text)
    if given is None:
        return figure
    unit, currency, measure, per, exponent = given
    factor = Decimal(10) ** exponent
    low, high = (None if number is None else number * factor for number in (figure.low, figure.high))
    return replace(figure, unit=unit, currency=currency, measure=measure, per=figure.per or per, low=low, high=high)


Head = tuple[Unit, str | None, str | None, str | None, int]


@lru_cache(maxsize=2048)
def unit_of_head(head: str) -> Head | None:
    """Unit, currency, measure, period and power of ten that the head of a column gives its figures; None when it names none."""
    for match in _IN_HEAD.finditer(spelling.plain(head)):
        said = next(part for part in match.groups() if part)
        if given := _read(said.strip()):
            return given
    return None


def _read(said: str) -> Head | None:
    words = said.replace("/", " / ").split()
    per = None
    if "/" in words or "per" in words:
        cut = words.index("/") if "/" in words else words.index("per")
        words, per = words[:cut], " ".join(words[cut + 1 :]).lower() or None
    joined = " ".join(words)
    if given := _unit(joined, per, 0):
        return given
    if re.fullmatch(r"(?:k|T)(?:€|\$|£|EUR|USD|GBP|CHF)", joined):
        return Unit.MONEY, spelling.currency_of(joined[1:]), None, per, 3
    money = _CURRENCY.search(joined)
    rest = (joined[: money.start()] + " " + joined[money.end() :]).split() if money else words
    exponents = [_SCALES[word.lower()] for word in rest if word.lower() in _SCALES and (money or word.lower() in _BARE)]
    left = [word for word in rest if word.lower() not in _SCALES and word.lower() not in {"in", "of", "the"}]
    if money:
        return (Unit.MONEY, spelling.currency_of(money[0]), None, per, sum(exponents)) if not left else None
    if exponents and not left:
        return Unit.COUNT, None, None, per, sum(exponents)
    return _unit(" ".join(left), per, sum(exponents)) if left and len(left) <= 2 else None


def _unit(words: str, per: str | None, exponent: int) -> Head | None:
    probe = f"2 {words}"
    tail = units.TAIL.match(probe, 1)
    if tail and tail.end() == len(probe) and (unit := units.unit_of(tail)) and unit != "basis_points":
        return Unit(unit), None, None, per, exponent
    if (measure := units.measure_at(probe if not per else f"{probe}/{per}", 1)) and measure.end() == len(probe if not per else f"{probe}/{per}"):
        return Unit.COUNT, None, units.measure_of(measure), None, exponent
    return (Unit.COUNT, None, units.measure_of(measure), per, exponent) if (measure := units.measure_at(probe, 1)) and measure.end() == len(probe) else None
