"""Word and PowerPoint files as text: paragraphs, headings, lists, tables and notes in their order; deleted words are left out."""

from __future__ import annotations

import re

from advisor.adapters.documents.packed import Package
from advisor.adapters.documents.pages import piped

_HEADING = re.compile(r"(?:heading|berschrift|titre)\s?(\d)", re.I)
_SKIPPED = frozenset({"Fallback", "delText", "instrText", "del", "moveFrom"})


class _Body:
    """Collects the text of a part; Word and PowerPoint call paragraphs, runs, tables, rows and cells alike."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._words: list[str] = []
        self._in_text = self._skipped = 0
        self._mark = self._shape = ""
        self._tables: list[list[list[list[str]]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag == "t":
            self._in_text += 1
        elif tag in {"tab", "br", "cr"} and self._words:
            self._words.append(" " if tag == "tab" else "\n")
        elif tag == "pStyle":
            self._style(attributes.get("val", ""))
        elif tag == "numPr" and not self._mark:
            self._mark = "- "
        elif tag == "ph" and attributes.get("type") in {"title", "ctrTitle"}:
            self._shape = "# "
        elif tag == "tbl":
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag == "tc" and self._tables and self._tables[-1]:
            self._tables[-1][-1].append([])

    def _style(self, name: str) -> None:
        if found := _HEADING.search(name):
            self._mark = f"{'#' * min(6, int(found[1]) or 1)} "
        elif name.lower() in {"title", "titel", "titre"}:
            self._mark = "# "
        elif "list" in name.lower():
            self._mark = "- "

    def end(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped -= 1
        elif tag == "t":
            self._in_text -= 1
        elif tag == "p":
            self._end_paragraph()
        elif tag == "sp":
            self._shape = ""
            self.lines.append("")
        elif tag == "tbl" and self._tables:
            rows = [[" ".join(cell) for cell in row] for row in self._tables.pop()]
            self._put(f"\n{piped(rows)}\n")

    def _end_paragraph(self) -> None:
        text = "".join(self._words).strip()
        self._words = []
        if self._tables:
            self._put(text)
        elif text:
            mark = self._mark or self._shape
            self.lines += [mark + text] if mark == "- " else ["", mark + text, ""]
        self._mark = ""

    def _put(self, text: str) -> None:
        """Into the open cell, or as a line where none is open."""
        if not self._tables:
            self.lines.append(text)
        elif self._tables[-1] and self._tables[-1][-1] and text:
            self._tables[-1][-1][-1].append(text)

    def data(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self._words.append(text)

    @property
    def text(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()


def word(content: bytes, name: str) -> str:
    """The text of a .docx file with its footnotes and endnotes."""
    package = Package(content, name, "docx")
    return _joined(package, ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"])


def presentation(content: bytes, name: str) -> str:
    """The text of the slides of a .pptx file, in their order, each with its notes."""
    package = Package(content, name, "pptx")
    numbers = sorted(int(match[1]) for part in package.parts if (match := re.fullmatch(r"ppt/slides/slide(\d+)\.xml", part)))
    return _joined(package, [part for number in numbers for part in (f"ppt/slides/slide{number}.xml", f"ppt/notesSlides/notesSlide{number}.xml")])


def _joined(package: Package, parts: list[str]) -> str:
    texts = []
    for part in parts:
        body = _Body()
        package.walk(part, body.start, body.end, body.data)
        texts.append(body.text)
    return "\n\n".join(text for text in texts if text)
