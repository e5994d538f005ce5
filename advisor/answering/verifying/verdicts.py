"""The verdict on each figure of a block, with what it rests on or what the truth has in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from advisor.answering.grounding_given import Given
from advisor.answering.verifying.attribution import Named, without
from advisor.answering.verifying.blocks import Block, Lines, Spoken
from advisor.answering.verifying.derived import Derivations
from advisor.answering.verifying.found import Found
from advisor.answering.verifying.grid import about, grid_of, holds, labels
from advisor.answering.verifying.truth import Statement, Truth, names_of, told_by
from advisor.domain import Applies, Benchmark, BenchmarkKind, EvidenceClass, FigureVerdict, Nearest, VerifiedFigure
from advisor.domain.conditions import evaluate
from advisor.figures import Figure, differs, find
from advisor.figures.align import conflict, copied, likeness, score
from advisor.figures.match import held
from advisor.library import Library
from advisor.library.conditions import because

_MOST = 3  # places that a supported figure names
_POOL = 60  # figures of a piece that are compared all at once; of a longer one those that come near
_SAME_MATTER = 0.5  # how much of a figure's words a statement must have to be what the figure gets wrong
_AKIN = 0.34  # to be worth naming beside a figure that nothing supports
_OURS = re.compile(r"\b(?:we|we're|we've|our|ours|us|my|mine|wir|uns|unser(?:e[mnrs]?)?|mein(?:e[mnrs]?)?|nous|notre|nos)\b", re.I)
_TELLING = 5.0  # weight of shared words that tell anything: one that few statements hold, or two that many do
_LIMIT = 2.0
_HARDLY = 0.15
_FEW = 5  # words of a sentence from which a copy can be told
_DATED = 0.6
_COPIED, _NEARER = 0.75, 0.1  # from which likeness a sentence is taken for a copy, and how much nearer it must be than another


class Judge:
    """Holds figures against truths, the first of which goes before the others."""

    def __init__(self, known: Library, truths: Sequence[Truth], client: Given, facts: Mapping[str, Any], lines: Lines) -> None:
        self._lines = lines
        self._counts = truths[0].given  # the knowledge counts its own lists ("three plays"); another field counts its lines and teams
        self._known, self._truths, self._client, self._facts = known, truths, client, facts
        self._words = known.wording("", {})
        self._companies = () if truths[0].given else tuple(sorted({source.publisher.split(",")[0] for source in known.sources.values() if source.id != "house"}))
        self._publishers = () if truths[0].given else tuple(sorted({source.publisher.split(",")[0] for source in known.sources.values()}))

    def block(self, block: Block) -> list[VerifiedFigure]:
        """The figures of a block in order; dates only where there is something to hold them against."""
        figures = [figure for figure in find(block.text, counts=self._counts) if block.place(figure.start) >= 0]
        if not figures:
            return []
        figures = [figure for figure in figures if not self._is_label(figure, block.text)]
        spoken = Spoken(block)
        credited = names_of(block.text, self._publishers)
        bare = {figure.start: figure for figure in find(without(block.text, credited.all), counts=self._counts)} if credited.all else {}
        found: dict[int, Found] = {}
        for figure in figures:
            if figure.kind == "value":
                found[figure.start] = self._value(figure, bare.get(figure.start), credited(figure), spoken(figure))
        found |= Derivations(self._truths, self._words).of(block, figures, found)
        for figure in figures:
            if figure.kind == "date" and (dated := self._date(bare.get(figure.start, figure), credited(figure), spoken(figure))):
                found[figure.start] = dated
        return [self._row(figure, found[figure.start], block) for figure in figures if figure.start in found]

    def _is_label(self, figure: Figure, text: str) -> bool:
        """Whether a number is part of what a table calls a row or column: class 158, deliveries 2023."""
        pattern, _ = labels(self._truths[0])
        if pattern is None or figure.kind == "date":
            return False
        return any(match.start() <= figure.start < match.end() for match in pattern.finditer(text, max(0, figure.start - 80), figure.end + 80))

    def _row(self, figure: Figure, found: Found, block: Block) -> VerifiedFigure:
        start = block.place(figure.start)
        return VerifiedFigure(
            text=figure.text, start=start, end=start + len(figure.text), line=self._lines.at(start), verdict=found.verdict, evidence=found.evidence,
            formula=found.formula, nearest=found.nearest, why=found.why,
        )  # fmt: skip

    def _value(self, figure: Figure, bare: Figure | None, names: tuple[Named, ...], sentence: str) -> Found:
        for truth in self._truths:
            found = supporting(figure, truth, sentence) or (supporting(bare, truth, sentence) if bare else [])
            holding = [each for each in found if self._speaks_of(sentence, figure, each)]
            if holding:
                return self._attributed(holding, truth, names, sentence)
        if not self._truths[0].given and self._client.holds(figure):
            return Found(FigureVerdict.SUPPORTED, ("client",))
        if not self._counts and not names and (figure.frame.client if figure.frame.tabled else _OURS.search(sentence)):
            return Found(FigureVerdict.UNSUPPORTED, why=self._words.say("verify.why.client"))
        return self._failing(bare or figure, sentence)

    def _speaks_of(self, sentence: str, figure: Figure, each: Statement) -> bool:
        """Whether a statement is no case of a company that the sentence does not name, nor a made-up example where it names none: neither speaks of others."""
        record = each.record
        if record is None or copied(figure, each.figure):
            return True
        if record.kind is BenchmarkKind.EXAMPLE or record.evidence_class is EvidenceClass.ILLUSTRATION:
            return bool(_EXAMPLE.search(sentence)) or likeness(figure, each.figure) >= _HALF
        return record.evidence_class is not EvidenceClass.SINGLE_CASE or _names_case(sentence, record)

    def _attributed(self, holding: list[Statement], truth: Truth, names: tuple[Named, ...], sentence: str) -> Found:
        """A figure that is held by statements: told by those whom the text names for it, in the year it names, and of this client."""
        own = [each for each in holding if all(told_by(name.name, each, truth.pieces[each.piece]) for name in names)]
        own = [each for each in own if truth.given or not self._of_another(sentence, each, truth)]
        if not own:
            return self._misattributed(holding, truth, names)
        years = frozenset(year for name in names for year in name.years)
        stamped = [each for each in own if truth.pieces[each.piece].years]
        dated = own if truth.given or not years or not stamped else [each for each in stamped if years & truth.pieces[each.piece].years]
        if not dated:
            return self._misdated(own, truth, years)
        return self._applicable(dated, truth)

    def _of_another(self, sentence: str, each: Statement, truth: Truth) -> bool:
        """Whether a sentence names a company of the knowledge that the statement does not, and leaves out the one that it does name."""
        said = {name for name in self._companies if name in sentence and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence)}
        if not said:
            return False
        own = _words(each) if not each.record else f"{each.record.text} {each.record.population}"
        mine = {name for name in self._companies if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", own)}
        return bool(mine) and not said & mine and not any(told_by(name, each, truth.pieces[each.piece]) for name in said)

    def _misattributed(self, holding: list[Statement], truth: Truth, names: tuple[Named, ...]) -> Found:
        first = holding[0]
        others = [name.name for name in names if not told_by(name.name, first, truth.pieces[first.piece])]
        if not others:
            why = self._why("subject", first)
            return Found(FigureVerdict.MISATTRIBUTED, (), self._nearest(first, why), why)
        name = others[0]
        why = self._words.say("verify.why.publisher", name=name, source=self._source(first, truth))
        return Found(FigureVerdict.MISATTRIBUTED, (), self._nearest(first, why), why)

    def _misdated(self, own: list[Statement], truth: Truth, years: frozenset[int]) -> Found:
        known = ", ".join(str(year) for each in own for year in sorted(truth.pieces[each.piece].years)[:3])
        why = self._words.say("verify.why.year", year=", ".join(map(str, sorted(years))), known=known)
        return Found(FigureVerdict.MISATTRIBUTED, (), self._nearest(own[0], why), why)

    def _applicable(self, holding: list[Statement], truth: Truth) -> Found:
        applying = [each for each in holding if self._applies(each, truth) is not Applies.NO] if self._facts else holding
        if applying:
            places = tuple(dict.fromkeys(each.place for each in applying))[:_MOST]
            return Found(FigureVerdict.SUPPORTED, places, statements=tuple(applying))
        first = holding[0]
        condition = self._condition(first, truth)
        reason = because(evaluate(condition, self._facts), condition, self._facts)
        why = self._words.say("verify.why.not_applicable", reason=reason)
        return Found(FigureVerdict.NOT_APPLICABLE, (first.place,), self._nearest(first, why), why)

    def _applies(self, each: Statement, truth: Truth) -> Applies:
        return evaluate(self._condition(each, truth), self._facts).applies if not truth.given else Applies.YES

    def _condition(self, each: Statement, truth: Truth) -> Mapping[str, Any]:
        passage = self._known.passages.get(truth.pieces[each.piece].id)
        return each.record.condition if each.record else passage.when if passage else {}

    def _failing(self, figure: Figure, sentence: str) -> Found:
        """A figure that nothing supports: contradicted by what is said of the same thing, else said of another, else unknown."""
        options = [option for truth in self._truths if (option := self._instead(figure, truth, sentence))]
        if options:
            return min(options, key=lambda option: list(FigureVerdict).index(option.verdict))
        return Found(FigureVerdict.UNSUPPORTED, why=self._words.say(f"verify.why.{'not_given' if self._counts else 'client' if figure.frame.client else 'nothing'}"))

    def _instead(self, figure: Figure, truth: Truth, sentence: str) -> Found | None:
        if truth.given and (called := _cell_instead(figure, truth, sentence)):
            alike = truth.equal(figure)
            return self._contradicted(figure, called, alike[0] if alike and called not in alike else None)
        near = [each for each in truth.near(figure) if _comparable(figure, each.figure)]
        general = [each for each in near if self._speaks_of(sentence, figure, each)]
        best = self._best(figure, [each for each in general if self._same_matter(figure, each, truth)], truth)
        alike = sorted(truth.equal(figure), key=lambda each: -score(figure, each.figure, each.candidate.extra))
        elsewhere = next((each for each in alike if max(truth.kinship(figure, each), truth.about(figure, each)) >= _AKIN and self._enough(figure, each, truth)), None)
        if best is not None and (elsewhere is None or not self._rather(figure, elsewhere, best, truth)):
            return self._contradicted(figure, best, elsewhere)
        if elsewhere is not None:
            fault = conflict(figure, elsewhere.figure, elsewhere.candidate.extra)
            turned = fault in {"direction", "negated"} and self._same_matter(figure, elsewhere, truth)
            verdict = FigureVerdict.CONTRADICTED if turned else FigureVerdict.MISATTRIBUTED
            why = self._why(fault if fault != "none" else "subject", elsewhere)
            return Found(verdict, (), self._nearest(elsewhere, why), why)
        if near and truth.kinship(figure, near[0]) >= _AKIN and self._enough(figure, near[0], truth):
            why = self._words.say("verify.why.beside", words=_words(near[0]))
            return Found(FigureVerdict.UNSUPPORTED, (), self._nearest(near[0], why), why)
        return None

    def _same_matter(self, figure: Figure, each: Statement, truth: Truth) -> bool:
        """Whether a statement is about what a figure is about, so that another number there contradicts it."""
        return truth.kinship(figure, each) >= _SAME_MATTER and self._enough(figure, each, truth)

    def _enough(self, figure: Figure, each: Statement, truth: Truth) -> bool:
        """Whether the words shared tell anything in a truth as wide as the knowledge: one rare word, or several common ones; a limit said of both counts as a word."""
        return truth.given or truth.shared(figure, each) + _LIMIT * len(set(figure.frame.limits) & set(each.figure.frame.limits)) >= _TELLING

    def _best(self, figure: Figure, near: Sequence[Statement], truth: Truth) -> Statement | None:
        """The nearest statement; one with the same number but for its open end, range or unit goes before others that are hardly nearer."""
        if not near:
            return None
        least = truth.kinship(figure, near[0]) - _HARDLY
        same = (each for each in near if truth.kinship(figure, each) >= least and (differs(figure, each.figure) in {"hedge", "range", "unit", "per"} or _rounded(figure, each.figure)))
        return next(same, near[0])

    def _rather(self, figure: Figure, elsewhere: Statement, best: Statement, truth: Truth) -> bool:
        """Whether a figure is rather a true one said of the wrong thing than a wrong one: both point the same way, and the words are as near."""
        ways = figure.frame.polarity, elsewhere.figure.frame.polarity
        if ways[0] and ways[1] and ways[0] != ways[1]:
            return False
        if ways[0] and ways[0] == ways[1] and best.figure.frame.polarity not in {None, ways[0]}:
            return True
        return truth.about(figure, elsewhere) >= truth.about(figure, best) - _HARDLY

    def _contradicted(self, figure: Figure, best: Statement, elsewhere: Statement | None) -> Found:
        fault = differs(figure, best.figure)
        if fault == "none":
            fault = conflict(figure, best.figure, best.candidate.extra)
        same_value = fault in {"none", "subject"}
        said = "rounded" if fault == "value" and _rounded(figure, best.figure) else fault
        why = self._why("subject" if same_value else said, best)
        if not same_value and elsewhere is not None and differs(figure, best.figure) != "none":
            why = f"{why} {self._words.say('verify.why.elsewhere', figure=figure.text, words=_words(elsewhere))}"
        return Found(FigureVerdict.MISATTRIBUTED if same_value else FigureVerdict.CONTRADICTED, (), self._nearest(best, why), why)

    def _why(self, fault: str, each: Statement) -> str:
        return self._words.say(f"verify.why.{fault}", words=_words(each))

    def _nearest(self, each: Statement, why: str) -> Nearest:
        return Nearest(id=each.place, value=each.figure.text, why=why)

    def _source(self, each: Statement, truth: Truth) -> str:
        if truth.given:
            return ", ".join(sorted(each.names)).title() or each.place
        piece = self._known.evidence(truth.pieces[each.piece].id, {})
        return f"{piece.publisher}, “{piece.title}”"

    def _dated(self, figure: Figure, each: Statement, truth: Truth) -> bool:
        """Whether a dated statement of the knowledge is surely about what a date is about: years stand in many sentences."""
        return truth.about(figure, each) >= _DATED and truth.shared(figure, each) >= _TELLING

    def _edition(self, figure: Figure, name: Named) -> Found | None:
        """The year beside the name of a source: one of those in which the knowledge has a publication of that name."""
        pieces = [piece for truth in self._truths for piece in truth.pieces if piece.record and piece.published_by(name.name)]
        if not pieces or not figure.date[:4].isdigit():
            return None
        same = [piece.id for piece in pieces if int(figure.date[:4]) in piece.years]
        if same:
            return Found(FigureVerdict.SUPPORTED, tuple(dict.fromkeys(same))[:_MOST])
        known = ", ".join(str(year) for year in sorted({year for piece in pieces for year in piece.years}))
        why = self._words.say("verify.why.year", year=figure.date, known=known or "—")
        return Found(FigureVerdict.MISATTRIBUTED, (), Nearest(id=pieces[0].id, value=known or "—", why=why), why)

    def _labelled(self, year: str) -> tuple[str, ...]:
        """The first place whose row or column is called by a year."""
        cells = (each for each in self._truths[0].statements if each.cell and year in f"{each.cell.row_text} {each.cell.column_text}")
        return tuple(each.place for each in islice(cells, 1))

    def _date(self, figure: Figure, names: tuple[Named, ...], sentence: str) -> Found | None:
        """A year or day: part of what the text says of a source, or held against the dates of the truth; None when there is nothing."""
        if within := next((name for name in names if name.start <= figure.start < name.end), None):
            return None if self._truths[0].given else self._edition(figure, within)
        if figure.date.isdigit() and figure.date in labels(self._truths[0])[1]:
            return Found(FigureVerdict.SUPPORTED, self._labelled(figure.date))
        for truth in self._truths:
            dated = [each for each in truth.near(figure) if truth.kinship(figure, each) >= _SAME_MATTER and (truth.given or self._dated(figure, each, truth))]
            same = [each for each in dated if differs(figure, each.figure) == "none" or figure.date in each.figure.date.split("-")]
            if same and score(figure, same[0].figure, frozenset()) >= score(figure, dated[0].figure, frozenset()) - _AKIN:
                return self._attributed(same, truth, tuple(name._replace(years=frozenset()) for name in names), sentence)
            if dated:
                why = self._why("date", dated[0])
                return Found(FigureVerdict.CONTRADICTED, (), self._nearest(dated[0], why), why)
        if self._truths[0].given and len(figure.frame.sentence) > 1:
            return Found(FigureVerdict.UNSUPPORTED, why=self._words.say("verify.why.no_date"))
        return None


def supporting(figure: Figure, truth: Truth, sentence: str) -> list[Statement]:
    """The statements that hold a figure, the nearest in words first: cells by their place, others by their words.

    None holds it when a sentence of the truth that the text all but copies has another figure there.
    """
    equal = truth.equal(figure)
    if not equal:
        return []
    near = truth.near(figure)
    found = [each for each in equal if each.cell and holds(figure, each, grid_of(truth, each), sentence) == "none"]
    holding: list[Statement] = []
    for piece in dict.fromkeys(each.piece for each in equal if not each.cell):
        own = [each for each in equal if each.piece == piece and not each.cell]
        pool = truth.of_piece(piece)
        if len(pool) > _POOL:
            pool = [*own, *(each for each in near if each.piece == piece and each not in own)]
        match = held(figure, [each.candidate for each in pool if each.figure.kind == "value" and not each.cell])
        if match.ok:
            best = max(own, key=lambda each: (each.candidate.figure.text == match.nearest, score(figure, each.figure, each.candidate.extra)))
            holding.append(best)
            if not best.retold or copied(figure, best.figure):
                found.append(best)
    if not found or copied_instead(figure, [*found, *holding], near):
        return []
    return sorted(found, key=lambda each: -truth.kinship(figure, each))


def copied_instead(figure: Figure, found: Sequence[Statement], near: Sequence[Statement]) -> Statement | None:
    """The statement that a sentence copies but for its figure or its subject, when it is nearer by far than those that hold it."""
    if figure.frame.tabled:
        return None
    own = max((likeness(figure, each.figure) for each in found if not _beside(figure, each.figure)), default=0.0)
    others = [each for each in near if not each.cell and each.figure.key not in figure.frame.around and likeness(figure, each.figure) >= max(_COPIED, own + _NEARER) and _comparable(figure, each.figure)]
    return next((each for each in others if differs(figure, each.figure) != "none" or (len(figure.frame.bag) > _FEW and each not in found and conflict(figure, each.figure, each.candidate.extra) != "none")), None)


def _beside(figure: Figure, other: Figure) -> bool:
    """Whether a statement is another figure of the very sentence that the text copies."""
    return figure.frame.skeleton == other.frame.skeleton and figure.frame.position != other.frame.position


def _cell_instead(figure: Figure, truth: Truth, sentence: str) -> Statement | None:
    """The cell that a figure's sentence calls by row and column, of the table that speaks most of it."""
    best: tuple[float, Statement] | None = None
    for cells in truth.tables.values():
        grid = grid_of(truth, cells[0])
        weight = about(figure, grid)
        if weight < _SAME_MATTER or (best and weight <= best[0]):
            continue
        rows = grid.rows_of(figure, sentence) or (frozenset(grid.rows) if len(grid.rows) == 1 else frozenset())
        columns = grid.columns_of(figure, sentence) or (frozenset(grid.columns) if len(grid.columns) == 1 else frozenset())
        if called := [each for each in grid.at(rows, columns) if _comparable(figure, each.figure)]:
            best = (weight, called[0])
    return best[1] if best else None


