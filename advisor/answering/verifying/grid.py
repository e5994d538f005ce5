"""A figure held against the cells of a table: the row and the column that its sentence calls by name must be the cell's own.

Prose is matched by its words alone; a table says by place what a figure is about, so here places decide. A row is called by the
words that tell it from the other rows, a column by those that tell it from the other columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from advisor.answering.verifying.truth import Statement, Truth
from advisor.domain import Unit
from advisor.figures import Figure, find
from advisor.figures.terms import COMMON, POLARITY, terms

_TOTAL = re.compile(r"\W*(?:grand |sub)?(?:total|sum|all|overall|gesamt\w*|summe|insgesamt|ensemble|alle)\b", re.I)
_UNITS = frozenset(Unit) - {Unit.COUNT, Unit.SCORE, Unit.LEVEL}
_IN_TURN = re.compile(r"\b(?:respectively|in turn|in that order|beziehungsweise|bzw|jeweils|respectivement)\b", re.I)


@dataclass
class Grid:
    """One table of the truth, with the words that call each of its rows and columns."""

    cells: Sequence[Statement]

    @cached_property
    def rows(self) -> Mapping[int, frozenset[str]]:
        """The words that tell each row from the others; rows of totals apart."""
        return _apart({each.cell.row_number: frozenset(each.cell.row) | years(each.cell.row_text) for each in self.cells if each.cell and not is_total(each)})

    @cached_property
    def columns(self) -> Mapping[int, frozenset[str]]:
        return _apart({each.cell.column_number: frozenset(each.cell.column) | years(each.cell.column_text) for each in self.cells if each.cell and each.cell.column_number})

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of its heads and first column."""
        return frozenset(word for each in self.cells if each.cell for word in (*each.cell.row, *each.cell.column, *terms(each.cell.first)))

    @cached_property
    def totals(self) -> frozenset[int]:
        return frozenset(each.cell.row_number for each in self.cells if each.cell and is_total(each))

    def rows_of(self, figure: Figure, sentence: str) -> frozenset[int]:
        """The rows that a figure is said of: named in its clause, else last before it, else in the sentence; none when none is named."""
        return _called(self.rows, figure, sentence, whole=True)

    def columns_of(self, figure: Figure, sentence: str) -> frozenset[int]:
        return _called(self.columns, figure, sentence, whole=False)

    def called(self, words: frozenset[str]) -> frozenset[int]:
        """The columns of which these words name most."""
        shared = {column: len(own & words) for column, own in self.columns.items()}
        most = max(shared.values(), default=0)
        return frozenset(column for column, number in shared.items() if most and number == most)

    def at_each(self, places: Iterable[tuple[int, int]]) -> list[Statement]:
        """The cells at these places, in their order; a place without one figure is left out."""
        found = {(each.cell.row_number, each.cell.column_number): each for each in self.cells if each.cell and each.figure.kind == "value"}
        return [found[place] for place in places if place in found]

    def at(self, rows: Iterable[int], columns: Iterable[int]) -> list[Statement]:
        places = {(row, column) for row in rows for column in columns}
        return [each for each in self.cells if each.cell and (each.cell.row_number, each.cell.column_number) in places and each.figure.kind == "value"]


def holds(figure: Figure, each: Statement, grid: Grid, sentence: str) -> str:
    """What keeps a cell of the same value from being what a figure says: `none`, or the kind of fault."""
    cell, frame = each.cell, figure.frame
    if cell is None or (cell.column_number == 0 and len(grid.columns) > 0):
        return "subject"
    if frame.negated and not frame.client:
        return "negated"
    if (frame.pointed or frame.role == "by") and not _points(cell.row_text, cell.column_text):
        return "direction"
    rows, columns = grid.rows_of(figure, sentence), grid.columns_of(figure, sentence)
    if cell.row_number in grid.totals:
        if rows or not _TOTAL_SAID.search(sentence):
            return "subject"
    elif rows and cell.row_number not in rows:
        return "subject"
    if columns and cell.column_number not in columns:
        return "subject"
    if not columns and len(grid.columns) > 1 and not _alone(figure, grid):
        return "subject"
    if not rows and cell.row_number not in grid.totals and len(grid.rows) > 1:
        return "subject"
    return "none" if rows or not foreign_name(figure, grid) else "subject"


