"""The sentences and list items of a passage's text: each stands alone by the rule of the knowledge folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+(.*)$")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\bMio\.)(?<!\bMrd\.)(?<!\bTsd\.)\s+(?=[A-ZÄÖÜ€$\d“„\"])")


@lru_cache(maxsize=2048)
def points_of(text: str) -> tuple[str, ...]:
    """The points in their order. Table rows and headings are left out."""
    return tuple(point for line in text.splitlines() for point in _of_line(line))


def repointed(text: str, points: Sequence[str]) -> str:
    """The text with other points in place of its own, lists and tables where they stood. There must be as many of them."""
    left, lines = list(points), []
    for line in text.splitlines():
        count = len(_of_line(line))
        said, left = left[:count], left[count:]
        item = ITEM.match(line)
        lines.append(f"{line[: item.start(1)]}{said[0]}" if item else " ".join(said) if said else line)
    return "\n".join(lines)


def thinned(text: str, gone: Callable[[str], bool]) -> str:
    """The text without the points and table rows for which `gone` holds."""
    lines = []
    for line in text.splitlines():
        points = _of_line(line)
        kept = [point for point in points if not gone(point)]
        if len(kept) == len(points) and (points or not gone(line)):
            lines.append(line)
        elif kept:
            lines.append(" ".join(kept))
    return "\n".join(lines)


def _of_line(line: str) -> list[str]:
    item = ITEM.match(line)
    if item:
        return [item[1].strip()]
    return _SENTENCE_END.split(line.strip()) if line.strip() and not line.lstrip().startswith(("|", "#")) else []
