"""Content selection: the records on what is asked, sorted by whether they hold for this client, and the passages found."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from advisor.domain import Applies, Ask, AskKind, Benchmark, BenchmarkKind, Client, EvidenceClass, EvidenceKind, Hit, Passage, Unit
from advisor.figures import Figure, find
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon
from advisor.library import Library
from advisor.library.points import ITEM, points_of
from advisor.ports import Retriever

_DEPTH = 12
_METHODS = frozenset({AskKind.HOW_TO, AskKind.REACT_TO_SIGNAL, AskKind.WHY_NOT_WORKING, AskKind.COMPARE, AskKind.WHERE_TO_START, AskKind.WHICH_PARTNERS})
NEAR = 0.6  # the weight from which a sentence speaks of the question itself
AKIN = 0.5  # the weight from which it may open an answer
_SHY = 0.35  # the same where the first hit already tells the method
_LEANING = 0.4  # how far below the floor the best hit may lie for a method
_READ = 5
_BESIDE = 10  # characters behind an amount in which it says of what it is
_NEARER = 0.2  # by how much a record on another metric must be nearer than those of the topic
_ENOUGH = 4  # content words by which a question can be looked for without the rest of its message


class Point(NamedTuple):
    """One sentence of the knowledge, where it stands, and how much it says to the question (0 to 1)."""

    source: Passage | Benchmark
    text: str
    weight: float


class Record(NamedTuple):
    """A record found, and how much its sentence says to the question."""

    source: Benchmark
    weight: float


class Selection:
    """What the knowledge holds on one ask. Retrieval runs on first use: plans that need none never pay for it."""

    def __init__(
        self, ask: Ask, library: Library, facts: Mapping[str, Any], retriever: Callable[[], Retriever], metrics: Sequence[str], units: Collection[Unit] = (),
        told: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.ask, self.library, self.facts, self.retriever, self.units, self._size = ask, library, facts, retriever, units, told
        self._topical = tuple(metrics)

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """The metrics asked for: those of the topics; none where a figure is asked that theirs are not, by its unit or
        because a record on another metric is clearly nearer."""
        if self.ask.kind is not AskKind.HOW_MUCH or not self._topical:
            return self._topical
        if self.units and not any(record.unit in self.units for record in self._of(self._topical)):
            return ()
        fitting = any(record.condition and self.library.applies(record.id, self.facts).applies is Applies.YES for record in self._of(self._topical))
        found = [item for item in self._measured(self.points) if not (fitting and item.source.kind in _INVENTED)]
        best = max((point.weight for point in self.points if isinstance(point.source, Benchmark) and point.source.metric in self._topical), default=0.0)
        if not found or found[0].weight < NEAR or found[0].source.metric in self._topical:
            return self._topical
        topical = [self.weigh(record, [self.library.say_record(record.id)])[0] for record in self._of(self._topical)]
        return () if found[0].weight - max([best, *topical]) > _NEARER else self._topical

    def _measured(self, found: Sequence[Point]) -> list[Record]:
        """The records among sentences that say enough to the question, in a unit in which it wants its figure."""
        records = [Record(point.source, point.weight) for point in found if isinstance(point.source, Benchmark) and point.weight >= AKIN]
        return [item for item in records if not self.units or item.source.unit in self.units]

    @cached_property
    def query(self) -> str:
        """What to look for: the question itself, or the message without what it tells of the client's size when the question alone
        says too little or is not held."""
        focused = focus(self.ask.text)
        return focused if focused != self.ask.text and self.retriever().holds(focused) else asked_for(self.ask.text, self._size)

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """Retrieval results that may be answered from, best first; empty when the knowledge does not hold this.

        A figure must reach the relevance floor. A method may come from a passage a little below it: told in everyday words, a
        question that the knowledge answers scores as low as a near miss, and a passage says itself what it is about.
        """
        near = self.ask.kind in _METHODS and bool(self.nearest) and self.nearest[0].score >= self.retriever().floor - _LEANING
        return self.nearest if self.held or near else ()

    @cached_property
    def held(self) -> bool:
        """Whether the knowledge holds what is asked at all."""
        return self.retriever().holds(self.query)

    @cached_property
    def beyond(self) -> bool:
        """Whether a topic is known and what is asked of it is not: rare words that the knowledge never uses weigh that much."""
        return not self.held and bool(unfamiliar(self.ask.text, self.library))

    @cached_property
    def nearest(self) -> tuple[Hit, ...]:
        """The closest things in the knowledge, held or not: what an honest refusal offers instead."""
        return self.retriever().search(self.query, _DEPTH)

    @cached_property
    def records(self) -> tuple[Benchmark, ...]:
        """Records on the asked metrics, in the order of the topic table; else those found, the best one's metric first."""
        by_metric = self._of(self.metrics)
        if by_metric:
            return by_metric
        near = [item.source for item in self._measured(self.points)]
        found = [record for record in near if record.kind is not BenchmarkKind.THRESHOLD] or near
        if not found:
            return ()
        akin = [record for record in self._of([found[0].metric]) if record is not found[0]]
        return (found[0], *akin, *(record for record in found[1:] if record not in akin))

    def _of(self, metrics: Sequence[str]) -> tuple[Benchmark, ...]:
        return tuple(record for metric in metrics for record in self.library.benchmarks.values() if record.metric == metric)

    def that(self, applies: Applies) -> tuple[Benchmark, ...]:
        """The records whose condition holds, fails, or cannot be told for this client."""
        return tuple(record for record in self.records if self.library.applies(record.id, self.facts).applies is applies)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Passages found that are not meant for another kind of client, best first."""
        found = (self.library.passages[hit.id] for hit in self.hits if hit.kind is EvidenceKind.PASSAGE)
        return tuple(passage for passage in found if self._meant(passage))

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Sentences of what was found first, the ones that say most to the question first; those meant for other clients are left out.

        A sentence of a later hit weighs less by how much less likely that hit answers.
        """
        found: list[Point] = []
        for hit in self.hits[:_READ]:
            source = self.library.passages.get(hit.id) or self.library.benchmarks[hit.id]
            if self._meant(source):
                texts = self.told(source) if isinstance(source, Passage) else [self.library.say_record(source.id)]
                share = hit.score / self.hits[0].score if self.hits[0].score > 0 else 1.0
                found += [Point(source, text, share * weight) for text, weight in zip(texts, self.weigh(source, texts), strict=True)]
        return tuple(sorted(found, key=lambda point: -point.weight))

    @cached_property
    def opening(self) -> Point | None:
        """The sentence that may open an answer: one that speaks of the question, or for a method the best one of the first hit."""
        first = self.hits[0].id if self.hits and self.ask.kind in _METHODS else ""
        return next((point for point in self.points if point.weight >= AKIN or (point.source.id == first and point.weight >= _SHY)), None)

    def _meant(self, source: Passage | Benchmark) -> bool:
        """Whether a source speaks to this client: what another company did is told only where it is asked for."""
        return self.library.applies(source.id, self.facts).applies is not Applies.NO and (self._of_others or not _case(source))

    def told(self, passage: Passage) -> list[str]:
        """The points of a passage without those on companies of another size than the client's."""
        return [point for point in points(passage) if not of_another_size(point, self.facts.get("arr_eur"))]

    @cached_property
    def _of_others(self) -> bool:
        """Whether other companies are what a method is asked of."""
        said = {hit.key for hit in lexicon("asks", "cases").find(plain(self.ask.text))}
        return self.ask.kind not in _METHODS or "words" in said or "own" not in said

    def weigh(self, source: Passage | Benchmark, texts: Sequence[str]) -> Sequence[float]:
        """How much each text of a passage or record says to the question."""
        return self.retriever().weigh(self.query, source.id, [self.library.original(source.id, text) for text in texts])

    def relevant(self, passage: Passage, limit: int) -> list[str]:
        """The points of a passage that say most to the question, in the passage's own order."""
        every = self.told(passage)
        weights = self.weigh(passage, every)
        ranked = sorted(range(len(every)), key=lambda index: (-weights[index], index))[:limit]
        return [every[index] for index in sorted(ranked)]


