"""The story of a plan: choose a template or refuse, pick the work, write it, hold it against the evidence, and give it days."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from advisor.domain import Assessment, ClaimKind, DraftClaim, Evidence, EvidenceKind, Stance, StageId
from advisor.domain.plan import Capacity, Gate, Line, Load, Milestone, Plan, PlanPhase, PlanRequest, Priority, Role, Source, Task
from advisor.errors import InputError
from advisor.library import Library
from advisor.planning import house, parts
from advisor.planning.calendar import Calendar, next_monday
from advisor.planning.facts import UNKNOWN, carried_by, facts, words
from advisor.planning.refuse import chosen, holds
from advisor.planning.schedule import OverloadedError, Piece, Placed, Schedule, schedule
from advisor.planning.selection import Chosen, select, without
from advisor.planning.templates import Book, GateTemplate, MilestoneTemplate, Template, load
from advisor.planning.writing import Held, Settled, Writer, settle
from advisor.ports import Wording
from advisor.rules import RuleBook

_MOST_HOURS, _MOST_PEOPLE = 60, 50


Grounding = Callable[[Sequence[DraftClaim], Sequence[DraftClaim], Mapping[str, Evidence], Mapping[str, Evidence]], Held]
"""Holds sentences by their English originals, given what the house adds to the evidence in English and in the language of the plan."""


@dataclass(frozen=True)
class Parts:
    """What the sentences of a plan are made from, in one language. `assessment` is worded in it."""

    library: Library
    rules: RuleBook
    wording: Wording
    assessment: Assessment
    today: date
    knowledge_version: str


def plan(request: PlanRequest, made_of: Parts, english: Parts, ground: Grounding) -> Plan:
    """A plan for this client. Raises RefusedError when the rules forbid the kind, InputError when nothing can be planned as asked."""
    draft = _drafted(request, made_of)
    written = draft.write()
    original = draft if made_of is english else _drafted(request, english)
    if original is not draft:
        original.write()
    settled = settle(draft.writer.claims, lambda claims: ground(claims, original.writer.claims, original.evidence, draft.evidence))
    return draft.plan(written, settled)


def _drafted(request: PlanRequest, made_of: Parts) -> _Draft:
    assessment = made_of.assessment
    if assessment.stage.id is StageId.NOT_APPLICABLE or not assessment.in_scope:
        raise InputError(made_of.wording.say("plans.refused.outside"), hint=made_of.wording.say("plans.refused.outside_hint"))
    book, known = load(), facts(assessment, made_of.rules)
    calendar = _calendar(request, made_of)
    template = chosen(request.kind, book, made_of.rules, assessment, known, made_of.wording)
    return _Draft(request, assessment, made_of, book, template, known, calendar)


def _calendar(request: PlanRequest, made_of: Parts) -> Calendar:
    start = request.start or next_monday(made_of.today)
    say = made_of.wording.say
    if start < made_of.today:
        raise InputError(say("plans.refused.past", day=start.isoformat()), hint=say("plans.refused.past_hint", day=made_of.today.isoformat()))
    if start.year > made_of.today.year + 1:
        raise InputError(say("plans.refused.future", day=start.isoformat()), hint=say("plans.refused.future_hint"))
    return Calendar(start, request.closed)


class _Written(NamedTuple):
    """The sentences of a plan before they are held."""

    title: str
    picked: list[Chosen]
    drafts: dict[str, tuple[DraftClaim, DraftClaim, DraftClaim]]
    efforts: dict[str, Decimal]
    phases: dict[str, DraftClaim]
    gates: list[tuple[GateTemplate, DraftClaim, list[DraftClaim], DraftClaim]]
    milestones: list[tuple[MilestoneTemplate, DraftClaim]]
    rest: parts.Drafts


@dataclass
class _Draft:
    """One plan while it is made."""

    request: PlanRequest
    assessment: Assessment
    made_of: Parts
    book: Book
    template: Template
    known: Mapping[str, Any]
    calendar: Calendar

    def __post_init__(self) -> None:
        self.carrier = carried_by(self.assessment.client, str(self.known["stage"]))
        self.hours = self._hours()
        slots = words(self.assessment, self.made_of.wording, self.title(Role.OWNER))
        self.writer = Writer(self.made_of.wording, self.made_of.library, self.made_of.rules, self.assessment, self.known, slots, self.book.points)
        self.assumed: list[DraftClaim] = []
        self.verdicts: dict[str, DraftClaim] = {}
        self.evidence = house.evidence(self.book.house, self.made_of.library, self.made_of.wording)

    def _hours(self) -> Decimal:
        say, given = self.made_of.wording.say, self.request.hours_per_week
        if given is not None and not 0 < given <= _MOST_HOURS:
            raise InputError(say("plans.refused.hours", hours=f"{given:f}"), hint=say("plans.refused.hours_hint"))
        if not 0 < self.request.people <= _MOST_PEOPLE:
            raise InputError(say("plans.refused.people", people=str(self.request.people)), hint=say("plans.refused.people_hint"))
        return (given if given is not None else Decimal(self.book.house.hours[self.carrier])) * self.request.people

    def title(self, role: Role) -> str:
        """What the role is called at this client."""
        role = self.role(role)
        return self.made_of.wording.say(f"plans.role.owner.{self.carrier}" if role is Role.OWNER else f"plans.role.{role}")

    def role(self, role: Role) -> Role:
        """Who does the work: in a small company the founder is all roles but product."""
        small = self.known["stage"] in {StageId.BELOW_5M, UNKNOWN} and self.carrier == "founder"
        return Role.OWNER if small and role is not Role.PRODUCT else role

    def write(self) -> _Written:
        """Every sentence of the plan, in the order in which sources are numbered."""
        picked = select(self.template, self.book, self.assessment, self.known)
        title = self.writer.line(f"title.{self.template.kind}.{self.template.variant}", self.template.why, kind=ClaimKind.QUESTION)
        opening = parts.opened(self.template, self.writer)
        drafts = {each.id: self._task_lines(each) for each in picked}
        phases = {phase.id: self.writer.line(f"phase.{phase.id}.result", phase.why) for phase in self.template.phase}
        gates = [(gate, self.writer.line(f"gate.{gate.id}.title", gate.why), [self.writer.line(f"criterion.{each.id}", each.why or gate.why) for each in gate.criteria if holds(each, self.known)],
                  self.writer.line(f"gate.{gate.id}.missed", gate.why)) for gate in self.template.gate if holds(gate, self.known)]  # fmt: skip
        milestones = [(each, self.writer.line(f"milestone.{each.id}", each.why)) for each in self.template.milestone if holds(each, self.known)]
        rest = parts.completed(opening, self.template, self.writer, self.book)
        efforts = {each.id: self._effort(each) for each in picked}
        if picked:
            self._says()
        return _Written(title.text, picked, drafts, efforts, phases, gates, milestones, rest)

    def plan(self, written: _Written, settled: Settled) -> Plan:
        """The plan from the sentences that stand."""
        picked, drafts, efforts, rest = written.picked, written.drafts, written.efforts, written.rest
        fallen = {each.id for each in picked if not all(settled.line(line) for line in drafts[each.id])}
        picked = without(picked, fallen)
        planned = self._scheduled(picked, efforts)
        tasks = self._in_order(self._task(each, drafts, efforts, planned, settled) for each in without(picked, set(planned.dropped)))
        by_id = {task.id: task for task in tasks}
        return Plan(
            kind=self.request.kind,
            variant=self.template.variant,
            title=written.title,
            language=self.request.language,
            prepared_for=self.request.prepared_for or self.writer.say("word.client"),
            prepared_by=self.request.prepared_by,
            created=self.made_of.today,
            start=self.calendar.start,
            end=planned.end,
            client=self.assessment.client,
            stage=self.assessment.stage.label,
            motion=self.assessment.motion.label if self.assessment.motion else None,
            summary=settled.lines_of(rest.summary),
            starting_point=settled.lines_of(rest.starting_point),
            phases=self._phases(tasks, written.phases, settled),
            tasks=tasks,
            milestones=self._milestones(written.milestones, by_id, settled),
            gates=self._gates(written.gates, by_id, settled),
            targets=parts.targets(rest, settled, self.made_of.library),
            sections=parts.sections(rest, settled, self.writer),
            budget=parts.budget(rest, settled, self.made_of.library),
            risks=parts.risks(rest, settled, self.title),
            kill_criteria=settled.lines_of(rest.kill),
            not_now=settled.lines_of(rest.not_now),
            unlocks=settled.lines_of(rest.unlock),
            questions=settled.lines_of(rest.questions),
            assumptions=settled.lines_of([*rest.assumption, *self.assumed]),
            capacity=self._capacity(planned, picked, efforts, drafts, settled),
            citations=tuple(settled.held.citations),
            verification=settled.held.verification,
            made=self._source(settled),
        )

    def _task_lines(self, each: Chosen) -> tuple[DraftClaim, DraftClaim, DraftClaim]:
        task = each.template
        slots = {"move": self.made_of.wording.say(f"moves.{each.about}.noun")} if each.about else {}
        because = self.writer.reason(task.why, task.moves)
        rests = (*because.evidence, *task.rests)
        title = self.writer.line(f"task.{task.id}.title", rests, stance=task.stance, moves=task.moves, slots=slots)
        done = self.writer.line(f"task.{task.id}.done", rests, stance=task.stance if task.stance is Stance.ADVISE_AGAINST else Stance.MENTION, moves=task.moves, slots=slots)
        return title, done, because

    def _effort(self, each: Chosen) -> Decimal:
        """The person-days of a task: the house's size, times the figure of a record."""
        task = each.template
        size = Decimal(str(self.book.house.sizes[task.size]))
        self.writer.line("effort", [f"{house.EFFORT}.{task.size}"], kind=ClaimKind.FIGURE, slots={"days": self.made_of.wording.amount(house.number(size))})
        if not task.times:
            return size
        return size * Decimal(self.made_of.library.benchmarks[task.times].low or 1)

    def _says(self) -> None:
        """The sentences about hours: what was assumed, and what is said when they do not suffice."""
        given = self.request.hours_per_week is not None
        owner = self.title(Role.OWNER)
        if not given:
            self.assumed.append(self.writer.line("capacity.owner", [f"{house.HOURS}.{self.carrier}"], kind=ClaimKind.FIGURE, slots={"owner": owner, "hours": str(self.book.house.hours[self.carrier])}))
        self.assumed.append(self.writer.line("capacity.others", [f"{house.HOURS}.supporting"], kind=ClaimKind.FIGURE, slots={"hours": str(self.book.house.supporting)}))
        self.assumed.append(self.writer.line("capacity.efforts", [f"{house.EFFORT}.day"], kind=ClaimKind.ADVICE))
        self.verdicts = {key: self.writer.line(f"capacity.{key}", [f"{house.HOURS}.{self.carrier}"], kind=ClaimKind.ADVICE) for key in ("fits", "moved", "dropped", "longer")}

    def _daily(self) -> dict[Role, Decimal]:
        return {role: house.daily(self.book.house, house.hours_of(role, self.hours, self.book.house)) for role in Role}

    def _scheduled(self, picked: Sequence[Chosen], efforts: Mapping[str, Decimal]) -> Schedule:
        if not picked:
            return Schedule({}, (), self.calendar.last_of(max(self.template.weeks, 1)))
        pieces = [Piece(each.id, self.role(each.template.by), efforts[each.id], each.weeks, each.after, each.template.priority) for each in picked]
        try:
            return schedule(pieces, self.calendar, self.template.weeks, self._daily())
        except OverloadedError:
            must = sum((piece.effort for piece in pieces if piece.role is Role.OWNER and piece.priority is Priority.MUST), Decimal(0))
            least = -(-must * self.book.house.day_hours // self.template.weeks)
            say = self.made_of.wording.say
            raise InputError(say("plans.refused.overloaded", hours=house.number(self.hours)), hint=say("plans.refused.overloaded_hint", hours=house.number(least))) from None

    def _task(self, each: Chosen, drafts: Mapping[str, tuple[DraftClaim, ...]], efforts: Mapping[str, Decimal], planned: Schedule, settled: Settled) -> Task:
        title, done, because = (settled.line(line) or Line(text="") for line in drafts[each.id])
        days: Placed = planned.days[each.id]
        return Task(
            id=each.id, phase=each.phase, title=title, done_when=done, because=because, owner=self.role(each.template.by), owner_title=self.title(each.template.by),
            effort=efforts[each.id], start=days.start, end=days.end, weeks=self._weeks(self.calendar.week_of(days.start), self.calendar.week_of(days.end)),
            depends_on=each.after, priority=each.template.priority, moves=each.template.moves, stance=each.template.stance, moved=days.moved,
        )  # fmt: skip

    def _in_order(self, tasks: Iterable[Task]) -> tuple[Task, ...]:
        """The tasks as readers meet them: by phase, then by their first day."""
        phases = [phase.id for phase in self.template.phase]
        return tuple(sorted(tasks, key=lambda task: (phases.index(task.phase), task.start)))

    def _weeks(self, first: int, last: int) -> str:
        key = "month" if self.template.months else "week"
        if self.template.months:
            first, last = (_month(week) for week in (first, last))
        return self.writer.say(f"{key}.one", first=str(first)) if first == last else self.writer.say(f"{key}.many", first=str(first), last=str(last))

    def _phases(self, tasks: Sequence[Task], results: Mapping[str, DraftClaim], settled: Settled) -> tuple[PlanPhase, ...]:
        found = []
        for phase in self.template.phase:
            own = [task for task in tasks if task.phase == phase.id]
            result = settled.line(results[phase.id])
            if own and result:
                first, last = phase.weeks
                found.append(PlanPhase(id=phase.id, title=self.writer.say(f"phase.{phase.id}.title"), weeks=self._weeks(first, last), start=min([self.calendar.first_of(first), *(task.start for task in own)]),
                                       end=max([self.calendar.last_of(last), *(task.end for task in own)]), result=result))  # fmt: skip
        return tuple(found)

    def _milestones(self, drafts: Sequence[tuple[MilestoneTemplate, DraftClaim]], tasks: Mapping[str, Task], settled: Settled) -> tuple[Milestone, ...]:
        found = []
        for template, draft in drafts:
            own = self._called(template.after, tasks)
            line = settled.line(draft)
            if own and line:
                found.append(Milestone(id=template.id, title=line, on=max(task.end for task in own), tasks=tuple(task.id for task in own)))
        return tuple(sorted(found, key=lambda milestone: milestone.on))

    def _called(self, names: Sequence[str], tasks: Mapping[str, Task]) -> list[Task]:
        """The tasks of the plan under these ids or parts."""
        part = {id_: template.part for id_, template in self.book.tasks.items()}
        return [task for name in names for task in tasks.values() if name in (task.id, part.get(task.id))]

    def _gates(self, drafts: Sequence[tuple[GateTemplate, DraftClaim, list[DraftClaim], DraftClaim]], tasks: Mapping[str, Task], settled: Settled) -> tuple[Gate, ...]:
        found = []
        for template, title, criteria, missed in drafts:
            line, otherwise, stood = settled.line(title), settled.line(missed), settled.lines_of(criteria)
            if line and otherwise and stood:
                found.append(Gate(id=template.id, title=line, on=max([self.calendar.last_of(template.week), *(task.end for task in self._called(template.after, tasks))]), decided_by=self.title(template.by), criteria=stood, if_missed=otherwise))
        return tuple(found)

    def _capacity(self, planned: Schedule, picked: Sequence[Chosen], efforts: Mapping[str, Decimal], drafts: Mapping[str, tuple[DraftClaim, ...]], settled: Settled) -> Capacity:
        kept = [each for each in picked if each.id not in planned.dropped]
        days = sum(1 for _ in self.calendar.days(self.calendar.start, planned.end))
        loads = tuple(self._load(role, kept, efforts, days) for role in Role if any(self.role(each.template.by) is role for each in kept))
        longer = bool(kept) and planned.end > self.calendar.last_of(self.template.weeks)
        said = [key for key, true in (("moved", planned.moved), ("dropped", planned.dropped), ("longer", longer)) if true] or ["fits"]
        dropped = settled.lines_of(drafts[id_][0] for id_ in planned.dropped)
        return Capacity(fits=not (planned.dropped or longer), loads=loads, moved=planned.moved, dropped=dropped, says=settled.lines_of(self.verdicts[key] for key in said) if kept else ())

    def _load(self, role: Role, kept: Sequence[Chosen], efforts: Mapping[str, Decimal], days: int) -> Load:
        hours = house.hours_of(role, self.hours, self.book.house)
        needed = sum((efforts[each.id] for each in kept if self.role(each.template.by) is role), Decimal(0))
        available = house.daily(self.book.house, hours) * days
        return Load(role=role, title=self.title(role), hours_per_week=hours, available=round(available, 1), needed=needed, assumed=role is not Role.OWNER or self.request.hours_per_week is None)

    def _source(self, settled: Settled) -> Source:
        client = self.assessment.client
        rates = tuple(f"{code}: {rate.normalize():f}" for code, rate in client.fx.items())
        stated = f"{client.model_dump_json()}{self.request.model_dump_json()}{self.made_of.knowledge_version}"
        rules = tuple(citation.id for citation in settled.held.citations if citation.kind is EvidenceKind.RULE)
        return Source(knowledge_version=self.made_of.knowledge_version, inputs=hashlib.sha256(stated.encode()).hexdigest()[:16], rules=rules, fx=rates)


def _month(week: int) -> int:
    return min((week - 1) * 12 // 52 + 1, 12)
