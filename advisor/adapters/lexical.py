"""Search by words: SQLite's FTS5 with BM25, stems and folded diacritics, in one file beside the vectors."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from advisor.adapters.terms import content_words
from advisor.domain import Entry

_WORDS = 256  # whose entries are remembered: questions share most of their words
WEIGHTS = "1.0, 1.0, 1.0"  # heading, text, questions


@dataclass(frozen=True)
class WordMatch:
    """What a query's words find: a score for each entry by its position (higher is better), and where each word stands."""

    scores: dict[int, float]
    postings: dict[str, frozenset[int]]


def write(path: Path, entries: Sequence[Entry]) -> None:
    """Makes the file anew; entries are known by their position."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA temp_store=memory;")
        database.execute(
            "CREATE VIRTUAL TABLE entries USING fts5(heading, text, questions, content='', tokenize='porter unicode61 remove_diacritics 2')"
        )
        rows = ((n, entry.heading, entry.text, "\n".join(entry.questions)) for n, entry in enumerate(entries))
        database.executemany("INSERT INTO entries(rowid, heading, text, questions) VALUES (?, ?, ?, ?)", rows)
        database.execute("INSERT INTO entries(entries) VALUES ('optimize')")
        database.commit()


class WordIndex:
    """A file that `write` made, opened for reading. Raises sqlite3.Error where the file is damaged."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._database.execute("SELECT count(*) FROM entries").fetchone()
        self._holding = lru_cache(maxsize=_WORDS)(self._looked_up)

    def search(self, query: str) -> WordMatch:
        """Every entry that holds a content word of the query."""
        asked = content_words(query)
        if not asked:
            return WordMatch({}, {})
        any_word = " OR ".join(f'"{word}"' for word in asked)
        with self._lock:
            scored = self._database.execute(
                f"SELECT rowid, -bm25(entries, {WEIGHTS}) FROM entries WHERE entries MATCH ?", (any_word,)  # noqa: S608  (a constant)
            ).fetchall()
            postings = {word: self._holding(word) for word in asked}
        return WordMatch(dict(scored), postings)

    def _looked_up(self, word: str) -> frozenset[int]:
        found = self._database.execute("SELECT rowid FROM entries WHERE entries MATCH ?", (f'"{word}"',))
        return frozenset(row for (row,) in found)

    def close(self) -> None:
        self._database.close()
