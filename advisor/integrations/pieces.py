"""Cuts a text into the pieces that are kept or left out as a whole: sentences, list items, headings and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.figures.frames import sentences

_WHOLE = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|\||>)")
_MARKS = re.compile(r"\[[0-9]{1,3}\]|[*_`]")
_LINES = re.compile(r"[^\r\n]+")


def is_whole(line: str) -> bool:
    """Whether a line is one piece: a list item, heading, quotation or table row."""
    return _WHOLE.match(line) is not None


def marker(piece: str) -> str:
    """What a list item begins with, nothing for other pieces."""
    found = re.match(r"(?:[-*+]|\d+[.)])\s+", piece)
    return found[0] if found else ""


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each piece begins and ends, blanks around it aside."""
    for line in _LINES.finditer(text):
        starts = [0] if is_whole(line[0]) else [start for start, _, _ in sentences(line[0])]
        for start, end in zip(starts, (*starts[1:], len(line[0])), strict=True):
            part = line[0][start:end]
            if part.strip():
                begins = line.start() + start + len(part) - len(part.lstrip())
                yield begins, begins + len(part.strip())


def bare(piece: str) -> str:
    """The words of a piece without list markers, numbers of sources and emphasis, for comparing."""
    return " ".join(_MARKS.sub(" ", piece[len(marker(piece)) :]).lower().split()).rstrip(".!?: ")
