"""What the index needs of an embedding model; `MiniLM` is the one that ships."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Sentence and token vectors of unit length. Vectors of different `model_hash` are never compared."""

    name: str
    dimensions: int

    @property
    def model_hash(self) -> str: ...

    def both(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """One vector a text, and for each text one vector a token."""
        ...

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The characters that each token vector of the text stands for."""
        ...
