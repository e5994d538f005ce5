"""The parts of a document that a workbook lays out as they are: which have a sheet of their own, and under which name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from advisor.rendering.blocks import Block, Bullets, Document, Grid, Heading, Paragraph, Text, WorkList

_LONGEST_NAME = 31
_NO_NAME = re.compile(r"[\[\]:*?/\\]")


class Part(NamedTuple):
    """A heading of the document and what stands below it; the first part has no heading."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    @property
    def work(self) -> bool:
        return any(isinstance(block, WorkList) for block in self.blocks)


def parts(document: Document) -> Iterator[Part]:
    """What the document says, heading by heading."""
    title, blocks = "", list[Block]()
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2:
            yield Part(title, tuple(blocks))
            title, blocks = block.text, []
        else:
            blocks.append(block)
    yield Part(title, tuple(blocks))


def told(blocks: Sequence[Block]) -> Iterator[tuple[str, bool]]:
    """The texts outside of tables, line by line, each with whether it is a heading."""
    for block in blocks:
        match block:
            case Heading(_, text):
                yield text, True
            case Paragraph(text, more):
                yield " ".join(map(cited, (text, *more))), False
            case Bullets(items):
                yield from ((cited(item), False) for item in items)
            case _:
                pass


def cited(text: Text) -> str:
    """The words with the numbers of their sources behind them."""
    return f"{text.text} {''.join(f'[{n}]' for n in text.citations)}".strip()


def sheet_name(title: str, taken: Collection[str]) -> str:
    """The title as a name that a workbook can hold: short, without its marks, and no name twice. `taken` are in lower case."""
    plain = " ".join(_NO_NAME.sub(" ", title).split()).strip("'") or "-"
    if len(plain) > _LONGEST_NAME:
        short = plain[: _LONGEST_NAME - 1]
        plain = f"{(short.rpartition(' ')[0] or short).rstrip(' ,;–-')}…"
    ends = ("" if number == 1 else f" {number}" for number in count(1))
    return next(full for end in ends if (full := f"{plain[: _LONGEST_NAME - len(end)]}{end}").lower() not in taken)
