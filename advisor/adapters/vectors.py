"""Vectors kept by the hash of their text: the shipped ones of the knowledge, and batches that an interrupted build left.

A shard is an uncompressed `.npz` with the texts' hashes, dense vectors (fp16), and reduced token vectors (int8) one after
the other with their bounds; the questions of entries have no token vectors. A shard counts only under the model and the
projection that it was made with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from advisor.adapters import projection
from advisor.adapters.embedder import MiniLM
from advisor.domain import Entry

if TYPE_CHECKING:
    import numpy.typing as npt

    from advisor.adapters.embedding import Embedder
    from advisor.adapters.projection import Bytes, Floats

    Halves = npt.NDArray[np.float16]

HASH = 32  # hexadecimal digits of a text's hash


@dataclass(frozen=True)
class Vector:
    """What the index holds of one text. `tokens` is None for a question: nothing is reranked by it."""

    dense: Halves
    tokens: Bytes | None


def entry_text(entry: Entry) -> str:
    """The text that stands for an entry: its heading and what it says."""
    return f"{entry.heading}\n{entry.text}"


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HASH]


def stamp(embedder: Embedder, matrix: Floats) -> str:
    """Names what vectors depend on: the model and the projection of its tokens."""
    return hashlib.sha256(embedder.model_hash.encode() + matrix.tobytes()).hexdigest()


def embed(texts: Sequence[str], questions: Sequence[str], embedder: Embedder, matrix: Floats) -> dict[str, Vector]:
    """Vectors of texts (with tokens) and questions (without), by text hash."""
    pooled, tokens = embedder.both([*texts, *questions])
    made = {text_hash(question): Vector(pooled[len(texts) + n].astype(np.float16), None) for n, question in enumerate(questions)}
    for number, text in enumerate(texts):
        rows = projection.reduce(projection.kept(text, tokens[number], embedder), matrix)
        made[text_hash(text)] = Vector(pooled[number].astype(np.float16), projection.quantise(rows))
    return made


def write_shard(path: Path, vectors: Mapping[str, Vector], mark: str) -> None:
    """The same vectors give the same bytes."""
    keys = sorted(vectors)
    empty = np.empty((0, projection.DIMENSIONS), np.int8)
    tokens = [empty if (rows := vectors[key].tokens) is None else rows for key in keys]
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
        with np.load(path, allow_pickle=False) as shard:
            if str(shard["stamp"]) != mark:
                return {}
            dense, tokens, bounds = shard["dense"], shard["tokens"], shard["bounds"].tolist()
            rows = (tokens[start:end] if end > start else None for start, end in pairwise(bounds))
            return {str(key): Vector(dense[n], part) for n, (key, part) in enumerate(zip(shard["hashes"], rows, strict=True))}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
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


def stale(entries: Iterable[Entry]) -> list[str]:
    """Ids of entries whose shipped vectors are missing or made from another text; nothing is embedded to find out."""
    held = read_shards(projection.folder(), stamp(MiniLM(), projection.shipped()))
    return [entry.id for entry in entries if any(text_hash(text) not in held for text in texts_of(entry))]
