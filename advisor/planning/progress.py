"""A plan whose work has begun: what is done keeps its days, what is not is planned again from the day of the report, and what that moves is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from advisor.domain.plan import Delay, Dropped, Gate, Milestone, Priority, Progress, Report, Role, Slip, Status, Task, Told
from advisor.planning.calendar import Calendar
from advisor.planning.schedule import Past, Piece, Placed, Schedule, schedule, without

_LEAST = Decimal("0.1")
"""Person-days that a begun task takes at least, however near its end it was."""


class Again(NamedTuple):
    """The rest planned again: `promised` are the days of every task before, `left` the person-days still to do of those not done."""

    schedule: Schedule
    promised: Mapping[str, Placed]
    left: Mapping[str, Decimal]
    told: Mapping[str, Told]
    given_up: tuple[str, ...]


class Stand(NamedTuple):
    """Tasks, milestones and decisions at one time, and the last day."""

    tasks: Sequence[Task]
    milestones: Sequence[Milestone]
    gates: Sequence[Gate]
    end: date


def again(pieces: Sequence[Piece], calendar: Calendar, weeks: int, daily: Mapping[Role, Decimal], report: Report) -> Again:
    """Days for what is left of the work. Raises OverloadedError."""
    told = {each.id: each for each in report.tasks}
    days = schedule(pieces, calendar, weeks, daily).days
    promised = {**days, **{each.id: Placed(each.start, each.end, moved=False) for each in report.tasks if each.start and each.end and each.start <= each.end}}
    done = {piece.id: _done(promised.get(piece.id), told[piece.id]) for piece in pieces if _status(piece.id, told) is Status.DONE}
    given_up = tuple(piece.id for piece in pieces if _status(piece.id, told) is Status.DROPPED)
    rest = [piece for piece in pieces if piece.id not in done]
    for id_ in given_up:
        rest = without(rest, id_)
    today = calendar.working(report.on)
    opened = [_open(piece, promised.get(piece.id), told.get(piece.id), calendar, today) for piece in rest]
    planned = schedule(opened, calendar, weeks, daily, Past(done, today))
    begun = {piece.id: promised[piece.id].start for piece in opened if piece.id in planned.days and _begun(promised.get(piece.id), today)}
    whole = {id_: placed._replace(start=min(placed.start, begun.get(id_, placed.start))) for id_, placed in planned.days.items()}
    return Again(planned._replace(days=whole), promised, {piece.id: piece.effort for piece in opened}, told, given_up)


def _status(id_: str, told: Mapping[str, Told]) -> Status:
    return told[id_].status if id_ in told else Status.OPEN


def _done(promised: Placed | None, told: Told) -> Placed:
    end = told.on or (promised.end if promised else date.max)
    return Placed(min(promised.start, end) if promised else end, end, moved=False)


def _begun(promised: Placed | None, today: date) -> bool:
    return promised is not None and promised.start < today


def _open(piece: Piece, promised: Placed | None, told: Told | None, calendar: Calendar, today: date) -> Piece:
    """The piece with what is left of it. What has begun is never left out for want of hours."""
    late = told is not None and told.status is Status.LATE
    if not late and not _begun(promised, today):
        return piece
    return piece._replace(effort=_left(piece, promised, told, calendar, today), priority=Priority.MUST, until=told.on if told and late else None)


def _left(piece: Piece, promised: Placed | None, told: Told | None, calendar: Calendar, today: date) -> Decimal:
    """What was reported; else, of a task that runs by its dates, the part of its days that lies ahead; else all of it."""
    if told and told.left:
        return told.left
    if promised is None or promised.end < today or (told and told.status is Status.LATE):
        return piece.effort
    ahead, whole = (sum(1 for _ in calendar.days(first, promised.end)) for first in (today, promised.start))
    return max(_LEAST, round(piece.effort * ahead / max(whole, 1), 2))


def progress(report: Report, made: Again, before: Stand, now: Stand, calendar: Calendar, unknown: Iterable[str]) -> Progress:
    """What the report says about the plan, and what it moves."""
    present = {task.id: task for task in now.tasks}
    dropped = tuple(Dropped(id=task.id, title=task.title, priority=task.priority) for task in before.tasks if task.id in made.given_up)
    slips = (*_ends(before, now, calendar), *_tasks(before.tasks, present, made, calendar, report.on), *_points(before, now, calendar))
    count = {status: sum(1 for task in now.tasks if task.status is status) for status in Status}
    return Progress(
        on=report.on, done=count[Status.DONE], late=count[Status.LATE], open=count[Status.OPEN], slips=slips, dropped=dropped,
        due=tuple(gate for gate in now.gates if gate.on < report.on), unknown=tuple(unknown),
    )  # fmt: skip


def _ends(before: Stand, now: Stand, calendar: Calendar) -> Iterable[Slip]:
    if now.end > before.end:
        yield Slip(what="plan", id="plan", title="", before=before.end, after=now.end, days=_days(before.end, now.end, calendar))


def _tasks(before: Sequence[Task], present: Mapping[str, Task], made: Again, calendar: Calendar, on: date) -> Iterable[Slip]:
    slipped = {task.id for task in before if task.id in present and present[task.id].end > task.end}
    for task in before:
        if task.id in slipped:
            new = present[task.id]
            behind = tuple(id_ for id_ in new.depends_on if id_ in slipped and present[id_].end >= task.start)
            yield Slip(what="task", id=task.id, title=task.title.text, before=task.end, after=new.end, days=_days(task.end, new.end, calendar), cause=_cause(task, made.told.get(task.id), behind, on), behind=behind)


def _cause(task: Task, told: Told | None, behind: tuple[str, ...], on: date) -> Delay:
    if told and told.status is Status.DONE:
        return Delay.DONE_LATE
    if told and told.status is Status.LATE:
        return Delay.REPORTED
    if task.end < on:
        return Delay.SILENT
    return Delay.WAITS if behind else Delay.HOURS


def _points(before: Stand, now: Stand, calendar: Calendar) -> Iterable[Slip]:
    """Milestones and decisions that move with the tasks that end last, or that nothing leads to any more."""
    old_ends = {task.id: task.end for task in before.tasks}
    pairs: tuple[tuple[str, Sequence[Milestone | Gate], Sequence[Milestone | Gate]], ...] = (("milestone", before.milestones, now.milestones), ("gate", before.gates, now.gates))
    for what, old, new in pairs:
        present = {each.id: each for each in new}
        for each in old:
            after = present[each.id].on if each.id in present else None
            if after is None or after > each.on:
                behind = tuple(task.id for task in now.tasks if task.end == after and task.end > old_ends.get(task.id, task.end))
                yield Slip.model_validate({
                    "what": what, "id": each.id, "title": each.title.text, "before": each.on, "after": after, "days": _days(each.on, after, calendar) if after else 0,
                    "cause": Delay.WAITS if behind else None, "behind": behind,
                })  # fmt: skip


def _days(before: date, after: date, calendar: Calendar) -> int:
    """Working days from one day to a later one."""
    return sum(1 for _ in calendar.days(before, after)) - (1 if calendar.works(before) else 0)
