"""Two figures that changed places on the way: `53 % faster and 46 % more likely`, where the sources have it the other way round."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from advisor.answering.hearsay import REACH, Heard, credited, nearness, phrases, same_number, sentences
from advisor.answering.playbook import Claims
from advisor.domain import Ask, AskKind, Benchmark, Unit
from advisor.figures import Figure, find
from advisor.intake.message import plain
from advisor.library import Library
from advisor.ports import Retriever

_UNITS = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.MULTIPLE, Unit.RATIO})
_BETWEEN = re.compile(r"[,;]|\b(?:and|but|while|und|aber|während|sowie)\b")
_NEAR = 0.3  # how near each number must be to the words of the other
_NEARER, _APART = 0.2, 0.5  # how much nearer both together are than to their own words; where the records have nothing else in common


def exchanged(ask: Ask, library: Library, retriever: Callable[[], Retriever], claims: Claims) -> tuple[Heard, ...]:
    """Two neighbouring figures that an ask passes on, each with its record, where each stands in the words of the other's record; nothing where none do."""
    for sentence in sentences(ask.text[:REACH]):
        low = plain(sentence)
        told = phrases(claims.said).first(low) is not None or bool(credited(sentence, library, claims))
        if (told or (ask.kind is AskKind.CHECK_CLAIM and phrases(claims.own).first(low) is None)) and (found := _in(sentence, library, retriever)):
            return found
    return ()


def _in(sentence: str, library: Library, retriever: Callable[[], Retriever]) -> tuple[Heard, ...]:
    figures = [figure for figure in find(sentence) if figure.unit in _UNITS]
    for one, other in pairwise(figures):
        if one.unit is other.unit and one.bounds != other.bounds and (found := _exchanged(sentence, one, other, library, retriever)):
            return found
    return ()


def _exchanged(sentence: str, one: Figure, other: Figure, library: Library, retriever: Callable[[], Retriever]) -> tuple[Heard, ...]:
    if _BETWEEN.search(sentence, one.end, other.start) is None:  # one statement with two figures
        return ()
    before, behind = _around(sentence, one), _around(sentence, other)
    mine, theirs = ([record for record in library.benchmarks.values() if same_number(figure, record)] for figure in (one, other))
    if not (mine and theirs):
        return ()
    straight = [_nearest(nearness(words, records, library, retriever)) for words, records in ((before, mine), (behind, theirs))]
    crossed = [_nearest(nearness(words, records, library, retriever)) for words, records in ((behind, mine), (before, theirs))]
    gain = sum(weight for _, weight in crossed) - sum(weight for _, weight in straight)
    akin = _akin(*(library.benchmarks[id_] for id_, _ in crossed))
    if gain < (_NEARER if akin else _APART) or any(weight < _NEAR for _, weight in crossed):
        return ()
    return tuple(Heard(figure, sentence, library.benchmarks[id_], 1, exchanged=True) for figure, (id_, _) in zip((one, other), crossed, strict=True))


def _around(sentence: str, figure: Figure) -> str:
    """The words around a figure, up to where those of the figures beside it begin."""
    figures = find(sentence)
    behind = max((other.end for other in figures if other.end <= figure.start), default=0)
    before = min((other.start for other in figures if other.start >= figure.end), default=len(sentence))
    start = max((match.end() for match in _BETWEEN.finditer(sentence, behind, figure.start)), default=behind) if behind else 0
    end = max((match.start() for match in _BETWEEN.finditer(sentence, figure.end, before)), default=before) if before < len(sentence) else before
    return f"{sentence[start : figure.start]} {sentence[figure.end : end]}"


def _nearest(weights: Mapping[str, float]) -> tuple[str, float]:
    return max(weights.items(), key=lambda pair: pair[1])


def _akin(one: Benchmark, other: Benchmark) -> bool:
    """Whether two records stand beside each other in a document or speak of one subject, so that they are mixed up and not met by chance."""
    return one.source_doc == other.source_doc or bool({*one.topics} & {*other.topics})
