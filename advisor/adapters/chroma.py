"""The vectors' store: a Chroma collection on disk. Vectors are always passed in; Chroma embeds nothing and calls nobody.

`Damaged` means that the store must be built anew; every other failure is translated into an error of ours.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import chromadb
import numpy as np
from chromadb import errors as theirs
from chromadb.api.client import Client
from chromadb.config import Settings

from advisor.errors import AdvisorError, HomeError, ServiceError
from advisor.ports import Only

if TYPE_CHECKING:
    from chromadb.api.types import Where

    from advisor.adapters.projection import Floats

COLLECTION = "knowledge"
SPACE: Literal["cosine"] = "cosine"
PORTION = 512  # rows in one request: Chroma turns each number of it into a Python object
OUTSIDE = (theirs.ChromaAuthError, theirs.AuthorizationError, theirs.RateLimitError, theirs.QuotaError, theirs.InvalidHTTPVersion)
UNUSABLE = {
    "disk is full": "Free some space, or set ADVISOR_HOME to a folder on another disk.",
    "readonly database": "Make it writable, or set ADVISOR_HOME to a folder that is.",
    "unable to open database": "Make it writable, or set ADVISOR_HOME to a folder that is.",
    "database is locked": "Another process holds it: try again when that has ended.",
    "permission denied": "Make it writable, or set ADVISOR_HOME to a folder that is.",
}


class Damaged(Exception):  # noqa: N818  (a state of the index, told to the builder only)
    """The store cannot be read any more, or does not hold what it should."""


def translate(error: BaseException, folder: Path) -> AdvisorError | Damaged:
    """One of ours for any failure of Chroma or of the SQLite below it."""
    if isinstance(error, OUTSIDE):
        return ServiceError(f"The vector store refused the request: {error}.")
    for sign, remedy in UNUSABLE.items():
        if sign in str(error).casefold():
            return HomeError(f"The index at {folder} cannot be used: {sign}.", hint=remedy)
    return Damaged(str(error))


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except (theirs.ChromaError, sqlite3.Error, OSError, ValueError, KeyError) as error:
        raise translate(error, folder) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # Chroma's core is Rust; its panics derive from BaseException
            raise
        raise Damaged(str(error)) from error


class Store:
    """One collection in a folder of its own. Ids are the caller's; a row's `part` tells documents from knowledge."""

    def __init__(self, folder: Path, *, create: Mapping[str, str] | None = None) -> None:
        """Opens the store, or makes it with this metadata. Raises Damaged or HomeError."""
        self.folder = folder
        if create is None:
            _quick_check(folder)
        os.environ.setdefault("SQLITE_TMPDIR", str(folder.parent))  # Chroma's SQLite else keeps what does not fit into memory in /var/tmp
        with _translated(folder):
            settings = Settings(_env_file=None, anonymized_telemetry=False)  # a .env in the working directory is not ours
            self._client = cast(Client, chromadb.PersistentClient(folder, settings))
            if create is None:
                self._rows = self._client.get_collection(COLLECTION, embedding_function=None)
            else:
                self._rows = self._client.create_collection(
                    COLLECTION,
                    metadata=dict(create),
                    embedding_function=None,
                    configuration={"hnsw": {"space": SPACE, "ef_search": 200}},
                )

    @property
    def metadata(self) -> Mapping[str, object]:
        return self._rows.metadata or {}

    def count(self) -> int:
        with _translated(self.folder):
            return self._rows.count()

    def ids(self) -> set[str]:
        with _translated(self.folder):
            return set(self._rows.get(include=[])["ids"])

    def put(self, ids: Sequence[str], vectors: Floats, parents: Sequence[str], parts: Sequence[Only]) -> None:
        with _translated(self.folder):
            size = min(PORTION, self._client.get_max_batch_size())
            for start in range(0, len(ids), size):
                some = slice(start, start + size)
                notes = [{"parent": parent, "part": part} for parent, part in zip(parents[some], parts[some], strict=True)]
                self._rows.upsert(ids=list(ids[some]), embeddings=vectors[some], metadatas=[*notes])

    def remove(self, ids: Sequence[str]) -> None:
        with _translated(self.folder):
            size = self._client.get_max_batch_size()
            for start in range(0, len(ids), size):
                self._rows.delete(ids=list(ids[start : start + size]))

    def nearest(self, vector: Floats, limit: int, only: Only | None = None) -> list[tuple[str, float]]:
        """Ids and cosines, nearest first."""
        where: Where | None = {"part": only} if only else None
        with _translated(self.folder):
            found = self._rows.query(query_embeddings=vector[None, :], n_results=limit, where=where, include=["distances"])
        distances = found["distances"] or [[]]
        return [(key, 1.0 - far) for key, far in zip(found["ids"][0], distances[0], strict=True)]

    def close(self) -> None:
        with _translated(self.folder):
            self._client.close()


def _quick_check(folder: Path) -> None:
    """SQLite's own check of its pages: a few milliseconds, and Chroma would answer from damaged ones."""
    file = folder / "chroma.sqlite3"
    if not file.is_file():
        raise Damaged("no database file")
    with _translated(folder), closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
        (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise Damaged(found)


def as_floats(rows: np.ndarray[tuple[int, ...], np.dtype[np.float16]]) -> Floats:
    """Stored half-precision vectors as Chroma takes them."""
    return np.ascontiguousarray(rows, dtype=np.float32)
