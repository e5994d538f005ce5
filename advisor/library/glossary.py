"""The terms of the field: what each means, and which of them a text names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from advisor.datafiles import files, name_of, read_toml
from advisor.domain import Term
from advisor.errors import DataError
from advisor.library.checked import Problems, build

SIZES = frozenset({"ARR", "MRR", "ACV", "TCV"})  # terms that people use to tell a size; named beside others, they are not what is asked about


def read_terms(base: Path | None, found: Problems) -> dict[str, Term]:
    """The glossary's terms by name; what is wrong with one goes to the problems."""
    terms: dict[str, Term] = {}
    for path in files("knowledge", "glossary.toml", base=base):
        for table in read_toml(path)["term"]:
            if term := build(Term, table, name_of(path), str(table.get("term")), found):
                if term.term in terms:
                    found.append(DataError(name_of(path), term.term, "term", found="a term that stands twice", allowed="each term once"))
                terms[term.term] = term
    return terms


@cache
def terms() -> Mapping[str, Term]:
    """The terms by name, read once. Raises DataError when one is malformed."""
    found: Problems = []
    read = read_terms(None, found)
    if found:
        raise found[0]
    return read


@cache
def _names() -> tuple[re.Pattern[str], Mapping[str, Term]]:
    by_name = {name.casefold(): term for term in reversed([*terms().values()]) for name in (*term.synonyms, term.term)}
    longest = sorted(map(re.escape, by_name), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(longest)})(?:e?s)?(?![\w])", re.IGNORECASE), by_name


def named(text: str) -> tuple[Term, ...]:
    """The terms that a text names, in the order in which they first stand there."""
    return tuple(dict.fromkeys(term for _, term in names_in(text)))


def names_in(text: str) -> tuple[tuple[str, Term], ...]:
    """The names of terms that stand in a text, in small letters as they stand there, each with its term."""
    pattern, by_name = _names()
    found = (match.group().casefold() for match in pattern.finditer(text))
    return tuple((name, term) for name in found if (term := by_name.get(name) or by_name.get(re.sub(r"e?s$", "", name))))
