"""Days for tasks: in their weeks, after what they wait for, within the hours of who does them.

What does not fit moves to later days; when that runs over the end of the plan, work is left out by its priority, `could` before `should`,
the latest first. Work that must be done is never left out: then the plan ends later and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from advisor.domain.plan import Priority, Role
from advisor.planning.calendar import Calendar

LONGEST = 3
"""A plan that would take this many times its weeks is none."""
_RANK = {Priority.MUST: 0, Priority.SHOULD: 1, Priority.COULD: 2}


class Piece(NamedTuple):
    """A task as the calendar sees it; `after` are ids of other pieces."""

    id: str
    role: Role
    effort: Decimal
    weeks: tuple[int, int]
    after: tuple[str, ...]
    priority: Priority


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


def schedule(pieces: Sequence[Piece], calendar: Calendar, weeks: int, daily: Mapping[Role, Decimal]) -> Schedule:
    """Days for all pieces. `daily` is what each role can do on a working day, in person-days. Raises OverloadedError."""
    kept = list(pieces)
    dropped: list[str] = []
    last = calendar.last_of(weeks)
    while True:
        days = _placed(kept, calendar, weeks, daily)
        end = max((placed.end for placed in days.values()), default=last)
        crowding = [] if end <= last else _crowding(kept, days, last)
        if not crowding:
            return _refilled(pieces, kept, dropped, calendar, weeks, daily)
        gone = max(crowding, key=lambda piece: (_RANK[piece.priority], days[piece.id].end, piece.id))
        dropped.append(gone.id)
        kept = _without(kept, gone)


def _refilled(pieces: Sequence[Piece], kept: list[Piece], dropped: list[str], calendar: Calendar, weeks: int, daily: Mapping[Role, Decimal]) -> Schedule:
    """The schedule with as much of what was left out as fits after all, the most important and earliest first."""
    days = _placed(kept, calendar, weeks, daily)
    last = max([calendar.last_of(weeks), *(placed.end for placed in days.values())])
    for id_ in sorted(dropped, key=lambda each: next((_RANK[piece.priority], piece.weeks, number) for number, piece in enumerate(pieces) if piece.id == each)):
        gone = [each for each in dropped if each != id_]
        wider = list(pieces)
        for each in gone:
            wider = _without(wider, next(piece for piece in wider if piece.id == each))
        tried = _placed(wider, calendar, weeks, daily)
        if max(placed.end for placed in tried.values()) <= last:
            days, dropped = tried, gone
    return Schedule(days, tuple(dropped), last)


def _crowding(kept: Sequence[Piece], days: Mapping[str, Placed], last: date) -> list[Piece]:
    """Work that could give way so that what must be done ends in time: of the same roles, not waited for by it."""
    late = {piece.role for piece in kept if days[piece.id].end > last}
    return [piece for piece in kept if piece.priority is not Priority.MUST and piece.role in late]


def _without(kept: Sequence[Piece], gone: Piece) -> list[Piece]:
    """The pieces without one; what waited for it waits for what it waited for."""
    rest = [piece for piece in kept if piece.id != gone.id]
    return [
        piece._replace(after=tuple(dict.fromkeys(id_ for each in piece.after for id_ in (gone.after if each == gone.id else (each,)))))
        for piece in rest
    ]


def _placed(pieces: Sequence[Piece], calendar: Calendar, weeks: int, daily: Mapping[Role, Decimal]) -> dict[str, Placed]:
    left: dict[tuple[Role, date], Decimal] = {}
    days: dict[str, Placed] = {}
    for piece in _in_order(pieces):
        ready = [calendar.after(days[id_].end) for id_ in piece.after]
        first = max([calendar.first_of(piece.weeks[0]), *ready])
        start, end = _fill(piece, first, calendar, daily[piece.role], left, weeks)
        days[piece.id] = Placed(start, end, start > calendar.last_of(piece.weeks[1]))
    return days


def _fill(piece: Piece, first: date, calendar: Calendar, daily: Decimal, left: dict[tuple[Role, date], Decimal], weeks: int) -> tuple[date, date]:
    """Take the effort from the days of the role, from the first one on. Raises OverloadedError when there is no end to it."""
    limit = calendar.start + timedelta(weeks=weeks * LONGEST)
    day, open_, start = calendar.working(first), piece.effort, None
    while True:
        free = left.get((piece.role, day), daily)
        used = min(free, open_)
        if used > 0:
            left[piece.role, day] = free - used
            open_ -= used
            start = start or day
        if open_ <= 0:
            return start or day, day
        day = calendar.after(day)
        if day > limit:
            raise OverloadedError(piece.effort, 0)


def _in_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces such that each comes behind what it waits for; else by week, priority and the order in which they were given."""
    place = {piece.id: number for number, piece in enumerate(pieces)}
    waiting = sorted(pieces, key=lambda piece: (piece.weeks[0], _RANK[piece.priority], piece.weeks[1], place[piece.id]))
    done: dict[str, Piece] = {}
    while waiting:
        ready = next((piece for piece in waiting if all(id_ in done for id_ in piece.after)), None)
        if ready is None:
            raise ValueError(f"tasks wait for each other: {', '.join(piece.id for piece in waiting)}")
        done[ready.id] = ready
        waiting.remove(ready)
    return list(done.values())
