"""A document as a Word file: real styles and headings, tables with repeated heads, numbered sources that citations lead to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document as NewDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

from advisor.rendering.blocks import Bar, Block, Bullets, Document, Grid, Heading, Paragraph, Sources, Text, Timeline, Work, WorkList

_PAGE, _MARGIN = (Cm(21), Cm(29.7)), Cm(2)
_WORK = (1.0, 8.9, 2.9, 1.5, 2.7)
_SHADE, _SOFT, _BAR = "E8EDF3", RGBColor(0x55, 0x5F, 0x6B), "8FB4DC"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word(document: Document, contents: str) -> bytes:
    """The whole file. `contents` is the heading of its table of contents."""
    return _Word(document, contents).saved()


class _Word:
    def __init__(self, document: Document, contents: str) -> None:
        self.document, self.file, self.bookmarks = document, NewDocument(), 0
        self._set_up()
        self.file.add_paragraph(_legal(document.title), style="Title")
        self._facts()
        self._contents(contents)
        number = 0
        for block in document.blocks:
            if isinstance(block, Heading) and block.level == 2:
                number += 1
                self._heading(block.text, 1, f"part-{number}")
            else:
                self._block(block)
        self._paragraph(Text(document.foot), style="Caption")

    def saved(self) -> bytes:
        out = BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _set_up(self) -> None:
        """Page, fonts, language, header and footer, and what the file says of itself."""
        section = self.file.sections[0]
        section.page_width, section.page_height = _PAGE
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
        normal = self.file.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10.5)
        normal.paragraph_format.space_after = Pt(4)
        for style in self.file.styles:
            if style.name.startswith(("Heading", "Title")):
                style.font.color.rgb, style.font.name = RGBColor(0x1F, 0x3A, 0x5F), "Calibri"
                style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:asciiTheme"), "minorHAnsi")
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), {"de": "de-DE"}.get(self.document.language, "en-GB"))
        normal.element.get_or_add_rPr().append(language)
        header = section.header.paragraphs[0]
        self._run(header, self.document.header, colour=True, size=8.5)
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._field(footer, "PAGE", "1")
        self._run(footer, " / ")
        self._field(footer, "NUMPAGES", "1")
        own = self.file.core_properties
        facts = dict(self.document.facts)
        own.title, own.author, own.comments, own.language = _legal(self.document.title)[:250], "", "", self.document.language
        own.subject = _legal(next(iter(facts.values()), ""))[:250]

    def _facts(self) -> None:
        table = self.file.add_table(rows=0, cols=2)
        for name, value in self.document.facts:
            cells = _cells(table.add_row(), table)
            self._run(cells[0].paragraphs[0], name, colour=True)
            self._run(cells[1].paragraphs[0], value)
        _widths(table, (4, 13))
        self.file.add_paragraph()

    def _contents(self, title: str) -> None:
        """A table of contents that is filled already and can be brought up to date in Word."""
        self._run(self.file.add_paragraph(), title, bold=True, size=13)
        headings = [block.text for block in self.document.blocks if isinstance(block, Heading) and block.level == 2]
        for number, text in enumerate(headings, 1):
            paragraph = self.file.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(1)
            if number == 1:
                _mark(paragraph, "begin")
                _instruction(paragraph, ' TOC \\o "1-1" \\h \\z \\u ')
                _mark(paragraph, "separate")
            self._link(paragraph, text, f"part-{number}")
            if number == len(headings):
                _mark(paragraph, "end")

    def _heading(self, text: str, level: int, name: str = "") -> None:
        paragraph = self.file.add_heading(level=level)
        run = self._run(paragraph, text)
        if name:
            self._bookmark(run, name)

    def _block(self, block: Block) -> None:
        match block:
            case Heading(level, text):
                self._heading(text, level - 1)
            case Paragraph(text):
                self._paragraph(text)
            case Bullets(items):
                for item in items:
                    self._paragraph(item, style="List Bullet")
            case Grid(columns, rows, widths):
                self._grid(columns, rows, widths)
            case WorkList(columns, work):
                self._work_list(columns, work)
            case Timeline():
                self._timeline(block)
            case Sources(lines):
                for line in lines:
                    paragraph = self._paragraph(Text(f"{line.n}. {line.text}"))
                    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.8), Cm(-0.8)
                    self._bookmark(paragraph.runs[0], f"source-{line.n}")

    def _paragraph(self, text: Text, style: str | None = None) -> Any:
        paragraph = self.file.add_paragraph(style=style)
        self._fill(paragraph, text)
        return paragraph

    def _fill(self, paragraph: Any, text: Text) -> None:
        self._run(paragraph, text.text, bold=text.strong)
        for n in text.citations:
            self._link(paragraph, f"[{n}]", f"source-{n}", raised=True)

    def _grid(self, columns: Sequence[str], rows: Sequence[Sequence[Sequence[Text]]], widths: Sequence[int]) -> None:
        table = self._table(columns)
        for row in rows:
            cells = _cells(table.add_row(), table)
            for cell, texts in zip(cells, row, strict=True):
                self._cell(cell, texts)
        shares = widths or (100 // len(columns),) * len(columns)
        _widths(table, [share * 17 / 100 for share in shares])

    def _cell(self, cell: Any, texts: Sequence[Text]) -> None:
        paragraph = cell.paragraphs[0]
        for number, text in enumerate(texts):
            paragraph = cell.add_paragraph() if number else paragraph
            paragraph.paragraph_format.space_after = Pt(1)
            self._fill(paragraph, text)

    def _table(self, columns: Sequence[str]) -> Any:
        table = self.file.add_table(rows=1, cols=len(columns))
        table.style, table.autofit = "Table Grid", False
        head = table.rows[0]
        for cell, name in zip(_cells(head, table), columns, strict=True):
            self._run(cell.paragraphs[0], name, bold=True)
            _shaded(cell, _SHADE)
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        head._tr.get_or_add_trPr().append(repeated)
        return table

    def _work_list(self, columns: Sequence[str], work: Sequence[Work]) -> None:
        table = self._table(columns)
        for item in work:
            row = table.add_row()
            whole = OxmlElement("w:cantSplit")
            row._tr.get_or_add_trPr().append(whole)
            number, task, *facts = _cells(row, table)
            self._cell(number, [Text(str(item.number))])
            self._cell(task, [item.title])
            for label, text in item.lines:
                paragraph = task.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(1)
                self._run(paragraph, f"{label} ", colour=True)
                self._fill(paragraph, text)
            for cell, fact in zip(facts, item.facts, strict=True):
                self._cell(cell, [Text(fact)])
        _widths(table, _WORK)

    def _timeline(self, timeline: Timeline) -> None:
        """The weeks as columns of a table, shaded where a task runs, with milestones and decisions as points."""
        weeks = (timeline.end - timeline.start).days // 7 + 1
        step = -(-weeks // 16)
        spans = -(-weeks // step)
        if spans < 2:
            return
        table = self.file.add_table(rows=1, cols=spans + 1)
        table.style, table.autofit = "Table Grid", False
        heads = _cells(table.rows[0], table)
        for column in range(spans):
            self._small(heads[column + 1], str(column * step + 1))
        for bar in timeline.bars:
            cells = _cells(table.add_row(), table)
            self._small(cells[0], f"{bar.label}" if bar.point else f"{bar.label} {bar.title}")
            first, last = (((day - timeline.start).days // 7) // step for day in (bar.start, bar.end))
            for column in range(first, min(last, spans - 1) + 1):
                self._point(cells[column + 1], bar)
        _widths(table, [6.6, *[10.4 / spans] * spans])
        self.file.add_paragraph()

    def _small(self, cell: Any, text: str) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        self._run(paragraph, text if len(text) <= 52 else f"{text[:51].rstrip()}…", size=7)

    def _point(self, cell: Any, bar: Bar) -> None:
        if bar.point:
            self._small(cell, "◆")
        else:
            _shaded(cell, _BAR)

    def _run(self, paragraph: Any, text: str, *, bold: bool = False, colour: bool = False, size: float | None = None) -> Any:
        run = paragraph.add_run(_legal(text))
        run.bold = bold or None
        if colour:
            run.font.color.rgb = _SOFT
        if size:
            run.font.size = Pt(size)
        if _right_to_left(text):
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
        return run

    def _link(self, paragraph: Any, text: str, anchor: str, *, raised: bool = False) -> None:
        """Words that lead to a bookmark of this file."""
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), anchor)
        link.set(qn("w:history"), "1")
        run = self._run(paragraph, text)
        run.font.superscript = raised or None
        link.append(run._r)
        paragraph._p.append(link)

    def _bookmark(self, run: Any, name: str) -> None:
        self.bookmarks += 1
        for kind, place in (("w:bookmarkStart", run._r.addprevious), ("w:bookmarkEnd", run._r.addnext)):
            element = OxmlElement(kind)
            element.set(qn("w:id"), str(self.bookmarks))
            if kind == "w:bookmarkStart":
                element.set(qn("w:name"), name)
            place(element)

    def _field(self, paragraph: Any, instruction: str, shown: str) -> None:
        _mark(paragraph, "begin")
        _instruction(paragraph, f" {instruction} ")
        _mark(paragraph, "separate")
        self._run(paragraph, shown)
        _mark(paragraph, "end")


def _mark(paragraph: Any, kind: str) -> None:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(element)


def _instruction(paragraph: Any, text: str) -> None:
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = text
    paragraph.add_run()._r.append(element)


def _shaded(cell: Any, colour: str) -> None:
    element = OxmlElement("w:shd")
    element.set(qn("w:val"), "clear")
    element.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(element)


def _cells(row: Any, table: Any) -> list[Any]:
    """The cells of a row without merged ones, looked up once: the library's own way counts spans for each."""
    return [_Cell(element, table) for element in row._tr.tc_lst]


def _widths(table: Any, centimetres: Sequence[float]) -> None:
    """The width of each column, said of every cell too: some readers look there alone."""
    table.autofit = False
    wide = [Cm(width) for width in centimetres]
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, wide, strict=True):
        column.w = width
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, wide, strict=True):
            cell.width = width


def _legal(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def _right_to_left(text: str) -> bool:
    first = next((unicodedata.bidirectional(character) for character in text if unicodedata.bidirectional(character) in {"L", "R", "AL"}), "L")
    return first in {"R", "AL"}
