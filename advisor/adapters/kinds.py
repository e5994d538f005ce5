"""Reads what a message asks for: a logistic regression over its vector and the signs that patterns give.

It learns from messages with their kinds (`knowledge/answers/kinds.toml`); `scripts/vectors.py` fits it and writes the weights.
Patterns alone know the wordings somebody thought of, the vector knows the others (design note 0005).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from advisor import datafiles
from advisor.adapters import softmax
from advisor.adapters.embedder import MiniLM
from advisor.adapters.foreign import as_read
from advisor.domain import AskKind
from advisor.errors import DataError
from advisor.intake.signs import names

if TYPE_CHECKING:
    from advisor.adapters.projection import Floats

FILE = "knowledge/answers/kinds.toml"
WEIGHTS = "learned/kinds.npz"
KINDS = tuple(AskKind)
RIDGE = 1e-3


@cache
def lines() -> tuple[tuple[AskKind, str], ...]:
    """Every message with its kind, the English ones first. Raises DataError for a name that is no kind."""
    return (*_lines("kinds"), *_lines("german"))


def _lines(part: str) -> tuple[tuple[AskKind, str], ...]:
    table = datafiles.read_toml(datafiles.root() / FILE)[part]
    for name in table:
        if name not in set(AskKind):
            raise DataError(FILE, name, found="no kind of question", allowed=", ".join(AskKind))
    return tuple((AskKind(name), line) for name, messages in table.items() for line in messages)


def stamp(model: MiniLM) -> str:
    """Names what weights depend on: the model, the messages as they are read, the signs."""
    parts = (model.model_hash, *names(), *(f"{kind} {as_read(line) or line}" for kind, line in lines()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def fit(vectors: Floats, signs: Floats) -> Floats:
    """Two layers of weights for the messages of `lines`: for English ones, learned from these alone, and for those said word by word in
    English, from all."""
    classes, own = [KINDS.index(kind) for kind, _ in lines()], len(_lines("kinds"))
    layers = [softmax.fit(vectors[:own], signs[:own], classes[:own], len(KINDS), ridge=RIDGE), softmax.fit(vectors, signs, classes, len(KINDS), ridge=RIDGE)]
    return np.stack(layers)


class Kinds:
    """Implements `ports.KindReader`. Raises InstallationError when the shipped weights are missing or belong to another model."""

    def __init__(self, embedder: MiniLM) -> None:
        self._embedder = embedder

    def kinds(self, text: str, signs: Sequence[float]) -> tuple[tuple[AskKind, float], ...]:
        """Kinds with their probability, most likely first."""
        glossed = as_read(text)
        found = softmax.ranked(self._embedder.embed([glossed or text]), signs, self._weights[1 if glossed else 0])
        return tuple((KINDS[place], chance) for place, chance in found)

    @cached_property
    def _weights(self) -> Floats:
        weights: Floats = softmax.read(WEIGHTS, self._embedder.model_hash)["weights"].astype(np.float32)
        if weights.shape != (2, self._embedder.dimensions + len(names()) + 1, len(KINDS)):
            raise softmax.unfit(WEIGHTS)
        return weights


def stale(model: MiniLM) -> bool:
    """Whether the shipped weights were learned from other messages, signs or vectors than the present ones."""
    return softmax.stale(WEIGHTS, stamp(model))
