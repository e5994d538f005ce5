"""Tasks as rows: a CSV for project tools and a calendar, both safe to open."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

from advisor.domain.plan import Meeting, Plan, Rhythm
from advisor.planning.meetings import MONTHS
from advisor.rendering.words import page

if TYPE_CHECKING:
    from datetime import date

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("id", "number", "phase", "task", "done_when", "because", "owner", "effort_days", "start", "end", "weeks", "depends_on", "priority", "moved", "status", "status_date", "left_days")


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text


def rows(plan: Plan) -> list[tuple[str | float, ...]]:
    """One row a task, in the columns of COLUMNS; days are ISO dates, waiting is by number. The last columns are for the client to fill in."""
    numbers = {task.id: number for number, task in enumerate(plan.tasks, 1)}
    titles = {phase.id: phase.title for phase in plan.phases}
    return [
        (task.id, numbers[task.id], titles[task.phase], task.title.text, task.done_when.text, task.because.text, task.owner_title, float(task.effort),
         task.start.isoformat(), task.end.isoformat(), task.weeks, " ".join(str(numbers[id_]) for id_ in task.depends_on), task.priority.value, "yes" if task.moved else "no",
         task.status.value, task.status_date.isoformat() if task.status_date else "", "")
        for task in plan.tasks
    ]  # fmt: skip


def table_csv(plan: Plan) -> str:
    """The tasks as CSV with a header row; cells that could be read as formulas begin with an apostrophe."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows(plan))
    return out.getvalue()


def calendar(plan: Plan) -> bytes:
    """Tasks, milestones and decisions as whole-day events and meetings as series, each under an id that stays when the plan is made again."""
    from icalendar import Calendar

    labels = page(plan.language)
    whole = Calendar()
    whole.add("prodid", "-//partner-advisor//plan//EN")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", labels.say("plan.header", title=plan.title, client=plan.prepared_for))
    for number, task in enumerate(plan.tasks, 1):
        lines = [f"{task.owner_title}", f"{labels.say('plan.done')} {task.done_when.text}", f"{labels.say('plan.why')} {task.because.text}"]
        whole.add_component(_event(plan, task.id, f"{number}. {task.title.text}", task.start, task.end, "\n".join(lines)))
    for milestone in plan.milestones:
        whole.add_component(_event(plan, f"milestone-{milestone.id}", f"◆ {milestone.title.text}", milestone.on, milestone.on, ""))
    for gate in plan.gates:
        said = "\n".join([labels.say("plan.decided_by", who=gate.decided_by), *(f"- {line.text}" for line in gate.criteria), f"{labels.say('plan.missed')} {gate.if_missed.text}"])
        whole.add_component(_event(plan, f"gate-{gate.id}", f"◆ {gate.title.text}", gate.on, gate.on, said))
    for meeting in plan.meetings:
        whole.add_component(_series(plan, meeting))
    return bytes(whole.to_ical())


_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")
_HOUR = time(9, 30)
"""When meetings stand in the calendar, in the time of whoever opens it, until somebody moves them."""


def _series(plan: Plan, meeting: Meeting) -> Any:
    """A recurring event at a time of day; days on which nobody works are left out of it."""
    from icalendar import Event

    labels = page(plan.language)
    event = Event()
    event.add("uid", f"{plan.kind}-meeting-{meeting.id}-{plan.start.isoformat()}@partner-advisor")
    event.add("dtstamp", datetime.combine(plan.created, time(), UTC))
    event.add("dtstart", datetime.combine(meeting.first, _HOUR))
    event.add("duration", timedelta(minutes=meeting.minutes))
    event.add("rrule", _rule(meeting))
    if meeting.without:
        event.add("exdate", [datetime.combine(day, _HOUR) for day in meeting.without])
    event.add("summary", meeting.title.text)
    who = [labels.say("plan.meeting.lead", who=meeting.lead), *([labels.say("plan.meeting.others", who=", ".join(meeting.others))] if meeting.others else [])]
    event.add("description", "\n".join([*who, f"{labels.say('plan.meeting.column.inputs')}: {meeting.inputs.text}", f"{labels.say('plan.meeting.column.decides')}: {meeting.decides.text}"]))
    return event


def _rule(meeting: Meeting) -> dict[str, Any]:
    until = datetime.combine(meeting.until, time(23, 59))
    weekday = _WEEKDAYS[meeting.first.weekday()]
    if meeting.rhythm in MONTHS:
        return {"freq": "monthly", "interval": MONTHS[meeting.rhythm], "byday": f"{meeting.nth}{weekday}", "until": until}
    return {"freq": "weekly", "interval": 1 if meeting.rhythm is Rhythm.WEEKLY else 2, "byday": weekday, "until": until}


def _event(plan: Plan, name: str, summary: str, start: date, end: date, description: str) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{plan.kind}-{name}-{plan.start.isoformat()}@partner-advisor")
    event.add("dtstamp", datetime.combine(plan.created, time(), UTC))
    event.add("dtstart", start)
    event.add("dtend", end + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", summary)
    if description:
        event.add("description", description)
    return event