_TOTAL_SAID = re.compile(r"\b(?:total\w*|sum|all|overall|altogether|together|combined|gesamt\w*|summe|insgesamt|zusammen|ensemble|en tout|au total)\b", re.I)


def _alone(figure: Figure, grid: Grid) -> bool:
    """Whether a figure that names no column can only be of this one: by its unit, or as it counts nothing that the table lacks."""
    if figure.unit in _UNITS or figure.measure:
        alike = {cell.cell.column_number for cell in grid.cells if cell.cell and (cell.figure.unit, cell.figure.measure, cell.figure.currency) == (figure.unit, figure.measure, figure.currency)}
        return len(alike) <= 1 or not set(figure.frame.noun)
    return not set(figure.frame.noun) - grid.words


def foreign_name(figure: Figure, grid: Grid) -> frozenset[str]:
    """Names in a figure's sentence that the table does not know: of another row, place or company."""
    return figure.frame.names - grid.words


def _points(*heads: str) -> bool:
    """Whether the heads of a cell say by themselves which way a figure goes: `change`, `growth`."""
    words = {word.lower() for head in heads for word in re.findall(r"[^\W\d_]+", head)}
    return bool(words & POLARITY.keys()) or bool(words & {"change", "difference", "delta", "veränderung", "variation", "differenz"})


def _called(names: Mapping[int, frozenset[str]], figure: Figure, sentence: str, *, whole: bool) -> frozenset[int]:
    frame = figure.frame
    everywhere = frozenset(terms(sentence)) | frame.sentence | years(sentence)
    if _IN_TURN.search(sentence):
        return _best(names, everywhere, whole=whole)
    for words in (frame.clause | years(frame.words), everywhere):
        if best := _best(names, words, whole=whole):
            return _nearest(best, names, figure, sentence) if len(best) > 1 and whole else best
    return frozenset()


def grid_of(truth: Truth, each: Statement) -> Grid:
    """The table that a cell stands in."""
    name = each.cell.table if each.cell else ""
    if name not in truth.grids:
        truth.grids[name] = Grid(truth.tables.get(name, []))
    grid = truth.grids[name]
    assert isinstance(grid, Grid)  # noqa: S101  # only this function fills it
    return grid


def in_order(numbers: Iterable[int], names: Mapping[int, frozenset[str]], sentence: str) -> list[int]:
    """Rows or columns as a comparison has them, what is said first and what it is compared with last; years go backwards in time."""
    numbers = list(numbers)
    dated = {number: min(found) for number in numbers if (found := [word for word in names[number] if re.fullmatch(r"(?:19|20)[0-9]{2}", word)])}
    if len(dated) == len(numbers):
        return sorted(numbers, key=lambda number: dated[number], reverse=True)
    places = {number: _first(names[number], sentence) for number in numbers}
    ordered = sorted(numbers, key=lambda number: places[number])
    if len(ordered) == 2 and (mark := re.match(r"\W*(?:compared (?:with|to)|relative to|against|unlike|gegenüber|verglichen mit|anders als|par rapport à)\b", sentence, re.I)) and places[ordered[0]] >= mark.end() - 1:
        ordered.reverse()
    return ordered


def _first(words: frozenset[str], sentence: str) -> int:
    places = _places(sentence)
    return max((min(places[word]) for word in words if word in places), default=len(sentence))


def _best(names: Mapping[int, frozenset[str]], words: frozenset[str], *, whole: bool) -> frozenset[int]:
    """The rows whose every word is named, or the columns of which most is; the more words, the surer."""
    shares = {number: (len(own & words) / len(own), len(own & words)) for number, own in names.items() if own & words}
    if whole:
        shares = {number: share for number, share in shares.items() if share[0] == 1 or not _complete(shares)}
    if not shares:
        return frozenset()
    if whole:
        return frozenset(number for number in shares if not any(names[number] < names[other] for other in shares))
    top = max(shares.values(), key=lambda share: (share[1], share[0]))
    return frozenset(number for number, share in shares.items() if share == top)


