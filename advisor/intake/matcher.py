"""A phrase as a chain of steps, each of which knows the one behind it: made in microseconds, where a regular expression takes milliseconds.

A step takes a text, a place in it and the list of what slots have held so far, and gives the end of the whole match or -1. Where there is a
choice (how many signs, which alternative, how many words of a gap) the ways are tried in the order in which a regular expression would.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

from advisor.intake.heads import alternatives, closing

Step = Callable[[str, int, list[str]], int]


class Slot(Protocol):
    """What a slot may hold, as a regular expression."""

    def match(self, text: str, start: int = 0, end: int = ...) -> re.Match[str] | None: ...


_BLANKS = re.compile(r"[\s\-]{1,4}")
_BLANKS_OR_COMMA = re.compile(r"[\s\-,]{1,4}")
_HYPHEN = re.compile(r"[\s\-]{0,2}")
_REST_OF_WORD = re.compile(r"\w{0,15}")
_WORD_OF_GAP = re.compile(r"[^\s.;:!?]{1,30}")
_BEHIND_IT = re.compile(r"[\s']{1,3}")  # a French elision is a word of its own: `faute d'intégrations`
_GAP_WORDS = 5


def chain_of(pieces: Sequence[str], slots: Mapping[str, Slot]) -> Step:
    """The steps of a phrase cut into its pieces. Raises ValueError when its brackets do not match or a slot is not known."""
    return _any_of(alternatives(pieces), slots, _end_of_word)


def in_word(sign: str) -> bool:
    """Whether a character is one of those that words are made of."""
    return sign.isalnum() or sign == "_"


def _end_of_word(text: str, place: int, held: list[str]) -> int:
    return place if place == len(text) or not in_word(text[place]) else -1


def _any_of(ways: Sequence[Sequence[str]], slots: Mapping[str, Slot], then: Step) -> Step:
    steps = [_sequence(way, slots, then) for way in ways]
    if len(steps) == 1:
        return steps[0]
    signs = [way[0][0] if way and way[0][0].isalnum() else "" for way in ways]
    anywhere = [step for sign, step in zip(signs, steps, strict=True) if not sign]
    by_sign = {each: [step for sign, step in zip(signs, steps, strict=True) if sign in {"", each}] for each in set(signs) - {""}}
    return partial(_choice, by_sign, anywhere)


def _sequence(pieces: Sequence[str], slots: Mapping[str, Slot], then: Step) -> Step:
    """The steps of pieces one after the other, made from the last to the first."""
    for at, inner in reversed(list(_spans(pieces))):
        piece, behind_option = pieces[at], at > 0 and pieces[at - 1] == "]"
        if piece == "(":
            then = _any_of(alternatives(inner), slots, then)
        elif piece == "[":
            then = partial(_choice, {}, [_any_of(alternatives(inner), slots, partial(_run, _BLANKS, 1, then)), then])
        elif not (piece.isspace() and behind_option):
            then = _step(piece, slots, then, behind_option)
    return then


def _spans(pieces: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Each piece that stands in no brackets, and of an opening bracket what it holds."""
    at = 0
    while at < len(pieces):
        end = closing(pieces, at) if pieces[at] in {"(", "["} else at
        if pieces[at] in {")", "]", "|"} or end == len(pieces) or (pieces[at] + pieces[end]) not in {"()", "[]", pieces[at] * 2}:
            raise ValueError(f"the brackets of {''.join(pieces)!r} do not match")
        yield at, pieces[at + 1 : end]
        at = end + 1


def _step(piece: str, slots: Mapping[str, Slot], then: Step, behind_option: bool) -> Step:
    if piece == " ... ":
        gap = partial(_gap, _GAP_WORDS, then)
        return gap if behind_option else partial(_run, _BLANKS_OR_COMMA, 1, gap)
    if piece.isspace():
        return partial(_run, _BLANKS, 1, then)
    if piece == "-":
        return partial(_run, _HYPHEN, 0, then)
    if piece == "*":
        return partial(_run, _REST_OF_WORD, 0, then)
    if not piece.startswith("<"):
        return partial(_literal, piece, len(piece), then)
    if piece not in slots:
        raise ValueError(f"the slot {piece} is not known; known are {', '.join(slots)}")
    return partial(_slot, slots[piece], then)


def _literal(word: str, length: int, then: Step, text: str, place: int, held: list[str]) -> int:
    return then(text, place + length, held) if text.startswith(word, place) else -1


def _choice(by_sign: Mapping[str, Sequence[Step]], anywhere: Sequence[Step], text: str, place: int, held: list[str]) -> int:
    """The first of several ways that leads to the end; those that begin with a letter or digit only where it stands."""
    for way in by_sign.get(text[place : place + 1], anywhere):
        end = way(text, place, held)
        if end >= 0:
            return end
    return -1


def _run(signs: re.Pattern[str], least: int, then: Step, text: str, place: int, held: list[str]) -> int:
    """As many of some signs as there are; fewer where that leads no further."""
    match = signs.match(text, place)
    if match:
        for upto in range(match.end(), place + least - 1, -1):
            end = then(text, upto, held)
            if end >= 0:
                return end
    return -1


def _gap(words: int, then: Step, text: str, place: int, held: list[str]) -> int:
    """As few words as lead further."""
    end = then(text, place, held)
    if end >= 0 or not words:
        return end
    for upto in _behind_a_word(text, place):
        end = _gap(words - 1, then, text, upto, held)
        if end >= 0:
            return end
    return -1


def _behind_a_word(text: str, place: int) -> Iterator[int]:
    """Where the next word may begin, the farthest first."""
    word = _WORD_OF_GAP.match(text, place)
    if word:
        for end in range(word.end(), place, -1):
            behind = _BEHIND_IT.match(text, end)
            if behind:
                yield from range(behind.end(), end, -1)


def _slot(slot: Slot, then: Step, text: str, place: int, held: list[str]) -> int:
    """What a slot holds, with the blanks at its end or without where it may stand without."""
    match = slot.match(text, place)
    last = place + len(match[0].rstrip()) if match else 0
    while match:
        held.append(next(filter(None, match.groups()), ""))
        end = then(text, match.end(), held)
        if end >= 0:
            return end
        held.pop()
        match = slot.match(text, place, match.end() - 1) if match.end() > last else None
    return -1
