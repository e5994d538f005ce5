"""The door to retrieval: cheap to import, so that the model can load while Chroma is imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.adapters.embedder import MiniLM
from advisor.domain import Entry
from advisor.ports import Progress

if TYPE_CHECKING:
    from advisor.adapters.embedding import Embedder
    from advisor.adapters.relevance import Learned
    from advisor.adapters.retrieval import Index
    from advisor.adapters.tuning import Tuning


def open_index(
    home: Path,
    entries: Sequence[Entry],
    *,
    embedder: Embedder | None = None,
    tuning: Tuning | None = None,
    learned: Learned | None = None,
    progress: Progress | None = None,
) -> Index:
    """The index of exactly these entries below `home`, built or completed where it is not.

    Raises HomeError when the folder cannot be used, InstallationError when a shipped file is missing or damaged.
    """
    model = embedder or MiniLM()
    if isinstance(model, MiniLM):
        model.load_ahead()
    from advisor.adapters import projection, relevance
    from advisor.adapters.builder import SCHEMA, Builder
    from advisor.adapters.retrieval import Index
    from advisor.adapters.tuning import tuned

    folder = home / "index" / f"{model.name}-{SCHEMA}"
    return Index(Builder(folder, model, projection.shipped(), progress), entries, tuning or tuned(), learned or relevance.of(model))
