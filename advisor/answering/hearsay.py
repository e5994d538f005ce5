"""Figures that a message passes on ("Crossbeam says 37 %"): which record each one half remembers, and whom it names for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from advisor.answering.playbook import Claims, Playbook
from advisor.answering.select import stems
from advisor.answering.subjects import aimed, direction, foreign, reached
from advisor.domain import Ask, AskKind, Benchmark, BenchmarkKind, EvidenceClass, Unit
from advisor.figures import Figure, find
from advisor.intake.message import plain
from advisor.intake.patterns import Lexicon
from advisor.library import Library
from advisor.ports import Retriever

_LOUD = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.MULTIPLE, Unit.RATIO, Unit.MONEY})
_GROUPS = (
    frozenset({Unit.PERCENT, Unit.PERCENT_UNSPECIFIED}), frozenset({Unit.MULTIPLE, Unit.RATIO}), frozenset({Unit.COUNT, Unit.FTE, Unit.SCORE}),
)  # fmt: skip
_ALIKE = {unit: group for group in _GROUPS for unit in group}  # the units that people take for each
_LESS = {BenchmarkKind.EXAMPLE: 0.1, BenchmarkKind.THRESHOLD: 0.05, BenchmarkKind.TARGET: 0.05}  # what such a number weighs less than a reported one
_MARKED, _PLAIN, _COUNTED = 0.28, 0.4, 0.5  # from which weight a number is the record's: in words that pass it on, without, and where numbers are common
_TWIN, _END, _ROUNDED = 0.1, 0.15, 0.1  # how near another record with the number may come; what a range weighs less that only ends in the number, and a rounded one beside an exact one
_SUBJECT = 0.08  # by how much less near the very number of a record may be, on the subject that the message names
_FRACTION = 4  # decimals beyond which a number is a fraction said in words
_LOOSE, _FOREIGN = 0.05, 0.05  # what a record with an open end weighs less for a number without one; one on another subject than the message names
_CASE = 0.1  # what the case of a company weighs less where the message does not name it
_BY_RULE, _CLEARLY = frozenset({BenchmarkKind.THRESHOLD, BenchmarkKind.TARGET}), 0.2  # numbers that nobody measured, and by how much nearer the words must be to one that was
_SURELY = 0.5  # how near a record on another subject than the named one must be
_MOST = 2  # of so many figures of a sentence at least one must be a record's
_OWN = frozenset({AskKind.SUM, AskKind.HOW_TO, AskKind.REACT_TO_SIGNAL, AskKind.WHERE_TO_START, AskKind.WHY_NOT_WORKING, AskKind.DRAFT_PLAN})  # kinds in which a figure that is not passed on tells what is so
_LISTED = 3  # figures of a sentence that passes none on: somebody lists what is so with them
_ASKED = 3  # content words from which another sentence of the message is a question of its own
_SHORTENED = r"(?<=\b[Mm]io)[.](?=\s?(?:[€$£]|EUR|Eur|USD|CHF|ARR|Umsatz|[a-zäöü]))|(?<=\b[Mm]rd)[.](?=\s?(?:[€$£]|EUR|Eur|USD|CHF|ARR|Umsatz|[a-zäöü]))"  # `8 Mio. € ARR` ends no sentence
_SENTENCE = re.compile(rf"[^.?!\n]*(?:(?:[.](?=\d)|{_SHORTENED})[^.?!\n]*)*[.?!\n]*")
_WORD = re.compile(r"\w+")
_NAME = r"[A-Z][\w&-]+(?: [A-Z][\w&-]+)?"
_SAYS = r"(?:says?|said|found|finds|claims?|claimed|reports?|reported|shows?|showed|states?|stated)"
_CREDITED = re.compile(rf"\b(?:according to|says|said|(?P<loose>from|by)) (?P<after>{_NAME})|(?P<before>{_NAME})(?:(?:'s|’s) (?:rule|study|survey|report|data|research|figure|number)|(?P<colon>:)| {_SAYS}\b)")

_SPOKEN = re.compile(r"\w:\s?[\"“„«]")  # somebody's words: `VP: "37 % more wins"`
_POINTS = re.compile(r"\b(?:it|that|this|so|das|dies|es)\b")  # back at what was said
_MARKS = re.compile(r"(?<!\w)[\"']|[\"'](?!\w)")
_OWN_NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]{3,}")


class Heard(NamedTuple):
    """One figure of a message with the record that it half remembers; `weight` tells how near its words are (0 to 1).

    `twin` shows the same number; with `end` the figure is one end of the record's range; `exchanged` says that it stands in the words of another's record.
    """

    figure: Figure
    sentence: str
    record: Benchmark
    weight: float
    twin: Benchmark | None = None
    end: bool = False
    exchanged: bool = False


REACH, _FEW = 2_000, 6  # characters, and figures of a sentence, in which something passed on is looked for
_WHOLE = 100  # percent


def heard(ask: Ask, library: Library, retriever: Callable[[], Retriever], claims: Claims, metrics: Sequence[str] = ()) -> tuple[Heard, ...]:
    """The figures that an ask passes on, the surest first; none where they are the client's own or something else is asked.

    `metrics` are those of the subject that the message names: a figure is looked for there before it is taken for one on another subject.
    """
    found = [item for sentence in sentences(ask.text[:REACH]) for item in _exact_first(list(_in(sentence, ask, library, retriever, claims, metrics)))]
    if found and ask.kind is not AskKind.CHECK_CLAIM and _asks_else(ask.text, found):
        return ()
    if ask.kind is AskKind.HOW_MUCH and metrics and all(item.record.metric not in metrics and phrases(claims.said).first(plain(item.sentence)) is None for item in found):
        return ()
    return tuple(sorted(found, key=lambda item: (item.record.kind is BenchmarkKind.THRESHOLD or item.end, -item.weight)))


def _exact_first(found: list[Heard]) -> list[Heard]:
    """The figures of a sentence without those that are only near to a record's, where another is exactly one: `3x or so (291 %)`."""
    exact = [item for item in found if not item.end and item.figure.bounds in {(item.record.low, item.record.high)}]
    return [item for item in found if item in exact or not exact or item.end or item.figure.unit not in {Unit.MULTIPLE, Unit.RATIO}]


