"""Retrieval over the knowledge and the user's documents: Chroma, words, fusion, late interaction, relevance floor.

Importing this module imports Chroma: go through `advisor.adapters.index.open_index`, which loads the model meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from advisor.adapters import projection, ranking
from advisor.adapters.builder import Builder, part_of
from advisor.adapters.chroma import Damaged
from advisor.adapters.synonyms import expanded
from advisor.adapters.terms import word_of
from advisor.adapters.tuning import Tuning
from advisor.domain import Entry, Hit
from advisor.errors import HomeError
from advisor.ports import Only

if TYPE_CHECKING:
    from advisor.adapters.lexical import WordMatch
    from advisor.adapters.projection import Floats

_Search = tuple[str, int, Only | None]  # a query, how many candidates, and of what
TOLERANCE = 0.02  # cosines of Chroma and of the snapshot differ by rounding only; more means that one of them is damaged


@dataclass(frozen=True)
class Asked:
    """A query's vector, the reduced vectors of its content tokens, and the word that each of these belongs to."""

    vector: Floats
    tokens: Floats
    words: list[str | None]


class Index:
    """The one retriever of the product: implements `ports.Retriever` and `ports.VectorIndex`. Threads may share it."""

    def __init__(self, builder: Builder, entries: Sequence[Entry], tuning: Tuning) -> None:
        self._builder, self._tuning = builder, tuning
        self._changing = threading.Lock()
        self._last: tuple[str, Asked] | None = None
        self._last_scores: tuple[object, _Search, dict[int, float]] | None = None
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

    def _hit(self, rank: int, number: int, score: float) -> Hit:
        entry = self._entries[number]
        return Hit(
            rank=rank, score=score, kind=entry.kind, id=entry.id, text=entry.text, source_doc=entry.source_doc,
            locator=entry.locator, heading=entry.heading,
        )  # fmt: skip

    def _scores(self, query: str, limit: int, only: Only | None) -> dict[int, float]:
        """The final score of every candidate, by its entry's position. Those of the last query are kept: `search` follows `holds`."""
        opened, asked = self._opened, (query, max(limit, self._tuning.candidates), only)
        last = self._last_scores
        if last is None or last[0] is not opened or last[1] != asked:
            self._last_scores = last = (opened, asked, self._scored(*asked))
        return last[2]

    def _scored(self, query: str, count: int, only: Only | None) -> dict[int, float]:
        query = expanded(query)
        words = self._opened.snapshot.words.search(query)
        if not self._entries or not query.strip():
            return {}
        asked = self._asked(query)
        dense = self._dense(asked.vector, self._tuning.rows, only)
        by_word = {number: score for number, score in words.scores.items() if self._wanted(number, only)}
        candidates = ranking.fuse(dense, by_word, self._tuning.fuse_dense, count)
        return self._judged(candidates, asked, words)

    def _judged(self, candidates: list[int], asked: Asked, words: WordMatch) -> dict[int, float]:
        """Late interaction, cosine and words as one score, less what the best of them all leave unmatched."""
        held, tuning = self._opened.snapshot, self._tuning
        rarity = ranking.rarity(words.postings, len(self._entries))
        weights = np.array([rarity.get(word or "", 1.0) for word in asked.words], np.float32)
        rows = held.rows(candidates)
        best = ranking.best_matches(asked.tokens, [held.tokens[held.bounds[some.start] : held.bounds[some.stop]] for some in rows])
        late = best @ (weights / weights.sum()) if len(weights) else np.zeros(len(candidates), np.float32)
        cosine = np.array([self._cosines(asked.vector, some).max() for some in rows])
        shares = np.array(ranking.word_shares(words, rarity, candidates))
        scores = tuning.late * late + tuning.cosine * cosine + tuning.words * shares
        top = np.argsort(-scores, kind="stable")[: tuning.judged]
        scores -= tuning.gap * ranking.gap(best[top], asked.words, rarity, len(self._entries))
        return {number: round(float(score), 6) for number, score in zip(candidates, scores, strict=True)}

    def _asked(self, text: str) -> Asked:
        """The query as the model sees it; without content words all its tokens count. The last one is kept: `holds` follows `search`."""
        if self._last is not None and self._last[0] == text:
            return self._last[1]
        model = self._builder.embedder
        pooled, (tokens,) = model.both([text])
        words = word_of(text, model.spans(text))
        kept = [number for number, word in enumerate(words) if word is not None] or list(range(len(words)))
        asked = Asked(pooled[0], projection.reduce(tokens[kept], self._builder.matrix), [words[number] for number in kept])
        self._last = (text, asked)
        return asked

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
        best: dict[int, float] = {}
        exact[~held.own[numbers]] -= self._tuning.question_discount
        for parent, cosine in zip(held.parents[numbers].tolist(), exact.tolist(), strict=True):
            best[parent] = max(cosine, best.get(parent, -1.0))
        return best

    def _cosines(self, vector: Floats, rows: slice | list[int]) -> Floats:
        """Exact cosines of rows; those of questions count a little less than those of an entry's own text."""
        held = self._opened.snapshot
        exact: Floats = held.dense[rows].astype(np.float32) @ vector
        return exact - self._tuning.question_discount * ~held.own[rows]

    def _wanted(self, number: int, only: Only | None) -> bool:
        return only is None or part_of(self._entries[number]) == only