def of_another_size(text: str, arr_eur: Any) -> bool:
    """Whether a sentence limits what it says to companies of an ARR that the client has not."""
    edges = _edges(text) if isinstance(arr_eur, (int, float, Decimal)) else ()
    return bool(edges) and not any(_inside(edge, Decimal(arr_eur)) for edge in edges)


@lru_cache(maxsize=4096)
def _edges(text: str) -> tuple[Figure, ...]:
    return tuple(figure for figure in find(text) if figure.is_edge and figure.currency == "EUR" and "ARR" in text[figure.end : figure.end + _BESIDE])


def _inside(edge: Figure, arr: Decimal) -> bool:
    low, high = edge.bounds
    if edge.open == "below":
        return high is None or arr < high
    if edge.open == "above" or low == high:
        return low is None or arr >= low
    return (low is None or low <= arr) and (high is None or arr <= high)


def _case(source: Passage | Benchmark) -> bool:
    """Whether a source tells what single companies did, whoever the client is."""
    if isinstance(source, Passage):
        return "cases" in source.topics and not source.when
    return source.evidence_class in {EvidenceClass.SINGLE_CASE, EvidenceClass.ANNUAL_REPORT}


_NUMBERED = re.compile(r"^\s*\d+\.\s+(.*)$")
_MARK = re.compile(r"(?<=[?!\n])|(?<=\.)(?!\d)")


