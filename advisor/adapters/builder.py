"""Brings the index on disk in line with the entries: what is there stays, what is new is added, what is gone is removed.

`state.json` names the store and the snapshot that belong together; replacing it is the one step that makes a change
count, so that a process killed at any point leaves what stood before, or a store that the next process completes. The texts that
had to be embedded are kept batch by batch under `pending/`: an interrupted build does not embed them again.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from advisor.adapters import home, projection, snapshot, vectors
from advisor.adapters.chroma import Damaged, Store, as_floats
from advisor.adapters.snapshot import Row, Snapshot
from advisor.adapters.vectors import Vector, text_hash
from advisor.domain import Entry
from advisor.domain.vocabulary import EvidenceKind
from advisor.errors import HomeError
from advisor.ports import Only, Progress

if TYPE_CHECKING:
    from advisor.adapters.embedding import Embedder
    from advisor.adapters.projection import Floats

SCHEMA = 1
BATCH = 64
LABEL = "Building the search index"
REBUILT = "The search index was damaged and has been built again."


@dataclass(frozen=True)
class Opened:
    """A store and the snapshot of the same corpus."""

    store: Store
    snapshot: Snapshot


@dataclass
class Builder:
    """Opens the index of one model in `folder`, building as much of it as needed."""

    folder: Path
    embedder: Embedder
    matrix: Floats
    progress: Progress | None = None
    notices: list[str] = field(default_factory=list)
    embedded: int = 0

    def open(self, entries: Sequence[Entry]) -> Opened:
        """The index of exactly these entries. Raises HomeError when the folder cannot be used."""
        corpus = snapshot.corpus_hash(entries)
        with suppress(Damaged):
            if (ready := self._ready(corpus)) is not None:
                return ready
        with home.locked(self.folder):
            return self._build(entries, corpus)

    def rebuild(self, entries: Sequence[Entry], broken: Path) -> Opened:
        """What `open` does after a search found the store in `broken` damaged: nothing of it is kept."""
        with home.locked(self.folder):
            if (state := self._state()).get("store") == broken.name:
                self._damaged()
                self._write_state({**state, "corpus": "", "store": "none"})
            return self._build(entries, snapshot.corpus_hash(entries))

    def _ready(self, corpus: str) -> Opened | None:
        """What is on disk, when it holds this corpus. Raises Damaged when it should and does not."""
        state = self._state()
        if state.get("corpus") != corpus or state.get("stamp") != self._stamp:
            return None
        held = snapshot.read(self.folder / str(state["snapshot"]))
        if held is None:
            raise Damaged("no snapshot")
        store = Store(self.folder / str(state["store"]))
        if store.count() != len(held.keys):
            store.close()
            raise Damaged("rows are missing")
        return Opened(store, held)

    def _build(self, entries: Sequence[Entry], corpus: str) -> Opened:
        """Called under the lock: another process may have done the work meanwhile."""
        try:
            if (ready := self._ready(corpus)) is not None:
                return ready
        except Damaged:
            self._damaged()
        with home.usable(self.folder):
            home.refuse_shared_drive(self.folder)
            state, rows = self._state(), snapshot.rows_of(entries)
            found = self._vectors(rows, self._reusable(state))
            name = f"rows-{corpus[:16]}-{secrets.token_hex(4)}"
            digest = snapshot.write(self.folder / name, entries, rows, found)
            store = self._updated(state, rows, found, entries) or self._made(rows, found, entries)
            state = {"schema": SCHEMA, "stamp": self._stamp, "corpus": corpus, "store": store.folder.name, "snapshot": name, "digest": digest}
            self._write_state(state)
            self._sweep({store.folder.name, name})
            fresh = snapshot.read(self.folder / name)
        if fresh is None:
            raise HomeError(f"The index at {self.folder} cannot be read back after writing.", hint=home.ELSEWHERE)
        return Opened(store, fresh)

    def _damaged(self) -> None:
        if REBUILT not in self.notices:
            self.notices.append(REBUILT)

    def _reusable(self, state: Mapping[str, Any]) -> dict[str, Vector]:
        """The vectors on disk, unless they were made under another model or have changed since."""
        folder = self.folder / str(state.get("snapshot", "none"))
        if state.get("stamp") != self._stamp or (held := snapshot.read(folder)) is None or snapshot.digest(folder) != state.get("digest"):
            return {}
        return held.vectors()

    def _updated(
        self, state: Mapping[str, Any], rows: Sequence[Row], found: Mapping[str, Vector], entries: Sequence[Entry]
    ) -> Store | None:
        """The store on disk brought up to the rows; None when there is none of this model, or it is damaged."""
        if state.get("stamp") != self._stamp or state.get("store") in (None, "none"):
            return None
        try:
            store = Store(self.folder / str(state["store"]))
            if store.metadata.get("stamp") != self._stamp:
                return None
            self._write_state({**state, "corpus": ""})
            _bring_up(store, rows, found, entries)
        except Damaged:
            self._damaged()
            return None
        return store

    def _made(self, rows: Sequence[Row], found: Mapping[str, Vector], entries: Sequence[Entry]) -> Store:
        """A new store beside the old one, which counts until the state names the new one."""
        folder = self.folder / f"store-{secrets.token_hex(4)}"
        folder.mkdir(mode=0o700)
        try:
            store = Store(folder, create={"stamp": self._stamp, "model": self.embedder.model_hash, "schema": str(SCHEMA)})
            _bring_up(store, rows, found, entries)
        except Damaged as error:
            raise HomeError(f"The index at {self.folder} cannot be made: {error}.", hint=home.ELSEWHERE) from error
        return store

    @property
    def _stamp(self) -> str:
        return vectors.stamp(self.embedder, self.matrix)

    def _vectors(self, rows: Sequence[Row], held: dict[str, Vector]) -> dict[str, Vector]:
        """A vector for each row: the snapshot's, the shipped one, one of an interrupted build, or newly embedded."""
        missing = _missing(rows, held)
        if missing:
            shipped = vectors.read_shards(projection.folder(), self._stamp)
            held = {**shipped, **vectors.read_shards(self.folder / "pending", self._stamp), **held}
            missing = _missing(rows, held)
        for made in self._embedded(missing):
            held.update(made)
        return held

    def _embedded(self, missing: Sequence[Row]) -> Iterator[dict[str, Vector]]:
        pending = self.folder / "pending"
        missing = sorted(missing, key=lambda row: len(row.text))  # texts of like length run fastest together
        batches = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
        if batches:
            pending.mkdir(mode=0o700, exist_ok=True)
        tracked = self.progress.track(batches, LABEL, len(batches)) if self.progress and batches else batches
        for number, _ in enumerate(tracked):
            batch = batches[number]
            made = vectors.embed([row.text for row in batch], self.embedder, self.matrix)
            self.embedded += len(made)
            part = pending / f"{secrets.token_hex(8)}.part"
            vectors.write_shard(part, made, self._stamp)
            part.rename(part.with_suffix(".npz"))
            yield made

    def _state(self) -> dict[str, Any]:
        try:
            state = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError:
            self._damaged()
            return {}
        except OSError as error:
            raise HomeError(f"The index at {self.folder} cannot be read: {error.strerror}.", hint=home.ELSEWHERE) from error
        return state if isinstance(state, dict) else {}

    def _write_state(self, state: Mapping[str, Any]) -> None:
        part = self.folder / "state.json.part"
        part.write_text(json.dumps(state), encoding="utf-8")
        part.replace(self.folder / "state.json")

    def _sweep(self, keep: set[str]) -> None:
        """Removes what no state names any more; a file that another process still holds stays until next time."""
        for path in self.folder.iterdir():
            if path.is_dir() and path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)


def part_of(entry: Entry) -> Only:
    """Which part of the index an entry belongs to."""
    return "documents" if entry.kind is EvidenceKind.DOCUMENT else "knowledge"


def _missing(rows: Sequence[Row], held: Mapping[str, Vector]) -> list[Row]:
    """Rows without a vector, each text once."""
    return list({key: row for row in rows if (key := text_hash(row.text)) not in held}.values())


def _bring_up(store: Store, rows: Sequence[Row], found: Mapping[str, Vector], entries: Sequence[Entry]) -> None:
    """Adds and removes rows until the store holds exactly these."""
    there, wanted = store.ids(), {row.key for row in rows}
    new = [row for row in rows if row.key not in there]
    if new:
        dense = as_floats(np.array([found[text_hash(row.text)].dense for row in new]))
        parents = [entries[row.parent] for row in new]
        store.put([row.key for row in new], dense, [entry.id for entry in parents], [part_of(entry) for entry in parents])
    if gone := sorted(there - wanted):
        store.remove(gone)
