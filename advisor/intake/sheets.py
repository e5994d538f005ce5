"""Tables that a user fills in: CSV with any usual separator, or JSON; every fault names file, row and column."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any, NamedTuple

from advisor.domain.numbers import parse_digits
from advisor.errors import InputError
from advisor.intake.clean import clean

MOST_ROWS = 2_000
_LONGEST, _MOST_COLUMNS = 300, 200
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{2}|[0-9]{4})", re.ASCII)
_MARKS = ",;\t|"
_GUARD = "'"  # what our own exports put before a cell that a spreadsheet would take for a formula


class Row(NamedTuple):
    """A row with the cells of known columns; `place` is how a reader finds it, `columns` what the file calls them."""

    file: str
    place: str
    cells: Mapping[str, str]
    columns: Mapping[str, str]

    def fault(self, column: str, allowed: str) -> InputError:
        """What is wrong with a cell."""
        found = self.cells.get(column, "")
        shown = repr(found[:40]) if found else "empty"
        return InputError(f"{self.file}, {self.place}, column {self.columns.get(column, column)}: the cell is {shown}.", hint=allowed)

    def day(self, column: str) -> date | None:
        """The day of a cell, None where it is empty. Raises InputError for anything else, such as 3/4/2027, which is two days."""
        text = self.cells.get(column, "")
        if not text:
            return None
        try:
            return _day(text)
        except ValueError:
            raise self.fault(column, "Write a day like 2027-03-01.") from None

    def number(self, column: str, allowed: str) -> Decimal | None:
        """The number of a cell, None where it is empty. Raises InputError for anything else."""
        text = self.cells.get(column, "")
        if not text:
            return None
        try:
            return parse_digits(text)
        except (ValueError, ArithmeticError):
            raise self.fault(column, allowed) from None


def read_table(text: str, file: str, columns: Mapping[str, Sequence[str]], required: Sequence[str]) -> list[Row]:
    """The rows of a table that hold anything. `columns` are what each known column may be called; others are left aside.

    Raises InputError when the text is no table, a required column is missing, or two columns are the same.
    """
    rows = _json(text, file, columns) if text.lstrip().startswith(("[", "{")) else _csv(text, file, columns)
    if not rows:
        raise InputError(f"{file} holds no rows.", hint=f"Give a table with the columns {', '.join(required)}.")
    if len(rows) > MOST_ROWS:
        raise InputError(f"{file} holds {len(rows):,} rows.", hint=f"Give at most {MOST_ROWS:,}.")
    for row in rows:
        missing = [name for name in required if name not in row.columns]
        if missing:
            where = f", {row.place}," if row.place.startswith("entry") else ""
            raise InputError(f"{file}{where} has no column {missing[0]!r}.", hint=f"It needs {', '.join(required)}; it may have {', '.join(name for name in columns if name not in required)}.")
    return rows


def _csv(text: str, file: str, columns: Mapping[str, Sequence[str]]) -> list[Row]:
    text = clean(f".{text}.")[1:-1]  # the dots keep blanks at both ends, which are rows and cells
    head = next((line for line in text.split("\n") if line.strip()), "")
    mark = max(_MARKS, key=head.count)
    try:
        lines = [(number, cells) for number, cells in _numbered(text, mark) if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise InputError(f"{file} is no table: {error}.", hint="Save it as CSV, one row a line.") from None
    if not lines:
        return []
    names = _named(lines[0][1], file, columns)
    found = []
    for number, cells in lines[1:]:
        own = {name: _cell(cells[index]) if index < len(cells) else "" for index, name in names.items()}
        found.append(_row(file, f"row {number}", own, {name: lines[0][1][index].strip() for index, name in names.items()}))
    return found


def _numbered(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their number as a spreadsheet shows it: the heading is row 1, and a cell of several lines is one row."""
    reader = csv.reader(StringIO(text), delimiter=mark)
    for number, cells in enumerate(reader, 1):
        if len(cells) > _MOST_COLUMNS:
            raise csv.Error(f"row {number} has {len(cells)} columns")
        yield number, cells


def _named(head: Sequence[str], file: str, columns: Mapping[str, Sequence[str]]) -> dict[int, str]:
    """The known columns by their place. Raises InputError when one stands there twice."""
    names: dict[int, str] = {}
    for index, heading in enumerate(head):
        name = _known(heading, columns)
        if name in names.values():
            raise InputError(f"{file} has the column {name!r} twice.", hint="Leave one of them.")
        if name:
            names[index] = name
    return names


def _known(heading: str, columns: Mapping[str, Sequence[str]]) -> str:
    plain = "_".join(heading.strip().lower().replace("-", " ").replace("_", " ").split())
    return next((name for name, called in columns.items() if plain in called), "")


def _cell(text: str) -> str:
    text = " ".join(text.split())
    return text[1:] if text.startswith(_GUARD) else text


def _row(file: str, place: str, cells: Mapping[str, str], columns: Mapping[str, str]) -> Row:
    row = Row(file, place, cells, columns)
    for name, text in cells.items():
        if len(text) > _LONGEST:
            raise row.fault(name, f"Write at most {_LONGEST} characters.")
    return row


def _json(text: str, file: str, columns: Mapping[str, Sequence[str]]) -> list[Row]:
    """A list of objects, or an object that holds one under `tasks`, `partners` or `rows`."""
    try:
        table = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file} is not JSON: {error}.", hint="Mend the file, or give CSV.") from None
    if isinstance(table, dict):
        table = next((table[name] for name in ("tasks", "partners", "rows") if isinstance(table.get(name), list)), None)
    if not isinstance(table, list):
        raise InputError(f"{file} holds no list of rows.", hint="Give a list of objects, or CSV.")
    found = []
    for number, entry in enumerate(table, 1):
        if not isinstance(entry, dict):
            raise InputError(f"{file}, entry {number} is no object.", hint="Give a list of objects, or CSV.")
        called = {name: str(key) for key in entry if (name := _known(str(key), columns))}
        found.append(_row(file, f"entry {number}", {name: _cell(clean(_plain(entry[key]))) for name, key in called.items()}, called))
    return found


def _plain(value: Any) -> str:
    """A JSON value as a cell; an object or list is no cell and stands there as it would be read."""
    return "" if value is None else str(value)


def _day(text: str) -> date:
    """2027-03-01, 1.3.2027 or 1.3.27. Raises ValueError for anything else."""
    if dotted := _DOTTED.fullmatch(text):
        day, month, year = (int(part) for part in dotted.groups())
        return date(year + 2000 if year < 100 else year, month, day)
    return date.fromisoformat(text[:10] if "T" in text or " " in text else text)