def bare(text: str) -> str:
    """A text made plain, without the marks around words that it quotes: the same words are meant."""
    return _MARKS.sub(" ", plain(text))


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip()]


def questions(text: str) -> list[str]:
    """The sentences of a text that end in a question mark."""
    return [sentence for sentence in sentences(text) if sentence.rstrip(" )\"'*").endswith("?")]


def goal(text: str, claims: Claims) -> Figure | None:
    """The share or multiple that a message names as a goal of the client's, or in the sentence before one that wants or promises it."""
    said = sentences(text)
    named = [figure for words in (claims.aims, claims.promises) for each in said if phrases(words).first(plain(each)) is not None for figure in _aimed(each, claims)]
    return next(iter(named), None) or next((figure for before, each in pairwise(said) if _of_before(each, claims) for figure in _reachable(before, claims)), None)


def _of_before(sentence: str, claims: Claims) -> bool:
    """Whether a sentence wants or promises what the one before it names: `VP promised it`."""
    low = plain(sentence)
    return not find(sentence) and ("?" not in low or _POINTS.search(low) is not None) and phrases((*claims.aims, *claims.promises)).first(low) is not None


def _aimed(sentence: str, claims: Claims) -> list[Figure]:
    """The shares that a sentence names as goals: those beside the words for one, else what stands alone with them."""
    found = _reachable(sentence, claims)
    return [figure for figure in found if aimed(sentence, figure, claims)] or (found if len(found) == 1 else [])


def _reachable(sentence: str, claims: Claims) -> list[Figure]:
    """The shares and multiples of a sentence that somebody can set out to reach; more than the whole is no share but a rate such as net retention."""
    found = [figure for figure in find(sentence) if figure.unit in {Unit.PERCENT, Unit.MULTIPLE}]
    return [
        figure for figure in found
        if (high := figure.bounds[1]) is not None and figure.bounds[0] is not None and not (figure.unit is Unit.PERCENT and high > _WHOLE) and not reached(sentence, figure, claims)
    ]  # fmt: skip


