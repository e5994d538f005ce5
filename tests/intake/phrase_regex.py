"""The phrase language said once more, as regular expressions: slow to compile, and what the steps of a phrase are held against."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.intake.patterns import Phrase, slots

_BLANKS = r"[\s\-]{1,4}"
_GAP = r"(?:[^\s.;:!?]{1,30}[\s']{1,3}){0,5}?"
_MARKS = {"(": "(?:", "|": "|", "*": r"\w{0,15}", "-": r"[\s\-]{0,2}", "[": "(?:(?:", "]": f"){_BLANKS})?", ")": ")"}


def regex(phrase: Phrase) -> re.Pattern[str]:
    """A phrase as one regular expression."""
    start = r"(?<![\w.,])" if phrase.pieces[0] == "<pct>" else r"(?<!\w)"
    return re.compile(f"{start}(?:{''.join(_parts(phrase.pieces))})(?!\\w)")


def _parts(pieces: tuple[str, ...]) -> Iterator[str]:
    previous = ""
    for piece in pieces:
        if piece.isspace():
            yield "" if previous == "]" else _BLANKS
        elif piece == " ... ":
            yield _GAP if previous == "]" else f"[\\s\\-,]{{1,4}}{_GAP}"
        elif piece.startswith("<"):
            yield f"(?:{slots()[piece].source})"
        else:
            yield _MARKS.get(piece) or re.escape(piece)
        previous = piece
