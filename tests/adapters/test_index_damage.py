"""A damaged index is noticed, built again and said so; a killed build leaves something usable; Chroma's errors become ours."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from chromadb import errors as theirs

from advisor.adapters import builder, chroma
from advisor.adapters.chroma import Damaged, translate
from advisor.adapters.index import open_index
from advisor.domain import Entry
from advisor.domain.vocabulary import EvidenceKind
from advisor.errors import AdvisorError, HomeError, ServiceError
from advisor.testing import WordEmbedder

ENTRIES = tuple(
    Entry(id=f"e{n:02}", kind=EvidenceKind.PASSAGE, heading=f"part {n}", text=f"number{n} gold", source_doc="000", locator="x", questions=(f"why{n}",))
    for n in range(12)
)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """An index that another process built: this one has no handle on it."""
    subprocess.run([sys.executable, "-c", BUILD, str(tmp_path), "none", "0"], check=True, timeout=60)
    return tmp_path


def one(path: Path, pattern: str) -> Path:
    (found,) = path.glob(f"index/*/{pattern}")
    return found


def overwrite(path: Path, share: float, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * share))
        file.write(data)


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


DAMAGE: dict[str, Callable[[Path], None]] = {
    "database cut": lambda home: cut(one(home, "store-*/chroma.sqlite3")),
    "database emptied": lambda home: one(home, "store-*/chroma.sqlite3").write_bytes(b""),
    "database overwritten": lambda home: overwrite(one(home, "store-*/chroma.sqlite3"), 0.0, b"\x7f" * 100),
    "database gone": lambda home: one(home, "store-*/chroma.sqlite3").unlink(),
    "pages overwritten": lambda home: overwrite(one(home, "store-*/chroma.sqlite3"), 0.2, b"\x7f" * 65536),
    "words cut": lambda home: cut(one(home, "rows-*/words.sqlite3")),
    "vectors cut": lambda home: cut(one(home, "rows-*/dense.npy")),
    "tokens gone": lambda home: one(home, "rows-*/tokens.npy").unlink(),
    "state garbled": lambda home: one(home, "state.json").write_text("{"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_index_is_built_again_with_a_notice(built: Path, kind: str) -> None:
    DAMAGE[kind](built)
    index = open_index(built, ENTRIES, embedder=WordEmbedder())
    assert index.notices == (builder.REBUILT,)
    assert index.search("number7", 1)[0].id == "e07"
    assert open_index(built, ENTRIES, embedder=WordEmbedder()).notices == ()


def test_vectors_that_silently_changed_are_noticed_by_the_first_search(built: Path) -> None:
    dense = one(built, "rows-*/dense.npy")
    np.save(dense, -np.load(dense))
    index = open_index(built, ENTRIES, embedder=WordEmbedder())
    assert index.notices == ()
    assert index.search("number7", 1)[0].id == "e07"
    assert index.notices == (builder.REBUILT,)


def test_a_store_that_fails_during_a_search_is_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_index(tmp_path, ENTRIES, embedder=WordEmbedder())
    broken, nearest = index._opened.store, chroma.Store.nearest

    def failing(self: chroma.Store, *arguments: object) -> list[tuple[str, float]]:
        if self is broken:
            raise Damaged("hnsw")
        return nearest(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(chroma.Store, "nearest", failing)
    assert index.search("number7", 1)[0].id == "e07"
    assert index.notices == (builder.REBUILT,)


def test_a_store_that_stays_broken_is_an_error_with_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_index(tmp_path, ENTRIES, embedder=WordEmbedder())

    def failing(*_: object) -> None:
        raise Damaged("hnsw")

    monkeypatch.setattr(chroma.Store, "nearest", failing)
    with pytest.raises(HomeError, match=r"index/words-1 cannot be used: hnsw.*Delete that folder"):
        index.search("number7")


# Where a build may be killed: this many calls of this function are let through, the next kills the process.
KILLED = [
    ("embed", 0), ("embed", 1), ("snapshot", 0), ("make", 0), ("put", 0), ("put-end", 0), ("state", 0), ("sweep", 0),
]  # fmt: skip
BUILD = """
import os, signal, sys
from pathlib import Path
from advisor.adapters import builder, chroma, snapshot, vectors
from advisor.adapters.index import open_index
from advisor.domain import Entry
from advisor.testing import WordEmbedder

