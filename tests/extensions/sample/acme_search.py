"""A retriever of another package: words, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from advisor.domain import Entry
from advisor.testing import MemoryRetriever


def open_retriever(entries: Sequence[Entry], home: Path) -> MemoryRetriever:
    """What `advisor.retrievers` leads to: called with the entries of the knowledge and the data folder."""
    return MemoryRetriever(entries)
