"""The text of an answer as blocks of a document: headings, paragraphs and lists, each sentence with the numbers of its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from advisor.rendering.blocks import Block, Bullets, Heading, Paragraph, Text

_HEADING = re.compile(r"(?:\*\*(?P<strong>[^*]+)\*\*(?P<beside> \([^()]*\))?(?:(?<![.!?]\*\*) (?P<marks>(?:\[\d+\])+))?|#{1,6} (?P<marked>.+))$")
_ITEM = re.compile(r"(?:[-*]|(?P<number>\d+)\.) +(?P<text>.+)$")
_MARKS = re.compile(r"((?:\s*\[\d+\])+)")
_NUMBER = re.compile(r"\[(\d+)\]")


def blocks(markdown: str, numbered: Callable[[int], int]) -> Iterator[Block]:
    """The blocks of a text; `numbered` gives the shown number of each source."""
    for part in re.split(r"\n\s*\n", markdown.strip()):
        yield from _part([line.strip() for line in part.split("\n") if line.strip()], numbered)


def _part(lines: list[str], numbered: Callable[[int], int]) -> Iterator[Block]:
    """A heading on a line of its own, items of one list, and what else stands together as a paragraph."""
    words: list[str] = []
    while lines:
        heading, item = _HEADING.match(lines[0]), _ITEM.match(lines[0])
        if not (heading or item):
            words.append(lines.pop(0))
            continue
        if words:
            yield _paragraph(" ".join(words), numbered)
            words = []
        if heading:
            lines.pop(0)
            lines = [f"{line}{heading['marks'] or ''}" for line in lines]  # what stands beside a list's heading goes for each of its items
            yield Heading(3, heading["marked"] or f"{heading['strong']}{heading['beside'] or ''}")
        elif item:
            yield _list(lines, numbered, ordered=item["number"] is not None)
    if words:
        yield _paragraph(" ".join(words), numbered)


def _list(lines: list[str], numbered: Callable[[int], int], *, ordered: bool) -> Bullets:
    """Takes the items of one list from the front of the lines."""
    items = []
    while lines and (item := _ITEM.match(lines[0])) and (item["number"] is not None) == ordered:
        items.append(_joined(list(_texts(item["text"], numbered))))
        lines.pop(0)
    return Bullets(tuple(items), ordered=ordered)


def _joined(texts: list[Text]) -> Text:
    """One item: its sentences together, then all their sources."""
    return Text(" ".join(text.text for text in texts), tuple(dict.fromkeys(n for text in texts for n in text.citations)), strong=all(text.strong for text in texts))


def _paragraph(text: str, numbered: Callable[[int], int]) -> Paragraph:
    first, *more = _texts(text, numbered)
    return Paragraph(first, tuple(more))


def _texts(text: str, numbered: Callable[[int], int]) -> Iterator[Text]:
    """Stretches of words, each with the sources that stand behind it."""
    pieces = _MARKS.split(text)
    for words, marks in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if words.strip() or marks:
            said = words.strip()
            strong = said.startswith("**") and said.endswith("**") and len(said) > 4
            citations = tuple(dict.fromkeys(numbered(int(n)) for n in _NUMBER.findall(marks)))
            yield Text(said.replace("**", "").replace("`", ""), citations, strong)
