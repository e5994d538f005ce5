"""Everything that a search needs of one corpus beside the store: row numbers, exact vectors, token vectors, words."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from advisor.adapters import lexical, projection
from advisor.adapters.vectors import Vector, text_hash, texts_of
from advisor.domain import Entry

if TYPE_CHECKING:
    import numpy.typing as npt

    from advisor.adapters.projection import Bytes, Floats
    from advisor.adapters.vectors import Halves

    Integers = npt.NDArray[np.int64]

OWNER = 12  # hexadecimal digits by which a row's id names its entry
ARRAYS = ("keys", "parents", "dense", "tokens", "bounds")
WORDS = "words.sqlite3"


@dataclass(frozen=True)
class Row:
    """One vector of an entry: its own text's, or one of its questions'."""

    key: str
    text: str
    parent: int


@dataclass(frozen=True)
class Snapshot:
    """Arrays of a corpus. `parents` gives the entry of each row, `bounds` the token vectors of each row; an entry's rows stand together."""

    keys: list[str]
    parents: Integers
    dense: Halves
    tokens: Bytes
    bounds: Integers
    words: lexical.WordIndex

    @cached_property
    def own(self) -> npt.NDArray[np.bool_]:
        """Which rows stand for an entry's own text, its first row, rather than for a question."""
        first: npt.NDArray[np.bool_] = np.diff(self.parents, prepend=-1) != 0
        return first

    @cached_property
    def whole(self) -> Floats:
        """All vectors in memory, ready for a product: 1.5 kB a row."""
        return np.ascontiguousarray(self.dense, np.float32)

    def vectors(self) -> dict[str, Vector]:
        """The vectors by text hash, to be used again for texts that have not changed."""
        rows = zip(self.keys, self.dense, pairwise(self.bounds.tolist()), strict=True)
        return {key[OWNER + 1 :]: Vector(dense, self.tokens[start:end]) for key, dense, (start, end) in rows}

    def rows(self, entries: Sequence[int]) -> list[slice]:
        """The rows of each entry."""
        starts, ends = (np.searchsorted(self.parents, entries, side) for side in ("left", "right"))
        return [slice(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def corpus_hash(entries: Sequence[Entry]) -> str:
    """Names everything of the entries that the index depends on."""
    digest = hashlib.sha256()
    for entry in entries:
        digest.update("\x1f".join((entry.id, entry.kind, entry.heading, entry.text, *entry.questions, "\x1e")).encode())
    return digest.hexdigest()


def rows_of(entries: Sequence[Entry]) -> list[Row]:
    """All rows of a corpus. Ids follow from content, so that putting a row twice changes nothing."""
    rows: dict[str, Row] = {}
    for parent, entry in enumerate(entries):
        owner = hashlib.sha256(f"{entry.kind}\x1f{entry.id}".encode()).hexdigest()[:OWNER]
        for text in texts_of(entry):
            key = f"{owner}-{text_hash(text)}"
            rows.setdefault(key, Row(key, text, parent))
    return list(rows.values())


def write(folder: Path, entries: Sequence[Entry], rows: Sequence[Row], vectors: Mapping[str, Vector]) -> str:
    """Makes the snapshot beside and renames it, so that a folder of that name is always whole. Returns its digest."""
    beside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    held = [vectors[text_hash(row.text)] for row in rows]
    tokens = [vector.tokens for vector in held]
    empty = np.empty((0, projection.DIMENSIONS), np.int8)
    np.save(beside / "keys.npy", np.array([row.key for row in rows], dtype=f"S{OWNER + 1 + 32}"))
    np.save(beside / "parents.npy", np.array([row.parent for row in rows], np.int64))
    np.save(beside / "dense.npy", np.array([vector.dense for vector in held], np.float16))
    np.save(beside / "tokens.npy", np.concatenate([empty, *tokens]))
    np.save(beside / "bounds.npy", np.cumsum([0, *map(len, tokens)], dtype=np.int64))
    lexical.write(beside / WORDS, entries)
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)
    return digest(folder)


def digest(folder: Path) -> str:
    """Names the bytes of the arrays; a snapshot of another digest is never a source of vectors."""
    whole = hashlib.sha256()
    for name in ARRAYS:
        with (folder / f"{name}.npy").open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


def read(folder: Path) -> Snapshot | None:
    """The snapshot, its large arrays left on disk until they are needed; None when it is not there or damaged."""
    try:
        keys, parents, dense, tokens, bounds = (
            np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r" if name in ("dense", "tokens") else None, allow_pickle=False)) for name in ARRAYS
        )
        words = lexical.WordIndex(folder / WORDS)
    except (OSError, ValueError, EOFError, sqlite3.Error):
        return None
    if not len(keys) == len(parents) == len(dense) == len(bounds) - 1 or len(tokens) != bounds[-1]:
        return None
    return Snapshot([key.decode() for key in keys.tolist()], parents, dense, tokens, bounds, words)
