"""Series of meetings of a plan: their sentences, their first day, and the days of the series on which nobody works."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from advisor.domain import ClaimKind, DraftClaim
from advisor.domain.plan import Meeting, Rhythm, Role
from advisor.planning import house
from advisor.planning.calendar import Calendar
from advisor.planning.refuse import holds
from advisor.planning.templates import House, MeetingTemplate, Template
from advisor.planning.writing import Settled, Writer

MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.YEARLY: 12}
_DAYS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}
_RUNS_DAYS = 364
"""How long a series runs: a year less a day."""


class Drafted(NamedTuple):
    template: MeetingTemplate
    title: DraftClaim
    inputs: DraftClaim
    decides: DraftClaim
    lasts: DraftClaim


def drafted(template: Template, writer: Writer, estimates: House) -> list[Drafted]:
    """The meetings that are meant for the client, written and not yet held; their length is an estimate of the house."""
    found = []
    for each in template.meeting:
        if holds(each, writer.facts):
            title, inputs, decides = (writer.line(f"meeting.{each.id}.{part}", each.why) for part in ("title", "inputs", "decides"))
            lasts = writer.line("minutes", [f"{house.MINUTES}.{each.size}"], kind=ClaimKind.FIGURE, slots={"minutes": str(estimates.minutes[each.size])})
            found.append(Drafted(each, title, inputs, decides, lasts))
    return found


def meetings(drafts: Sequence[Drafted], settled: Settled, calendar: Calendar, ready: date, titles: Callable[[Role], str], writer: Writer, estimates: House) -> tuple[Meeting, ...]:
    """The series whose sentences have stood, the most frequent first as templates name them; none begins before the day on which they are `ready`."""
    found = []
    for each, *lines in drafts:
        title, inputs, decides, lasts = (settled.line(line) for line in lines)
        if title and inputs and decides and lasts:
            first = _first(each, max(calendar.first_of(each.week), ready))
            until = first + timedelta(days=_RUNS_DAYS)
            lead = titles(each.by)
            others = tuple(dict.fromkeys(name for role in each.others if (name := titles(role)) != lead))
            found.append(Meeting(
                id=each.id, title=title, rhythm=each.rhythm, nth=each.nth, minutes=estimates.minutes[each.size], first=first, until=until,
                without=tuple(day for day in days(first, each.rhythm, each.nth, until) if not calendar.works(day)), lead=lead,
                others=(*others, *([writer.say("word.partner")] if each.partner else [])), inputs=inputs, decides=decides, lasts=lasts,
            ))  # fmt: skip
    return tuple(found)


def _first(each: MeetingTemplate, day: date) -> date:
    """The first day of a series from a day on: on its weekday, and of rarer ones on the right one of the month."""
    while day.weekday() != each.weekday or (each.rhythm in MONTHS and (day.day - 1) // 7 + 1 != each.nth):
        day += timedelta(days=1)
    return day


def days(first: date, rhythm: Rhythm, nth: int, until: date) -> Iterator[date]:
    """The days of a series."""
    if rhythm in _DAYS:
        count = (until - first).days // _DAYS[rhythm]
        yield from (first + timedelta(days=_DAYS[rhythm] * number) for number in range(count + 1))
        return
    month = first.year * 12 + first.month - 1
    while (day := _nth(month // 12, month % 12 + 1, first.weekday(), nth)) <= until:
        yield day
        month += MONTHS[rhythm]


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth of a weekday in a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