def promised(ask: Ask, claims: Claims) -> bool:
    """Whether an ask wants to know if a figure may be promised: whether it holds is to be said first."""
    return ask.promise and phrases((*claims.promises, *claims.announces)).first(plain(ask.text)) is not None and any(figure.unit in _LOUD - {Unit.MONEY} for figure in find(ask.text))


def doubted(ask: Ask, claims: Claims) -> bool:
    """Whether an ask wants to know if a figure that is not the client's own is true: that is said first, also where no record has it."""
    low = plain(ask.text)
    figured = any(figure.unit in _LOUD - {Unit.MONEY} for figure in find(ask.text))
    return ask.kind is AskKind.CHECK_CLAIM and figured and phrases(claims.truth).first(low) is not None and phrases(claims.own).first(low) is None


def points_at(ask: Ask, claims: Claims) -> bool:
    """Whether the words that ask if something is true stand in a sentence without a figure: `is that so?` is asked of all that was told."""
    asked = [sentence for sentence in sentences(ask.text) if phrases(claims.truth).first(plain(sentence)) is not None]
    return bool(asked) and not any(figure.unit in _LOUD - {Unit.MONEY} for sentence in asked for figure in find(sentence))


def wanted(text: str, playbook: Playbook) -> frozenset[Unit]:
    """The units in which a question wants its figure; empty when its words leave that open."""
    low = plain(text)
    return frozenset(unit for item in playbook.wanted.values() if phrases(item.words).first(low) is not None for unit in item.units)


def one_end(figure: Figure, record: Benchmark) -> bool:
    """Whether a single figure is one end of the record's range."""
    low, high = figure.bounds
    if record.low is None or record.high is None or record.low == record.high or low != high:
        return False
    return _comparable(figure, record) and (_near(low, record.low) or _near(low, record.high))


def same_number(figure: Figure, record: Benchmark) -> bool:
    """Whether a figure as people write it is the record's: open ends are lost in passing, and decimals rounded."""
    low, high = (record.high if record.low is None else record.low), (record.low if record.high is None else record.high)
    return _comparable(figure, record) and all(_near(mine, theirs) for mine, theirs in zip(figure.bounds, (low, high), strict=True))


def _comparable(figure: Figure, record: Benchmark) -> bool:
    alike = figure.unit is record.unit or record.unit in _ALIKE.get(figure.unit, ())
    return alike and figure.kind != "date" and (figure.currency or "") == (record.currency or "")


def _near(mine: Decimal | None, theirs: Decimal | None) -> bool:
    """Whether two numbers are one: as people round decimals, and as a fraction (two thirds) stands for a whole percent."""
    if mine is None or theirs is None:
        return mine is theirs
    if mine == theirs:
        return True
    rounds = mine == mine.to_integral() and theirs != theirs.to_integral()
    fraction = mine != round(mine, _FRACTION) and theirs == theirs.to_integral()
    return (rounds or fraction) and abs(mine - theirs) < Decimal("0.5")


def credited(text: str, library: Library, claims: Claims) -> str:
    """The name that a message gives as the source of its figure; empty when it gives none."""
    for match in _CREDITED.finditer(text):
        name = match["after"] or match["before"]
        known = next((publisher for publisher in _publishers(library) if name.startswith(publisher)), "")
        if known or (known := _house(name, match, claims)):
            return known
    return ""


def _house(name: str, match: re.Match[str], claims: Claims) -> str:
    """A name that no source here bears, as a publisher: one that says something or is cited; in front of a colon or behind `from` a word may be any other."""
    first = name.split()[0].lower()
    sure = match["colon"] is None and match["loose"] is None
    return name if first in claims.houses or (sure and first not in claims.nobody) else ""


