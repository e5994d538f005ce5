"""Finds the move that a message turns on, also when it names none: a softmax regression over its vector, its words and the moves that patterns hear.

The lines stand in `knowledge/answers/situations.toml`: messages by the move that decides their answer, and such that no move decides.
`scripts/vectors.py` learns from them; how well they are read when not learned from stands in design note 0005.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from advisor import datafiles
from advisor.adapters import softmax
from advisor.adapters.around import sent
from advisor.adapters.embedder import MiniLM
from advisor.adapters.foreign import as_read
from advisor.adapters.recent import Recent
from advisor.adapters.terms import words
from advisor.domain import REFUSALS, Move
from advisor.errors import DataError
from advisor.intake.moves import mentions

if TYPE_CHECKING:
    from advisor.adapters.projection import Floats

FILE = "knowledge/answers/situations.toml"
WEIGHTS = "learned/situations.npz"
NONE = "none"
RIDGE = 1.5e-4
SEVERAL = 5  # messages in which a word must stand to count
LOUDNESS = 5.0  # what the weight of a word is divided by, so that words and vector weigh alike
_ENDING, _SHORT = re.compile(r"(?:ings|ing|ies|ed|es|s|ly)$"), 4
CLASSES: tuple[Move | None, ...] = (*(move for move in Move if move not in REFUSALS), None)


@cache
def lines() -> tuple[tuple[Move | None, str], ...]:
    """Every message with the move it turns on, if any. Raises DataError for a name that is no move, and for lines that are no texts."""
    table = datafiles.read_toml(datafiles.root() / FILE).get("situations")
    if not isinstance(table, dict):
        raise DataError(FILE, field="situations", found="nothing", allowed="the table [situations]")
    for name, situations in table.items():
        if name != NONE and name not in {*Move} - REFUSALS:
            raise DataError(FILE, name, found="no move", allowed=f"a move of the glossary, or {NONE}")
        if not isinstance(situations, list) or not all(isinstance(line, str) and line.strip() for line in situations):
            raise DataError(FILE, name, found=repr(situations)[:80], allowed="a list of texts")
    return tuple((None if name == NONE else Move(name), line) for name, situations in table.items() for line in situations)


def stamp(model: MiniLM) -> str:
    """Names what weights depend on: the model and the messages as they are read."""
    said = (text for move, line in lines() for text in (f"{move} {as_read(line) or line}", sent(line)))
    return hashlib.sha256("\n".join((model.model_hash, *said)).encode()).hexdigest()


class Vocabulary:
    """The words that stand in several of the messages learned from, each weighed by how few."""

    def __init__(self, words: Sequence[str], weights: Sequence[float]) -> None:
        self.words, self.weights = tuple(words), tuple(map(float, weights))
        self._places = {word: place for place, word in enumerate(words)}

    @classmethod
    def of(cls, texts: Sequence[str], several: int = SEVERAL) -> Vocabulary:
        held = Counter(word for text in texts for word in _stems(text))
        known = sorted(word for word, count in held.items() if count >= several)
        return cls(known, [math.log(len(texts) / held[word]) / LOUDNESS for word in known])

    def packed(self) -> dict[str, Any]:
        """The words and their weights as they are shipped beside those of a regression."""
        return {"words": np.array("\n".join(self.words).encode()), "rarity": np.array(self.weights, np.float32)}

    @classmethod
    def unpacked(cls, words: Any, rarity: Any) -> Vocabulary:
        """The vocabulary that `packed` shipped."""
        return cls(bytes(words.item()).decode().splitlines(), rarity.tolist())

    def signs(self, text: str, named: Collection[Move]) -> list[float]:
        """For each move 1 where patterns hear it named, then the weight of each word that the text holds."""
        return [*(float(move in named) for move in CLASSES), *self.weighed(text)]

    def weighed(self, text: str) -> list[float]:
        """The weight of each word that the text holds, 0 for the others."""
        weighed = [0.0] * len(self.words)
        for word in _stems(text) & self._places.keys():
            weighed[self._places[word]] = self.weights[self._places[word]]
        return weighed


def fit(model: MiniLM, learned: Sequence[tuple[Move | None, str]]) -> tuple[Floats, Vocabulary]:
    """Weights learned from messages with their moves, and the words that count."""
    given = [*learned, *((move, sent(line)) for move, line in learned)]
    said = [(as_read(line) or line, line) for _, line in given]
    vocabulary = Vocabulary.of([text for text, _ in said[: len(learned)]])
    heard = np.array([vocabulary.signs(text, {item.move for item in mentions(line)}) for text, line in said], np.float32)
    classes = [CLASSES.index(move) for move, _ in given]
    return softmax.fit(model.embed([text for text, _ in said]), heard, classes, len(CLASSES), ridge=RIDGE), vocabulary


def learn(model: MiniLM) -> None:
    """Fits the weights to all messages and writes them."""
    weights, vocabulary = fit(model, lines())
    softmax.write(WEIGHTS, model.model_hash, stamp(model), **softmax.packed(weights), **vocabulary.packed())


class Situations:
    """Implements `ports.MoveFinder`. Raises InstallationError when the shipped weights are missing or belong to another model."""

    def __init__(self, embedder: MiniLM) -> None:
        self._embedder = embedder
        self._recent: Recent[str, tuple[tuple[Move | None, float], ...]] = Recent()

    def moves(self, text: str) -> tuple[tuple[Move | None, float], ...]:
        """Moves with the probability that the message turns on them, most likely first; None says that it turns on none."""
        return self._recent.get(text, lambda: self._moves(text))

    def _moves(self, text: str) -> tuple[tuple[Move | None, float], ...]:
        weights, vocabulary = self.learned
        said = as_read(text) or text
        found = softmax.ranked(self._embedder.embed([said]), vocabulary.signs(said, {item.move for item in mentions(text)}), weights)
        return tuple((CLASSES[place], chance) for place, chance in found)

    @cached_property
    def learned(self) -> tuple[Floats, Vocabulary]:
        held = softmax.read(WEIGHTS, self._embedder.model_hash)
        weights, vocabulary = softmax.unpacked(held["weights"], held["steps"]), Vocabulary.unpacked(held["words"], held["rarity"])
        if weights.shape != (self._embedder.dimensions + len(CLASSES) + len(vocabulary.words) + 1, len(CLASSES)):
            raise softmax.unfit(WEIGHTS)
        return weights, vocabulary


def stale(model: MiniLM) -> bool:
    """Whether the shipped weights were learned from other messages or vectors than the present ones."""
    return softmax.stale(WEIGHTS, stamp(model))


def _stems(text: str) -> frozenset[str]:
    return frozenset(_ENDING.sub("", word) if len(word) > _SHORT else word for word in words(text) if not word.isdigit())
