"""Working days and plan weeks: Monday to Friday, less the days on which nobody works."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

_DAY = timedelta(days=1)


class Calendar:
    """The days of a plan. Week 1 begins on the first day; later weeks on the same weekday."""

    def __init__(self, start: date, closed: Collection[date] = ()) -> None:
        self._closed = frozenset(closed)
        self.start = self.working(start)

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self._closed

    def working(self, day: date) -> date:
        """The day itself, or the next on which somebody works."""
        while not self.works(day):
            day += _DAY
        return day

    def back(self, day: date) -> date:
        """The day itself, or the last before it on which somebody works, but never before the first day."""
        while not self.works(day) and day > self.start:
            day -= _DAY
        return day

    def after(self, day: date) -> date:
        """The next working day."""
        return self.working(day + _DAY)

    def first_of(self, week: int) -> date:
        """The first working day of a week, counted from 1."""
        return self.working(self.start + timedelta(weeks=week - 1))

    def last_of(self, week: int) -> date:
        """The last working day of a week."""
        return max(self.back(self.start + timedelta(weeks=week) - _DAY), self.start)

    def week_of(self, day: date) -> int:
        return (day - self.start).days // 7 + 1

    def days(self, first: date, last: date) -> Iterator[date]:
        """The working days from one day to another, both included."""
        day = first
        while day <= last:
            if self.works(day):
                yield day
            day += _DAY


def next_monday(day: date) -> date:
    """The Monday after a day: where a plan begins when nobody says when."""
    return day + timedelta(days=7 - day.weekday())
