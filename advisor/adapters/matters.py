"""Reads which everyday matter a message is about: terms, people, work under way. One softmax regression says whether it is about any, another one about which.

The lines stand in `knowledge/learning/matters.toml`; the messages of kinds and of moves are those that are about none. Two regressions because the
second one then learns from few messages of many matters, and of such near them that are about none, without the thousands of others. Both learn from
every message bare and once more as people send it, with their size before it and what they want after it: else its length alone would tell it
from a matter. `scripts/vectors.py` learns both; design note 0005 has how well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from advisor import datafiles
from advisor.adapters import kinds, situations, softmax
from advisor.adapters.embedder import MiniLM
from advisor.adapters.foreign import as_read
from advisor.adapters.recent import Recent
from advisor.adapters.situations import Vocabulary
from advisor.errors import DataError
from advisor.intake import language_of

if TYPE_CHECKING:
    from advisor.adapters.projection import Floats

FILE = "knowledge/learning/matters.toml"
WEIGHTS = "learned/matters.npz"
RIDGE, RIDGE_ANY = 2e-4, 1e-3
NONE = "none"
DOUBT = 0.3  # the power in which "about none" counts: many messages of kinds and moves are about a matter too, so that this regression doubts too much
_OPEN = 1.5  # how much of the doubt is left: half of it where one matter is certain, all of it where two are as likely
_SHAPES = 3  # a message gets words before it, after it, or both


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
def around() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By language what people write `before` and `after` the matter itself. Raises DataError where a list is missing or empty."""
    table: dict[str, dict[str, list[str]]] = datafiles.read_toml(datafiles.root() / FILE).get("around", {})
    for language in ("en", "de"):
        for place in ("before", "after"):
            if not table.get(language, {}).get(place):
                raise DataError(FILE, f"around.{language}.{place}", found="nothing", allowed="a list of texts")
    return table


def sent(line: str) -> str:
    """A message as somebody might send it: with words of its language before it, after it, or both; always the same ones."""
    words = around()["de" if language_of(line) == "de" else "en"]
    lot = int.from_bytes(hashlib.sha256(line.encode()).digest()[:6], "big")
    shape, before, after = lot % _SHAPES, words["before"][lot // _SHAPES % len(words["before"])], words["after"][lot // 1000 % len(words["after"])]
    ended = line if line[-1] in ".?!" else f"{line}."
    return f"{before} {line}" if shape == 0 else f"{ended} {after}" if shape == 1 else f"{before} {ended} {after}"


def others() -> tuple[str, ...]:
    """The messages that are about none: those from which kinds and moves are learned."""
    return tuple(line for _, line in (*situations.lines(), *kinds.lines()))


def stamp(model: MiniLM) -> str:
    """Names what weights depend on: the model and all messages as they are read."""
    said = (text for name, line in lines() for text in (f"{name} {as_read(line) or line}", sent(line)))
    return hashlib.sha256("\n".join((model.model_hash, *said, *(as_read(line) or line for line in others()))).encode()).hexdigest()


class Learned(NamedTuple):
    """The matters, the weights that tell them apart, those that tell any of them from none, and the words that count."""

    names: tuple[str, ...]
    which: Floats
    any: Floats
    vocabulary: Vocabulary


def fit(model: MiniLM, learned: Sequence[tuple[str, str]], none: Sequence[str]) -> Learned:
    """Weights learned from messages with their matters and from such that are about none."""
    bare = [line for _, line in learned]
    said, beside = ([as_read(line) or line for line in part] for part in ([*bare, *map(sent, bare)], none))
    names, vocabulary = tuple(dict.fromkeys(name for name, _ in learned)), Vocabulary.of(said[: len(bare)])
    vectors, signs = model.embed([*said, *beside]), np.array([vocabulary.weighed(text) for text in (*said, *beside)], np.float32)
    matter = [names.index(name) for name, _ in learned] * 2
    which = softmax.fit(vectors[: len(said)], signs[: len(said)], matter, len(names), ridge=RIDGE)
    told = softmax.fit(vectors, signs, [*(int(names[place] == NONE) for place in matter), *[1] * len(beside)], 2, ridge=RIDGE_ANY)
    return Learned(names, which, told, vocabulary)


def learn(model: MiniLM) -> None:
    """Fits the weights to all messages and writes them."""
    made = fit(model, lines(), others())
    softmax.write(
        WEIGHTS, model.model_hash, stamp(model), names=np.array(made.names), which=made.which.astype(np.float16), any=made.any.astype(np.float16),
        words=np.array(made.vocabulary.words), rarity=np.array(made.vocabulary.weights, np.float32),
    )  # fmt: skip


class Matters:
    """Implements `ports.MatterReader`. Raises InstallationError when the shipped weights are missing or belong to another model."""

    def __init__(self, embedder: MiniLM) -> None:
        self._embedder = embedder
        self._recent: Recent[str, tuple[str, float]] = Recent()

    def matter(self, text: str) -> tuple[str, float]:
        """The likeliest matter, or `none`, with how likely it is that the message is about it."""
        return self._recent.get(text, lambda: self._matter(text))

    def _matter(self, text: str) -> tuple[str, float]:
        said, held = as_read(text) or text, self.learned
        vector, signs = self._embedder.embed([said]), held.vocabulary.weighed(said)
        place, chance = softmax.ranked(vector, signs, held.which)[0]
        doubt = DOUBT * (_OPEN - chance)  # whoever is sure which one it is has weighed "none" already
        return held.names[place], round(chance * dict(softmax.ranked(vector, signs, held.any))[0] ** doubt, 6)

    @cached_property
    def learned(self) -> Learned:
        held = softmax.read(WEIGHTS, self._embedder.model_hash)
        vocabulary = Vocabulary(held["words"].tolist(), held["rarity"].tolist())
        made = Learned(tuple(held["names"].tolist()), held["which"].astype(np.float32), held["any"].astype(np.float32), vocabulary)
        rows = self._embedder.dimensions + len(vocabulary.words) + 1
        if made.which.shape != (rows, len(made.names)) or made.any.shape != (rows, 2):
            raise softmax.unfit(WEIGHTS)
        return made


def stale(model: MiniLM) -> bool:
    """Whether the shipped weights were learned from other messages or vectors than the present ones."""
    return softmax.stale(WEIGHTS, stamp(model))
