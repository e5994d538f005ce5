"""The words by which `carried` judges a sentence, from `knowledge/lexicon/faithful.toml`."""

from __future__ import annotations

from functools import cache
from typing import Any

from advisor.datafiles import read_toml, root
from advisor.figures.terms import terms


@cache
def _table() -> dict[str, Any]:
    return read_toml(root() / "knowledge" / "lexicon" / "faithful.toml")


@cache
def free_words() -> frozenset[str]:
    """Content words, stemmed, that say nothing of their own: any may stand for another."""
    return frozenset(terms(_table()["free"]))


@cache
def order_words() -> tuple[frozenset[str], ...]:
    """Groups of words of which none may take another's place."""
    return tuple(frozenset(group.split()) for group in _table()["order"])


@cache
def strong_words() -> frozenset[str]:
    """Words that claim more than a careful sentence does."""
    return frozenset(_table()["strong"].split())