def questions(text: str) -> list[str]:
    """The sentences of a text that end in a question mark."""
    return [part.strip() for part in _MARK.split(text) if part.endswith("?") and len(part.strip()) > 1]


def focus(text: str) -> str:
    """The questions of a text when they say what they are about by themselves, else the whole text."""
    asked = " ".join(questions(text))
    return asked if len(stems(asked)) >= _ENOUGH else text


def sizes(client: Client) -> tuple[str, ...]:
    """The words in which the client told its size: they match what the knowledge says of each stage, whatever is asked."""
    quotes = (client.facts[name].quote for name in _SIZES if name in client.facts)
    return tuple(sorted((quote for quote in quotes if quote), key=len, reverse=True))


def subject(text: str, told: Collection[str], *, least: int = _ENOUGH) -> str:
    """A text without the clauses that only tell facts in the words of `told`; the whole text where fewer content words are left.

    Whoever says at what size a firm stands before asking about something else asks about that something.
    """
    rest = text
    for quote in told:
        rest = re.sub(rf"(?<!of )(?<!von ){re.escape(quote)}", _TOLD, rest)  # of which something is a share is part of what is asked
    clauses = [clause for clause in _CLAUSE.split(rest) if _TOLD not in clause or len(stems(clause)) >= _NEWS]
    kept = " ".join("".join(clauses).replace(_TOLD, " ").split())
    return kept if len(stems(kept)) >= least else text


def asked_for(text: str, told: Collection[str]) -> str:
    """What to look for: the subject, also of few words where they ask something."""
    short = subject(text, told, least=_ASKED)
    return short if "?" in short else subject(text, told)


_INVENTED = frozenset({BenchmarkKind.CASE, BenchmarkKind.EXAMPLE})  # no figure of one company or of a sample says more than one of the topic that is meant for this client
_SIZES = ("arr", "acv", "motion", "signed_partners", "active_partners", "mapped_partners", "programme_age_months", "business")
_ASKED = 2  # content words from which a question without the facts beside it says what it is about
_TOLD = "\0"
_CLAUSE = re.compile(r"(?<=[.?!,;:\n])(?=\s)")
_NEWS = 2  # content words from which a clause says more than the fact in it
_ENDING = re.compile(r"(?:ing|ies|es|ed|s|ly|y)$")
_WORD = re.compile(r"[a-zäöüß][a-zäöüß'-]{2,}")


def unfamiliar(text: str, library: Library) -> set[str]:
    """Capitalised names and their like in a question that no passage or record mentions. Where all nouns are capitalised, none are told apart."""
    if library.language != "en":
        return set()
    names = set(re.findall(r"(?<![.?!] )(?<!^)\b[A-Z][A-Za-z]{2,}\b", text))
    known = " ".join([*(passage.text for passage in library.passages.values()), *(record.text for record in library.benchmarks.values())])
    return {name for name in names if name not in known and name not in _ROLES}


def points(passage: Passage) -> list[str]:
    """The sentences and list items of a passage; each stands alone by the rule of the knowledge folder. Table rows are left to tables."""
    return list(points_of(passage.text))


def steps_of(passage: Passage) -> list[str]:
    """The list items of a passage, in order; empty when it holds no list."""
    return [match[1].strip() for line in passage.text.splitlines() if (match := ITEM.match(line))]


def in_order(passage: Passage) -> list[str]:
    """The numbered items of a passage: those follow on each other, where items with a dash only stand side by side."""
    return [match[1].strip() for line in passage.text.splitlines() if (match := _NUMBERED.match(line))]


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
