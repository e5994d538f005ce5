"""Adds the glossary's own term to a query that uses a longer name for it: "annual recurring revenue" is also asked as "ARR"."""

from __future__ import annotations

import re
from functools import cache

from advisor import datafiles


@cache
def _terms() -> dict[str, str]:
    """The terms by synonym, for synonyms of more than one word: single words are too often meant otherwise."""
    table = datafiles.read_toml(datafiles.root() / "knowledge" / "glossary.toml")
    named = ((synonym.casefold(), term["term"]) for term in table["term"] for synonym in term.get("synonyms", ()))
    return {synonym: term for synonym, term in named if " " in synonym or "-" in synonym}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _terms()), key=len, reverse=True))})\b", re.IGNORECASE)


def expanded(query: str) -> str:
    """The query, followed by the terms that it names by a synonym."""
    named = dict.fromkeys(_terms()[found.casefold()] for found in _pattern().findall(query))
    return f"{query} ({', '.join(named)})" if named else query
