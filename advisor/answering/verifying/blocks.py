"""A text in blocks: paragraphs, lists and tables, each with the heading it stands under and the line it starts in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from advisor.figures import Figure
from advisor.figures.frames import sentences
from advisor.figures.spelling import plain

_HEADING = re.compile(r"[ \t]*(?:#{1,6}[ \t]+(?P<title>.+?)#*|\*\*(?P<bold>[^*]+)\*\*:?(?:(?<![.!?]\*\*) (?:\[\d+\])+)?|(?P<colon>[^|]{3,80}):)\s*$")
_SENTENCE = re.compile(r"(?<=[.!?;])\s")
_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_BEGINS = re.compile(r"\s*(?:[-*+•·▪◦‣>|#✓✔→]|\(?[0-9]{1,2}[.)]\s|[a-z]\)\s|$)")
_TABLED = re.compile(r"\s*[|#]")
_ENDED = re.compile(r"(?:[.!?:;|]|[.!?][\"')”»])\s*$|^\s*$")
_WRAPPED, _WRAPPED_SMALL = 60, 30  # characters of a line that was broken to fit; shorter where the next one begins small
_LONGEST = 8_000  # characters of a block: reading one takes longer than its length alone


class Block(NamedTuple):
    """A part of a text that reads on its own; `lead` characters at its beginning repeat the head of a long table.

    Lines that were only broken to fit a page are joined by a space, so that a sentence is whole; every character keeps its place. `start`
    is the place in the text of what follows the lead; parts of one table share their `group`.
    """

    text: str
    start: int
    heading: str = ""
    lead: int = 0
    group: int = 0

    def place(self, position: int) -> int:
        """Where a character of the block stands in the whole text; negative in the lead."""
        return self.start + position - self.lead if position >= self.lead else -1


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text in order. A long one is cut at its lines or sentences, a long table repeats its head in each part."""
    held: list[str] = []
    heading, start, position = "", 0, 0
    for line in text.splitlines(keepends=True):
        title = _title(line)
        if title or not line.strip():
            yield from _cut("".join(held), start, heading)
            held = []
        if title:
            yield from _cut(line, position, heading)
            heading = title
        elif line.strip():
            if not held:
                start = position
            held.append(line)
        position += len(line)
    yield from _cut("".join(held), start, heading)


class Lines:
    """The line of each character of a text, counted from one."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, position: int) -> int:
        return bisect_right(self._starts, position)


def _title(line: str) -> str:
    match = _HEADING.match(line) if len(line) < 200 else None
    return next((part for part in match.groupdict().values() if part), "").strip() if match else ""


def _cut(text: str, start: int, heading: str) -> Iterator[Block]:
    text = _unwrapped(text)
    head = _head(text) if len(text) > _LONGEST else ""
    position = len(head) if head and len(head) < _LONGEST else 0
    head = head[:position]
    group = start
    if text and len(text) <= _LONGEST:
        yield Block(text, start, heading, group=group)
        return
    while position < len(text):
        end = _end(text, position, _LONGEST - len(head))
        yield Block(head + text[position:end], start + position, heading, len(head), group)
        position = end


def _unwrapped(text: str) -> str:
    """The text with lines joined that were broken to fit a page: the first is long and ends no sentence, the next begins nothing new."""
    lines = text.split("\n")
    joined = [_goes_on(first, second) for first, second in pairwise(lines)]
    if not any(joined):
        return text
    return lines[0] + "".join(f"{' ' if on else chr(10)}{line}" for on, line in zip(joined, lines[1:], strict=True))


def _goes_on(first: str, second: str) -> bool:
    if _BEGINS.match(second) or _TABLED.match(first) or _ENDED.search(first):
        return False
    small = second.lstrip()[:1].islower() or first.rstrip()[-1:] in ",-–"
    return len(first) >= (_WRAPPED_SMALL if small else _WRAPPED)


def _head(text: str) -> str:
    """The first line of a table with the rule below it; empty when the text is no table."""
    first, _, rest = text.partition("\n")
    second = rest.partition("\n")[0]
    return f"{first}\n{second}\n" if "|" in first and _RULE.match(second) else f"{first}\n" if first.lstrip().startswith("|") else ""


def _end(text: str, position: int, most: int) -> int:
    if len(text) - position <= most:
        return len(text)
    cut = text.rfind("\n", position, position + most)
    if cut <= position:
        cut = max((match.start() for match in _SENTENCE.finditer(text, position, position + most)), default=-1)
    if cut <= position:
        cut = text.rfind(" ", position, position + most)
    return cut + 1 if cut > position else position + most


class Spoken:
    """The sentence that each figure of a block stands in, with the heading and the sentence before it when it only says "it" or names nothing."""

    def __init__(self, block: Block) -> None:
        self._block, self._spans = block, sentences(plain(block.text))
        self._starts = [start for start, _, _ in self._spans]

    def __call__(self, figure: Figure) -> str:
        index = max(0, bisect_right(self._starts, figure.start) - 1)
        start, end, _ = self._spans[index]
        return self._block.text[start : max(end, figure.end)]

    def before(self, figure: Figure) -> str:
        """What a sentence may lean on: the heading and the sentence before it."""
        index = max(0, bisect_right(self._starts, figure.start) - 1)
        start, end, _ = self._spans[index - 1] if index else (0, 0, "")
        return f"{self._block.heading}. {self._block.text[start:end]}"
