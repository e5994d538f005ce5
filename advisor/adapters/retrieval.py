"""Retrieval over the knowledge and the user's documents: Chroma, words, late interaction, relevance floor.

Importing this module imports Chroma: go through `advisor.adapters.index.open_index`, which loads the model meanwhile.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from advisor.adapters import projection, ranking, relevance
from advisor.adapters.builder import Builder, part_of
from advisor.adapters.chroma import Damaged
from advisor.adapters.recent import Recent
from advisor.adapters.relevance import Learned
from advisor.adapters.steps import Named, Steps, agreement, named, steps
from advisor.adapters.synonyms import expanded
from advisor.adapters.terms import FIGURE, word_of
from advisor.adapters.tuning import Tuning
from advisor.adapters.vectors import entry_text
from advisor.domain import Entry, Hit
from advisor.errors import HomeError
from advisor.ports import Only

if TYPE_CHECKING:
    from advisor.adapters.embedding import Embedder
    from advisor.adapters.lexical import WordMatch
    from advisor.adapters.projection import Floats
    from advisor.adapters.snapshot import Integers

_Search = tuple[str, int, Only | None]  # a query, how many candidates, and of what
CANDIDATES = 60  # rows near the query, rows near the turned query, and entries by words: what is judged. A bound on cost, not on what is found (note 0003)
EXACT = 20_000  # rows up to which the exact product costs less than it gives: the same hits in every process
_LATE = relevance.SIGNS.index("late interaction over all rows")
TOLERANCE = 0.02  # cosines of Chroma and of the snapshot differ by rounding only; more means that one of them is damaged


@dataclass(frozen=True)
class Asked:
    """A query's vector as it is and turned, the reduced vectors of its content tokens, the word that each of these belongs to, where
    words stand, whether a figure is asked for, and the steps that are named."""

    vector: Floats
    turned: Floats
    tokens: Floats
    words: list[str | None]
    match: WordMatch
    rarity: Mapping[str, float]
    figure: bool
    steps: Steps

    def late(self, best: Floats) -> Floats:
        """Best matches of each token as one score a candidate."""
        mean: Floats = best.mean(axis=1) if len(self.tokens) else np.zeros(len(best), np.float32)
        return mean

    def told(self, best: Floats) -> Floats:
        """The same where tokens of rare words weigh more: among the parts of one text these tell which part is meant."""
        weights = np.array([self.rarity.get(word or "", 1.0) for word in self.words], np.float32)
        with np.errstate(invalid="ignore"):  # some builds of BLAS raise that flag for finite numbers
            summed: Floats = best @ (weights / weights.sum()) if weights.sum() else np.zeros(len(best), np.float32)
        return summed


@dataclass(frozen=True)
class Compared:
    """The rows of some candidates beside a query; `starts` says where each candidate's begin."""

    rows: Integers
    starts: Integers
    best: Floats
    back: Floats
    cosines: Floats
    turned: Floats

    def each(self, values: Floats) -> Floats:
        """The highest value among the rows of each candidate."""
        highest: Floats = np.maximum.reduceat(values, self.starts)
        return highest


class Index:
    """The one retriever of the product: implements `ports.Retriever` and `ports.VectorIndex`. Threads may share it."""

    def __init__(self, builder: Builder, entries: Sequence[Entry], tuning: Tuning, learned: Learned) -> None:
        self._builder, self._tuning, self._learned = builder, tuning, learned
        self._changing = threading.Lock()
        self.update(entries)

    @property
    def floor(self) -> float:
        return self._tuning.floor

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know of how the index was opened."""
        return tuple(self._builder.notices)

    def update(self, entries: Sequence[Entry]) -> None:
        """Makes the index hold exactly these entries; only texts that are new are embedded."""
        with self._changing:
            self._entries = tuple(sorted(entries, key=lambda entry: (entry.id, entry.kind)))
            self._opened = self._builder.open(self._entries)
            self._recent: Recent[str, Asked] = Recent()
            self._scored_lately: Recent[tuple[object, _Search], dict[int, float]] = Recent()
            self._starts: dict[int, list[int]] = {}
            self._steps: dict[int, Named] = {}
            self._place = {entry.id: number for number, entry in enumerate(self._entries)}
            self._row = {key: number for number, key in enumerate(self._opened.snapshot.keys)}

    def nearest(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Ids of entries with the cosine of their nearest row."""
        found = self._dense(self._asked(text).vector, limit, None)
        ranked = sorted(found.items(), key=lambda item: (-item[1], self._entries[item[0]].id))
        return [(self._entries[number].id, score) for number, score in ranked[:limit]]

    def search(self, query: str, limit: int = 8, only: Only | None = None) -> tuple[Hit, ...]:
        scores = self._scores(query, limit, only)
        best = sorted(scores, key=lambda number: (-scores[number], self._entries[number].id))[:limit]
        return tuple(self._hit(rank, number, scores[number]) for rank, number in enumerate(best, 1))

    def holds(self, query: str) -> bool:
        """Whether the best hit reaches the floor; words that the knowledge never uses count against every hit."""
        return any(hit.score >= self.floor for hit in self.search(query, 1))

    def weigh(self, query: str, id_: str, parts: Sequence[str]) -> list[float]:
        """Late interaction of the query with the tokens that stand in each part of the entry's own text."""
        number = self._place.get(id_)
        if number is None or not query.strip():
            return [0.0] * len(parts)
        asked, held, text = self._asked(query), self._opened.snapshot, entry_text(self._entries[number])
        row = held.rows([number])[0].start
        tokens = held.tokens[held.bounds[row] : held.bounds[row + 1]]
        starts = self._starts_of(number)[: len(tokens)]
        said = [tokens[slice(*_within(starts, text, part))] for part in parts]
        best, _ = ranking.best_matches(asked.tokens, np.concatenate(said) if said else tokens[:0], [len(part) for part in said])
        return [round(float(score), 6) for score in asked.told(best)]

    def _starts_of(self, number: int) -> list[int]:
        """Where the kept tokens of an entry's text begin."""
        if number not in self._starts:
            self._starts[number] = _content_starts(entry_text(self._entries[number]), self._builder.embedder)
        return self._starts[number]

    def _hit(self, rank: int, number: int, score: float) -> Hit:
        entry = self._entries[number]
        return Hit(
            rank=rank, score=score, kind=entry.kind, id=entry.id, text=entry.text, source_doc=entry.source_doc,
            locator=entry.locator, heading=entry.heading,
        )  # fmt: skip

    def _scores(self, query: str, limit: int, only: Only | None) -> dict[int, float]:
        """The final score of every candidate, by its entry's position. Those of the last queries are kept: `search` follows `holds`."""
        asked = query, max(limit, CANDIDATES), only
        return self._scored_lately.get((self._opened.store, asked), lambda: self._scored(*asked))

    def _scored(self, query: str, count: int, only: Only | None) -> dict[int, float]:
        if not self._entries or not query.strip():
            return {}
        asked = self._asked(query)
        near, words = self._dense(asked.vector, count, only), asked.match.scores
        by_word = sorted((number for number in words if self._wanted(number, only)), key=lambda number: (-words[number], number))
        turned, _ = self._nearest_of_all(asked.turned, count, only)
        candidates = list(dict.fromkeys([*near, *self._opened.snapshot.parents[turned].tolist(), *by_word[:count]]))
        return self._judged(candidates, asked) if candidates else {}

    def _judged(self, candidates: list[int], asked: Asked) -> dict[int, float]:
        """How likely each candidate answers: the first by its odds, the others by how far they come behind it."""
        signs, compared = self._signs(candidates, asked)
        scores = signs @ self._learned.order + self._learned.step * self._stepping(candidates, asked)
        first = int(np.argmax(scores))
        odds = relevance.likely(self._learned, signs[first], self._about(signs, compared, asked))
        chances = 1 / (1 + np.exp(-(odds + scores - scores[first])))
        return {number: round(float(chance), 6) for number, chance in zip(candidates, chances, strict=True)}

    def signs(self, query: str) -> tuple[Floats, Floats, Floats]:
        """A query's vector, the signs of every entry beside it (`relevance.SIGNS`), and what is known of it beside all of them: to learn from."""
        asked = self._asked(query)
        signs, compared = self._signs(list(range(len(self._entries))), asked)
        return asked.vector, signs, np.array(self._about(signs, compared, asked), np.float32)

    def stepping(self, query: str) -> Floats:
        """How far every entry is about the steps that a query names: to learn from."""
        return self._stepping(list(range(len(self._entries))), self._asked(query))

    @property
    def layout(self) -> tuple[dict[str, int], Floats, Integers]:
        """The place of each entry, the vectors of all rows, and the entry that each row belongs to: to learn from."""
        return dict(self._place), self._opened.snapshot.whole, np.asarray(self._opened.snapshot.parents)

    def turned(self, vector: Floats) -> Floats:
        """The cosines of a turned query with each entry's text and with its nearest row: to learn from."""
        held = self._opened.snapshot
        cosines, starts = held.whole @ vector, np.flatnonzero(held.own)
        pair: Floats = np.stack([cosines[starts], np.maximum.reduceat(cosines, starts)], axis=1)
        return pair

    def _signs(self, candidates: list[int], asked: Asked) -> tuple[Floats, Compared]:
        compared = self._compared(candidates, asked)
        own = self._opened.snapshot.own[compared.rows]
        of_rows = (compared.cosines, asked.late(compared.best), asked.told(compared.best), compared.back, compared.turned)
        paired = [column for values in of_rows for column in (values[own], compared.each(values))]
        best = np.maximum.reduceat(compared.best, compared.starts, axis=0)
        whole = (asked.late(best), asked.told(best), np.array(ranking.word_shares(asked.match, asked.rarity, candidates), np.float32))
        signs: Floats = np.stack([*paired[:8], *whole, *paired[8:]], axis=1).astype(np.float32)
        return signs, compared

    def _stepping(self, candidates: list[int], asked: Asked) -> Floats:
        """How far each candidate is about the steps that the query names; nothing where it names none."""
        if not asked.steps:
            return np.zeros(len(candidates), np.float32)
        return np.array([agreement(asked.steps, self._named(number)) for number in candidates], np.float32)

    def _named(self, number: int) -> Named:
        if number not in self._steps:
            self._steps[number] = named(self._entries[number])
        return self._steps[number]

    def _about(self, signs: Floats, compared: Compared, asked: Asked) -> list[float]:
        """What the candidates with the best matched words together leave unmatched, whether a question among all is near by sense
        or by words, and whether a figure is asked for (`relevance.ABOUT`)."""
        best = np.maximum.reduceat(compared.best, compared.starts, axis=0)
        top = np.argsort(-signs[:, _LATE], kind="stable")[: self._tuning.judged]
        return [ranking.gap(best[top], asked.words, asked.rarity, len(self._entries)), self._meaning(compared, asked), float(asked.figure)]

    def _compared(self, candidates: list[int], asked: Asked) -> Compared:
        held = self._opened.snapshot
        slices = held.rows(candidates)
        rows = np.concatenate([np.arange(some.start, some.stop) for some in slices])
        tokens = np.concatenate([held.tokens[held.bounds[some.start] : held.bounds[some.stop]] for some in slices])
        best, back = ranking.best_matches(asked.tokens, tokens, held.bounds[rows + 1] - held.bounds[rows])
        vectors = held.dense[rows].astype(np.float32)
        starts = np.cumsum([0, *(some.stop - some.start for some in slices[:-1])])
        return Compared(rows, starts, best, back, vectors @ asked.vector, vectors @ asked.turned)

    def _meaning(self, compared: Compared, asked: Asked) -> float:
        """The best cosine of a question of these entries, less the best match of its words: low for mere words of the field."""
        questions = ~self._opened.snapshot.own[compared.rows]
        if not questions.any():
            return 0.0
        matched = (asked.late(compared.best[questions]) + compared.back[questions]) / 2
        return float(compared.cosines[questions].max() - matched.max())

    def _asked(self, text: str) -> Asked:
        """The query, with the glossary's terms, as the model and the words see it; without content words all its tokens count.

        The last ones are kept: `holds` and `weigh` follow `search`.
        """
        return self._recent.get(text, lambda: self._read(text))

    def _read(self, text: str) -> Asked:
        model, query = self._builder.embedder, expanded(text)
        pooled, (tokens,) = model.both([query])
        words = word_of(query, model.spans(query))
        kept = [number for number, word in enumerate(words) if word is not None] or list(range(len(words)))
        match = self._opened.snapshot.words.search(query)
        rarity = ranking.rarity(match.postings, len(self._entries))
        return Asked(pooled[0], self._learned.matrix @ pooled[0], projection.reduce(tokens[kept], self._builder.matrix), [words[number] for number in kept], match, rarity, bool(FIGURE.search(query)), steps(query))

    def _dense(self, vector: Floats, rows: int, only: Only | None) -> dict[int, float]:
        """The nearest entries by Chroma, each with the cosine of its nearest row. A damaged store is built again, once."""
        if not self._entries:
            return {}
        try:
            return self._from_store(vector, rows, only)
        except Damaged:
            with self._changing:
                self._opened = self._builder.rebuild(self._entries, self._opened.store.folder)
        try:
            return self._from_store(vector, rows, only)
        except Damaged as error:
            raise HomeError(f"The index at {self._builder.folder} cannot be used: {error}.", hint="Delete that folder and try again.") from error

    def _from_store(self, vector: Floats, rows: int, only: Only | None) -> dict[int, float]:
        found = [(self._row[key], cosine) for key, cosine in self._opened.store.nearest(vector, rows, only) if key in self._row]
        numbers = [number for number, _ in found]
        held = self._opened.snapshot
        exact = held.dense[numbers].astype(np.float32) @ vector
        if found and float(np.abs(exact - np.array([cosine for _, cosine in found])).max()) > TOLERANCE:
            raise Damaged("vectors differ")
        if len(held.keys) <= EXACT:
            numbers, exact = self._nearest_of_all(vector, rows, only)
        best: dict[int, float] = {}
        for parent, cosine in zip(held.parents[numbers].tolist(), exact.tolist(), strict=True):
            best[parent] = max(cosine, best.get(parent, -1.0))
        return best

    def _nearest_of_all(self, vector: Floats, rows: int, only: Only | None) -> tuple[list[int], Floats]:
        """The nearest rows by an exact product: the store's search is approximate, and what it misses may differ from one process to the next."""
        held = self._opened.snapshot
        cosines = held.whole @ vector
        meant = np.flatnonzero([self._wanted(parent, only) for parent in held.parents.tolist()]) if only else np.arange(len(cosines))
        nearest = meant[ranking.foremost(cosines[meant], rows)]
        return nearest.tolist(), cosines[nearest]

    def _wanted(self, number: int, only: Only | None) -> bool:
        return only is None or part_of(self._entries[number]) == only


def _content_starts(text: str, embedder: Embedder) -> list[int]:
    """Where in a text each token begins whose vector is kept (`projection.kept`)."""
    spans = embedder.spans(text)
    kept = [start for (start, _), word in zip(spans, word_of(text, spans), strict=True) if word is not None]
    return kept or [start for start, _ in spans]


def _within(starts: Sequence[int], text: str, part: str) -> tuple[int, int]:
    """The tokens of a text that begin inside a part of it; none when the part does not stand there."""
    at = text.find(part)
    return (0, 0) if at < 0 else (bisect_left(starts, at), bisect_left(starts, at + len(part)))
