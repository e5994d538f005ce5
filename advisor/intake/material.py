"""Pasted material, which is nothing of the client's: tables, and what a vendor prints of itself and its customers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.domain.regex import Regex
from advisor.intake.patterns import lexicon

_LEAST_CELLS = 2  # marks between cells, so three columns
_CELL = {mark: re.compile(rf"{mark}(?! )") for mark in (",", ";", "\t")}
_LEAST = 2  # marks of advertising before a run of lines counts as such
_LINE = Regex(r"[^\n]+")
_SENTENCE = Regex(r"[^\n.!?]+(?:[.!?]+(?!\s|$)[^\n.!?]*)*[.!?]*")
# Who speaks of himself is the client; a brochure's `our customer` is the vendor's.
_OWN = Regex(r"\b(?:we|we're|we've|i|i'm|my|us|wir|uns|ich|mir|nous|notre|nos|je)\b|\b(?:our|unser\w*) (?!(?:customers?|clients?|users?|platform|software|product|solution|kunden?|plattform)\b)")


def adverts(text: str) -> Iterator[tuple[int, int]]:
    """The runs of lines, or of sentences where all stands in a line or two, that hold several marks of advertising and nothing of the client."""
    marks = [hit.start for hit in lexicon("material").find(text)]
    if len(marks) < _LEAST:
        return
    run: list[tuple[int, int]] = []
    for match in [*(_LINE if text.strip().count("\n") >= _LEAST else _SENTENCE).finditer(text), None]:
        if match is not None and not _OWN.search(match[0]) and "?" not in match[0]:
            run.append(match.span())
            continue
        if run and len({mark for mark in marks if run[0][0] <= mark < run[-1][1]}) >= _LEAST:
            yield run[0][0], run[-1][1]
        run = []


def tables(text: str) -> Iterator[tuple[int, int]]:
    """Lines of a pasted table: neighbours with as many cells, parted by a mark without a blank behind it. They are material."""
    place, before = 0, (0, 0, 0)
    for line in text.split("\n"):
        cells = max(len(_CELL[mark].findall(line)) for mark in _CELL)
        start, _, count = before
        if cells >= _LEAST_CELLS and cells == count:
            yield start, place + len(line)
        place, before = place + len(line) + 1, (place, place + len(line), cells)


def only_table(text: str) -> bool:
    """Whether a text is a table and nothing else."""
    spans = list(tables(text))
    left = text
    for start, end in reversed(spans):
        left = left[:start] + left[end:]
    return bool(spans) and not left.strip()
