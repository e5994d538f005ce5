"""The parts of a Word page as WordprocessingML: runs, links, paragraphs, cells, rows and tables, each a string that is parsed once with the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

SOFT = "555F6B"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TWIPS = 567  # of a centimetre


def legal(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def run(text: str, *, bold: bool = False, colour: str = "", size: float | None = None, raised: bool = False) -> str:
    """Words of one look. Stretches in scripts from right to left are marked as such, so that Word orders them."""
    look = "".join((
        "<w:b/>" if bold else "",
        f'<w:color w:val="{colour}"/>' if colour else "",
        f'<w:sz w:val="{round(size * 2)}"/>' if size else "",
        '<w:vertAlign w:val="superscript"/>' if raised else "",
    ))  # fmt: skip
    return "".join(_run(part, f"{look}{'<w:rtl/>' if turned else ''}") for part, turned in _stretches(legal(text)))


def _run(text: str, look: str) -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in text.replace("\r", "").split("\n"))
    words = "<w:br/>".join(lines).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{words}</w:r>"


def _stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it runs from right to left; what has no direction goes with what it lies within."""
    if text.isascii():
        yield text, False
        return
    begun, turned, last = 0, False, 0
    for place, character in enumerate(text):
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"} and not turned:
            if place:
                yield text[begun:place], False
            begun, turned, last = place, True, place + 1
        elif direction in {"R", "AL"}:
            last = place + 1
        elif direction == "L" and turned:
            yield text[begun:last], True
            begun, turned = last, False
    yield from [(text[begun:last], True), (text[last:], False)] if turned and last < len(text) else [(text[begun:], turned)]


def link(text: str, anchor: str, *, raised: bool = False) -> str:
    """Words that lead to a bookmark of this file."""
    return f'<w:hyperlink w:anchor={quoteattr(anchor)} w:history="1">{run(text, raised=raised)}</w:hyperlink>'


def bookmark(content: str, number: int, name: str) -> str:
    """`name` of letters, digits and underscores: fields of Word find no other."""
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>'


def field(instruction: str) -> tuple[str, str]:
    """What stands before and behind the words that a field shows now."""
    told = f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return f"{_mark('begin')}{told}{_mark('separate')}", _mark("end")


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def paragraph(content: str, style: str = "", *, keep: bool = False) -> str:
    """`keep` holds it on the page of what follows."""
    own = (f'<w:pStyle w:val="{style}"/>' if style else "") + ("<w:keepNext/>" if keep else "")
    return f"<w:p>{f'<w:pPr>{own}</w:pPr>' if own else ''}{content}</w:p>"


def cell(paragraphs: str, width: float, *, shade: str = "", across: int = 1) -> str:
    """`width` in centimetres; `across` is the number of columns that it covers."""
    own = f'<w:tcW w:w="{round(width * _TWIPS)}" w:type="dxa"/>'
    own += f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    own += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f"<w:tc><w:tcPr>{own}</w:tcPr>{paragraphs}</w:tc>"


def row(cells: Iterable[str], *, head: bool = False) -> str:
    """A row that never breaks over two pages; a `head` is said again on each page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[float], style: str, *, described: str = "", margin: float | None = None) -> str:
    """Columns in centimetres, as is the `margin` within cells; `described` says in words what a table shows that is read with the eyes."""
    grid = "".join(f'<w:gridCol w:w="{round(width * _TWIPS)}"/>' for width in widths)
    own = f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{round(sum(widths) * _TWIPS)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    if margin is not None:
        own += "<w:tblCellMar>" + "".join(f'<w:{side} w:w="{round(margin * _TWIPS)}" w:type="dxa"/>' for side in ("left", "right")) + "</w:tblCellMar>"
    own += '<w:tblLook w:val="04A0"/>'
    own += f"<w:tblDescription w:val={quoteattr(legal(described))}/>" if described else ""
    return f"<w:tbl><w:tblPr>{own}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
