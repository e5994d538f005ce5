"""Vectors kept by the hash of their text: the shipped ones of the knowledge, and batches that an interrupted build left.

A shard is an uncompressed `.npz` with the texts' hashes, dense vectors (fp16), and reduced token vectors (int8) one after
the other with their bounds. A shard counts only under the model and the projection that it was made with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from advisor.adapters import projection
from advisor.domain import Entry

if TYPE_CHECKING:
    import numpy.typing as npt

    from advisor.adapters.embedding import Embedder
    from advisor.adapters.projection import Bytes, Floats

    Halves = npt.NDArray[np.float16]

HASH = 32  # hexadecimal digits of a text's hash


@dataclass(frozen=True)
class Vector:
    """What the index holds of one text, an entry's own or a question's."""

    dense: Halves
    tokens: Bytes


def entry_text(entry: Entry) -> str:
    """The text that stands for an entry: its heading and what it says."""
    return f"{entry.heading}\n{entry.text}"


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HASH]


def stamp(embedder: Embedder, matrix: Floats) -> str:
    """Names what vectors depend on: the model and the projection of its tokens."""
    return hashlib.sha256(embedder.model_hash.encode() + matrix.tobytes()).hexdigest()


def embed(texts: Sequence[str], embedder: Embedder, matrix: Floats) -> dict[str, Vector]:
    """Vectors of texts, by text hash."""
    if not texts:
        return {}
    pooled, tokens = embedder.both(texts)
    kept = [projection.kept(text, rows, embedder) for text, rows in zip(texts, tokens, strict=True)]
    reduced = projection.quantise(projection.reduce(np.concatenate(kept), matrix))
    parts = np.split(reduced, np.cumsum([len(rows) for rows in kept])[:-1])
    return {text_hash(text): Vector(row, part) for text, row, part in zip(texts, pooled.astype(np.float16), parts, strict=True)}


def write_shard(path: Path, vectors: Mapping[str, Vector], mark: str) -> None:
    """The same vectors give the same bytes."""
    keys = sorted(vectors)
    empty = np.empty((0, projection.DIMENSIONS), np.int8)
    tokens = [vectors[key].tokens for key in keys]
    with path.open("wb") as file:
        np.savez(
            file,
            stamp=np.array(mark),
            hashes=np.array(keys, dtype=f"U{HASH}"),
            dense=np.array([vectors[key].dense for key in keys], np.float16),
            tokens=np.concatenate([empty, *tokens]),
            bounds=np.cumsum([0, *map(len, tokens)], dtype=np.int64),
        )


def read_shard(path: Path, mark: str) -> dict[str, Vector]:
    """The shard's vectors; none when it is damaged or made under another model."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as shard:
            if str(shard["stamp"]) != mark:
                return {}
            dense, tokens, bounds = shard["dense"], shard["tokens"], shard["bounds"].tolist()
            keys = shard["hashes"].tolist()
            return {key: Vector(row, tokens[start:end]) for key, row, (start, end) in zip(keys, dense, pairwise(bounds), strict=True)}
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
        return {}


def read_shards(folder: Path, mark: str) -> dict[str, Vector]:
    """All vectors of a folder's shards."""
    found: dict[str, Vector] = {}
    for path in sorted(folder.glob("*.npz")):
        found.update(read_shard(path, mark))
    return found


def texts_of(entry: Entry) -> Iterator[str]:
    """Every text that is embedded for an entry, its own first."""
    yield entry_text(entry)
    yield from entry.questions
