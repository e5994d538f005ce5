"""A document as a Word file: real styles and headings, tables with repeated heads, numbered sources that citations lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby, zip_longest
from typing import Any

from docx import Document as NewDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from advisor.rendering.blocks import Bar, Block, Bullets, Document, Grid, Heading, Paragraph, Sources, Text, Timeline, Work, WorkList
from advisor.rendering.word_xml import SOFT, bookmark, cell, field, legal, link, paragraph, row, run, table

_PAGE, _MARGIN, _WIDE = (Cm(21), Cm(29.7)), Cm(2), 17.0
_CLOSE = (0.86, 0.3, Cm(1.3))
"""How much smaller words and spaces are on a page that has to hold everything, and its margins above and below."""
_WORK = (0.9, 8.0, 3.7, 1.7, 2.7)
_FACTS, _LABEL, _SPANS = (4.0, 13.0), 6.8, 10.2
_PAGES = 13.0
"""Where the page numbers of the contents end, in centimetres: near the names, since no line of dots leads to a number that is not there yet."""
_SHADE, _TINT, _BAR, _LINE = "E8EDF3", "F3F5F8", "8FB4DC", "C3CAD3"
_LOGO = (5.0, 1.8)
"""How wide and how high a logo may stand, in centimetres."""
_INK = RGBColor(0x1F, 0x3A, 0x5F)


def word(document: Document, contents: str) -> bytes:
    """The whole file. `contents` is the heading of its table of contents, which only a document with work in it has."""
    file = NewDocument()
    _set_up(file, document)
    body = file.element.body
    if document.logo is not None:
        wide = min(_LOGO[0], _LOGO[1] * document.logo.width / document.logo.height) / (2 if document.one_page else 1)
        file.add_paragraph().add_run().add_picture(BytesIO(document.logo.content), width=Cm(wide))
    for element in parse_xml(f"<w:body {nsdecls('w')}>{''.join(_Body(document, contents).parts())}</w:body>"):
        body.insert(len(body) - 1, element)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _set_up(file: Any, document: Document) -> None:
    """Page, styles, language, header and footer, and what the file says of itself."""
    section = file.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    if document.one_page:
        section.top_margin = section.bottom_margin = _CLOSE[2]
        section.header_distance = section.footer_distance = _CLOSE[2] // 2
    _styles(file, document)
    _filled(section.header.paragraphs[0], run(document.header, colour=SOFT, size=8.5))
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page, pages = field("PAGE"), field("NUMPAGES")
    _filled(footer, "".join((page[0], run("1", size=8.5), page[1], run(" / ", size=8.5), pages[0], run("1", size=8.5), pages[1])))
    own, facts = file.core_properties, dict(document.facts)
    own.title, own.author, own.comments, own.language = legal(document.title)[:250], "", "", document.language
    own.subject = legal(next(iter(facts.values()), ""))[:250]


def _styles(file: Any, document: Document) -> None:
    styles, (smaller, closer) = file.styles, _CLOSE[:2] if document.one_page else (1.0, 1.0)
    normal = styles["Normal"]
    normal.font.name, normal.font.size, normal.paragraph_format.space_after = "Calibri", Pt(10.5 * smaller), Pt(4 * closer)
    if document.one_page:
        normal.paragraph_format.line_spacing = 1.0
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"de": "de-DE", "en": "en-GB"}.get(document.language, document.language))
    normal.element.get_or_add_rPr().append(language)
    for name, size, before in (("Title", 22, 0), ("Heading 1", 14, 16), ("Heading 2", 11.5, 10), ("Heading 3", 10.5, 8)):
        _plain_font(styles[name], size * smaller, _INK, before * closer, 4 * closer)
        styles[name].paragraph_format.keep_with_next = True
    soft = RGBColor.from_string(SOFT)
    for name, size, colour, before, after in (("Table Text", 9, None, 0, 1), ("Bar Text", 7, None, 0, 0), ("Source", 9, None, 0, 2), ("Sources Together", 9, None, 0, 2), ("Made", 8, soft, 12, 0), ("Gap", 4, None, 0, 0), ("Contents Line", 10.5, None, 0, 1), ("Numbered", 10.5, None, 0, 3)):  # fmt: skip
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _plain_font(style, size * smaller, colour, before * closer, after * closer)
    for name in ("Source", "Numbered"):
        hanging = styles[name].paragraph_format
        hanging.left_indent, hanging.first_line_indent = Cm(0.9), Cm(-0.9)
        hanging.tab_stops.add_tab_stop(Cm(0.9))
    styles["Contents Line"].paragraph_format.tab_stops.add_tab_stop(Cm(_PAGES), WD_TAB_ALIGNMENT.RIGHT)
    for border in styles["Table Grid"].element.iter(qn("w:tblBorders")):
        for line in border:
            line.set(qn("w:color"), _LINE)


def _plain_font(style: Any, size: float, colour: RGBColor | None, before: float, after: float) -> None:
    """Calibri where the template names a font of its theme."""
    style.font.name, style.font.size = "Calibri", Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    if colour is not None:
        style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _filled(paragraph: Any, content: str) -> None:
    for element in parse_xml(f"<w:p {nsdecls('w')}>{content}</w:p>"):
        paragraph._p.append(element)


class _Body:
    """The blocks as parts of the page; `parts` gives them in order."""

    def __init__(self, document: Document, contents: str) -> None:
        self.document, self.contents, self._bookmarks = document, contents, 0
        self.headings = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 2]

    def parts(self) -> Iterator[str]:
        yield paragraph(run(self.document.title), "Title")
        yield from self._facts()
        told, number = not any(isinstance(block, WorkList) for block in self.document.blocks), 0
        for block, then in zip_longest(self.document.blocks, self.document.blocks[1:]):
            if isinstance(block, Heading) and block.level == 2:
                if not told:
                    told = True
                    yield from self._contents()
                number += 1
                yield self._heading(block.text, 1, f"part_{number}")
            else:
                yield from self._block(block, keep=isinstance(then, Bullets))
        yield paragraph(run(self.document.foot), "Made")

    def _facts(self) -> Iterator[str]:
        if self.document.one_page:
            told = (run(f"{name}: ", colour=SOFT) + run(value) for name, value in self.document.facts)
            yield paragraph(run(" · ", colour=SOFT).join(told))
            return
        names, values = _FACTS
        lines = (
            row((cell(paragraph(run(name, colour=SOFT)), names), cell(paragraph(run(value)), values))) for name, value in self.document.facts
        )
        yield table(lines, _FACTS, "TableNormal")
        yield paragraph("", "Gap")

    def _contents(self) -> Iterator[str]:
        """The parts with links, and their pages as fields: LibreOffice fills them when it opens the file, Word when it prints it, makes a PDF or is told to (F9).

        They carry no number of ours, which could be wrong, and lie in no field of a whole table, in which LibreOffice would leave them empty.
        """
        yield paragraph(run(self.contents, bold=True, size=13), keep=True)
        for number, text in enumerate(self.headings, 1):
            place = f"part_{number}"
            yield paragraph("".join((link(text, place), run("\t"), *field(f"PAGEREF {place} \\h"))), "ContentsLine")

    def _heading(self, text: str, level: int, name: str = "") -> str:
        return paragraph(self._marked(run(text), name) if name else run(text), f"Heading{level}")

    def _marked(self, content: str, name: str) -> str:
        self._bookmarks += 1
        return bookmark(content, self._bookmarks, name)

    def _block(self, block: Block, *, keep: bool) -> Iterator[str]:
        match block:
            case Heading(level, text):
                yield self._heading(text, level - 1)
            case Paragraph(text, more):
                yield paragraph(run(" ").join(_words(each) for each in (text, *more)), keep=keep)
            case Bullets(items, ordered):
                for number, item in enumerate(items, 1):
                    yield paragraph((run(f"{number}.\t") if ordered else "") + _words(item), "Numbered" if ordered else "ListBullet")
            case Grid(columns, rows, widths):
                yield from _grid(columns, rows, widths)
            case WorkList(columns, work):
                yield table((_head(columns, _WORK), *(_task(item) for item in work)), _WORK, "TableGrid")
                yield paragraph("", "Gap")
            case Timeline():
                yield from _timeline(block)
            case Sources(lines) if self.document.one_page:
                yield paragraph(run(" · ").join(self._marked(run(f"{line.n}. {line.text}"), f"source_{line.n}") for line in lines), "SourcesTogether")
            case Sources(lines):
                yield from (paragraph(self._marked(run(f"{line.n}.\t{line.text}"), f"source_{line.n}"), "Source") for line in lines)


def _words(text: Text) -> str:
    return run(text.text, bold=text.strong) + "".join(link(f"[{n}]", f"source_{n}", raised=True) for n in text.citations)


def _lines(texts: Sequence[Text]) -> str:
    return "".join(paragraph(_words(text), "TableText") for text in texts)


def _head(columns: Sequence[str], widths: Sequence[float]) -> str:
    return row(
        (cell(paragraph(run(name, bold=True), "TableText", keep=True), width, shade=_SHADE) for name, width in zip(columns, widths, strict=True)), head=True
    )


def _grid(columns: Sequence[str], rows: Sequence[Sequence[Sequence[Text]]], widths: Sequence[int]) -> Iterator[str]:
    wide = [share * _WIDE / 100 for share in widths or (100 / len(columns),) * len(columns)]
    lines = (row(cell(_lines(texts), width) for texts, width in zip(each, wide, strict=True)) for each in rows)
    yield table((_head(columns, wide), *lines), wide, "TableGrid")
    yield paragraph("", "Gap")


def _task(item: Work) -> str:
    told = "".join(paragraph(run(f"{label} ", colour=SOFT) + _words(text), "TableText") for label, text in item.lines)
    number, task, *facts = _WORK
    return row((
        cell(_lines([Text(str(item.number))]), number),
        cell(_lines([item.title]) + told, task),
        *(cell(_lines([Text(fact)]), width) for fact, width in zip(item.facts, facts, strict=True)),
    ))  # fmt: skip


def _timeline(timeline: Timeline) -> Iterator[str]:
    """Stretches of weeks as columns of a table, shaded where a task runs, with milestones and decisions as points."""
    spans = len(timeline.ticks)
    if spans < 2:
        return
    widths = (_LABEL, *(_SPANS / spans,) * spans)
    rows = [row((cell(_small(), _LABEL), *(cell(_small(said, size=6), width) for (_, said), width in zip(timeline.ticks, widths[1:], strict=True))), head=True)]
    for group, bars in groupby(timeline.bars, key=lambda bar: bar.group):
        rows.append(row([cell(_small(group, bold=True), _WIDE, shade=_TINT, across=spans + 1)]))
        rows.extend(_bar(bar, timeline, widths) for bar in bars)
    yield paragraph("", "Gap", keep=True)
    yield table(rows, widths, "TableGrid", described=timeline.alt, margin=0.08)
    yield paragraph("", "Gap")


def _bar(bar: Bar, timeline: Timeline, widths: Sequence[float]) -> str:
    starts = [start for start, _ in timeline.ticks]
    first, last = (max(number for number, start in enumerate(starts) if start <= max(day, starts[0])) for day in (bar.start, bar.end))
    label = cell(_small(_cut(bar.label if bar.point else f"{bar.label}  {bar.title}")), widths[0])
    cells = (cell(_small("◆") if bar.point and number == first else _EMPTY, width, shade=_BAR if first <= number <= last and not bar.point else "") for number, width in enumerate(widths[1:]))
    return row((label, *cells))


def _small(text: str = "", *, bold: bool = False, size: float | None = None) -> str:
    """Words of a timeline, held together with the next row of it."""
    return paragraph(run(text, bold=bold, size=size) if text else "", "BarText", keep=True)


_EMPTY = _small()


def _cut(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0].rstrip(' ,:;')}…"
