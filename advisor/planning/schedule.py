"""Days for tasks: in their weeks, after what they wait for, within the hours of who does them.

What does not fit moves to later days; when that runs over the end of the plan, work is left out by its priority, `could` before `should`,
the latest first. Work that must be done is never left out: then the plan ends later and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from advisor.domain.plan import Priority, Role
from advisor.planning.calendar import Calendar

LONGEST = 3
"""A plan that would take this many times its weeks is none."""
_RANK = {Priority.MUST: 0, Priority.SHOULD: 1, Priority.COULD: 2}


class Piece(NamedTuple):
    """A task as the calendar sees it; `after` are ids of other pieces. One with `until` does not end before that day."""

    id: str
    role: Role
    effort: Decimal
    weeks: tuple[int, int]
    after: tuple[str, ...]
    priority: Priority
    until: date | None = None


class Placed(NamedTuple):
    start: date
    end: date
    moved: bool


class Schedule(NamedTuple):
    """The days by task id, what was left out in the order in which it went, and the last day."""

    days: Mapping[str, Placed]
    dropped: tuple[str, ...]
    end: date

    @property
    def moved(self) -> tuple[str, ...]:
        return tuple(id_ for id_, placed in self.days.items() if placed.moved)


class OverloadedError(Exception):
    """The work that must be done takes far longer than the plan; `hours` a week would do."""

    def __init__(self, needed: Decimal, hours: int) -> None:
        super().__init__(needed, hours)
        self.needed, self.hours = needed, hours


@dataclass(frozen=True)
class Past:
    """What lies behind: days of work that is done, and the first day on which anything else can be done."""

    days: Mapping[str, Placed] = field(default_factory=dict)
    today: date = date.min


def schedule(pieces: Sequence[Piece], calendar: Calendar, weeks: int, daily: Mapping[Role, Decimal], past: Past = Past()) -> Schedule:
    """Days for all pieces, and those of the past. `daily` is what each role can do on a working day, in person-days. Raises OverloadedError."""
    kept = list(pieces)
    dropped: list[str] = []
    last = calendar.last_of(weeks)
    while True:
        days = _placed(kept, calendar, weeks, daily, past)
        end = max((placed.end for placed in days.values()), default=last)
        crowding = [] if end <= last else _crowding(kept, days, last)
        if not crowding:
            return _refilled(pieces, kept, dropped, calendar, weeks, daily, past)
        gone = max(crowding, key=lambda piece: (_RANK[piece.priority], days[piece.id].end, piece.id))
        dropped.append(gone.id)
        kept = without(kept, gone.id)


def _refilled(pieces: Sequence[Piece], kept: list[Piece], dropped: list[str], calendar: Calendar, weeks: int, daily: Mapping[Role, Decimal], past: Past) -> Schedule:
    """The schedule with as much of what was left out as fits after all, the most important and earliest first."""
    days = _placed(kept, calendar, weeks, daily, past)
    last = max([calendar.last_of(weeks), *(placed.end for placed in days.values())])
    for id_ in sorted(dropped, key=lambda each: next((_RANK[piece.priority], piece.weeks, number) for number, piece in enumerate(pieces) if piece.id == each)):
        gone = [each for each in dropped if each != id_]
        wider = list(pieces)
        for each in gone:
            wider = without(wider, each)
        tried = _placed(wider, calendar, weeks, daily, past)
        if max(placed.end for placed in tried.values()) <= last:
            days, dropped = tried, gone
    return Schedule(days, tuple(dropped), last)


def _crowding(kept: Sequence[Piece], days: Mapping[str, Placed], last: date) -> list[Piece]:
    """Work that could give way so that what must be done ends in time: of the same roles, not waited for by it."""
    late = {piece.role for piece in kept if days[piece.id].end > last}
    return [piece for piece in kept if piece.priority is not Priority.MUST and piece.role in late]


def without(kept: Sequence[Piece], id_: str) -> list[Piece]:
    """The pieces without one; what waited for it waits for what it waited for."""
    gone = next(piece for piece in kept if piece.id == id_)
    rest = [piece for piece in kept if piece.id != id_]
    return [
        piece._replace(after=tuple(dict.fromkeys(other for each in piece.after for other in (gone.after if each == id_ else (each,)))))
        for piece in rest
    ]


def _placed(pieces: Sequence[Piece], calendar: Calendar, weeks: int, daily: Mapping[Role, Decimal], past: Past) -> dict[str, Placed]:
    left: dict[tuple[Role, date], Decimal] = {}
    days: dict[str, Placed] = dict(past.days)
    for piece in _in_order(pieces, past.days):
        ready = [calendar.after(days[id_].end) for id_ in piece.after]
        first = max([calendar.first_of(piece.weeks[0]), past.today, *ready])
        start, end = _fill(piece, first, calendar, daily[piece.role], left, weeks)
        end = max(end, calendar.working(piece.until)) if piece.until else end
        days[piece.id] = Placed(start, end, start > calendar.last_of(piece.weeks[1]))
    return days


def _fill(piece: Piece, first: date, calendar: Calendar, daily: Decimal, left: dict[tuple[Role, date], Decimal], weeks: int) -> tuple[date, date]:
    """Take the effort from the days of the role: from the first one on that has working days in a row for all of it. Raises OverloadedError when there is no end to it."""
    limit = calendar.start + timedelta(weeks=weeks * LONGEST)
    day, open_, taken = calendar.working(first), piece.effort, dict[date, Decimal]()
    while open_ > 0:
        free = left.get((piece.role, day), daily)
        if free > 0:
            taken[day] = min(free, open_)
            open_ -= taken[day]
        else:
            open_, taken = piece.effort, {}
        day = calendar.after(day)
        if day > limit:
            raise OverloadedError(piece.effort, 0)
    for each, used in taken.items():
        left[piece.role, each] = left.get((piece.role, each), daily) - used
    return (min(taken), max(taken)) if taken else (day, day)


def _in_order(pieces: Sequence[Piece], past: Mapping[str, Placed]) -> list[Piece]:
    """Pieces such that each comes behind what it waits for; else by week, priority and the order in which they were given."""
    place = {piece.id: number for number, piece in enumerate(pieces)}
    waiting = sorted(pieces, key=lambda piece: (piece.weeks[0], _RANK[piece.priority], piece.weeks[1], place[piece.id]))
    done: dict[str, Piece] = {}
    while waiting:
        ready = next((piece for piece in waiting if all(id_ in done or id_ in past for id_ in piece.after)), None)
        if ready is None:
            raise ValueError(f"tasks wait for each other: {', '.join(piece.id for piece in waiting)}")
        done[ready.id] = ready
        waiting.remove(ready)
    return list(done.values())
