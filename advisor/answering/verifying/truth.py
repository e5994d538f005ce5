"""What a text is held against: the figures of records, passages or given files, found again by number and by words."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from heapq import nlargest

from advisor.answering.verifying.attribution import Named, below, named
from advisor.answering.verifying.blocks import Block, Lines, blocks
from advisor.domain import Benchmark, Evidence
from advisor.figures import Figure, differs, find
from advisor.figures.align import score
from advisor.figures.frames import sentences
from advisor.figures.match import Candidate, candidates, is_of, text_of
from advisor.figures.quantity import in_base
from advisor.figures.spelling import plain
from advisor.figures.tables import Cell, cells
from advisor.figures.terms import COMMON, PERIODS, terms

_MISQUOTED = frozenset({"hedge", "range", "per"})
_SAME_MATTER = 0.5
_STEPS, _LARGE = (Decimal(1), Decimal("0.1")), 10**12
_MOST_EQUAL = 60
_NEAR = 24  # statements nearest in words that are compared with a figure
_COMMON_SHARE = 0.2  # a word that more statements hold tells none of them apart
_SOME = 60  # statements below which every word counts
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[\w&]{2,}")


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure of the truth: where it stands, the words that say what it is about, its cell, and whom its sentence names for it.

    `record` is what the figure comes from; `retold` when it is a passage that tells the record's figure again, in words of its own.
    """

    candidate: Candidate
    place: str
    piece: int
    words: frozenset[str]
    cell: Cell | None = None
    names: frozenset[str] = frozenset()
    record: Benchmark | None = None
    retold: bool = False

    @property
    def figure(self) -> Figure:
        return self.candidate.figure


@dataclass(frozen=True, slots=True)
class Piece:
    """A record, a passage or a given file; `names` are the words by which it may be named as a source, `years` those of its publication."""

    id: str
    names: frozenset[str]
    years: frozenset[int] = frozenset()
    record: Benchmark | None = None
    publisher: str = ""
    credits: bool = True

    def published_by(self, name: str) -> bool:
        """Whether a name is that of the publisher."""
        return bool(_names(name) & _names(self.publisher))


@dataclass
class Truth:
    """Statements by number and by word; `given` when they come from files that were given for this text alone."""

    given: bool = False
    pieces: list[Piece] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    grids: dict[str, object] = field(default_factory=dict)
    _last: tuple[Figure, list[Statement]] | None = None

    def equal(self, figure: Figure) -> list[Statement]:
        """The statements of the same quantity, whatever they are about; of very many those nearest in words."""
        found = {index for key in _keys(figure) for index in self._by_number.get(key, ())}
        if len(found) > _MOST_EQUAL:
            found = set(nlargest(_MOST_EQUAL, found, key=lambda index: (len(figure.frame.sentence & self.statements[index].words), -index)))
        return [each for index in sorted(found) if differs(figure, (each := self.statements[index]).figure) == "none"]

    def misquoted(self, figure: Figure) -> bool:
        """Whether a figure is one of the truth's, on the same matter, but for an open end, a range or what it is per."""
        same = (self.statements[index] for key in _keys(figure) for index in self._by_number.get(key, ()))
        return any(differs(figure, each.figure) in _MISQUOTED and self.kinship(figure, each) >= _SAME_MATTER for each in same)

    def near(self, figure: Figure, most: int = _NEAR) -> list[Statement]:
        """The statements of a figure's kind whose words are nearest to its sentence, the nearest first."""
        if self._last is None or self._last[0] is not figure:
            self._last = (figure, self._nearest(figure))
        return self._last[1][:most]

    def _nearest(self, figure: Figure) -> list[Statement]:
        weights: Counter[int] = Counter()
        for word in figure.frame.sentence:
            rows = self._by_word.get(word, ())
            if len(rows) <= max(_SOME, _COMMON_SHARE * len(self.statements)):
                for index in rows:
                    weights[index] += self._weight(word)  # type: ignore[assignment]
        best = sorted(weights, key=lambda index: (-weights[index], index))
        same_kind = [each for index in best[: 4 * _NEAR] if (each := self.statements[index]).figure.kind == figure.kind]
        return sorted(same_kind, key=lambda each: -score(figure, each.figure, each.candidate.extra))[:_NEAR]

    def of_piece(self, piece: int) -> list[Statement]:
        return self._by_piece[piece]

    def kinship(self, figure: Figure, other: Statement) -> float:
        """How much of what the figure's clause is about the statement has too, rare words counted more (0 to 1)."""
        mine = (figure.frame.scope | figure.frame.clause) - COMMON or figure.frame.sentence
        total = sum(map(self._weight, mine))
        return sum(self._weight(word) for word in mine if word in other.words) / total if total else 0.0

    def shared(self, figure: Figure, other: Statement) -> float:
        """The weight of the words that a figure's sentence and a statement share, beside those that every sentence of the field holds."""
        return sum(self._weight(word) for word in (figure.frame.sentence & other.words) - COMMON - PERIODS)

    def about(self, figure: Figure, other: Statement) -> float:
        """As kinship, of the whole sentence."""
        mine = figure.frame.sentence - COMMON
        total = sum(map(self._weight, mine))
        return sum(self._weight(word) for word in mine if word in other.words) / total if total else 0.0

    def _weight(self, word: str) -> float:
        rows = len(self._by_word.get(word, ()))
        return 1.0 + math.log((1 + len(self.statements)) / (1 + rows)) if rows else 2.0

    @cached_property
    def _by_number(self) -> Mapping[Decimal, list[int]]:
        table: dict[Decimal, list[int]] = defaultdict(list)
        for index, each in enumerate(self.statements):
            for key in _keys(each.figure):
                table[key].append(index)
        return table

    @cached_property
    def _by_word(self) -> Mapping[str, list[int]]:
        table: dict[str, list[int]] = defaultdict(list)
        for index, each in enumerate(self.statements):
            for word in each.words:
                table[word].append(index)
        return table

    @cached_property
    def _by_piece(self) -> Mapping[int, list[Statement]]:
        table: dict[int, list[Statement]] = defaultdict(list)
        for each in self.statements:
            table[each.piece].append(each)
        return table

    @cached_property
    def tables(self) -> Mapping[str, list[Statement]]:
        """The figures of each table, by the table's name in their cells."""
        table: dict[str, list[Statement]] = defaultdict(list)
        for each in self.statements:
            if each.cell:
                table[each.cell.table].append(each)
        return table


def _keys(figure: Figure) -> set[Decimal]:
    """What a figure is looked up by: each of its numbers, in the smallest unit of its kind; with decimals also as what it rounds to."""
    if figure.kind == "date":
        return set()
    numbers = {number for number in in_base(figure) if number is not None}
    return numbers | {number.quantize(step, ROUND_HALF_UP) for number in numbers for step in _STEPS if number != number.to_integral_value() and abs(number) < _LARGE}


def of_evidence(pieces: Iterable[tuple[Evidence, Sequence[Benchmark]]], names: Mapping[str, str]) -> Truth:
    """The truth of records and passages, each with the records that its figures come from; `names` are the names of each source document."""
    truth = Truth()
    of_record: dict[str, str] = {}
    for piece, records in pieces:
        index = len(truth.pieces)
        said = f"{piece.publisher} {piece.title} {names.get(piece.source_doc, '')} {piece.says}"
        if piece.record:
            of_record[piece.id] = said
        stamped = f"{piece.year or ''} {piece.title} {piece.says} {piece.record.as_of if piece.record else ''}"
        truth.pieces.append(Piece(piece.id, _names(said), _years(stamped), piece.record, piece.publisher))
        found = [*candidates(piece), *(Candidate(figure, frozenset(), piece.id) for figure in find(text_of(piece)) if figure.kind == "date")]
        places = cells(text_of(piece), [each.figure for each in found])
        for each in found:
            record = _record_of(each.figure, records)
            told = _names(of_record[record.id]) if record and record.id in of_record else frozenset()
            truth.statements.append(
                Statement(each, piece.id, index, (each.figure.frame.clause if each.figure.start in places else each.figure.frame.sentence) | each.extra, names=told, record=record, retold=bool(record) and piece.record is None)
            )
    return truth


def _record_of(figure: Figure, records: Sequence[Benchmark]) -> Benchmark | None:
    return next((record for record in records if figure.kind == "value" and is_of(figure, record)), None)


def of_texts(texts: Sequence[tuple[str, str]]) -> Truth:
    """The truth of given texts, each with its name."""
    truth = Truth(given=True)
    for name, text in texts:
        index = len(truth.pieces)
        lines = Lines(text)
        statements = [each for block in blocks(text) for each in _of_block(block, name, index, lines)]
        truth.pieces.append(Piece(name, _names(f"{name} {text}"), _years(text), credits=any(each.names for each in statements)))
        truth.statements += statements
    return truth


def _of_block(block: Block, name: str, index: int, lines: Lines) -> Iterator[Statement]:
    figures = [figure for figure in find(block.text, counts=True) if block.place(figure.start) >= 0]
    if not figures:
        return
    heading = frozenset(terms(block.heading)) - COMMON
    found = cells(block.text, figures, f"{name}#{block.group}")
    credited = names_of(block.text)
    for figure in figures:
        place = f"{name}:{lines.at(block.place(figure.start))}"
        names = frozenset(word for each in credited(figure) for word in _names(each.name))
        yield Statement(Candidate(figure, heading, place), place, index, figure.frame.sentence | heading, found.get(figure.start), names)


class names_of:  # noqa: N801  # reads as a function of a block that is asked figure by figure
    """Whom a block of text names for each of its figures: in the figure's own sentence, else on a line "Source: ..." below."""

    def __init__(self, text: str, publishers: Iterable[str] = ()) -> None:
        self.all = named(text, publishers)
        self._below = below(text)
        self._spans = sentences(plain(text)) if self.all else []
        self._starts = [start for start, _, _ in self._spans]

    def __call__(self, figure: Figure) -> tuple[Named, ...]:
        if self._spans:
            start, end, _ = self._spans[max(0, bisect_right(self._starts, figure.start) - 1)]
            own = tuple(each for each in self.all if start <= each.start < max(end, figure.end))
            if own:
                return own
        return (self._below,) if self._below and figure.start < self._below.start else ()


def _names(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text)) - _NO_NAMES


_NO_NAMES = frozenset("the of and for inc gmbh ltd llc ag study report survey research der die das und von data institute institut".split())


def _years(text: str) -> frozenset[int]:
    return frozenset(int(year) for year in _YEAR.findall(text))


def told_by(name: str, statement: Statement, piece: Piece) -> bool:
    """Whether a name may stand for a statement: as one that its own sentence names, or as one of the piece it stands in."""
    words = _names(name)
    if statement.names:
        return bool(words & statement.names)
    return not words or bool(words & piece.names) or not piece.credits
