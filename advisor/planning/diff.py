"""What changed between two plans: work that came, went or moved, decisions, targets and money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from advisor.domain.base import Value
from advisor.domain.plan import Line, Plan

Kind = Literal["plan", "task", "milestone", "gate", "target", "budget", "risk", "not_now"]
_TASK = ("title", "done_when", "owner_title", "effort", "start", "end", "depends_on", "priority", "status")


class PlanChange(Value):
    """One thing that differs. An empty `field` says that the whole of it came (no `before`) or went (no `after`)."""

    what: Kind
    id: str
    field: str = ""
    before: str | None = None
    after: str | None = None


class PlanDiff(Value):
    """`advisor plan-diff --json`; `same_client` says whether the facts about the client are the same in both."""

    kind: str
    same_client: bool
    changes: tuple[PlanChange, ...] = ()


def differences(old: Plan, new: Plan) -> PlanDiff:
    """Everything that differs between two plans of one kind. Raises ValueError when they are of different kinds."""
    if old.kind is not new.kind:
        raise ValueError(f"one is a {old.kind} plan and the other a {new.kind} plan")
    return PlanDiff(kind=old.kind, same_client=old.client == new.client, changes=tuple(_changes(old, new)))


def _changes(old: Plan, new: Plan) -> Iterator[PlanChange]:
    yield from _fields("plan", "plan", old, new, ("title", "variant", "start", "end", "stage", "motion", "prepared_for"))
    yield from _each("task", old.tasks, new.tasks, _TASK)
    yield from _each("milestone", old.milestones, new.milestones, ("title", "on"))
    yield from _each("gate", old.gates, new.gates, ("title", "on", "criteria", "if_missed"))
    yield from _each("target", old.targets, new.targets, ("baseline", "day_90", "month_6", "month_12"))
    yield from _each("budget", old.budget, new.budget, ("item", "amount"))
    yield from _each("risk", old.risks, new.risks, ("risk", "response"))
    before, after = ({line.text for line in plan.not_now} for plan in (old, new))
    yield from (PlanChange(what="not_now", id=_short(text), before=text) for text in sorted(before - after))
    yield from (PlanChange(what="not_now", id=_short(text), after=text) for text in sorted(after - before))


def _each(what: Kind, old: Sequence[Value], new: Sequence[Value], fields: Sequence[str]) -> Iterator[PlanChange]:
    before, after = _by_id(old), _by_id(new)
    for id_ in (id_ for id_ in before if id_ not in after):
        yield PlanChange(what=what, id=id_, before=_named(before[id_]))
    for id_ in (id_ for id_ in after if id_ not in before):
        yield PlanChange(what=what, id=id_, after=_named(after[id_]))
    for id_ in (id_ for id_ in before if id_ in after):
        yield from _fields(what, id_, before[id_], after[id_], fields)


def _by_id(values: Sequence[Value]) -> Mapping[str, Value]:
    return {str(value.id): value for value in values}  # type: ignore[attr-defined]


def _fields(what: Kind, id_: str, old: Value, new: Value, fields: Sequence[str]) -> Iterator[PlanChange]:
    for field in fields:
        before, after = (_words(getattr(value, field)) for value in (old, new))
        if before != after:
            yield PlanChange(what=what, id=id_, field=field, before=before, after=after)


def _words(value: object) -> str | None:
    if value is None or isinstance(value, Line):
        return value.text if value else None
    return "; ".join(_words(item) or "" for item in value) if isinstance(value, tuple) else str(value)


def _named(value: Value) -> str:
    return next(text for name in ("title", "measure", "item", "risk", "id") if (text := _words(getattr(value, name, None))))


def _short(text: str) -> str:
    return text.partition(". ")[0][:80]
