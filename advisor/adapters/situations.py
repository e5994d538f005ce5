"""Finds the move that a message is about when it names none: by nearness to situations written down for each move.

The lines stand in `knowledge/answers/situations.toml`; their vectors ship in `knowledge/vectors/situations.npz`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from advisor import datafiles
from advisor.adapters import projection, vectors
from advisor.adapters.embedder import MiniLM
from advisor.domain import Move
from advisor.errors import DataError

if TYPE_CHECKING:
    from advisor.adapters.projection import Floats

FILE = "knowledge/answers/situations.toml"


def read_lines() -> dict[Move, tuple[str, ...]]:
    """The situations of each move. Raises DataError for a name that is no move."""
    table = datafiles.read_toml(datafiles.root() / FILE)["situations"]
    for name in table:
        if name not in set(Move):
            raise DataError(FILE, name, found="no move", allowed="a move of the glossary")
    return {Move(name): tuple(lines) for name, lines in table.items()}


class Situations:
    """Implements `ports.MoveFinder`. Lines whose shipped vector is missing are embedded once in the process."""

    def __init__(self, embedder: MiniLM) -> None:
        self._embedder = embedder

    def moves(self, text: str) -> tuple[tuple[Move, float], ...]:
        """Moves by the cosine of their nearest situation, nearest first; ties by name."""
        cosines = self._matrix @ self._embedder.embed([text])[0]
        best: dict[Move, float] = {}
        for move, cosine in zip(self._owners, cosines.tolist(), strict=True):
            best[move] = max(cosine, best.get(move, -1.0))
        return tuple(sorted(((move, round(score, 6)) for move, score in best.items()), key=lambda pair: (-pair[1], pair[0])))

    @cached_property
    def _lines(self) -> tuple[tuple[Move, str], ...]:
        return tuple((move, line) for move, lines in read_lines().items() for line in lines)

    @cached_property
    def _owners(self) -> tuple[Move, ...]:
        return tuple(move for move, _ in self._lines)

    @cached_property
    def _matrix(self) -> Floats:
        stamp = vectors.stamp(self._embedder, projection.shipped())
        held = vectors.read_shard(projection.folder() / "situations.npz", stamp)
        missing = [line for _, line in self._lines if vectors.text_hash(line) not in held]
        if missing:
            made = self._embedder.embed(missing).astype(np.float16)
            held |= {vectors.text_hash(line): vectors.Vector(row, None) for line, row in zip(missing, made, strict=True)}
        return np.array([held[vectors.text_hash(line)].dense for _, line in self._lines], np.float32)
