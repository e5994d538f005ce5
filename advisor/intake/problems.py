"""Everything wrong in knowledge/intake/, at once: files that do not parse, entries that are no phrases, phrases that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from advisor.datafiles import files, name_of, read_toml, walk
from advisor.errors import DataError
from advisor.intake.patterns import compile_phrase

FOLDER = "knowledge/intake"
FILES = (
    "age", "asks", "clauses", "decisions", "direct", "language", "maturity", "metrics", "money", "motion", "moves", "numbers", "owner", "partners",
    "place", "problems", "scope", "setting", "stance", "tolerances",
)
"""The files that the reading draws on by name."""


def problems(base: Path | None = None) -> list[DataError]:
    """Faults of all intake files; each names file, table and key."""
    paths = files(FOLDER, ".toml", base=base)
    missing = sorted({*FILES} - {path.stem for path in paths})
    found = [DataError(f"{FOLDER}/{name}.toml", found="no such file", allowed="each of " + ", ".join(FILES)) for name in missing]
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


def _faults(value: Any) -> Iterator[tuple[str, str]]:
    for phrase in value if isinstance(value, list) else ():
        if not isinstance(phrase, str) or not phrase.strip():
            yield repr(phrase)[:80], "a list of phrases"
            continue
        try:
            _ = compile_phrase(phrase).pattern
        except (ValueError, re.error) as error:
            yield str(error), "balanced brackets and the slots described in docs/design/0001-data-formats-and-seams.md"
