"""Holds a figure against evidence: same quantity, same direction, same subject.

Among all figures of the cited evidence the one whose words fit the claim best must be the one with this value: that is
what catches a true number put in the wrong place. Two ways lead there. A claim whose sentence equals one of the
evidence up to its figures must agree figure by figure. Any other claim is scored against every figure of the evidence
(`align.score`), and the best fit must be the same quantity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from advisor.domain import Benchmark, Direction, Evidence
from advisor.figures import align
from advisor.figures.find import find
from advisor.figures.model import Fault, Figure, Match
from advisor.figures.quantity import beside, differs
from advisor.figures.terms import COMMON, KINDS, terms

_TOLERANCE = 0.5
_REASONS: dict[Fault, str] = {
    "value": "the evidence has {nearest} there",
    "unit": "the evidence has {nearest}, another unit",
    "range": "the evidence has the range {nearest}, not one of its ends or another range",
    "hedge": "the evidence says {nearest}: open ends and 'about' belong to the figure",
    "per": "the evidence says {nearest}: it is per another unit",
    "direction": "the evidence has {nearest}, which points another way",
    "subject": "the evidence says this figure of something else: {nearest}",
    "date": "the date does not stand in the evidence",
    "negated": "the sentence or the evidence denies what the other says: {nearest}",
    "nothing": "no figure stands in the evidence",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure of the evidence, and further words that say what it is about; `first` when it stands in the evidence's own sentence."""

    figure: Figure
    extra: frozenset[str]
    evidence: str
    record: Benchmark | None = None
    first: bool = True


def supports(figure: Figure, claim_text: str, evidence: Evidence | str | Sequence[Evidence | str]) -> Match:
    """Whether evidence supports a figure of a claim. Several pieces of evidence are searched together.

    `figure` comes from `find(claim_text)`. A `Match` is true when it does; else `fault` and `reason` say what disagrees, and
    `nearest` is the figure of the evidence that the claim comes closest to.
    """
    pieces = (evidence,) if isinstance(evidence, Evidence | str) else tuple(evidence)
    figure = figure if figure.frame.skeleton else next((item for item in find(claim_text) if item.start == figure.start), figure)
    if figure.kind == "date":
        return _date(figure, pieces)
    return held(figure, [candidate for piece in pieces for candidate in candidates(piece)])


def held(figure: Figure, found: list[Candidate]) -> Match:
    """Whether one of the figures found in evidence is this one, and fits its words best; for a figure that is no date, with its frame."""
    if not found:
        return _fail("nothing", None)
    verdict = _same_sentence(figure, found)
    if verdict is None and figure.is_edge and figure.key not in figure.frame.around:
        verdict = _edge(figure, found)
    return _best_fit(figure, found) if verdict is None else verdict


def candidates(piece: Evidence | str) -> list[Candidate]:
    """The figures that a piece of evidence holds. A record adds its unit, direction and words to its own figure."""
    if isinstance(piece, str):
        return [Candidate(figure, frozenset(), "") for figure in find(piece) if figure.kind == "value"]
    figures = [figure for figure in find(text_of(piece)) if figure.kind == "value"]
    extra = (frozenset(terms(f"{piece.title} {piece.publisher}")) | _words(piece.record)) - COMMON
    return [
        Candidate(
            _typed(figure, piece.record) if piece.record else figure,
            extra,
            piece.id,
            piece.record if piece.record and is_of(figure, piece.record) else None,
            figure.end <= len(piece.says),
        )
        for figure in figures
    ]


def text_of(piece: Evidence) -> str:
    """All that a piece of evidence says: its text, what belongs to it, and a record's caution, each on a line of its own."""
    record = piece.record
    return "\n".join([piece.says, *piece.also, *([record.caution, record.population] if record else [])])


def is_of(figure: Figure, record: Benchmark) -> bool:
    """Whether a figure found in a record's sentence is the record's own, and not one of its conditions."""
    low = record.high if record.low is None else record.low
    high = record.low if record.high is None else record.high
    same_unit = figure.unit is record.unit or {str(figure.unit), str(record.unit)} in ({"percent", "percent_unspecified"}, {"multiple", "ratio"})
    return same_unit and figure.bounds == (low, high)


def _typed(figure: Figure, record: Benchmark) -> Figure:
    if not is_of(figure, record):
        return figure
    frame = figure.frame
    if frame.polarity is None and record.direction is not Direction.LEVEL:
        frame = replace(frame, polarity=("amount", 1 if record.direction is Direction.INCREASE else -1))
    return replace(figure, unit=record.unit, frame=replace(frame, of=frame.of or frozenset(terms(record.of))))


def _words(record: Benchmark | None) -> frozenset[str]:
    if record is None:
        return frozenset()
    said = " ".join(word for test in record.condition.values() if isinstance(test, list | tuple) for word in test if isinstance(word, str))
    return frozenset(terms(f"{record.of} {record.population} {said} {record.metric.replace('_', ' ').replace('-', ' ')}")) - (KINDS - frozenset(terms(record.of)))


def _date(figure: Figure, pieces: Sequence[Evidence | str]) -> Match:
    for piece in pieces:
        text = piece if isinstance(piece, str) else f"{text_of(piece)}\n{piece.title} {piece.year or ''}"
        same = [item for item in find(text) if item.kind == "date" and differs(figure, item) == "none"]
        copies = [item for item in same if align.copied(figure, item)]
        if copies and all(align.turned(figure, item) for item in copies):
            return _fail("direction", Candidate(copies[0], frozenset(), ""))
        if same or _year_in(figure, text):
            return Match(True, evidence="" if isinstance(piece, str) else piece.id)
    return _fail("date", None)


def _year_in(figure: Figure, text: str) -> bool:
    return figure.date.isdigit() and figure.date in {year for item in find(text) if item.kind == "date" for year in item.date.split("-")[:1] + item.date.split("–")}


def _same_sentence(figure: Figure, found: list[Candidate]) -> Match | None:
    """The verdict when a sentence of the evidence differs from the claim's in figures at most, else None."""
    frame = figure.frame
    twins = [item for item in found if item.figure.frame.skeleton == frame.skeleton and item.figure.frame.position == frame.position]
    if not twins:
        return None
    faults = [(differs(figure, twin.figure), twin) for twin in twins]
    same = [twin for fault, twin in faults if fault == "none"]
    if any(twin.figure.frame.around == frame.around for twin in same):
        twin = next(twin for twin in same if twin.figure.frame.around == frame.around)
        return Match(True, nearest=twin.figure.text, evidence=twin.evidence)
    return None if same else _fail(faults[0][0], faults[0][1])


def _edge(figure: Figure, found: list[Candidate]) -> Match | None:
    """An edge of size among the edges of the evidence, where "not below €5M" and "from €5M" are the same edge.

    A clause that says nothing but the edge ("the stage is €5–15M ARR") must repeat what the evidence says first, or a
    whole clause of it.
    """
    edges = [item for item in found if item.figure.is_edge]
    if not figure.frame.clause - COMMON:
        bare = [item for item in edges if item.first or item.figure.frame.words_only == figure.frame.words_only]
        match = next((item for item in bare if differs(figure, item.figure) == "none"), None)
        if match:
            return Match(True, nearest=match.figure.text, evidence=match.evidence)
        return _fail("range" if figure.bounds[0] in edges[0].figure.bounds else "value", edges[0]) if edges else None
    scores = [align.score(figure, item.figure, item.extra) for item in edges]
    for score, item in sorted(zip(scores, edges, strict=True), key=lambda pair: -pair[0]):
        if score < max(scores) - _TOLERANCE:
            return None
        if (differs(figure, item.figure) == "none" or beside(figure, item.figure)) and align.conflict(figure, item.figure, item.extra) == "none":
            return Match(True, nearest=item.figure.text, evidence=item.evidence)
    return None


def _best_fit(figure: Figure, found: list[Candidate]) -> Match:
    scored = sorted(((align.score(figure, item.figure, item.extra), index) for index, item in enumerate(found)), key=lambda pair: (-pair[0], pair[1]))
    best = found[scored[0][1]]
    fault: Fault = "none"
    fitting = [(score, found[index]) for score, index in scored if differs(figure, found[index].figure) == "none"]
    if not fitting:
        return _fail(_closest_fault(figure, best, found), best)
    if figure.key in figure.frame.around and not any(figure.key in item.figure.frame.around for _, item in fitting):
        return _fail("subject", fitting[0][1])
    for score, item in fitting:
        if score < scored[0][0] - _TOLERANCE:
            break
        fault = align.conflict(figure, item.figure, item.extra)
        if fault == "none":
            return Match(True, nearest=item.figure.text, evidence=item.evidence)
    return _fail(fault if fault != "none" else "subject", best if fault == "none" else fitting[0][1])


def _closest_fault(figure: Figure, best: Candidate, found: list[Candidate]) -> Fault:
    faults = {differs(figure, item.figure) for item in found}
    own = differs(figure, best.figure)
    if own in {"value", "unit"}:
        likely: tuple[Fault, ...] = ("hedge", "per", "range")
        return next((fault for fault in likely if fault in faults), own)
    return own


def _fail(fault: Fault, nearest: Candidate | None) -> Match:
    words = f"“{nearest.figure.frame.words}”" if nearest else ""
    return Match(False, fault, _REASONS[fault].format(nearest=words), nearest.figure.text if nearest else "", nearest.evidence if nearest else "")



