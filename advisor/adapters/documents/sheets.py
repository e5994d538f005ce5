"""Tables as text: CSV with any usual separator, and the sheets of an Excel file, with percent, currencies and dates as they are shown."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from io import StringIO

from advisor.adapters.documents.packed import Package
from advisor.adapters.documents.pages import piped
from advisor.adapters.documents.text import decoded

_PERCENT, _DATES = frozenset({9, 10}), frozenset({14, 15, 16, 17, 22})  # number formats that Excel knows by number
_FIRST_DAY = date(1899, 12, 30)
_SIGNS = re.compile(r"\[\$([^\]-]{1,4})|([€$£])")
_MOST_COLUMNS = 200


def separated(content: bytes, name: str) -> str:
    """A CSV file as a table of pipes; the separator is the one that divides its first lines most evenly."""
    text = decoded(content, name)
    delimiter = _delimiter(text[:20_000]) if not name.lower().endswith(".tsv") else "\t"
    try:
        rows = [row[:_MOST_COLUMNS] for row in csv.reader(StringIO(text), delimiter=delimiter)]
    except csv.Error:
        return text
    return _parts(rows)


def _delimiter(sample: str) -> str:
    lines = [line for line in sample.splitlines()[:20] if line.strip()]
    def evenness(mark: str) -> tuple[int, int]:
        counts = [len(next(csv.reader([line], delimiter=mark), [])) for line in lines]
        usual = max(set(counts), key=counts.count, default=1)
        return (counts.count(usual) if usual > 1 else 0, usual)

    return max(",;\t|", key=evenness)


def _parts(rows: list[list[str]]) -> str:
    """Rows with more than one cell as tables; a row of one cell is a line of its own, and an empty row ends a table."""
    texts: list[str] = []
    table: list[list[str]] = []
    for row in [*rows, []]:
        filled = [cell for cell in row if cell.strip()]
        if len(filled) > 1:
            table.append(row)
            continue
        if table:
            texts.append(piped(table))
            table = []
        texts += filled
    return "\n\n".join(text for text in texts if text)


class _Strings:
    """The shared strings of a workbook."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._inside = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self.found.append("")
        self._inside = tag == "t"

    def end(self, tag: str) -> None:
        self._inside = self._inside and tag != "t"

    def data(self, text: str) -> None:
        if self._inside and self.found:
            self.found[-1] += text


class _Styles:
    """How the cells of each style are shown: percent, dates, a currency's sign."""

    def __init__(self) -> None:
        self.formats: dict[int, str] = {}
        self.styles: list[int] = []
        self._cells = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self.formats[int(attributes.get("numFmtId", 0))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._cells = True
        elif tag == "xf" and self._cells:
            self.styles.append(int(attributes.get("numFmtId", 0)))

    def end(self, tag: str) -> None:
        self._cells = self._cells and tag != "cellXfs"

    def data(self, text: str) -> None:
        """Styles have no text."""

    def shown(self, value: str, style: int) -> str:
        """A stored number as its cell shows it."""
        number = self.styles[style] if style < len(self.styles) else 0
        code = self.formats.get(number, "")
        try:
            stored = Decimal(value)
        except InvalidOperation:
            return value
        if number in _PERCENT or "%" in code:
            return f"{_short(stored * 100)} %"
        if number in _DATES or (code and re.search(r"[dy]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", code), re.I)):
            return (_FIRST_DAY + timedelta(days=int(stored))).isoformat() if 0 < stored < 200_000 else value
        sign = _SIGNS.search(code)
        return f"{sign[1] or sign[2]} {_short(stored)}" if sign else _short(stored)


def _short(number: Decimal) -> str:
    return f"{round(number, 6).normalize():,f}"


class _Sheet:
    """The rows of one sheet."""

    def __init__(self, strings: list[str], styles: _Styles) -> None:
        self.rows: list[list[str]] = []
        self._strings, self._styles = strings, styles
        self._kind, self._style, self._value, self._column = "", 0, "", 0
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self.rows.append([])
        elif tag == "c":
            self._kind, self._style, self._value = attributes.get("t", "n"), int(attributes.get("s", 0)), ""
            self._column = _column(attributes.get("r", ""))
        self._inside = tag in {"v", "t"}

    def end(self, tag: str) -> None:
        self._inside = False
        if tag == "c" and self.rows and self._column < _MOST_COLUMNS:
            row = self.rows[-1]
            row += [""] * (self._column - len(row))
            row.append(self._shown())

    def data(self, text: str) -> None:
        if self._inside:
            self._value += text

    def _shown(self) -> str:
        if self._kind == "s":
            return self._strings[int(self._value)] if self._value.isdigit() and int(self._value) < len(self._strings) else ""
        return self._styles.shown(self._value, self._style) if self._kind == "n" and self._value else self._value


def _column(place: str) -> int:
    number = 0
    for letter in re.sub(r"[^A-Z]", "", place)[:3]:
        number = number * 26 + ord(letter) - 64
    return number - 1 if number else 0


def sheet(content: bytes, name: str) -> str:
    """The text of an .xlsx file: each sheet as a table below its number."""
    package = Package(content, name, "xlsx")
    strings, styles = _Strings(), _Styles()
    package.walk("xl/sharedStrings.xml", strings.start, strings.end, strings.data)
    package.walk("xl/styles.xml", styles.start, styles.end, styles.data)
    texts = []
    for number in sorted(int(match[1]) for part in package.parts if (match := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", part))):
        one = _Sheet(strings.found, styles)
        package.walk(f"xl/worksheets/sheet{number}.xml", one.start, one.end, one.data)
        texts.append(_parts(one.rows))
    return "\n\n".join(text for text in texts if text)
