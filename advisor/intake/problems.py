"""Everything wrong in knowledge/intake/, at once: files that do not parse, entries that are no phrases, phrases that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from advisor.datafiles import files, name_of, read_toml, root, walk
from advisor.errors import DataError
from advisor.intake.patterns import compile_phrase

FOLDER, GLOSSARY = "knowledge/intake", "knowledge/glossary.toml"
FILES = (
    "age", "asks", "clauses", "decisions", "direct", "language", "maturity", "metrics", "money", "motion", "moves", "numbers", "owner", "partners",
    "place", "problems", "scope", "setting", "speakers", "stance", "sums", "tolerances",
)
"""The files that the reading draws on by name."""


def problems(base: Path | None = None) -> list[DataError]:
    """Faults of all intake files; each names file, table and key."""
    paths = files(FOLDER, ".toml", base=base)
    missing = sorted({*FILES} - {path.stem for path in paths if path.parent.name == "intake"})
    found = [DataError(f"{FOLDER}/{name}.toml", found="no such file", allowed="each of " + ", ".join(FILES)) for name in missing]
    if wrong := [*_glossary(base or root())]:  # phrases are made of its terms
        return [*found, *wrong]
    for path in paths:
        try:
            leaves = list(walk(read_toml(path)))
        except DataError as error:
            found.append(error)
            continue
        for dotted, value in leaves:
            entry, _, field = dotted.rpartition(".")
            found += (DataError(name_of(path), entry, field, found=fault, allowed=allowed) for fault, allowed in _faults(value))
    return found


def _glossary(base: Path) -> Iterator[DataError]:
    path = base / GLOSSARY
    try:
        terms = read_toml(path).get("term")
    except DataError as error:
        yield error
        return
    if not isinstance(terms, list):
        yield DataError(GLOSSARY, field="term", found=repr(terms)[:80], allowed="[[term]] tables")
        return
    for number, term in enumerate(terms, 1):
        name = term.get("term") if isinstance(term, dict) else None
        words = term.get("synonyms", []) if isinstance(term, dict) else None
        if not isinstance(name, str) or not name.strip():
            yield DataError(GLOSSARY, f"term {number}", "term", found=repr(name), allowed="the word itself")
        elif not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            yield DataError(GLOSSARY, name, "synonyms", found=repr(words)[:80], allowed="a list of words")


def _faults(value: Any) -> Iterator[tuple[str, str]]:
    for phrase in value if isinstance(value, list) else ():
        if not isinstance(phrase, str) or not phrase.strip():
            yield repr(phrase)[:80], "a list of phrases"
            continue
        try:
            _ = compile_phrase(phrase).steps
        except ValueError as error:
            yield str(error), "balanced brackets and the slots described in docs/design/0001-data-formats-and-seams.md"
