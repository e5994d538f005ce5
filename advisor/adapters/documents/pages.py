"""HTML as text: what a reader sees, without styles, scripts and comments."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from advisor.adapters.documents.text import decoded

_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head"})
_BLOCKS = frozenset("p div section article ul ol blockquote pre header footer main aside figure figcaption dl dt dd form h1 h2 h3 h4 h5 h6 table".split())
_CELLS = frozenset({"td", "th"})


class _Page(HTMLParser):
    """Collects text; a table becomes rows of pipes, with a rule below the first."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._add("\n\n")
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._end_cell()
            self._tables[-1].append([])
        elif tag in _CELLS and self._tables:
            self._end_cell()
            self._cell = []
        elif tag == "br":
            self._add("\n")
        elif tag == "li":
            self._add("\n- ")
        elif re.fullmatch("h[1-6]", tag):
            self._add(f"\n\n{'#' * int(tag[1])} ")
        elif tag in _BLOCKS and self._cell is None:
            self._add("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _CELLS or tag == "tr":
            self._end_cell()
        elif tag == "table" and self._tables:
            self._end_cell()
            rows = self._tables.pop()
            self._add(f"\n{piped(rows)}\n\n")
        elif tag in _BLOCKS and self._cell is None:
            self._add("\n\n" if tag in {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"} else "\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(re.sub(r"\s+", " ", data))

    def _add(self, text: str) -> None:
        if self._cell is not None:
            self._cell.append(text)
        elif not self._tables or text.strip():
            self.parts.append(text)

    def _end_cell(self) -> None:
        if self._cell is not None and self._tables:
            if not self._tables[-1]:
                self._tables[-1].append([])
            self._tables[-1][-1].append("".join(self._cell))
        self._cell = None


def piped(rows: list[list[str]]) -> str:
    """Rows of cells as a table of pipes, its first row as the head; empty rows are left out."""
    kept = [[" ".join(cell.split()).replace("|", "/") for cell in row] for row in rows]
    kept = [row for row in kept if any(row)]
    if not kept:
        return ""
    if max(map(len, kept)) == 1:
        return "\n".join(row[0] for row in kept)
    lines = [f"| {' | '.join(row)} |" for row in kept]
    return "\n".join([lines[0], f"|{'---|' * len(kept[0])}", *lines[1:]])


def text_of_page(html: str) -> str:
    """What an HTML text shows."""
    parser = _Page()
    parser.feed(html)
    parser.close()
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(parser.parts))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def page(content: bytes, name: str) -> str:
    """The text of an HTML file."""
    return text_of_page(decoded(content, name))
