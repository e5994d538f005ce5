"""Finds the move that a message is about when it names none: a linear reading of its vector, learned from written situations.

The lines stand in `knowledge/answers/situations.toml`, their vectors in `knowledge/vectors/situations.npz`. Ridge regression
onto the moves beats the nearest line (design note 0004): with one line of each move held out it is right in 50 of 100 against 35,
and in 83 of 100 where its lead is at least .15.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from advisor import datafiles
from advisor.adapters import projection, vectors
from advisor.adapters.embedder import MiniLM
from advisor.adapters.foreign import in_english
from advisor.domain import Move
from advisor.errors import DataError

if TYPE_CHECKING:
    from advisor.adapters.projection import Floats

FILE = "knowledge/answers/situations.toml"
SHARD = "situations"
RIDGE = 0.3


@cache
def lines() -> tuple[tuple[Move, str], ...]:
    """Every situation with its move. Raises DataError for a name that is no move, and for lines that are no texts."""
    table = datafiles.read_toml(datafiles.root() / FILE).get("situations")
    if not isinstance(table, dict):
        raise DataError(FILE, field="situations", found="nothing", allowed="the table [situations]")
    for name, situations in table.items():
        if name not in set(Move):
            raise DataError(FILE, name, found="no move", allowed="a move of the glossary")
        if not isinstance(situations, list) or not all(isinstance(line, str) and line.strip() for line in situations):
            raise DataError(FILE, name, found=repr(situations)[:80], allowed="a list of texts")
    return tuple((Move(name), line) for name, situations in table.items() for line in situations)


class Situations:
    """Implements `ports.MoveFinder`. Lines whose shipped vector is missing are embedded once in the process."""

    def __init__(self, embedder: MiniLM) -> None:
        self._embedder = embedder

    def moves(self, text: str) -> tuple[tuple[Move, float], ...]:
        """Moves with the lead each has over the next one, best first."""
        scores = _with_one(self._embedder.embed([in_english(text) or text])) @ self._weights
        order = np.argsort(-scores[0], kind="stable")
        leads = scores[0][order][:-1] - scores[0][order][1:]
        return tuple((self._known[place], round(float(lead), 6)) for place, lead in zip(order, leads, strict=False))

    @property
    def learned(self) -> tuple[tuple[Move, str], ...]:
        """The situations that the reading is learned from."""
        return lines()

    @cached_property
    def _known(self) -> tuple[Move, ...]:
        return tuple(dict.fromkeys(move for move, _ in self.learned))

    @cached_property
    def _weights(self) -> Floats:
        """One column a move: the ridge solution for the lines' vectors."""
        given = _with_one(self._matrix())
        wanted = np.array([[move is known for known in self._known] for move, _ in self.learned], np.float32)
        weights: Floats = np.linalg.solve(given.T @ given + RIDGE * np.eye(given.shape[1], dtype=np.float32), given.T @ wanted)
        return weights

    def _matrix(self) -> Floats:
        held = vectors.read_shard(projection.folder() / f"{SHARD}.npz", vectors.stamp(self._embedder, projection.shipped()))
        hashes = {vectors.text_hash(line): line for _, line in self.learned}
        missing = [key for key in hashes if key not in held]
        if missing:
            held |= vectors.embed([hashes[key] for key in missing], self._embedder, projection.shipped())
        return np.array([held[key].dense for _, line in self.learned if (key := vectors.text_hash(line))], np.float32)


def _with_one(matrix: Floats) -> Floats:
    result: Floats = np.c_[matrix, np.ones(len(matrix), np.float32)]
    return result
