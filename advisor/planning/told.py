"""Reads what happened to a plan from a table that a client filled in: our own CSV or JSON with the columns for it, or a short list."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import Field

from advisor import datafiles
from advisor.domain import Value
from advisor.domain.plan import Report, Status, Told
from advisor.errors import InputError
from advisor.intake.sheets import Row, read_table
from advisor.planning.selection import GENERIC
from advisor.planning.templates import FOLDER, SHEETS, load

MOST_YEARS = 5
MOST_DAYS = 250
"""No task has more person-days left."""
_IDS = "Give the id of the task, as the plan's CSV names it."


class Sheet(Value):
    """What columns may be called, and what the marks of a closed column may be."""

    columns: dict[str, tuple[str, ...]]
    marks: dict[str, tuple[str, ...]] = Field(default={})

    def mark(self, text: str) -> str | None:
        return next((mark for mark, called in self.marks.items() if text.lower() in called), None)


def sheet(name: str) -> Sheet:
    """A table that a user fills in, as knowledge/plans/sheets.toml describes it."""
    return _sheets(datafiles.root())[name]


@cache
def _sheets(base: Path) -> dict[str, Sheet]:
    return {name: Sheet.model_validate(table) for name, table in datafiles.read_toml(base / FOLDER / SHEETS).items()}


def report(text: str, file: str, on: date) -> Report:
    """What the table says, as it stands on a day. Raises InputError with row and column when it cannot be read."""
    own = sheet("progress")
    rows = read_table(text, file, own.columns, ("id", "status"))
    seen: dict[str, Row] = {}
    for row in rows:
        id_ = row.cells["id"]
        if not id_:
            raise row.fault("id", _IDS)
        if not _known(id_):
            raise row.fault("id", f"No plan has such a task. {_IDS}")
        if id_ in seen:
            raise row.fault("id", f"The task stands there already, in {seen[id_].place}; give it one row.")
        seen[id_] = row
    return Report(on=on, tasks=tuple(_told(row, own, on) for row in rows))


def _known(id_: str) -> bool:
    """Whether some plan has a task of this id; a task that stands once for each thing that exists has the thing's name at its end."""
    tasks = load().tasks
    return id_ in tasks or any(id_.startswith(f"{each.id}-") for each in tasks.values() if each.part == GENERIC)


def _told(row: Row, own: Sheet, on: date) -> Told:
    mark = own.mark(row.cells["status"])
    if mark is None:
        raise row.fault("status", f"Write one of {', '.join(Status)}, or leave it empty.")
    status, day = Status(mark), _near(row, "status_date", on)
    if status is Status.DONE and day is None:
        raise row.fault("status_date", "A task that is done needs the day on which it was done.")
    if status is Status.DONE and day and day > on:
        raise row.fault("status_date", f"A task that is done was done by {on.isoformat()}, the day of the report; a later one: --as-of.")
    if status is Status.LATE and day and day < on:
        raise row.fault("status_date", f"A task that is late is expected on {on.isoformat()} or later; leave it empty if nobody knows.")
    start, end = (_near(row, name, on) for name in ("start", "end"))
    return Told(id=row.cells["id"], status=status, on=day, left=_left(row), start=start, end=end)


def _near(row: Row, column: str, on: date) -> date | None:
    """The day of a cell, which no plan has further away than MOST_YEARS."""
    day = row.day(column)
    if day and abs(day.year - on.year) > MOST_YEARS:
        raise row.fault(column, f"Write a day near {on.isoformat()}, like {on.isoformat()}.")
    return day


def _left(row: Row) -> Decimal | None:
    wanted = f"Write the person-days still to do, more than 0 and at most {MOST_DAYS}, or leave it empty."
    left = row.number("left_days", wanted)
    if left is not None and not 0 < left <= MOST_DAYS:
        raise row.fault("left_days", wanted)
    return left


def begun(told: Report) -> date | None:
    """The first day of the plan that the report's copy shows, None where it shows no days."""
    return min((each.start for each in told.tasks if each.start), default=None)


def strange(told: Report, ids: set[str]) -> tuple[str, ...]:
    """The reported ids that stand in this plan no more. Raises InputError when that is true of all."""
    found = tuple(each.id for each in told.tasks if each.id not in ids)
    if len(found) == len(told.tasks):
        raise InputError("None of the reported tasks stands in this plan.", hint="Give the kind and the client that the plan was made for.")
    return found
