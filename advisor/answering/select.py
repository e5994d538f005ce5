"""Content selection: the records on what is asked, sorted by whether they hold for this client, and the passages found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from advisor.domain import Applies, Ask, Benchmark, EvidenceKind, Hit, Passage
from advisor.domain.conditions import evaluate
from advisor.figures import find
from advisor.library import Library
from advisor.ports import Retriever

_DEPTH = 12
_SHARED = 2


class Selection:
    """What the knowledge holds on one ask. Retrieval runs on first use: plans that need none never pay for it."""

    def __init__(self, ask: Ask, library: Library, facts: Mapping[str, Any], retriever: Callable[[], Retriever], metrics: Sequence[str]) -> None:
        self.ask, self.library, self.facts, self.retriever = ask, library, facts, retriever
        self.metrics = tuple(metrics)

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """Retrieval results above the relevance floor, best first; empty when the knowledge does not hold this."""
        return self.retriever().search(self.ask.text, _DEPTH) if self.held else ()

    @cached_property
    def held(self) -> bool:
        """Whether the knowledge holds what is asked at all."""
        return self.retriever().holds(self.ask.text)

    @cached_property
    def beyond(self) -> bool:
        """Whether a topic is known and what is asked of it is not: rare words that the knowledge never uses weigh that much."""
        return not self.held and bool(unfamiliar(self.ask.text, self.library))

    @cached_property
    def nearest(self) -> tuple[Hit, ...]:
        """The closest things in the knowledge, held or not: what an honest refusal offers instead."""
        return self.retriever().search(self.ask.text, _DEPTH)

    @cached_property
    def records(self) -> tuple[Benchmark, ...]:
        """Records on the asked metrics, in the order of the topic table; else those that retrieval found."""
        by_metric = [record for metric in self.metrics for record in self.library.benchmarks.values() if record.metric == metric]
        if by_metric:
            return tuple(by_metric)
        return tuple(self.library.benchmarks[hit.id] for hit in self.hits if hit.kind is EvidenceKind.BENCHMARK)

    def that(self, applies: Applies) -> tuple[Benchmark, ...]:
        """The records whose condition holds, fails, or cannot be told for this client."""
        return tuple(record for record in self.records if self.library.applies(record.id, self.facts).applies is applies)

    @property
    def strong(self) -> bool:
        """Whether the best passage shares enough words with the question to be its answer, not only its neighbour."""
        return bool(self.passages) and len(stems(self.ask.text) & _spoken(self.passages[0])) >= _SHARED

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Passages found that are not meant for another kind of client, best first."""
        found = (self.library.passages[hit.id] for hit in self.hits if hit.kind is EvidenceKind.PASSAGE)
        return tuple(passage for passage in found if evaluate(passage.when, self.facts).applies is not Applies.NO)


_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+(.*)$")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z€$\d“\"])")
_ENDING = re.compile(r"(?:ing|ies|es|ed|s|ly|y)$")
_WORD = re.compile(r"[a-z][a-z'-]{2,}")


def unfamiliar(text: str, library: Library) -> set[str]:
    """Capitalised names and their like in a question that no passage or record mentions."""
    names = set(re.findall(r"(?<![.?!] )(?<!^)\b[A-Z][A-Za-z]{2,}\b", text))
    known = " ".join([*(passage.text for passage in library.passages.values()), *(record.text for record in library.benchmarks.values())])
    return {name for name in names if name not in known and name not in _ROLES}


def _spoken(passage: Passage) -> frozenset[str]:
    return stems(" ".join([passage.heading, passage.text, *passage.questions]))


def points(passage: Passage) -> list[str]:
    """The sentences and list items of a passage; each stands alone by the rule of the knowledge folder. Table rows are left to tables."""
    return list(_points(passage.text))


@lru_cache(maxsize=1024)
def _points(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for line in text.splitlines():
        item = _ITEM.match(line)
        if item:
            found.append(item[1].strip())
        elif line.strip() and not line.lstrip().startswith(("|", "#")):
            found += _SENTENCE_END.split(line.strip())
    return tuple(found)


def steps_of(passage: Passage) -> list[str]:
    """The list items of a passage, in order; empty when it holds no list."""
    return [match[1].strip() for line in passage.text.splitlines() if (match := _ITEM.match(line))]


def doable(passage: Passage) -> list[str]:
    """What a passage tells to do: its list, and the sentences that hold a figure; all its points when there is no list."""
    listed = set(steps_of(passage))
    return [point for point in points(passage) if not listed or point in listed or find(point)]


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Rough word stems, for comparing what two texts are about."""
    return frozenset(_ENDING.sub("", word) for word in _WORD.findall(text.lower())) - _EMPTY


_ROLES = frozenset("CEO CFO CRO CMO COO CTO CSM SDR AE VP ARR ACV SaaS EUR USD GBP CHF".split())
_EMPTY = frozenset(
    ["the", "and", "for", "are", "with", "that", "this", "from", "you", "your", "our", "have", "has", "not", "but", "what", "which", "who", "how", "when", "can", "should", "will", "they", "them", "their", "there", "than", "then", "into", "out", "about", "any", "all", "one", "does", "did", "was", "were", "been", "its", "it's", "we're", "i'm", "just", "get", "got", "make", "more", "most", "some", "such", "only", "also", "very"]
)


def relevant(passage: Passage, question: str, limit: int) -> list[str]:
    """The points of a passage that speak most of the question, in the passage's own order."""
    wanted = stems(question)
    every = points(passage)
    ranked = sorted(range(len(every)), key=lambda index: (-len(stems(every[index]) & wanted), index))[:limit]
    return [every[index] for index in sorted(ranked)]
