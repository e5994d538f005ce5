"""Tables that a user fills in: read as spreadsheets save them, and refused with row and column."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.errors import InputError
from advisor.intake.sheets import MOST_ROWS, read_table

COLUMNS = {"id": ("id",), "when": ("when", "due_date"), "left": ("left",)}


def rows(text: str, name: str = "f.csv") -> list[dict[str, str]]:
    return [dict(row.cells) for row in read_table(text, name, COLUMNS, ("id",))]


@pytest.mark.parametrize("text", ["id,when\na,2027-03-01\n", "id;when\r\na;2027-03-01\r\n", "ID\tDue date\na\t2027-03-01", "\n\nid,due-date\n\na,2027-03-01\n,\n", '[{"id": "a", "when": "2027-03-01"}]', '{"tasks": [{"id": "a", "Due date": "2027-03-01"}]}'])
def test_the_same_table_is_read_from_every_way_to_save_it(text: str) -> None:
    assert rows(text) == [{"id": "a", "when": "2027-03-01"}]


def test_a_row_has_the_number_that_the_spreadsheet_shows() -> None:
    table = read_table('\nid,when\n"a\nb",x\n\nc,y\n', "f.csv", COLUMNS, ("id",))
    assert [row.place for row in table] == ["row 3", "row 5"]


def test_the_apostrophe_of_our_own_exports_is_taken_away() -> None:
    assert rows("id\n'=1+1\n") == [{"id": "=1+1"}]


@pytest.mark.parametrize(("cell", "expected"), [("2027-03-01", date(2027, 3, 1)), ("1.3.2027", date(2027, 3, 1)), ("01.03.27", date(2027, 3, 1)), ("2027-03-01 00:00:00", date(2027, 3, 1)), ("", None)])
def test_days_are_read_as_spreadsheets_write_them(cell: str, expected: date | None) -> None:
    (row,) = read_table(f"id,when\na,{cell}", "f.csv", COLUMNS, ("id",))
    assert row.day("when") == expected


@pytest.mark.parametrize("cell", ["3/4/2027", "soon", "31.2.2027", "2027-13-01", "1.2.3", "..", "²027-03-01"])
def test_a_day_that_is_none_is_refused_with_its_row_and_column(cell: str) -> None:
    (row,) = read_table(f"id,Due date\na,{cell}", "f.csv", COLUMNS, ("id",))
    with pytest.raises(InputError, match=r"f\.csv, row 2, column Due date: "):
        row.day("when")


@pytest.mark.parametrize("text", [
    "", "   ", "id\n", "name,when\na,b\n", "id,id\na,b\n", "[1]", "{}", '{"tasks": 3}', "[", '[{"when": "2027-03-01"}]', "[" * 100_000, "id\n" + "x" * 400, "id\n" + "a\n" * (MOST_ROWS + 1),
    "id\n" + "," * 300, "id,when\n" + '"' + "x" * 200_000 + '"', '[{"id": 1e999999999}]' * 2,
])  # fmt: skip
def test_what_is_no_table_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InputError):
        read_table(text, "f.csv", COLUMNS, ("id",))


def test_terminal_escapes_and_invisible_signs_do_not_stay() -> None:
    assert rows("id\na\x1b[31mb\u202e\n") == [{"id": "ab"}]
