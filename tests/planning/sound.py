"""What holds of every plan, whoever it is for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from advisor.domain import Assessment, Stance
from advisor.domain.base import Value
from advisor.domain.plan import Line, Plan
from advisor.figures import find
from advisor.intake.moves import mentions


def faults(plan: Plan, assessment: Assessment) -> list[str]:
    """Everything wrong with a plan; empty when it can be signed."""
    return [*_figures(plan), *_tasks(plan), *_dependencies(plan), *_capacity(plan), *_moves(plan, assessment), *_days(plan)]


def lines(value: object) -> Iterator[Line]:
    """Every sentence that stands anywhere in a plan."""
    if isinstance(value, Line):
        yield value
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            yield from lines(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from lines(item)


def _figures(plan: Plan) -> Iterator[str]:
    """Grounding withheld nothing, and every figure has a source, a sum or the client behind it."""
    for removed in plan.verification.removed:
        yield f"withheld: {removed.text} ({removed.reason})"
    told = {target.baseline.text for target in plan.targets if target.baseline}
    asked = {line.text for line in plan.questions}
    for line in lines(plan):
        if find(line.text) and not line.citations and line.text not in told | asked:
            yield f"a figure without a source: {line.text}"


def _tasks(plan: Plan) -> Iterator[str]:
    if len({task.id for task in plan.tasks}) != len(plan.tasks):
        yield "a task stands twice"
    for task in plan.tasks:
        if not (task.owner_title and task.effort > 0 and task.start <= task.end and task.weeks):
            yield f"{task.id}: owner, effort or days are missing"
        for line in (task.title, task.done_when, task.because):
            if not (line.text and line.evidence and line.citations):
                yield f"{task.id}: a sentence without a source"


def _dependencies(plan: Plan) -> Iterator[str]:
    by_id = {task.id: task for task in plan.tasks}
    for task in plan.tasks:
        for id_ in task.depends_on:
            if id_ not in by_id:
                yield f"{task.id} waits for {id_}, which is not there"
            elif by_id[id_].end >= task.start:
                yield f"{task.id} begins before {id_} has ended"


def _capacity(plan: Plan) -> Iterator[str]:
    """Between any two days a role never does more than its hours allow."""
    for load in plan.capacity.loads:
        own = [task for task in plan.tasks if task.owner is load.role]
        daily = load.hours_per_week / 5 / 8
        for first in {task.start for task in own}:
            for last in {task.end for task in own if task.end >= first}:
                work = sum((task.effort for task in own if first <= task.start and task.end <= last), Decimal(0))
                days = sum(1 for number in range(first.toordinal(), last.toordinal() + 1) if (number - 1) % 7 < 5)
                if work > daily * days:
                    yield f"{load.title} does {work} days between {first} and {last}"
    if plan.tasks and {load.role for load in plan.capacity.loads} != {task.owner for task in plan.tasks}:
        yield "a role has work and no hours"


def _moves(plan: Plan, assessment: Assessment) -> Iterator[str]:
    """No forbidden move is carried out, nor advised by any sentence."""
    forbidden = set(assessment.forbidden_moves)
    for task in plan.tasks:
        if task.stance is not Stance.ADVISE_AGAINST and forbidden & set(task.moves):
            yield f"{task.id} carries out {forbidden & set(task.moves)}"
    for line in lines(plan):
        advised = {item.move for item in mentions(line.text) if item.advised and not item.against}
        against = {item.move for item in mentions(line.text) if item.against}
        if broken := (advised & forbidden) - against:
            yield f"it advises {broken}: {line.text}"


def _days(plan: Plan) -> Iterator[str]:
    days = [day for task in plan.tasks for day in (task.start, task.end)]
    days += [each.on for each in (*plan.milestones, *plan.gates)]
    for day in days:
        if day.weekday() > 4 or not plan.start <= day <= plan.end:
            yield f"{day} is no working day of the plan"
    for phase in plan.phases:
        if not plan.start <= phase.start <= phase.end:
            yield f"{phase.id} ends before it begins"


