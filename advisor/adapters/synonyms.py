"""Says a query in the knowledge's own words: the term where a longer name stands and the name where its letters do, English where it is foreign."""

from __future__ import annotations

import re
from functools import cache

from advisor import datafiles
from advisor.adapters.foreign import in_english


@cache
def _terms(single: bool) -> dict[str, str]:
    """The terms by synonym. In English single words are too often meant otherwise; in another language they are the term's name."""
    table = datafiles.read_toml(datafiles.root() / "knowledge" / "glossary.toml")
    named = ((synonym.casefold(), term["term"]) for term in table["term"] for synonym in term.get("synonyms", ()))
    return {synonym: term for synonym, term in named if single or " " in synonym or "-" in synonym}


@cache
def _pattern(single: bool) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _terms(single)), key=len, reverse=True))})\b", re.IGNORECASE)


@cache
def _letters() -> dict[str, str]:
    """The full name behind each abbreviation that the knowledge mostly writes out: the first one of its synonyms."""
    table = datafiles.read_toml(datafiles.root() / "knowledge" / "glossary.toml")
    return {term["term"].casefold(): term["synonyms"][0] for term in table["term"] if term.get("written_out")}


@cache
def _letters_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(sorted(_letters()))})s?\b", re.IGNORECASE)


def expanded(query: str) -> str:
    """The query in English, followed by the terms that it names by a synonym and the names behind its abbreviations."""
    said = in_english(query)
    single = said is not None
    names = [_terms(single)[found.casefold()] for found in _pattern(single).findall(query)]
    names += [name for found in _letters_pattern().findall(query) if (name := _letters()[found.casefold()]).casefold() not in query.casefold()]
    named = dict.fromkeys(names)
    return f"{said or query} ({', '.join(named)})" if named else said or query
