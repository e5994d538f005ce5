"""Reads which everyday matter a message is about: terms, people, work under way. One softmax regression tells it from the other matters, from the moves
that a message may turn on, and from what is about neither.

The lines stand in `knowledge/learning/matters.toml`; messages of kinds that matters never answer are about none. Learning matters and moves against each
other tells neighbours apart: "when do I hire the first one" and "whom do I look for" share every noun. `scripts/vectors.py` learns them; design note 0005 has how well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from advisor import datafiles
from advisor.adapters import kinds, situations, softmax
from advisor.adapters.around import sent
from advisor.adapters.embedder import MiniLM
from advisor.adapters.foreign import as_read
from advisor.adapters.recent import Recent
from advisor.adapters.situations import Vocabulary
from advisor.domain import AskKind, Move
from advisor.errors import DataError

if TYPE_CHECKING:
    from advisor.adapters.projection import Floats

FILE = "knowledge/learning/matters.toml"
WEIGHTS = "learned/matters.npz"
RIDGE = 2e-4
NONE = "none"
_TURNING = "move:"  # begins the name of what is no matter, and turns on a move
_ELSEWHERE = frozenset({AskKind.SUM, AskKind.EXPLAIN_TERM, AskKind.CHIT_CHAT, AskKind.OUT_OF_SCOPE, AskKind.DRAFT_PLAN, AskKind.MATURITY})
_SEVERAL = 18  # messages in which a word must stand to count


@cache
def lines() -> tuple[tuple[str, str], ...]:
    """Every message with its matter. Raises DataError for lines that are no texts."""
    table = datafiles.read_toml(datafiles.root() / FILE).get("matters")
    if not isinstance(table, dict):
        raise DataError(FILE, field="matters", found="nothing", allowed="the table [matters]")
    for name, said in table.items():
        if not isinstance(said, list) or not all(isinstance(line, str) and line.strip() for line in said):
            raise DataError(FILE, name, found=repr(said)[:80], allowed="a list of texts")
    return tuple((name, line) for name, said in table.items() for line in said)


@cache
def others() -> tuple[tuple[str, str], ...]:
    """The messages that are about no matter, each with its name: `none`, or of the move that it turns on."""
    turning = ((f"{_TURNING}{move}" if move else NONE, line) for move, line in situations.lines())
    return (*turning, *((NONE, line) for kind, line in kinds.lines() if kind in _ELSEWHERE))


def stamp(model: MiniLM) -> str:
    """Names what weights depend on: the model and all messages as they are read."""
    said = (text for name, line in lines() for text in (f"{name} {as_read(line) or line}", sent(line)))
    return hashlib.sha256("\n".join((model.model_hash, *said, *(f"{name} {as_read(line) or line}" for name, line in others()))).encode()).hexdigest()


class Learned(NamedTuple):
    """What is told apart, by name, its weights, and the words that count."""

    names: tuple[str, ...]
    weights: Floats
    vocabulary: Vocabulary


def fit(model: MiniLM, learned: Sequence[tuple[str, str]], beside: Sequence[tuple[str, str]]) -> Learned:
    """Weights learned from messages with their matters and from such beside them that are about none."""
    given = [*learned, *((name, sent(line)) for name, line in learned), *beside]
    texts, names = [as_read(line) or line for _, line in given], tuple(dict.fromkeys(name for name, _ in given))
    vocabulary = Vocabulary.of(texts[: len(learned)] + texts[2 * len(learned) :], several=_SEVERAL)
    signs = np.array([vocabulary.weighed(text) for text in texts], np.float32)
    return Learned(names, softmax.fit(model.embed(texts), signs, [names.index(name) for name, _ in given], len(names), ridge=RIDGE), vocabulary)


def learn(model: MiniLM) -> None:
    """Fits the weights to all messages and writes them."""
    made = fit(model, lines(), others())
    softmax.write(WEIGHTS, model.model_hash, stamp(model), names=np.array(made.names), **softmax.packed(made.weights), **made.vocabulary.packed())


class Matters:
    """Implements `ports.MatterReader`. Raises InstallationError when the shipped weights are missing or belong to another model."""

    def __init__(self, embedder: MiniLM) -> None:
        self._embedder = embedder
        self._recent: Recent[str, tuple[tuple[str, float], ...]] = Recent()

    def ranked(self, text: str) -> tuple[tuple[str, float], ...]:
        """All matters with how likely it is that the message is about each and turns on no move instead, most likely first; `none` is how likely it is about nothing of all that."""
        return tuple((name, chance) for name, chance in self._read(text) if not name.startswith(_TURNING))

    def turns(self, text: str, move: Move) -> float:
        return dict(self._read(text)).get(f"{_TURNING}{move}", 0.0)

    def _read(self, text: str) -> tuple[tuple[str, float], ...]:
        """Matters and moves, these with `move:` before their name, and `none`."""
        return self._recent.get(text, lambda: self._told_apart(text))

    def _told_apart(self, text: str) -> tuple[tuple[str, float], ...]:
        said, held = as_read(text) or text, self.learned
        vector, signs = self._embedder.embed([said]), held.vocabulary.weighed(said)
        return tuple((held.names[place], chance) for place, chance in softmax.ranked(vector, signs, held.weights))

    @cached_property
    def learned(self) -> Learned:
        held = softmax.read(WEIGHTS, self._embedder.model_hash)
        vocabulary = Vocabulary.unpacked(held["words"], held["rarity"])
        made = Learned(tuple(held["names"].tolist()), softmax.unpacked(held["weights"], held["steps"]), vocabulary)
        rows = self._embedder.dimensions + len(vocabulary.words) + 1
        if made.weights.shape != (rows, len(made.names)):
            raise softmax.unfit(WEIGHTS)
        return made


def stale(model: MiniLM) -> bool:
    """Whether the shipped weights were learned from other messages or vectors than the present ones."""
    return softmax.stale(WEIGHTS, stamp(model))