def publishes(name: str, record: Benchmark, library: Library) -> bool:
    """Whether a name stands for the record: as its publisher, in its publication's title, or in its own sentence."""
    source = library.sources[record.source]
    return bool({*name.lower().split()} & {*re.findall(r"[\w&-]+", f"{source.publisher} {source.title} {record.text}".lower())})


def names_company(text: str, record: Benchmark, library: Library) -> bool:
    """Whether a text names the company that a case is about, or something of its own name; a sample is about none."""
    record = (library.english or library).benchmarks[record.id]  # where only names are written large
    if record.evidence_class is EvidenceClass.ILLUSTRATION:
        return False
    companies = [name.lower() for name in record.population.removesuffix(" alone").split(" and ")]
    return any(name in text.lower() for name in companies) or any(name in text for name in _OWN_NAME.findall(record.text))


def _publishers(library: Library) -> Sequence[str]:
    return sorted({source.publisher for source in library.sources.values()}, key=len, reverse=True)


def _in(sentence: str, ask: Ask, library: Library, retriever: Callable[[], Retriever], claims: Claims, metrics: Sequence[str]) -> Iterator[Heard]:
    low = plain(sentence)
    named = bool(credited(sentence, library, claims))
    said = phrases(claims.said).find(low)
    told, own = named or bool(said) or _SPOKEN.search(sentence) is not None, any(not any(hit.start <= each.start and each.end <= hit.end for hit in said) for each in phrases(claims.own).find(low))
    marked = told or promised(ask, claims) or (ask.kind is AskKind.CHECK_CLAIM and not own)
    if not marked and (own or ask.kind in _OWN) or (not named and phrases(claims.aims).first(low) is not None):
        return
    figures = find(sentence)[:_FEW]
    if not marked and len(figures) >= _LISTED:
        return
    loud = [figure for figure in figures if figure.unit in _LOUD]
    known = [figure for figure in loud if any(_number_of(figure, record) for record in library.benchmarks.values())]
    if _MOST * len(known) < len(loud):  # a sum of the client's own, one of whose numbers a record happens to have
        return
    for figure in figures:
        if figure in known or (marked and figure not in loud):
            least = (_PLAIN if named else _COUNTED) if figure.unit not in _LOUD else _PLAIN if own or not marked else _MARKED
            yield from _recalled(figure, sentence, library, retriever, claims, least, metrics, sample=marked, named=named, told=told)


def _recalled(figure: Figure, sentence: str, library: Library, retriever: Callable[[], Retriever], claims: Claims, least: float, metrics: Sequence[str], *, sample: bool, named: bool, told: bool) -> Iterator[Heard]:
    """The record whose number it is and whose words are nearest. A sample number or a threshold is only meant where a message says so."""
    words = f"{sentence[: figure.start]} {sentence[figure.end :]}"
    records = [record for record in library.benchmarks.values() if _number_of(figure, record) and not _unlike(figure, sentence, record, claims, told=told)]
    near = nearness(words, records, library, retriever)
    others_case = {id_ for id_ in near if library.benchmarks[id_].kind is BenchmarkKind.CASE and not names_company(sentence, library.benchmarks[id_], library)}
    weights = {id_: weight - _less(figure, library.benchmarks[id_], library, metrics) - _CASE * (id_ in others_case) for id_, weight in near.items()}
    weights = {id_: weight for id_, weight in weights.items() if told or id_ not in others_case}
    if not weights:
        return
    exact = {id_ for id_ in weights if {*figure.bounds} & {library.benchmarks[id_].low, library.benchmarks[id_].high}}
    weights = {id_: weight - _ROUNDED * bool(exact and id_ not in exact) for id_, weight in weights.items()}
    best, *others = sorted(weights, key=lambda id_: -weights[id_])
    record = library.benchmarks[best]
    compared = stems(" ".join(_WORD.findall(sentence[figure.end :])[:1])) & stems(library.say_record(best))  # `53 % faster`
    if record.metric not in metrics and not (named or compared or _peculiar(figure) or names_company(sentence, record, library)):
        meant = nearness(words, [each for each in library.benchmarks.values() if each.metric in metrics], library, retriever)
        nearest = max(meant, key=lambda id_: meant[id_], default=best)
        elsewhere = meant.get(nearest, 0) > near[best] and not {*record.topics} & {*library.benchmarks[nearest].topics}
        if elsewhere or (_foreign(record, library, metrics) and near[best] < _SURELY):  # the words speak of something that the sources measure, and the number is another record's by chance
            return
    if record.kind in _BY_RULE and not (metrics or named) and _nearer(words, near[best], library, retriever):
        return
    least -= _SUBJECT * (bool(metrics) and not _foreign(record, library, metrics) and figure.bounds == (record.low, record.high))
    if weights[best] < least or (not sample and record.kind in {BenchmarkKind.EXAMPLE, BenchmarkKind.THRESHOLD}):
        return
    beside = [library.benchmarks[id_] for id_ in others if weights[best] - weights[id_] < _TWIN or {*record.topics} & {*library.benchmarks[id_].topics}]
    twins = [other for other in beside if other.id in record.not_to_be_confused_with]
    yield Heard(figure, sentence, record, weights[best], twins[0] if twins else None, one_end(figure, record))


