"""Holds the place of every record and passage against the documents; exit 1 if one does not lead to what it stands for.

    python tests/knowledge/places.py FOLDER

FOLDER holds the documents, one text file each, whose name begins with the document's number. Each step of a place must stand in its
document. A record's excerpt must stand below the first step, and the other steps between the two, or in the excerpt itself.
A passage that rests on several places joins them by `;`. Case and punctuation do not count.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from advisor import library

_WORD = re.compile(r"[^\W_]+|[€$<>%]")


def words(text: str) -> str:
    """The words of a text between single spaces, so that whole words can be looked up."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def steps(place: str) -> list[str]:
    return [step.strip() for step in re.split(r"[›;]", place)[1:]]


def leads_to(place: str, excerpt: str, document: str) -> bool:
    """Whether some occurrence of the excerpt stands below all steps of the place, nearest heading first."""
    heading, *rest = [words(step) for step in steps(place)]
    for found in re.finditer(f"(?={re.escape(words(excerpt))})", document):
        end = found.start() + len(words(excerpt))
        start = document.rfind(heading, 0, end)
        if start >= 0 and all(step in document[start:end] for step in rest):
            return True
    return False


def faults(documents: Mapping[str, str]) -> Iterator[str]:
    shelf = library.load()
    for record in shelf.benchmarks.values():
        if not leads_to(record.place, record.excerpt or "", documents[record.source_doc]):
            yield f"{record.id}: {record.place}"
    for passage in shelf.passages.values():
        yield from (f"{passage.id}: {step}" for step in steps(passage.place) if words(step) not in documents[passage.source_doc])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    found = list(faults({path.name[:3]: words(path.read_text("utf-8")) for path in folder.glob("*.txt")}))
    print("\n".join(found) or "Every place leads to what it stands for.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