def _complete(shares: Mapping[int, tuple[float, int]]) -> bool:
    return any(share == 1 for share, _ in shares.values())


def _nearest(best: frozenset[int], names: Mapping[int, frozenset[str]], figure: Figure, sentence: str) -> frozenset[int]:
    """Of several rows named, the one named last before the figure; all of them when none stands before it."""
    place = sentence.find(figure.frame.words[:20]) if figure.frame.words else 0
    at = sentence.find(figure.text, max(0, place))
    ends = {number: _last(names[number], sentence[: at if at >= 0 else len(sentence)]) for number in best}
    latest = max(ends.values())
    return frozenset(number for number, end in ends.items() if end == latest) if latest >= 0 else best


def _last(words: frozenset[str], before: str) -> int:
    places = _places(before)
    return min((max(places.get(word, [-1])) for word in words), default=-1)


def _apart(labels: Mapping[int, frozenset[str]]) -> Mapping[int, frozenset[str]]:
    """The words of each label that not all of them have; a label with no other word keeps what it has."""
    shared = frozenset.intersection(*labels.values()) if len(labels) > 1 else frozenset()
    return {number: words - shared or words for number, words in labels.items() if words}


def years(text: str) -> frozenset[str]:
    """Years, and labels with a number or letter, by which rows and columns are often called: 2024, line 7, group A."""
    return frozenset(name for name, _ in _labelled(text))


_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_LABELLED = re.compile(r"\b([^\W\d_]{2,})[ -]?([0-9]{1,3}|[A-Z]{1,2})\b(?![.,][0-9])")


def _labelled(text: str) -> list[tuple[str, int]]:
    return [(match[0], match.start()) for match in _YEAR.finditer(text)] + [(f"{match[1]}{match[2]}".lower(), match.start()) for match in _LABELLED.finditer(text)]


def _places(sentence: str) -> Mapping[str, list[int]]:
    """Where each word, year and label of a sentence stands."""
    places: dict[str, list[int]] = {}
    for match in re.finditer(r"[^\W_]+", sentence):
        for word in terms(match[0]):
            places.setdefault(word, []).append(match.start())
    for name, start in _labelled(sentence):
        places.setdefault(name, []).append(start)
    return places


_MEANS = re.compile(r"\b(?:mean|average|avg|median|durchschnitt\w*|mittlere\w*|moyenne?)\b", re.I)


def can_be_summed(each: Statement) -> bool:
    """Whether a column's figures may be added: averages may not."""
    return not (each.cell and _MEANS.search(each.cell.column_text))


def is_total(each: Statement) -> bool:
    return bool(each.cell and _TOTAL.match(each.cell.row_text))


def labels(truth: Truth) -> tuple[re.Pattern[str] | None, frozenset[str]]:
    """What names rows and columns with digits: a pattern of those labels, and the years among them."""
    if "" not in truth.grids:
        heads = {text for cells in truth.tables.values() for each in cells if each.cell for text in (each.cell.row_text, each.cell.column_text)}
        dated = frozenset(year for text in heads for year in _YEAR.findall(text))
        numbered = sorted({re.sub(r"\s*[(\[].*", "", text).strip() for text in heads if re.search(r"[^\W\d_]", text) and find(text, counts=True)}, key=len, reverse=True)
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, numbered))})(?!\w)", re.I) if numbered else None
        truth.grids[""] = (pattern, dated)
    found = truth.grids[""]
    assert isinstance(found, tuple)  # noqa: S101  # only this function fills it
    return found


def about(figure: Figure, grid: Grid) -> float:
    """How much of a figure's clause the table speaks of."""
    words = (figure.frame.clause | figure.frame.scope) - COMMON
    return len(words & grid.words) / len(words) if words else 0.0
