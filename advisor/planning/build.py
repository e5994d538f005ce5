"""The story of a plan: choose a template or refuse, pick the work, write it, hold it against the evidence, and give it days."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from advisor.domain import Assessment, ClaimKind, DraftClaim, Evidence, EvidenceKind, Stance, StageId
from advisor.domain.plan import Capacity, Gate, Line, Load, Milestone, Plan, PlanPhase, PlanRequest, Priority, Progress, Role, Source, Status, Task
from advisor.errors import InputError
from advisor.library import Library
from advisor.planning import house, parts
from advisor.planning.calendar import Calendar, next_monday
from advisor.planning.facts import UNKNOWN, carried_by, facts, words
from advisor.planning.refuse import chosen, holds
from advisor.planning.meetings import meetings
from advisor.planning.progress import Again, Stand, again, progress
from advisor.planning.review import Sorted, counts, over, reasons, review, sorted_partners
from advisor.planning.schedule import LONGEST, OverloadedError, Piece, Placed, Schedule, schedule
from advisor.planning.selection import Chosen, select, without
from advisor.planning.sums import active
from advisor.planning.templates import Book, GateTemplate, MilestoneTemplate, PhaseTemplate, Template, load
from advisor.planning.told import begun, strange
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
    found = sorted_partners(request.partners, made_of.library, made_of.today) if request.partners else ()
    book, known = load(), {**facts(assessment, made_of.rules), **counts(found)}
    template = chosen(request.kind, book, assessment, known, made_of.wording)
    calendar = _calendar(request, made_of) if request.report is None else _begun(request, made_of, template.weeks)
    return _Draft(request, assessment, made_of, book, template, known, calendar, found)


def _calendar(request: PlanRequest, made_of: Parts) -> Calendar:
    start = request.start or next_monday(made_of.today)
    say = made_of.wording.say
    if start < made_of.today:
        raise InputError(say("plans.refused.past", day=start.isoformat()), hint=say("plans.refused.past_hint", day=made_of.today.isoformat()))
    if start.year > made_of.today.year + 1:
        raise InputError(say("plans.refused.future", day=start.isoformat()), hint=say("plans.refused.future_hint"))
    return Calendar(start, request.closed)


def _begun(request: PlanRequest, made_of: Parts, weeks: int) -> Calendar:
    """The calendar of a plan that has begun: from the day that its copy in the report shows, unless one is given."""
    say, report = made_of.wording.say, request.report
    start = request.start or (begun(report) if report else None)
    if report is None or start is None:
        raise InputError(say("plans.refused.no_start"), hint=say("plans.refused.no_start_hint"))
    if not start <= report.on <= start + timedelta(weeks=weeks * LONGEST):
        raise InputError(say("plans.refused.no_progress", start=start.isoformat(), day=report.on.isoformat()), hint=say("plans.refused.no_progress_hint"))
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
    reasons: dict[str, DraftClaim]


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
    partners: tuple[Sorted, ...] = ()

    def __post_init__(self) -> None:
        self.carrier = carried_by(self.assessment.client, str(self.known["stage"]))
        self.hours = self._hours()
        slots = words(self.assessment, self.made_of.wording, self.title(Role.OWNER))
        sums = active(self.assessment.client)
        self.writer = Writer(self.made_of.wording, self.made_of.library, self.made_of.rules, self.assessment, self.known, slots, self.book.points, sums)
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
        opening = parts.opened(self.template, self.writer, self.book)
        why = reasons(self.partners, self.writer)
        drafts = {each.id: self._task_lines(each) for each in picked}
        phases = {phase.id: self.writer.line(f"phase.{phase.id}.result", phase.why) for phase in self.template.phase}
        gates = [(gate, self.writer.line(f"gate.{gate.id}.title", gate.why), [self.writer.line(f"criterion.{each.id}", each.why or gate.why) for each in gate.criteria if holds(each, self.known)],
                  self.writer.line(f"gate.{gate.id}.missed", gate.why)) for gate in self.template.gate if holds(gate, self.known)]  # fmt: skip
        milestones = [(each, self.writer.line(f"milestone.{each.id}", each.why)) for each in self.template.milestone if holds(each, self.known)]
        rest = parts.completed(opening, self.template, self.writer, self.book)
        efforts = {each.id: self._effort(each) for each in picked}
        if picked:
            self._says(alone=all(self.role(each.template.by) is Role.OWNER for each in picked))
        return _Written(title.text, picked, drafts, efforts, phases, gates, milestones, rest, why)

    def plan(self, written: _Written, settled: Settled) -> Plan:
        """The plan from the sentences that stand."""
        picked, drafts, efforts, rest = written.picked, written.drafts, written.efforts, written.rest
        fallen = {each.id for each in picked if not all(settled.line(line) for line in drafts[each.id])}
        picked = without(picked, fallen)
        planned, made = self._scheduled(picked, efforts)
        left = without(picked, {*planned.dropped, *(made.given_up if made else ())})
        tasks = self._in_order(self._task(each, drafts, efforts, planned.days, settled, made) for each in left)
        by_id = {task.id: task for task in tasks}
        milestones, gates = self._milestones(written.milestones, by_id, settled), self._gates(written.gates, by_id, settled)
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
            phases=self._phases(tasks, picked, written.phases, settled),
            tasks=tasks,
            milestones=milestones,
            gates=gates,
            targets=parts.targets(rest, settled, self.writer, over(self.partners)),
            sections=parts.sections(rest, settled, self.writer),
            fields=parts.fields(rest, settled, self.writer),
            meetings=meetings(rest.meetings, settled, self.calendar, self._ready(by_id), self.title, self.writer, self.book.house),
            review=review(self.request.partners, self.partners, written.reasons, settled) if self.request.partners else None,
            parties=parts.parties(rest, settled, self.writer),
            budget=parts.budget(rest, settled, self.made_of.library),
            risks=parts.risks(rest, settled, self.title),
            kill_criteria=settled.lines_of(rest.kill),
            not_now=settled.lines_of(rest.not_now),
            unlocks=settled.lines_of(rest.unlock),
            questions=settled.lines_of(rest.questions),
            assumptions=settled.lines_of([*rest.assumption, *self.assumed]),
            capacity=self._capacity(planned, tasks, drafts, settled),
            progress=self._progress(made, written, Stand(tasks, milestones, gates, planned.end), picked, settled) if made else None,
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
        if task.each:
            return size * max(int(self.known.get(task.each) or 1), 1)
        if not task.times:
            return size
        return size * Decimal(self.made_of.library.benchmarks[task.times].low or 1)

    def _says(self, *, alone: bool) -> None:
        """The sentences about hours: what was assumed, and what is said when they do not suffice. Where one person does all work, `alone`, no other hours are assumed."""
        given = self.request.hours_per_week is not None
        owner = self.title(Role.OWNER)
        if not given:
            self.assumed.append(self.writer.line("capacity.owner", [f"{house.HOURS}.{self.carrier}"], kind=ClaimKind.FIGURE, slots={"owner": owner, "hours": str(self.book.house.hours[self.carrier])}))
        if not alone:
            self.assumed.append(self.writer.line("capacity.others", [f"{house.HOURS}.supporting"], kind=ClaimKind.FIGURE, slots={"hours": str(self.book.house.supporting)}))
        self.assumed.append(self.writer.line("capacity.efforts", [f"{house.EFFORT}.day"], kind=ClaimKind.ADVICE))
        if not self.request.closed:
            self.assumed.append(self.writer.line("capacity.holidays", [f"{house.EFFORT}.day"], kind=ClaimKind.ADVICE))
        self.verdicts = {key: self.writer.line(f"capacity.{key}", [f"{house.HOURS}.{self.carrier}"], kind=ClaimKind.ADVICE) for key in ("fits", "moved", "dropped", "longer")}

    def _daily(self) -> dict[Role, Decimal]:
        return {role: house.daily(self.book.house, house.hours_of(role, self.hours, self.book.house)) for role in Role}

    def _scheduled(self, picked: Sequence[Chosen], efforts: Mapping[str, Decimal]) -> tuple[Schedule, Again | None]:
        if not picked:
            return Schedule({}, (), self.calendar.last_of(max(self.template.weeks, 1))), None
        pieces = [Piece(each.id, self.role(each.template.by), efforts[each.id], each.weeks, each.after, each.template.priority) for each in picked]
        try:
            if self.request.report is None:
                return schedule(pieces, self.calendar, self.template.weeks, self._daily()), None
            made = again(pieces, self.calendar, self.template.weeks, self._daily(), self.request.report)
            return made.schedule, made
        except OverloadedError:
            must = sum((piece.effort for piece in pieces if piece.role is Role.OWNER and piece.priority is Priority.MUST), Decimal(0))
            least = -(-must * self.book.house.day_hours // self.template.weeks)
            say = self.made_of.wording.say
            raise InputError(say("plans.refused.overloaded", hours=house.number(self.hours)), hint=say("plans.refused.overloaded_hint", hours=house.number(least))) from None

    def _task(self, each: Chosen, drafts: Mapping[str, tuple[DraftClaim, ...]], efforts: Mapping[str, Decimal], placed: Mapping[str, Placed], settled: Settled, made: Again | None = None) -> Task:
        title, done, because = (settled.line(line) or Line(text="") for line in drafts[each.id])
        days, told = placed[each.id], made.told.get(each.id) if made else None
        return Task(
            id=each.id, phase=each.phase, title=title, done_when=done, because=because, owner=self.role(each.template.by), owner_title=self.title(each.template.by),
            effort=made.left.get(each.id, efforts[each.id]) if made else efforts[each.id], start=days.start, end=days.end, weeks=self._weeks(self.calendar.week_of(days.start), self.calendar.week_of(days.end)),
            depends_on=each.after, priority=each.template.priority, moves=each.template.moves, stance=each.template.stance, moved=days.moved and made is None,
            status=told.status if told else Status.OPEN, status_date=told.on if told else None,
        )  # fmt: skip

    def _progress(self, made: Again, written: _Written, now: Stand, picked: Sequence[Chosen], settled: Settled) -> Progress | None:
        """Where the plan stands, against the days that were promised."""
        promised = [each for each in picked if each.id in made.promised]
        tasks = self._in_order(self._task(each, written.drafts, written.efforts, made.promised, settled) for each in promised)
        by_id = {task.id: task for task in tasks}
        end = max([self.calendar.last_of(self.template.weeks), *(task.end for task in tasks)])
        before = Stand(tasks, self._milestones(written.milestones, by_id, settled), self._gates(written.gates, by_id, settled), end)
        report = self.request.report
        return progress(report, made, before, now, self.calendar, strange(report, {each.id for each in picked})) if report else None

    def _in_order(self, tasks: Iterable[Task]) -> tuple[Task, ...]:
        """The tasks as readers meet them: by phase, then by their first day."""
        phases = [phase.id for phase in self.template.phase]
        return tuple(sorted(tasks, key=lambda task: (phases.index(task.phase), task.start)))

    def _weeks(self, first: int, last: int) -> str:
        key = "month" if self.template.months else "week"
        if self.template.months:
            first, last = (_month(week) for week in (first, last))
        return self.writer.say(f"{key}.one", first=str(first)) if first == last else self.writer.say(f"{key}.many", first=str(first), last=str(last))

    def _phases(self, tasks: Sequence[Task], picked: Sequence[Chosen], results: Mapping[str, DraftClaim], settled: Settled) -> tuple[PlanPhase, ...]:
        found = []
        for phase in self.template.phase:
            own = [task for task in tasks if task.phase == phase.id]
            result = settled.line(results[phase.id])
            if own and result:
                start, end = self._span(phase, own, {each.id: each.weeks[0] for each in picked})
                weeks = self._weeks(self.calendar.week_of(start), self.calendar.week_of(end))
                found.append(PlanPhase(id=phase.id, title=self.writer.say(f"phase.{phase.id}.title"), weeks=weeks, start=start, end=end, result=result))
        return tuple(found)

    def _span(self, phase: PhaseTemplate, own: Sequence[Task], planned: Mapping[str, int]) -> tuple[date, date]:
        """The days of a phase: those of its weeks, longer where work takes longer, and later where all of its work begins later than planned."""
        first, last = phase.weeks
        begins, ends = min(task.start for task in own), max(task.end for task in own)
        late = self.calendar.week_of(begins) > min(planned[task.id] for task in own)
        return begins if late else min(self.calendar.first_of(first), begins), max(self.calendar.last_of(last), ends)

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

    def _ready(self, tasks: Mapping[str, Task]) -> date:
        """The first day on which a series of meetings can be held."""
        return self.calendar.after(max([self.calendar.start - timedelta(days=1), *(task.end for task in self._called(self.template.meetings_after, tasks))]))

    def _gates(self, drafts: Sequence[tuple[GateTemplate, DraftClaim, list[DraftClaim], DraftClaim]], tasks: Mapping[str, Task], settled: Settled) -> tuple[Gate, ...]:
        found = []
        for template, title, criteria, missed in drafts:
            line, otherwise, stood = settled.line(title), settled.line(missed), settled.lines_of(criteria)
            if line and otherwise and stood:
                found.append(Gate(id=template.id, title=line, on=max([self.calendar.last_of(template.week), *(task.end for task in self._called(template.after, tasks))]), decided_by=self.title(template.by), criteria=stood, if_missed=otherwise))
        return tuple(found)

    def _capacity(self, planned: Schedule, tasks: Sequence[Task], drafts: Mapping[str, tuple[DraftClaim, ...]], settled: Settled) -> Capacity:
        """The hours against the work that is not done yet, from the first day or that of the report."""
        report = self.request.report
        kept = [task for task in tasks if task.status is not Status.DONE]
        days = sum(1 for _ in self.calendar.days(report.on if report else self.calendar.start, planned.end))
        loads = tuple(self._load(role, kept, days) for role in Role if any(task.owner is role for task in kept))
        longer = bool(kept) and planned.end > self.calendar.last_of(self.template.weeks)
        moved = () if report else planned.moved
        said = [key for key, true in (("moved", moved), ("dropped", planned.dropped), ("longer", longer)) if true] or ["fits"]
        dropped = settled.lines_of(drafts[id_][0] for id_ in planned.dropped)
        return Capacity(fits=not (planned.dropped or longer), loads=loads, moved=moved, dropped=dropped, says=settled.lines_of(self.verdicts[key] for key in said) if kept else ())

    def _load(self, role: Role, kept: Sequence[Task], days: int) -> Load:
        hours = house.hours_of(role, self.hours, self.book.house)
        needed = sum((task.effort for task in kept if task.owner is role), Decimal(0))
        available = house.daily(self.book.house, hours) * days
        return Load(role=role, title=self.title(role), hours_per_week=hours, available=round(available, 1), needed=needed, assumed=role is not Role.OWNER or self.request.hours_per_week is None)

    def _source(self, settled: Settled) -> Source:
        client = self.assessment.client
        rates = tuple(f"{code}: {rate.normalize():f}" for code, rate in client.fx.items())
        files = "".join(each.model_dump_json() for each in (self.request.report, self.request.partners) if each)
        stated = f"{client.model_dump_json()}{self.request.model_dump_json(exclude={'report', 'partners'})}{files}{self.made_of.knowledge_version}"
        rules = tuple(citation.id for citation in settled.held.citations if citation.kind is EvidenceKind.RULE)
        return Source(knowledge_version=self.made_of.knowledge_version, inputs=hashlib.sha256(stated.encode()).hexdigest()[:16], rules=rules, fx=rates)


def _month(week: int) -> int:
    return min((week - 1) * 12 // 52 + 1, 12)
