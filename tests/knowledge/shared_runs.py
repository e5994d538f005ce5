"""Prints for each file of the knowledge the longest run of words that a source document has too; exit 1 beyond the limit.

    python tests/knowledge/shared_runs.py FOLDER [--limit 8]

FOLDER holds the documents, one text file each. Words count without case and punctuation. Left out are `excerpt`, which quotes at most
twelve words, and names: `title`, and `place` and `places`, paths of headings.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTING = frozenset({"excerpt", "place", "places", "title"})


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def strings(value: Any) -> Iterator[str]:
    """All texts in parsed TOML, without quoting fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _QUOTING:
                yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def texts(path: Path) -> list[str]:
    """The texts of a knowledge file, each to be held against the documents by itself."""
    raw = path.read_text("utf-8")
    if path.suffix == ".jsonl":  # the tables of the other files, a hash before each
        return [text for line in raw.splitlines() for text in strings(json.loads(line.partition(" ")[2]))]
    if path.suffix == ".toml":
        return list(strings(tomllib.loads(raw)))
    _, head, body = raw.split("+++", 2)
    return [*strings(tomllib.loads(head)), *body.splitlines()]


def longest(text: str, runs: dict[int, set[tuple[str, ...]]], documents: list[list[str]]) -> tuple[str, ...]:
    """The longest run of words of a text that stands in a document."""
    found: tuple[str, ...] = ()
    spoken = words(text)
    for start in range(len(spoken)):
        while start + len(found) < len(spoken) and tuple(spoken[start : start + len(found) + 1]) in runs_of(len(found) + 1, runs, documents):
            found = tuple(spoken[start : start + len(found) + 1])
    return found


def runs_of(length: int, runs: dict[int, set[tuple[str, ...]]], documents: list[list[str]]) -> set[tuple[str, ...]]:
    """All runs of this length in the documents, made once."""
    if length not in runs:
        runs[length] = {tuple(document[start : start + length]) for document in documents for start in range(len(document) - length + 1)}
    return runs[length]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=8)
    options = parser.parse_args()
    documents = [words(path.read_text("utf-8")) for path in sorted(options.folder.glob("*.txt"))]
    if not documents:
        sys.exit(f"{options.folder} holds no *.txt.")
    knowledge = Path(__file__).parents[2] / "knowledge"
    runs: dict[int, set[tuple[str, ...]]] = {}
    over = False
    for path in sorted([*(path for kind in ("toml", "md", "jsonl") for path in knowledge.rglob(f"*.{kind}"))]):
        if path.name == "README.md":
            continue
        run = max((longest(text, runs, documents) for text in texts(path)), key=len, default=())
        over = over or len(run) > options.limit
        print(f"{len(run):>3}  {path.relative_to(knowledge)}: {' '.join(run)}")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
