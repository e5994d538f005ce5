"""What a computation has to say: lines with their figures, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.toolbox.economics import Worked
from advisor.toolbox.parts import Input, Part

Place = Literal["lead", "meaning", "change"]
Figure = Worked | tuple[Worked, Worked]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: the key of its phrase, the figures it shows (a pair is a span), and words that fill its other slots.

    A figure `x` fills `{x}` with the result and `{x_how}` with the formula. `record` is said in a record's own words, `terms` are slots filled with phrases by their keys.
    """

    key: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    place: Place = "meaning"
    section: str = ""
    record: str = ""
    said: tuple[Worked, ...] = ()
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def worked(self) -> Iterator[Worked]:
        for figure in self.figures.values():
            yield from (figure if isinstance(figure, tuple) else (figure,))
        yield from self.said


@dataclass(frozen=True, slots=True)
class Outcome:
    """A computation that could be done: its lines, the questions that would sharpen it, and the inputs it used.

    One that could not be done says what is `missing`, and how `near` it comes: how many numbers of the message it would use.
    """

    lines: tuple[Line, ...]
    asks: tuple[str, ...] = ()
    uses: frozenset[Input] = frozenset()
    missing: tuple[str, ...] = ()
    near: int = 0

    @property
    def said(self) -> int:
        """How many numbers of the message it uses."""
        return len({start for _, start in self.uses if start >= 0})


def outcome(lines: list[Line], asks: list[str], *parts: Part | None) -> Outcome:
    """Lines with the inputs that the parts they rest on started from."""
    return Outcome(tuple(lines), tuple(dict.fromkeys(asks)), frozenset().union(*(part.uses for part in parts if part)))
