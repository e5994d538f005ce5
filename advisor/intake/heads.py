"""How phrases and words begin: a phrase is tried only where a word starts as it may start, which keeps long texts fast."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

LENGTH = 3
_WORD = re.compile(r"\b\w{1,3}")


@lru_cache(maxsize=16)
def word_starts(text: str) -> Mapping[str, list[int]]:
    """For each beginning of one to three letters the places of the words that begin so; `#` stands for a digit."""
    starts: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        letters, place = match[0], match.start()
        for length in range(1, len(letters) + 1):
            starts.setdefault(letters[:length], []).append(place)
        if letters[0].isdigit():
            starts.setdefault("#", []).append(place)
    return starts


def heads_of(pieces: Sequence[str], slots: Mapping[str, Sequence[str]]) -> frozenset[str] | None:
    """The beginnings that a phrase, cut into its pieces, can have; None when it may begin with something else than a word."""
    found: set[str] = set()
    for word in _first(list(pieces), slots):
        if not word or not (word[0].isalnum() or word == "#"):
            return None
        found.add(word if word == "#" else _WORD.findall(word)[0])
    return frozenset(_shortest(found)) if found else None


def _first(pieces: list[str], slots: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The first words of a sequence of pieces; an optional one is followed by those after it."""
    index = 0
    while index < len(pieces) and pieces[index].isspace():
        index += 1
    if index == len(pieces):
        yield ""
        return
    piece = pieces[index]
    if piece not in {"(", "["}:
        yield from slots.get(piece, [""] if piece.startswith("<") else [piece])
        return
    close = _closing(pieces, index)
    for alternative in _alternatives(pieces[index + 1 : close]):
        yield from _first(alternative, slots)
    if piece == "[":
        yield from _first(pieces[close + 1 :], slots)


def _closing(pieces: Sequence[str], opening: int) -> int:
    depth = 0
    for index in range(opening, len(pieces)):
        depth += (pieces[index] in {"(", "["}) - (pieces[index] in {")", "]"})
        if not depth:
            return index
    return len(pieces)


def _alternatives(pieces: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    depth = 0
    for piece in pieces:
        depth += (piece in {"(", "["}) - (piece in {")", "]"})
        if piece == "|" and not depth:
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _shortest(heads: set[str]) -> set[str]:
    """Without those that a shorter one covers, so that no place is tried twice."""
    return {head for head in heads if not any(head != other and head.startswith(other) for other in heads)}
