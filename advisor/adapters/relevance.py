"""Orders what retrieval found and tells whether it answers: learned from messages with the entries that answer them.

Messages and entries come from `knowledge/learning/relevance.toml`; `scripts/vectors.py` learns three things from them (design note
0008): a matrix that turns a query's vector towards what people mean by such words, how much each sign of nearness counts when
entries are ordered, and how likely the first of them answers at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile

import numpy as np

from advisor import datafiles
from advisor.adapters.projection import folder
from advisor.errors import InstallationError

if TYPE_CHECKING:
    from advisor.adapters.embedding import Embedder
    from advisor.adapters.projection import Floats
    from advisor.adapters.snapshot import Integers

FILE = "knowledge/learning/relevance.toml"
WEIGHTS = "learned/relevance.npz"
STEP = "learned/step.npz"

SIGNS = (
    "cosine of the text", "cosine of the nearest row", "late interaction of the text", "late interaction of the nearest row", "rare words in the text",
    "rare words in the nearest row", "text matched back", "nearest row matched back", "late interaction over all rows", "rare words over all rows",
    "share of words", "turned cosine of the text", "turned cosine of the nearest row",
)  # fmt: skip
"""What is known of an entry beside a query; rows are its own text and the questions it answers."""

ABOUT = ("gap", "meaning", "figure")
"""What is known of a query beside all that was found: see `retrieval.Index`."""

_BY_HAND = {"late interaction over all rows": 5.6, "cosine of the nearest row": 2.2, "share of words": 2.2}
_ABOUT_BY_HAND, _BIAS_BY_HAND = (-3.0, 14.0, -1.2), -2.6
_WORTH, _ALSO = (1.0, 0.7, 0.5), 0.15  # of the entries that answer, in order, and of those that help
_SHARP = 20.0  # what cosines are multiplied by before they become shares
_KEEP = 0.02  # how strongly the matrix is held to the identity
_BATCH, _TURNS, _STEPS = 192, 160, 400


class Message(NamedTuple):
    """What somebody typed, with the entries that answer it, the best first, and those that help; none when nothing answers."""

    say: str
    best: tuple[str, ...]
    also: tuple[str, ...]


class Learned(NamedTuple):
    """The matrix that turns a query, the weights that order entries, those of the odds that the first one answers, and how much it counts that an
    entry is about the step that a query names (`adapters.steps`)."""

    matrix: Floats
    order: Floats
    odds: Floats
    step: float = 0.0


_FITTED = ("matrix", "order", "odds")  # learned from all messages; the step from those that name one, with these as they are


@cache
def messages() -> tuple[Message, ...]:
    table = datafiles.read_toml(datafiles.root() / FILE)
    answered = (Message(each["say"], tuple(each["best"]), tuple(each.get("also", ()))) for each in table["message"])
    return (*answered, *(Message(say, (), ()) for say in table["unanswered"]))


def stamp(model: Embedder) -> str:
    """Names what the weights depend on: the model, the signs, the messages with their entries."""
    parts = (model.model_hash, *SIGNS, *ABOUT, *("\t".join((each.say, *each.best, "", *each.also)) for each in messages()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def of(model: Embedder) -> Learned:
    """What ships for the model, or the plain order for one that nothing was learned with. Raises InstallationError when it cannot be read."""
    try:
        with np.load(folder() / WEIGHTS, allow_pickle=False) as held:
            made_for = str(held["model"])
        found = fitted()._replace(step=_step())
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise InstallationError(f"knowledge/vectors/{WEIGHTS} or {STEP} is missing or damaged.", hint="Install partner-advisor again.") from error
    return found if made_for == model.model_hash and len(found.order) == len(SIGNS) else unlearned(model.dimensions)


def fitted() -> Learned:
    """The shipped weights before any is given to steps."""
    with np.load(folder() / WEIGHTS, allow_pickle=False) as held:
        return Learned(*(held[name].astype(np.float32) for name in _FITTED))


def _step() -> float:
    with np.load(folder() / STEP, allow_pickle=False) as held:
        return float(held["step"])


def unlearned(dimensions: int) -> Learned:
    """What learning starts from: queries as they are, and signs weighed by hand (note 0003)."""
    order = np.zeros(len(SIGNS), np.float32)
    for sign, weight in _BY_HAND.items():
        order[SIGNS.index(sign)] = weight
    return Learned(np.eye(dimensions, dtype=np.float32), order, np.asarray([*order, *_ABOUT_BY_HAND, _BIAS_BY_HAND], np.float32))


def stale(model: Embedder) -> bool:
    """Whether the shipped weights are missing, or were learned from other messages, signs or vectors than the present ones."""
    return _stamped(WEIGHTS) != stamp(model)


def stale_step(model: Embedder) -> bool:
    """The same of the weight of steps, which rests on the other weights."""
    return _stamped(STEP) != _step_stamp(model)


def _stamped(file: str) -> str:
    """What weights say they were learned from; nothing where they are missing or damaged."""
    try:
        with np.load(folder() / file, allow_pickle=False) as held:
            return str(held["stamp"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return ""


def write_step(step: float, model: Embedder) -> None:
    np.savez(folder() / STEP, step=np.array(step, np.float32), stamp=np.array(_step_stamp(model)))


def _step_stamp(model: Embedder) -> str:
    fitted = hashlib.sha256((folder() / WEIGHTS).read_bytes()).hexdigest()
    return hashlib.sha256(f"{stamp(model)} {fitted}".encode()).hexdigest()


def write(learned: Learned, model: Embedder) -> None:
    path = folder() / WEIGHTS
    path.parent.mkdir(exist_ok=True)
    np.savez(path, matrix=learned.matrix.astype(np.float16), order=learned.order, odds=learned.odds, model=np.array(model.model_hash), stamp=np.array(stamp(model)))


def likely(learned: Learned, first: Floats, about: Sequence[float]) -> float:
    """The logarithm of the odds that the first entry answers, from its signs and what is known of the query."""
    return float(np.r_[first, about, 1.0] @ learned.odds)


def turn(queries: Floats, wanted: Floats, rows: Floats, parents: Integers, seed: int = 0) -> Floats:
    """The matrix by which the nearest row of a wanted entry comes before those of others: gradient steps on small batches.

    `wanted` has a line for each query with the worth of each entry, `parents` the entry of each row. The same input gives the same matrix.
    """
    places, absent = _rows_of(parents, wanted.shape[1])
    chance, size = np.random.default_rng(seed), queries.shape[1]
    identity: Floats = np.eye(size, dtype=np.float32)
    matrix, mean, square = identity.copy(), np.zeros_like(identity), np.zeros_like(identity)
    for step in range(1, _TURNS + 1):
        some = chance.choice(len(queries), min(_BATCH, len(queries)), replace=False)
        cosines = np.asarray(queries[some] @ matrix.T @ rows.T, np.float32)
        held = cosines[:, places] + absent
        nearest = held.argmax(axis=2)
        best: Floats = np.take_along_axis(held, nearest[:, :, None], 2)[:, :, 0]
        pull = np.zeros_like(cosines)
        pull[np.arange(len(some))[:, None], places[np.arange(len(places)), nearest]] = _SHARP * (_shares(_SHARP * best) - wanted[some]) / len(some)
        slope: Floats = np.asarray((pull @ rows).T @ queries[some] + _KEEP * (matrix - identity), np.float32)
        mean, square = np.asarray(0.9 * mean + 0.1 * slope, np.float32), np.asarray(0.99 * square + 0.01 * slope * slope, np.float32)
        matrix = np.asarray(matrix - 1e-3 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8), np.float32)
    return matrix


def order(signs: Floats, wanted: Floats) -> Floats:
    """Weights of the signs by which the wanted entries come first: a softmax over all entries of each query."""
    spread = signs.std(axis=(0, 1)) + 1e-6
    given = (signs - signs.mean(axis=(0, 1))) / spread
    weights = _descended(np.zeros(given.shape[2]), lambda now: np.einsum("ne,nek->k", _shares(given @ now) - wanted, given) / len(given) + 1e-4 * now)
    return np.asarray(weights / spread, np.float32)


def step(scores: Floats, stepping: Floats, wanted: Floats) -> float:
    """The weight of the step that is asked for, by which the wanted entries come first: beside scores that stay as they are."""
    weight = _descended(np.zeros(1, np.float32), lambda now: np.array([np.einsum("ne,ne->", _shares(scores + now[0] * stepping) - wanted, stepping) / len(scores)]) + 1e-3 * now)
    return float(weight[0])


def odds(signs: Floats, answered: Floats) -> Floats:
    """Weights of a logistic regression over the signs of the first entry and what is known of the query; both outcomes weigh alike."""
    spread = signs.std(axis=0) + 1e-6
    middle = signs.mean(axis=0)
    given = np.c_[(signs - middle) / spread, np.ones(len(signs))]
    worth = np.where(answered > 0, 0.5 / answered.mean(), 0.5 / (1 - answered.mean()))
    weights = _descended(np.zeros(given.shape[1]), lambda now: given.T @ (worth * (1 / (1 + np.exp(-given @ now)) - answered)) / len(given) + 1e-3 * now)
    plain = weights[:-1] / spread
    return np.asarray(np.r_[plain, weights[-1] - plain @ middle], np.float32)


def worth(each: Message, place: dict[str, int]) -> Floats:
    """How much each entry is worth to a message, in all 1."""
    found = np.zeros(len(place), np.float32)
    for id_ in each.also:
        found[place[id_]] = _ALSO
    for id_, share in zip(each.best, _WORTH, strict=False):
        found[place[id_]] = share
    return np.asarray(found / found.sum(), np.float32)


def _descended(weights: Floats, slope_at: Callable[[Floats], Floats]) -> Floats:
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        slope = slope_at(weights)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope * slope
        weights = weights - 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def _rows_of(parents: Integers, entries: int) -> tuple[Integers, Floats]:
    """The rows of each entry in a table of equal lines, and what makes the filling of a line never the nearest."""
    groups = [np.flatnonzero(parents == entry) for entry in range(entries)]
    longest = max(len(group) for group in groups)
    places, absent = np.zeros((entries, longest), np.int64), np.full((entries, longest), -9.0, np.float32)
    for entry, group in enumerate(groups):
        places[entry, : len(group)], absent[entry, : len(group)] = group, 0.0
    return places, absent


def _shares(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares
