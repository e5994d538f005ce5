"""Softmax regression over the vector of a message and signs of it: learned by `scripts/vectors.py`, shipped as weights, read here.

Two readings are of this make: what kind of question a message asks (`kinds.py`) and which move it turns on (`situations.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from advisor.adapters.projection import folder
from advisor.errors import InstallationError

if TYPE_CHECKING:
    from advisor.adapters.projection import Floats

SPREAD = 4.0  # what vectors of unit length are scaled by, so that they and the signs weigh alike
STEPS = 400
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, BadZipFile)


def fit(vectors: Floats, signs: Floats, classes: Sequence[int], count: int, *, ridge: float) -> Floats:
    """Weights, one column a class, by Adam on the cross entropy; the same input gives the same weights."""
    given = _joined(vectors, signs)
    wanted = np.eye(count, dtype=np.float32)[list(classes)]
    weights: Floats = np.zeros((given.shape[1], count), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = given.T @ (_softmax(given @ weights) - wanted) / len(given) + ridge * weights
        mean, square = (0.9 * mean + 0.1 * slope).astype(np.float32), (0.99 * square + 0.01 * slope * slope).astype(np.float32)
        change = 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = (weights - change).astype(np.float32)
    return weights


def ranked(vector: Floats, signs: Sequence[float], weights: Floats) -> list[tuple[int, float]]:
    """The classes with their probability, most likely first; `vector` is of shape (1, dimensions)."""
    odds = _softmax(_joined(vector, np.array([signs], np.float32)) @ weights)[0]
    return [(int(place), round(float(odds[place]), 6)) for place in np.argsort(-odds, kind="stable")]


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
