"""Softmax regression over the vector of a message and signs of it: learned by `scripts/vectors.py`, shipped as weights, read here.

Three readings are of this make: what kind of question a message asks (`kinds.py`), which move it turns on (`situations.py`) and which everyday matter it
is about (`matters.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from advisor.adapters.projection import folder
from advisor.errors import InstallationError

if TYPE_CHECKING:
    from advisor.adapters.projection import Floats

SPREAD = 4.0  # what vectors of unit length are scaled by, so that they and the signs weigh alike
ROUNDS, BATCH, FEWEST = 24, 1024, 400  # how often each message is learned from, how many at once, and the fewest steps
_LEVELS = 127
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, BadZipFile)


def fit(vectors: Floats, signs: Floats, classes: Sequence[int], count: int, *, ridge: float) -> Floats:
    """Weights, one column a class, by Adam on the cross entropy over portions of the messages; the same input gives the same weights."""
    given = _joined(vectors, signs)
    wanted = np.array(classes)
    weights: Floats = np.zeros((given.shape[1], count), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step, portion, pace in _portions(len(given)):
        held = given[portion]
        off = _softmax(held @ weights)
        off[np.arange(len(portion)), wanted[portion]] -= 1
        slope = held.T @ off / len(portion) + ridge * weights
        mean, square = (0.9 * mean + 0.1 * slope).astype(np.float32), (0.99 * square + 0.01 * slope * slope).astype(np.float32)
        change = pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = (weights - change).astype(np.float32)
    return weights


def _portions(many: int) -> Iterator[tuple[int, np.ndarray[tuple[int], np.dtype[np.int64]], float]]:
    """Each step with the messages it learns from, shuffled anew each round, and its pace, which slows down to nothing: portions alone would not settle."""
    shuffle, each = np.random.default_rng(0), -(-many // BATCH)
    steps = max(FEWEST, ROUNDS * each)
    for step in range(steps):
        if step % each == 0:
            order = shuffle.permutation(many)
        yield step + 1, order[step % each :: each], 0.05 * (1 - step / steps)


def ranked(vector: Floats, signs: Sequence[float], weights: Floats) -> list[tuple[int, float]]:
    """The classes with their probability, most likely first; `vector` is of shape (1, dimensions)."""
    odds = _softmax(_joined(vector, np.array([signs], np.float32)) @ weights)[0]
    places = np.argsort(-odds, kind="stable")
    return [(place, round(chance, 6)) for place, chance in zip(places.tolist(), odds[places].tolist(), strict=True)]


def write(name: str, model_hash: str, stamp: str, **arrays: Any) -> None:
    path = folder() / name
    path.parent.mkdir(exist_ok=True)
    np.savez(path, model=np.array(model_hash), stamp=np.array(stamp), **arrays)


def read(name: str, model_hash: str) -> dict[str, Any]:
    """The shipped arrays by name. Raises InstallationError when they cannot be read or belong to another model."""
    try:
        with np.load(folder() / name, allow_pickle=False) as held:
            arrays = {key: held[key] for key in held.files}
        if str(arrays["model"]) == model_hash:
            return arrays
    except _UNREADABLE as error:
        raise InstallationError(f"knowledge/vectors/{name} is missing or damaged.", hint="Install partner-advisor again.") from error
    raise unfit(name)


def packed(weights: Floats) -> dict[str, Any]:
    """Weights as they are shipped: a whole number up to 127 each, and a step for each class, half of which a weight is off at most. They take half the room of half floats."""
    steps = np.maximum(np.abs(weights).max(axis=0), np.finfo(np.float32).tiny) / _LEVELS
    return {"weights": np.rint(weights / steps).astype(np.int8), "steps": steps.astype(np.float32)}


def unpacked(weights: np.ndarray[Any, np.dtype[np.int8]], steps: Floats) -> Floats:
    """The weights that `packed` shipped."""
    found: Floats = weights.astype(np.float32) * steps
    return found


def unfit(name: str) -> InstallationError:
    return InstallationError(f"knowledge/vectors/{name} was made for another model.", hint="Install partner-advisor again.")


def stale(name: str, stamp: str) -> bool:
    """Whether the shipped weights are missing, or were learned from something else than the stamp names."""
    try:
        with np.load(folder() / name, allow_pickle=False) as held:
            return str(held["stamp"]) != stamp
    except _UNREADABLE:
        return True


def _joined(vectors: Floats, signs: Floats) -> Floats:
    joined: Floats = np.c_[vectors * SPREAD, signs, np.ones(len(vectors), np.float32)]
    return joined


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares
