"""Figures that stand in no source but follow from supported ones: a shown formula, or what the sentence says it has worked out.

Coincidence is the danger: of many numbers some pair always comes to a given percent. So only figures are combined that the
sentence itself names: those beside it, rows and columns that it calls by name, or the two ends of one statement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import NamedTuple

from advisor.answering.verifying.blocks import Block
from advisor.answering.verifying.found import Found
from advisor.answering.verifying.grid import Grid, can_be_summed, grid_of, in_order, years
from advisor.answering.verifying.operations import Result, comes_to, cues, number, of_many, of_one, of_pair, quantity_kind
from advisor.answering.verifying.truth import Statement, Truth
from advisor.domain import FigureVerdict, Nearest
from advisor.domain.verified import HOLDS
from advisor.figures import Figure, recompute
from advisor.figures.frames import sentences
from advisor.figures.spelling import plain
from advisor.figures.terms import COMMON, PERIODS, stem, terms
from advisor.ports import Wording

_OPERATOR = re.compile(r"\s*(?:[A-Za-zÄÖÜäöüß'-]+\s+){0,4}(?P<sign>[×*·÷/+−]|x(?= )|-(?= ))\s*(?:[A-Za-zÄÖÜäöüß'-]+\s+){0,3}\(?$")
_EQUALS = re.compile(r"\s*(?:[A-Za-zÄÖÜäöüß'-]+\s*){0,4}\)?\s*(?:=|≈)\s*(?:(?:about|roughly|some|rund|ca\.?)\s+)?$")
_FEW = 4  # figures of a sentence of which every pair is tried
_NEAR = 6
_SAME_MATTER = 0.5
_SUPPORTED = FigureVerdict.SUPPORTED


class Derivation(NamedTuple):
    """A calculation that comes to a figure, with the places and numbers of its inputs."""

    result: Result
    places: tuple[str, ...]
    inputs: tuple[Decimal | None, ...] = ()

    @property
    def trivial(self) -> bool:
        """Whether it comes to one of its own inputs, which then is what the text has: 12 months less 6 months."""
        return self.result.change and not self.result.sign and self.result.kind != "%" and self.result.value in self.inputs


class Derivations:
    """Works figures of a block out again."""

    def __init__(self, truths: Sequence[Truth], words: Wording) -> None:
        self._truths, self._words = truths, words

    def of(self, block: Block, figures: Sequence[Figure], found: Mapping[int, Found]) -> dict[int, Found]:
        """What changes in the verdicts once formulas and calculations of the block are known."""
        values = [figure for figure in figures if figure.kind == "value"]
        changed = self._formulas(block, values, found)
        spans = [(start, end) for start, end, _ in sentences(plain(block.text))]
        for figure in values:
            known = {**found, **changed}
            if known[figure.start].verdict in HOLDS or figure.start in changed:
                continue
            if derivation := self._worked_out(figure, block.text, spans, values, known):
                changed[figure.start] = Found(FigureVerdict.DERIVED, derivation.places, formula=derivation.result.formula)
        return changed

    def _formulas(self, block: Block, values: Sequence[Figure], found: Mapping[int, Found]) -> dict[int, Found]:
        """Results of formulas that the text shows: `14 × €2,000 = €28,000`."""
        changed: dict[int, Found] = {}
        flat = plain(block.text)
        for index, figure in enumerate(values[1:], 1):
            if not _EQUALS.match(flat, values[index - 1].end, figure.start) or not flat[values[index - 1].end : figure.start].strip():
                continue
            shown = _shown(flat, values[: index])
            if shown is None:
                continue
            formula, inputs, value = shown
            fits = comes_to(figure, Result(value, quantity_kind(figure), formula))
            held = all(found[each.start].verdict in HOLDS for each in inputs)
            if not fits:
                why = self._words.say("verify.why.formula", result=_plain_number(value), formula=formula)
                changed[figure.start] = Found(FigureVerdict.CONTRADICTED, nearest=Nearest(id="formula", value=_plain_number(value), why=why), why=why)
            elif held:
                places = tuple(dict.fromkeys(place for each in inputs for place in found[each.start].evidence))
                changed[figure.start] = Found(FigureVerdict.DERIVED, places, formula=formula)
            else:
                changed[figure.start] = Found(FigureVerdict.UNSUPPORTED, why=self._words.say("verify.why.inputs", formula=formula), formula=formula)
        return changed

    def _worked_out(self, figure: Figure, text: str, spans: list[tuple[int, int]], values: Sequence[Figure], found: Mapping[int, Found]) -> Derivation | None:
        index = max(0, bisect_right([start for start, _ in spans], figure.start) - 1)
        start, end = spans[index]
        told = cues(text[start:end])
        beside = [each for each in values if each is not figure and start <= each.start < end and found[each.start].verdict is _SUPPORTED]
        if index and len(beside) < 2:
            before = spans[index - 1]
            beside += [each for each in values if before[0] <= each.start < before[1] and found[each.start].verdict is _SUPPORTED]
        options = [*_beside(figure, beside, told, found)]
        for truth in self._truths:
            options += _of_tables(figure, truth, text[start:end], told)
            options += _of_statements(figure, truth, told)
        if any(truth.misquoted(figure) for truth in self._truths):
            return None
        return next((option for option in options if comes_to(figure, option.result) and not option.trivial), None)


def _shown(flat: str, before: Sequence[Figure]) -> tuple[str, list[Figure], Decimal] | None:
    """The formula that ends with the last of these figures: as shown, its inputs, and what it comes to; None when there is none."""
    inputs = [before[-1]]
    pieces = [_operand(before[-1])]
    for earlier, later in reversed(list(pairwise(before))):
        match = _OPERATOR.match(flat, earlier.end, later.start)
        if match is None:
            break
        inputs.insert(0, earlier)
        pieces[:0] = [_operand(earlier), match["sign"]]
    if len(inputs) < 2 or any(number(each) is None for each in inputs):
        return None
    try:
        value = recompute(" ".join(pieces))
    except ValueError:
        return None
    shown = " ".join(flat[inputs[0].start : inputs[-1].end].split())
    return shown, inputs, value


def _operand(figure: Figure) -> str:
    value = number(figure)
    return f"{value if value is not None else 0:f}{' %' if quantity_kind(figure) == '%' else ''}"


def _plain_number(value: Decimal) -> str:
    return f"{round(value, 2).normalize():,f}"


def _beside(figure: Figure, beside: Sequence[Figure], told: frozenset[str], found: Mapping[int, Found]) -> Iterator[Derivation]:
    """Calculations with the supported figures of the same sentence, or of the one before."""
    def placed(used: Iterable[Figure]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(place for each in used for place in found[each.start].evidence[:1]))

    for each in beside:
        yield from (Derivation(result, placed([each]), (number(each),)) for result in of_one(each, told, figure.per))
    if len(beside) <= _FEW:
        for pair in combinations(beside, 2):
            later, earlier = pair if pair[0].frame.role == "to" else (pair[1], pair[0])
            known = {each.frame.role for each in pair} >= {"from", "to"}
            yield from (Derivation(result, placed(pair), (number(later), number(earlier))) for result in of_pair(later, earlier, told, ordered=known))
    if len(beside) > 2:
        yield from (Derivation(result, placed(beside)) for result in of_many(beside, told))


def _of_tables(figure: Figure, truth: Truth, sentence: str, told: frozenset[str]) -> Iterator[Derivation]:
    """Calculations with cells whose rows and columns the sentence names, or with a whole column."""
    words = figure.frame.sentence | frozenset(terms(sentence)) | years(sentence)
    for cells in truth.tables.values():
        grid = grid_of(truth, cells[0])
        named = {row for row, own in grid.rows.items() if own <= words}
        called = grid.called(words) or (frozenset(grid.columns) if len(grid.columns) == 1 else frozenset())
        for column in called:
            body, chosen = grid.at(grid.rows, {column}), grid.at(named, {column})
            yield from _of_cells(grid.at_each([(row, column) for row in in_order(named, grid.rows, sentence)]), told)
            if chosen:
                yield from _part_of(body, chosen, told)
            else:
                cue = told if body and can_be_summed(body[0]) else told - {"sum"}
                yield from (_derived(result, body) for result in of_many([each.figure for each in body], cue))
        if figure.per:
            yield from _rates(figure, grid, named)
        for row in named:
            yield from _of_cells(grid.at_each([(row, column) for column in in_order(called, grid.columns, sentence)]), told)
        if not named:
            yield from _rows_counted(figure, cells, len(grid.rows))


def _rates(figure: Figure, grid: Grid, named: Collection[int]) -> Iterator[Derivation]:
    """So many of one column for each of another: nurses per bed."""
    above = [column for column, own in grid.columns.items() if own & {*figure.frame.noun, *figure.frame.left[:2]}]
    below = [column for column, own in grid.columns.items() if stem(figure.per or "") in own]
    for row in named:
        for one, other in ((one, other) for one in above for other in below if one != other):
            cells = grid.at_each([(row, one), (row, other)])
            values = [number(each.figure) for each in cells]
            if len(values) == 2 and values[0] is not None and values[1]:
                shown = f"{cells[0].figure.text.strip()} ÷ {cells[1].figure.text.strip()}"
                yield _derived(Result(values[0] / values[1], quantity_kind(cells[0].figure), shown), cells)


def _of_cells(chosen: Sequence[Statement], told: frozenset[str]) -> Iterator[Derivation]:
    """Calculations with cells in the order in which a comparison has them."""
    if not 2 <= len(chosen) <= 8:
        return
    for pair in combinations(chosen, 2):
        yield from (_derived(result, pair) for result in of_pair(pair[0].figure, pair[1].figure, told, ordered=True))
    yield from (_derived(result, chosen) for result in of_many([each.figure for each in chosen], told))


def _part_of(body: Sequence[Statement], chosen: Sequence[Statement], told: frozenset[str]) -> Iterator[Derivation]:
    """What share of a whole column the named rows have."""
    total, part = _sum(body), _sum(chosen)
    if "share" in told and can_be_summed(chosen[0]) and total and part is not None and quantity_kind(chosen[0].figure) != "%":
        shown = f"{' + '.join(each.figure.text.strip() for each in chosen)} ÷ {_plain_number(total)}"
        yield _derived(Result(part / total * 100, "%", shown), chosen)


def _sum(cells: Sequence[Statement]) -> Decimal | None:
    numbers = [number(each.figure) for each in cells]
    return None if None in numbers else sum((value for value in numbers if value is not None), Decimal(0))


def _rows_counted(figure: Figure, cells: Sequence[Statement], rows: int) -> Iterator[Derivation]:
    """How many rows a table has, when the figure counts what its first column lists."""
    head = next((each.cell.first for each in cells if each.cell), "")
    if set(figure.frame.noun) & set(terms(head)):
        yield _derived(Result(Decimal(rows), quantity_kind(figure), f"{rows} × {head}"), cells[:1])


def _of_statements(figure: Figure, truth: Truth, told: frozenset[str]) -> Iterator[Derivation]:
    """Calculations with one statement on the same matter, with the two ends of one sentence, or with two that the text tells apart."""
    near = [each for each in truth.near(figure, _NEAR) if not each.cell]
    for each in near:
        if truth.kinship(figure, each) >= _SAME_MATTER:
            yield from (_derived(result, [each]) for result in of_one(each.figure, told, figure.per))
    for one, other in combinations(near, 2):
        if one.piece == other.piece and _belong(figure, one, other, truth):
            later, earlier = (one, other) if one.figure.frame.role == "to" or one.figure.start > other.figure.start else (other, one)
            known = {one.figure.frame.role, other.figure.frame.role} >= {"from", "to"}
            yield from (_derived(result, (later, earlier)) for result in of_pair(later.figure, earlier.figure, told, ordered=known))


def _belong(figure: Figure, one: Statement, other: Statement, truth: Truth) -> bool:
    """Whether a sentence speaks of both statements: of each by words that the other has not, or of one sentence that holds the two and no more."""
    words = figure.frame.sentence - PERIODS
    first, second = one.words - other.words, other.words - one.words
    if one.figure.frame.skeleton == other.figure.frame.skeleton and one.place == other.place:
        return one.figure.frame.skeleton.count("#") <= _FEW and truth.kinship(figure, one) >= _SAME_MATTER
    return bool(first & words) and bool(second & words) and bool((one.words & other.words & words) - COMMON)


def _derived(result: Result, used: Iterable[Statement]) -> Derivation:
    used = list(used)
    return Derivation(result, tuple(dict.fromkeys(each.place for each in used))[:4], tuple(number(each.figure) for each in used))
