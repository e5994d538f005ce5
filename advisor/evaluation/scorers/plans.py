"""Whether a client gets the plan that a case says, or is refused it by the rule that it names; and whether the plan can be signed, whoever it is for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from advisor.domain import Assessment, Stance
from advisor.domain.base import Value
from advisor.domain.plan import Line, Plan, PlanKind
from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen
from advisor.figures import find
from advisor.intake.moves import mentions


class Refused(NamedTuple):
    """Why there is no plan: the rule, the kind that fits, and what is said."""

    rule: str
    instead: PlanKind
    says: str


class Planned(NamedTuple):
    """What became of a wish for a plan, the verdicts on the client, and the plan as a document."""

    plan: Plan | Refused
    assessment: Assessment
    text: str


def refusal(case: Case, seen: Seen) -> Score:
    """Whether there is a plan where there must be one, and none where the rules forbid it, by the rule and with the kind that the case names."""
    of, made = case.expected, seen.other.plan
    if isinstance(made, Plan):
        return Score(0.0, f"planned, and {of.refused} must refuse it") if of.refused else Score(1.0)
    if of.refused is None:
        return Score(0.0, f"refused by {made.rule}: {made.says}")
    if made.rule != of.refused:
        return Score(0.0, f"refused by {made.rule} instead of {of.refused}")
    return Score(1.0) if of.instead in {None, made.instead} else Score(0.0, f"{made.instead} is named instead of {of.instead}")


def work(case: Case, seen: Seen) -> Score | None:
    """The share of what is expected of variant, tasks, moves and hours that holds."""
    if not isinstance(seen.other.plan, Plan):
        return None
    checks = list(_work(case, seen.other.plan))
    wrong = [why for right, why in checks if not right]
    return share(len(checks) - len(wrong), len(checks), listed(wrong)) if checks else None


def _work(case: Case, plan: Plan) -> Iterator[tuple[bool, str]]:
    of, tasks = case.expected, [task.id for task in plan.tasks]
    carried = {move for task in plan.tasks if task.stance is not Stance.ADVISE_AGAINST for move in task.moves}
    held = {move for task in plan.tasks if task.stance is Stance.ADVISE_AGAINST for move in task.moves}
    if of.variant is not None:
        yield of.variant == plan.variant, f"the variant is {plan.variant} instead of {of.variant}"
    if of.first is not None:
        yield tasks[:1] == [of.first], f"{listed(tasks[:1]) or 'nothing'} comes first instead of {of.first}"
    if of.fits is not None:
        yield plan.capacity.fits is of.fits, "the hours suffice" if plan.capacity.fits else "the hours do not suffice"
    yield from ((task in tasks, f"no task {task}") for task in of.tasks)
    yield from ((task not in tasks, f"the task {task}") for task in of.no_tasks)
    yield from ((move in carried, f"{move} is not carried out") for move in of.moves)
    yield from ((move not in carried, f"{move} is carried out") for move in of.no_moves)
    yield from ((move in held, f"{move} is not held back") for move in of.held_back)


def says(case: Case, seen: Seen) -> Score | None:
    """The share of words that the document must have, or must not."""
    of, text = case.expected, seen.other.text.lower()
    missing = [f"not mentioned: {' or '.join(any_of)}" for any_of in of.mentions if not any(words.lower() in text for words in any_of)]
    there = [f"in the plan: {words}" for words in of.never if words.lower() in text]
    total = len(of.mentions) + len(of.never)
    return share(total - len(missing) - len(there), total, listed([*missing, *there])) if total else None


def sound(case: Case, seen: Seen) -> Score | None:
    """Whether the plan can be signed; none where it is refused."""
    if not isinstance(seen.other.plan, Plan):
        return None
    found = faults(seen.other.plan, seen.other.assessment)
    return Score(0.0, listed(found[:3])) if found else Score(1.0)


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
    days += [*(each.on for each in plan.milestones), *(each.on for each in plan.gates)]
    for day in days:
        if day.weekday() > 4 or not plan.start <= day <= plan.end:
            yield f"{day} is no working day of the plan"
    for phase in plan.phases:
        if not plan.start <= phase.start <= phase.end:
            yield f"{phase.id} ends before it begins"


SCORERS = (
    Scorer("refusal", "decision", "plans", refusal), Scorer("work", "decision", "plans", work), Scorer("sound", "grounding", "plans", sound),
    Scorer("says", "other", "plans", says),
)  # fmt: skip
