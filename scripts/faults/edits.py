"""A fault is a change of a few characters in a few files; a class of faults lists the places where it can strike and draws a change for each."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple


class Fault(NamedTuple):
    """Where a fault strikes, what stood there and what stands there now, and the new contents of the files by their path in the checkout."""

    place: str
    was: str
    now: str
    files: Mapping[str, bytes]


Place = Callable[[random.Random], Fault | None]
"""Draws a fault for one place; None where no change of the kind fits there."""


class Block(NamedTuple):
    """An entry of a file that begins with `[[name]]` or `[name]`: its text and where that stands in the file."""

    id: str
    text: str
    start: int


def blocks(text: str, head: str) -> Iterator[Block]:
    """The entries of a kind in a file, each with its id."""
    starts = [match.start() for match in re.finditer(rf"^\[\[{head}\]\]", text, re.MULTILINE)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        body = text[start:end]
        id_ = re.search(r'^(?:id|currency) = "(.+)"$', body, re.MULTILINE)
        yield Block(id_[1] if id_ else "", body, start)


def field(body: str, name: str) -> re.Match[str] | None:
    """The value of a field as it is written in an entry."""
    return re.search(rf"^{name} = (?P<value>.+)$", body, re.MULTILINE)


def replaced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def one(root: Path, path: Path, text: str, place: str, was: str, now: str) -> Fault:
    """A fault in a single file."""
    return Fault(place, was, now, {path.relative_to(root).as_posix(): text.encode()})