builder.BATCH = 6
left = int(sys.argv[3])

def dies(function, after=False):
    def guarded(*arguments, **options):
        global left
        result = function(*arguments, **options) if after or left else None
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return result
    return guarded

match sys.argv[2]:
    case "embed": vectors.embed = dies(vectors.embed)
    case "snapshot": snapshot.write = dies(snapshot.write)
    case "make": chroma.Store.__init__ = dies(chroma.Store.__init__, after=True)
    case "put": chroma.Store.put = dies(chroma.Store.put)
    case "put-end": chroma.Store.put = dies(chroma.Store.put, after=True)
    case "remove": chroma.Store.remove = dies(chroma.Store.remove)
    case "state": builder.Builder._write_state = dies(builder.Builder._write_state)
    case "sweep": builder.Builder._sweep = dies(builder.Builder._sweep)

entries = [
    Entry(id=f"e{n:02}", kind="passage", heading=f"part {n}", text=f"number{n} gold", source_doc="000", locator="x", questions=(f"why{n}",))
    for n in range(12)
]
open_index(Path(sys.argv[1]), entries, embedder=WordEmbedder())
"""


def die(home: Path, where: str, after: int) -> None:
    ended = subprocess.run([sys.executable, "-c", BUILD, str(home), where, str(after)], timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL


@pytest.mark.parametrize(("where", "after"), KILLED)
def test_a_first_build_killed_anywhere_is_completed_by_the_next_process(tmp_path: Path, where: str, after: int) -> None:
    die(tmp_path, where, after)
    model = WordEmbedder()
    index = open_index(tmp_path, ENTRIES, embedder=model)
    assert (index.search("number7", 1)[0].id, index._opened.store.count(), index.notices) == ("e07", 24, ())
    assert len(model.embedded) - 1 == {("embed", 0): 24, ("embed", 1): 18}.get((where, after), 0)


@pytest.mark.parametrize(("where", "after"), [("put", 0), ("put-end", 0), ("remove", 0), ("state", 0), ("state", 1)])
def test_an_update_killed_anywhere_is_completed_by_the_next_process(tmp_path: Path, where: str, after: int) -> None:
    older = [ENTRIES[0].model_copy(update={"id": "gone"}), *ENTRIES[2:]]
    open_index(tmp_path, older, embedder=WordEmbedder())
    die(tmp_path, where, after)
    index = open_index(tmp_path, ENTRIES, embedder=WordEmbedder())
    assert (index.search("number7", 1)[0].id, index._opened.store.count(), index.notices) == ("e07", 24, ())


def test_what_stood_before_a_killed_update_can_still_be_opened(tmp_path: Path) -> None:
    older = ENTRIES[2:]
    open_index(tmp_path, older, embedder=WordEmbedder())
    die(tmp_path, "put-end", 0)
    index = open_index(tmp_path, older, embedder=WordEmbedder())
    assert (index.search("number7", 1)[0].id, index._opened.store.count(), index.notices) == ("e07", 20, ())


def classes(base: type[Exception]) -> Iterator[type[Exception]]:
    for one_class in base.__subclasses__():
        yield one_class
        yield from classes(one_class)


@pytest.mark.parametrize("kind", [*classes(theirs.ChromaError), sqlite3.DatabaseError, sqlite3.OperationalError, OSError, ValueError])
def test_every_error_of_chroma_becomes_one_of_ours_or_a_rebuild(kind: type[Exception], tmp_path: Path) -> None:
    assert isinstance(translate(kind("went wrong"), tmp_path), (HomeError, ServiceError, Damaged))
    full = translate(kind("database or disk is full"), tmp_path)
    assert isinstance(full, AdvisorError)
    assert isinstance(full, ServiceError) or str(tmp_path) in str(full)


def test_a_panic_of_the_rust_core_is_damage(tmp_path: Path) -> None:
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(Damaged), chroma._translated(tmp_path):
        raise panic


def test_an_interrupt_passes_through(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), chroma._translated(tmp_path):
        raise KeyboardInterrupt