def _nearer(words: str, near: float, library: Library, retriever: Callable[[], Retriever]) -> bool:
    """Whether the words speak clearly of what another record measures, with another number."""
    measured = [record for record in library.benchmarks.values() if record.kind is BenchmarkKind.BENCHMARK]
    return max(nearness(words, measured, library, retriever).values(), default=0) - near > _CLEARLY


def _peculiar(figure: Figure) -> bool:
    """Whether a percentage is one that nobody meets by chance: more than the whole, or with decimals."""
    low = figure.bounds[0]
    return figure.unit is Unit.PERCENT and low is not None and low == figure.bounds[1] and (low > 2 * _WHOLE or low != low.to_integral())


def _unlike(figure: Figure, sentence: str, record: Benchmark, claims: Claims, *, told: bool) -> bool:
    """Whether the words around a figure say that it is of something else than a record: of another measure, or a level where the record is a difference and nobody passes it on."""
    if _peculiar(figure):
        return False
    named = record.metric in claims.measured or (record.kind is BenchmarkKind.EXAMPLE and not told)
    return (named and foreign(sentence, figure, record.metric, claims)) or (not told and direction(sentence, figure, record.metric, claims) in {"level", "against"})


def nearness(words: str, records: Iterable[Benchmark], library: Library, retriever: Callable[[], Retriever]) -> dict[str, float]:
    """How near each record's sentence is to words (0 to 1), whatever its number."""
    return {record.id: retriever().weigh(words, record.id, [library.original(record.id, library.say_record(record.id))])[0] for record in records}


def _less(figure: Figure, record: Benchmark, library: Library, metrics: Sequence[str]) -> float:
    """What a record with the number weighs less by its kind, as one end of a range, for a number without its open end, and on another subject."""
    loose = record.open == "above" and figure.open == "none"
    return _LESS.get(record.kind, 0) + _END * one_end(figure, record) + _LOOSE * loose + _FOREIGN * _foreign(record, library, metrics)


def _foreign(record: Benchmark, library: Library, metrics: Sequence[str]) -> bool:
    """Whether a record speaks of another subject than the message names, and is not even one that people confuse with it."""
    akin = (library.benchmarks[id_].metric for id_ in (*record.not_to_be_confused_with, *record.conflicts_with) if id_ in library.benchmarks)
    return bool(metrics) and record.metric not in metrics and not {*akin} & {*metrics}


def _number_of(figure: Figure, record: Benchmark) -> bool:
    return _comparable(figure, record) and (same_number(figure, record) or one_end(figure, record))


def _asks_else(text: str, found: Sequence[Heard]) -> bool:
    """Whether the message also asks a question of its own, in a sentence without such a figure."""
    passed_on = {item.sentence for item in found}
    return any("?" in sentence and sentence not in passed_on and len(stems(sentence)) >= _ASKED for sentence in sentences(text))


@cache
def phrases(words: tuple[str, ...]) -> Lexicon[str]:
    return Lexicon({"": words})
