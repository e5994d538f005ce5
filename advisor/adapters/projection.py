"""Makes token vectors small: content tokens only, fewer dimensions, one byte a number."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from advisor import datafiles
from advisor.adapters.terms import word_of
from advisor.errors import InstallationError

if TYPE_CHECKING:
    import numpy.typing as npt

    from advisor.adapters.embedding import Embedder

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.int8]

FILE = "projection.npy"
DIMENSIONS = 96
SCALE = 127.0


def folder() -> Path:
    """Where the shipped vectors lie."""
    return datafiles.root() / "knowledge" / "vectors"


@cache
def shipped() -> Floats:
    """The projection that shipped token vectors were made with. Raises InstallationError when it is missing or damaged."""
    try:
        matrix: Floats = np.load(folder() / FILE, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError) as error:
        raise InstallationError(f"knowledge/vectors/{FILE} is missing or damaged.", hint="Install partner-advisor again.") from error
    return matrix


def fit(tokens: Floats, dimensions: int = DIMENSIONS) -> Floats:
    """The directions in which token vectors differ most (uncentred, so that dot products survive), one a column."""
    _, axes = np.linalg.eigh(tokens.T.astype(np.float64) @ tokens.astype(np.float64))
    best = axes[:, ::-1][:, :dimensions]
    signs = np.sign(best[np.abs(best).argmax(axis=0), np.arange(best.shape[1])])
    directions: Floats = (best * signs).astype(np.float32)
    return directions


def reduce(tokens: Floats, matrix: Floats) -> Floats:
    """Token vectors in fewer dimensions, of unit length again."""
    small = tokens @ matrix
    reduced: Floats = small / np.maximum(np.linalg.norm(small, axis=1, keepdims=True), 1e-9)
    return reduced


def quantise(rows: Floats) -> Bytes:
    """Unit vectors as one byte a number; divide by SCALE to get them back."""
    whole: Bytes = np.rint(rows * SCALE).astype(np.int8)
    return whole


def kept(text: str, tokens: Floats, embedder: Embedder) -> Floats:
    """The vectors of the text's content tokens; all of them when it has no content word."""
    mask = [word is not None for word in word_of(text, embedder.spans(text))]
    return tokens[np.array(mask)] if any(mask) else tokens
