"""Stand-ins for tests, ours and our users': retrieval without Chroma, embedding without a model, conversations without a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from advisor.adapters.terms import WORD, content_words
from advisor.domain import Client, Entry, FactChange, Hit, SessionInfo, StoredClient, Turn
from advisor.domain.changes import applied
from advisor.domain.vocabulary import EvidenceKind
from advisor.errors import HomeError
from advisor.ports import Only

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]


class MemoryRetriever:
    """A retriever in memory: a hit's score is the share of the query's content words that the entry holds."""

    def __init__(self, entries: Sequence[Entry] = (), *, floor: float = 0.5) -> None:
        self._floor = floor
        self.update(entries)

    @property
    def floor(self) -> float:
        return self._floor

    def update(self, entries: Sequence[Entry]) -> None:
        self._entries = {(entry.kind, entry.id): entry for entry in entries}

    def nearest(self, text: str, limit: int) -> list[tuple[str, float]]:
        return [(hit.id, hit.score) for hit in self.search(text, limit)]

    def search(self, query: str, limit: int = 8, only: Only | None = None) -> tuple[Hit, ...]:
        asked = content_words(query)
        scored = [(_share(asked, entry), entry) for entry in self._entries.values() if _wanted(entry, only)]
        best = sorted(((score, entry) for score, entry in scored if score), key=lambda pair: (-pair[0], pair[1].id))[:limit]
        return tuple(
            Hit(rank=rank, score=score, **entry.model_dump(include={"kind", "id", "text", "source_doc", "locator", "heading"}))
            for rank, (score, entry) in enumerate(best, 1)
        )

    def holds(self, query: str) -> bool:
        return any(hit.score >= self._floor for hit in self.search(query, 1))

    def weigh(self, query: str, id_: str, parts: Sequence[str]) -> list[float]:
        asked = content_words(query)
        held = next((entry.text for entry in self._entries.values() if entry.id == id_), "")
        return [_overlap(asked, part) if part in held else 0.0 for part in parts]


def _wanted(entry: Entry, only: Only | None) -> bool:
    return only is None or (entry.kind is EvidenceKind.DOCUMENT) == (only == "documents")


def _share(asked: Sequence[str], entry: Entry) -> float:
    return _overlap(asked, "\n".join((entry.heading, entry.text, *entry.questions)))


def _overlap(asked: Sequence[str], text: str) -> float:
    held = set(content_words(text))
    return sum(word in held for word in asked) / len(asked) if asked else 0.0


class MemorySessions:
    """Conversations and clients in memory."""

    def __init__(self) -> None:
        self._turns: dict[str, list[Turn]] = {}
        self._uses: dict[str, str] = {}
        self._clients: dict[str, list[StoredClient]] = {}

    def sessions(self) -> tuple[SessionInfo, ...]:
        return tuple(
            SessionInfo(name=name, client=self._uses.get(name), turns=len(turns), began=turns[0].at, last=max(turn.at for turn in turns))
            for name, turns in sorted(self._turns.items())
        )

    def turns(self, session: str) -> tuple[Turn, ...]:
        return tuple(self._turns.get(session, ()))

    def client_of(self, session: str) -> str | None:
        return self._uses.get(session)

    def append(self, session: str, turn: Turn, client: str | None = None) -> Turn:
        if client is not None:
            if self.revise(client, turn.changes, turn.at) is None:
                raise HomeError(f"The client {client!r} was deleted meanwhile.")
            self._uses[session] = client
        turns = self._turns.setdefault(session, [])
        turns.append(turn.model_copy(update={"n": len(turns) + 1}))
        return turns[-1]

    def delete_session(self, session: str) -> bool:
        self._uses.pop(session, None)
        return self._turns.pop(session, None) is not None

    def clients(self) -> tuple[StoredClient, ...]:
        return tuple(versions[-1] for _, versions in sorted(self._clients.items()))

    def versions(self, name: str) -> tuple[StoredClient, ...]:
        return tuple(self._clients.get(name, ()))

    def new_client(self, name: str, client: Client, at: datetime) -> StoredClient | None:
        if name in self._clients:
            return None
        self._clients[name] = [StoredClient(name=name, version=1, at=at, client=client)]
        return self._clients[name][-1]

    def revise(self, name: str, made: Sequence[FactChange], at: datetime) -> StoredClient | None:
        versions = self._clients.get(name)
        if versions is None:
            return None
        client = applied(versions[-1].client, made)
        if client != versions[-1].client:
            versions.append(StoredClient(name=name, version=len(versions) + 1, at=at, client=client))
        return versions[-1]

    def delete_client(self, name: str) -> tuple[str, ...] | None:
        if self._clients.pop(name, None) is None:
            return None
        sessions = tuple(sorted(session for session, client in self._uses.items() if client == name))
        for session in sessions:
            self.delete_session(session)
        return sessions


class WordEmbedder:
    """An embedding model whose tokens are words: texts are near when they share words. Counts what it embeds."""

    name = "words"
    dimensions = 384

    def __init__(self, version: str = "1") -> None:
        self._version = version
        self.embedded: list[str] = []

    @property
    def model_hash(self) -> str:
        return hashlib.sha256(self._version.encode()).hexdigest()

    def both(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        import numpy as np

        self.embedded.extend(texts)
        tokens = [np.array([self._word(text[start:end]) for start, end in self.spans(text)] or [self._word("")]) for text in texts]
        pooled = np.array([rows.sum(axis=0) / np.linalg.norm(rows.sum(axis=0)) for rows in tokens])
        return pooled, [rows[: len(self.spans(text))] for rows, text in zip(tokens, texts, strict=True)]

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in WORD.finditer(text)]

    def _word(self, word: str) -> Vectors:
        import numpy as np

        seed = hashlib.sha256(f"{self._version} {word.casefold()}".encode()).digest()
        row: Vectors = np.random.default_rng(int.from_bytes(seed[:8])).standard_normal(self.dimensions, np.float32)
        unit: Vectors = row / np.linalg.norm(row)
        return unit