_EXAMPLE = re.compile(r"\b(?:examples?|sample|worked|illustrat\w+|suppose|say|e\.g\.|template|beispiel\w*|muster\w*|exemple)\b", re.I)
_HALF = 0.5
_OWN_NAME = re.compile(r"\b[A-Z][A-Za-z]{3,}|\b[A-Z]{2,}\b")
_NO_NAME = frozenset("With Without Companies Partner Partners Programme Programmes Deals Deal After Before From About Its Their Each Every Some Most Both What When Where Over Under More Less Among This That ARR ACV CAC CRM".split())


def _names_case(sentence: str, record: Benchmark) -> bool:
    """Whether a sentence names the company that a case is about, or something of its own."""
    own = {name for name in _OWN_NAME.findall(f"{record.population} {record.text}") if name not in _NO_NAME}
    return any(re.search(rf"\b{name}\b", sentence) for name in own)


def _rounded(figure: Figure, other: Figure) -> bool:
    """Whether a figure would be the other one if it said that it is about right: 37 % for 37.1 %."""
    return not figure.approximate and differs(replace(figure, approximate=True), other) == "none"


def _comparable(figure: Figure, other: Figure) -> bool:
    """Whether a figure can be wrong about another: of the same kind of unit, or with the same number in another one."""
    fault = differs(figure, other)
    return fault != "unit" or figure.bounds == other.bounds


def _words(each: Statement) -> str:
    if each.cell:
        return " · ".join(part for part in (each.cell.row_text, each.cell.column_text) if part) + f": {each.figure.text}"
    return " ".join(each.figure.frame.words.split())
