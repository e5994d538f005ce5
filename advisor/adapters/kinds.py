"""Reads what a message asks for: a logistic regression over its vector and the signs that patterns give.

It learns from messages with their kinds (`knowledge/answers/kinds.toml`); `scripts/vectors.py` fits it and writes the weights.
Patterns alone know the wordings somebody thought of, the vector knows the others (design note 0005).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from advisor import datafiles
from advisor.adapters.embedder import MiniLM
from advisor.adapters.foreign import in_english
from advisor.adapters.projection import folder
from advisor.domain import AskKind
from advisor.errors import DataError, InstallationError
from advisor.intake.signs import names

if TYPE_CHECKING:
    from advisor.adapters.projection import Floats

FILE = "knowledge/answers/kinds.toml"
WEIGHTS = "learned/kinds.npz"
KINDS = tuple(AskKind)
SPREAD = 4.0  # what vectors of unit length are scaled by, so that they and the signs weigh alike
RIDGE = 1e-3
STEPS = 400


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
    """Names what weights depend on: the model, the messages, the signs."""
    parts = (model.model_hash, *names(), *(f"{kind} {line}" for kind, line in lines()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def fit(vectors: Floats, signs: Floats, kinds: Sequence[AskKind]) -> Floats:
    """Weights of a softmax regression, one column a kind; the same input gives the same weights."""
    given = _joined(vectors, signs)
    wanted = np.eye(len(KINDS), dtype=np.float32)[[KINDS.index(kind) for kind in kinds]]
    weights: Floats = np.zeros((given.shape[1], len(KINDS)), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = given.T @ (_softmax(given @ weights) - wanted) / len(given) + RIDGE * weights
        mean, square = (0.9 * mean + 0.1 * slope).astype(np.float32), (0.99 * square + 0.01 * slope * slope).astype(np.float32)
        change = 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = (weights - change).astype(np.float32)
    return weights


def fit_both(vectors: Floats, signs: Floats, kinds: Sequence[AskKind]) -> Floats:
    """Two layers of weights: for English messages, learned from English ones alone, and for those said word by word in English, from all."""
    own = len(_lines("kinds"))
    return np.stack([fit(vectors[:own], signs[:own], kinds[:own]), fit(vectors, signs, kinds)])


class Kinds:
    """Implements `ports.KindReader`. Raises InstallationError when the shipped weights are missing or belong to another model."""

    def __init__(self, embedder: MiniLM) -> None:
        self._embedder = embedder

    def kinds(self, text: str, signs: Sequence[float]) -> tuple[tuple[AskKind, float], ...]:
        """Kinds with their probability, most likely first."""
        glossed = in_english(text)
        weights = self._weights[1 if glossed else 0]
        odds = _softmax(_joined(self._embedder.embed([glossed or text]), np.array([signs], np.float32)) @ weights)[0]
        order = np.argsort(-odds, kind="stable")
        return tuple((KINDS[place], round(float(odds[place]), 6)) for place in order)

    @cached_property
    def _weights(self) -> Floats:
        found, made_for = read()
        if made_for != self._embedder.model_hash or found.shape != (2, self._embedder.dimensions + len(names()) + 1, len(KINDS)):
            raise InstallationError(f"knowledge/vectors/{WEIGHTS} was made for another model.", hint="Install partner-advisor again.")
        return found


def read() -> tuple[Floats, str]:
    """The shipped weights and the hash of the model they belong to. Raises InstallationError when they cannot be read."""
    try:
        with np.load(folder() / WEIGHTS, allow_pickle=False) as held:
            return held["weights"].astype(np.float32), str(held["model"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise InstallationError(f"knowledge/vectors/{WEIGHTS} is missing or damaged.", hint="Install partner-advisor again.") from error


def stale(model: MiniLM) -> bool:
    """Whether the shipped weights are missing, or were learned from other messages, signs or vectors than the present ones."""
    try:
        with np.load(folder() / WEIGHTS, allow_pickle=False) as held:
            return str(held["stamp"]) != stamp(model)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return True


def _joined(vectors: Floats, signs: Floats) -> Floats:
    joined: Floats = np.c_[vectors * SPREAD, signs, np.ones(len(vectors), np.float32)]
    return joined


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares
