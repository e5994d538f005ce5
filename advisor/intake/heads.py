"""How phrases and words begin: a phrase is tried only where a word starts as it may start, which keeps long texts fast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain

LENGTH = 4
_WORD = re.compile(r"\b\w{1,4}")
_HEAD = re.compile(r"[^\W_]\w{0,3}")
_BRACKETED = re.compile(r"[(\[].*[)\]]")
_JOINS = str.maketrans("*-,", "   ")
_OPENING = re.compile(r"\s*(?:(?P<word>[^\W_]\w*)|\((?P<words>[^()\[\]<]*)\))")


@lru_cache(maxsize=16)
def word_starts(text: str) -> Mapping[str, list[int]]:
    """For each beginning of one to four letters the places of the words that begin so; `#` stands for a digit."""
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
    return _heads(_first(list(pieces), slots))


def openings_of(pieces: Sequence[str], slots: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The words with which a phrase can begin, as `str.startswith` takes them."""
    words = dict.fromkeys(_first(list(pieces), slots))
    return tuple(chain.from_iterable("0123456789" if word == "#" else (word,) for word in words))


def plain_heads(phrase: str) -> frozenset[str] | None:
    """What `heads_of` finds, for a phrase that begins with a word or with alternatives of words; empty for any other."""
    if phrase[:LENGTH].isalnum():
        return frozenset((phrase[:LENGTH],))
    match = _OPENING.match(phrase)
    if match is None:
        return frozenset()
    return frozenset((match["word"][:LENGTH],)) if match["word"] else _heads(word.strip() for word in match["words"].split("|"))


def _heads(words: Iterable[str]) -> frozenset[str] | None:
    heads = frozenset(head if (head := word[:LENGTH]).isalnum() else _head(word) for word in words)
    return heads if heads and "" not in heads else None


@cache
def _head(word: str) -> str:
    """How a word begins; nothing when it is none."""
    match = _HEAD.match(word)
    return "#" if word == "#" else match[0] if match else ""


def plain_words(phrase: str) -> tuple[str, ...]:
    """The words before the first and behind the last bracket of a phrase, none of which a text may lack: told without cutting it."""
    outside = _BRACKETED.sub(" ", phrase.lower()).translate(_JOINS).split()
    return () if any("|" in word for word in outside) else tuple(word for word in outside if "<" not in word and word != "...")


def needs_of(pieces: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """What a text must hold for a phrase to stand in it: of each tuple one literal."""
    needs: list[tuple[str, ...]] = []
    index = 0
    while index < len(pieces):
        piece, close = pieces[index], index
        if piece in {"(", "["}:
            close = closing(pieces, index)
        if piece == "(":
            words = tuple(_longest_literal(alternative) for alternative in alternatives(pieces[index + 1 : close]))
            needs += [words] if all(words) else []
        elif _WORD.match(piece):
            needs.append((piece,))
        index = close + 1
    return tuple(sorted(needs, key=len))


def _longest_literal(pieces: Sequence[str]) -> str:
    """The longest literal that every text of some pieces holds, or nothing."""
    depth, longest = 0, ""
    for piece in pieces:
        depth += (piece in {"(", "["}) - (piece in {")", "]"})
        if not depth and _WORD.match(piece) and len(piece) > len(longest):
            longest = piece
    return longest


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
        yield from _first(pieces[index + 1 :], slots) if piece == "-" else ()
        return
    close = closing(pieces, index)
    for alternative in alternatives(pieces[index + 1 : close]):
        yield from _first(alternative, slots)
    if piece == "[":
        yield from _first(pieces[close + 1 :], slots)


def closing(pieces: Sequence[str], opening: int) -> int:
    """The index of the bracket that closes an opening one; behind the last piece when none does."""
    depth = 0
    for index in range(opening, len(pieces)):
        depth += (pieces[index] in {"(", "["}) - (pieces[index] in {")", "]"})
        if not depth:
            return index
    return len(pieces)


def alternatives(pieces: Sequence[str]) -> list[list[str]]:
    """The pieces parted at each `|` that stands in no brackets."""
    parts: list[list[str]] = [[]]
    depth = 0
    for piece in pieces:
        depth += (piece in {"(", "["}) - (piece in {")", "]"})
        if piece == "|" and not depth:
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts
