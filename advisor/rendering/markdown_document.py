"""A document as Markdown to paste on: headings, lists, tables, numbered sources."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.rendering.blocks import Block, Bullets, Document, Grid, Heading, Network, Paragraph, Sources, Text, Timeline, Work, WorkList
from advisor.rendering.words import table


def markdown(document: Document) -> str:
    """The whole document."""
    facts = "\n".join(f"- **{name}:** {_plain(value)}" for name, value in document.facts)
    parts = [f"# {_plain(document.title)}", facts, *(part for block in document.blocks if (part := _block(block))), f"*{_plain(document.foot)}*"]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_plain(text)}"
        case Paragraph(text):
            return _text(text)
        case Bullets(items):
            return "\n".join(f"- {_text(item)}" for item in items)
        case Grid(columns, rows):
            return table(columns, [tuple(" ".join(_text(text) for text in texts) for texts in row) for row in rows])
        case WorkList(_, work):
            return "\n".join(line for item in work for line in _work(item))
        case Sources(items):
            return "\n".join(f"{item.n}. {_plain(item.text)}" for item in items)
        case Timeline() | Network():
            return ""


def _work(item: Work) -> Iterator[str]:
    who, days, when = item.facts
    yield f"{item.number}. {_text(item.title)}"
    yield f"   - {_plain(who)}, {days}, {_plain(', '.join(when.splitlines()))}"
    for label, text in item.lines:
        yield f"   - {label} {_text(text)}"


def _text(text: Text) -> str:
    words = f"**{_plain(text.text)}**" if text.strong and text.text else _plain(text.text)
    return f"{words} {marks(text.citations)}" if text.citations else words


def marks(citations: tuple[int, ...]) -> str:
    """`[1][4]`"""
    return "".join(f"[{n}]" for n in citations)


def _plain(text: str) -> str:
    """Words on one line that cannot become markup."""
    return " ".join(text.split()).replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").replace("[", "\\[").replace("`", "\\`") if any(mark in text for mark in "<*_[`\n") else text


