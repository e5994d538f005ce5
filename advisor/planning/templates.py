"""Plan templates as the files of knowledge/plans/ hold them, read once and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError

from advisor import datafiles
from advisor.domain import FACT_NAMES, Move, Stance, Value
from advisor.domain.conditions import problems as condition_problems
from advisor.domain.plan import FieldType, PlanKind, Priority, Rhythm, Role
from advisor.errors import DataError

FOLDER = "knowledge/plans"
TASKS, HOUSE, POINTS, SHEETS = "tasks.toml", "house.toml", "de.toml", "sheets.toml"
FACTS = frozenset({*FACT_NAMES, "active_share", "partner_count", "existing", "against", "full", "ready", "listed", "to_grow", "to_keep", "to_fix", "to_end"})
"""What conditions of plans may test: the client's facts, those that follow from them, and what exists already."""

Condition = Mapping[str, Any]
T = TypeVar("T", bound=Value)


class Chosen(Value):
    """Anything that stands in a plan only for some clients: where `when` holds and `unless` does not."""

    when: Condition = Field(default={})
    unless: Condition = Field(default={})


class TaskTemplate(Chosen):
    """One piece of work.

    `part` is what other tasks call it in `after`, where several tasks are the same work for different clients. `times` multiplies the effort
    by the figure of a record, `each` by a fact that counts. `rests` is what title and proof rest on beside the reason. `why` is `passage|words of one of its sentences`, or empty: then the finding on the first move is the reason.
    """

    id: str
    part: str = ""
    by: Role = Role.OWNER
    size: str
    times: str = ""
    each: str = ""
    after: tuple[str, ...] = ()
    priority: Priority = Priority.SHOULD
    moves: tuple[Move, ...] = ()
    stance: Stance = Stance.ADVISE
    why: str = ""
    rests: tuple[str, ...] = ()


class Work(Chosen):
    """Tasks, by id or part, that are due in a stretch of weeks."""

    weeks: tuple[int, int]
    do: tuple[str, ...]


class PhaseTemplate(Value):
    id: str
    weeks: tuple[int, int]
    why: tuple[str, ...] = ()
    work: tuple[Work, ...]


class Sentence(Chosen):
    """A sentence of the document by the end of its key, resting on `why` and on the records that it shows."""

    id: str
    why: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()


class MilestoneTemplate(Sentence):
    after: tuple[str, ...]


class GateTemplate(Sentence):
    """A decision at the end of a week, or when what is due by then is done, whichever is later."""

    week: int
    after: tuple[str, ...] = ()
    by: Role = Role.SPONSOR
    criteria: tuple[Sentence, ...] = Field(min_length=1)


class TargetTemplate(Sentence):
    """A measure: the fact or sum that is its baseline, and the records of its values. One that is `new` counts what is not there yet."""

    baseline: str = ""
    new: bool = False
    day_90: str = ""
    month_6: str = ""
    month_12: str = ""


class RiskTemplate(Sentence):
    by: Role = Role.OWNER


class BudgetTemplate(Sentence):
    """What something costs: the record of its price or size; without one it is the client's to fill, unless it is not `open`."""

    record: str = ""
    worked: str = ""
    open: bool = True


class SectionTemplate(Chosen):
    """A part of its own: sentences, and points of passages in order. `columns` make a table of `rows`, each of so many phrases.

    A `draft` is a text that others are to use: its sources stand above it and not in it.
    """

    id: str
    draft: bool = False
    lines: tuple[Sentence, ...] = ()
    points: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Sentence, ...] = ()


class FieldTemplate(Sentence):
    """A field of a CRM; `days` is the record of the days by which it follows `base`."""

    object: Literal["deal", "partner", "introduction", "customer"]
    type: FieldType
    options: tuple[str, ...] = ()
    of: str | None = None
    required: bool = False
    base: str | None = None
    days: str = ""


class MeetingTemplate(Sentence):
    """A series of meetings from a week on; `weekday` counts from Monday as 0, `nth` is which of that weekday in a month, `partner` says that partners sit there."""

    rhythm: Rhythm
    size: str
    week: int = 3
    weekday: int = Field(ge=0, le=4)
    nth: int = Field(default=1, ge=1, le=4)
    by: Role = Role.OWNER
    others: tuple[Role, ...] = ()
    partner: bool = False


class PartyTemplate(Sentence):
    """A group on the map of an ecosystem; its move, if any, says where it stands for the client."""


class Template(Chosen):
    """One kind of plan for some clients. Templates of a kind are tried by `order`; `moves` are what the plan carries out as a whole.

    Of what exists against the advice `most_existing` have their reason told, of what is not yet right `most_not_now`.
    `months` says that phases are named by months, each of four weeks and a third. No series of meetings begins before the tasks `meetings_after` are done.
    """

    kind: PlanKind
    variant: str
    order: int
    why: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    needs_partners: bool = False
    instead: PlanKind | None = None
    weeks: int
    months: bool = False
    most_existing: int = 99
    most_not_now: int = 7
    most_questions: int = 6
    phase: tuple[PhaseTemplate, ...] = ()
    summary: tuple[Sentence, ...] = ()
    milestone: tuple[MilestoneTemplate, ...] = ()
    gate: tuple[GateTemplate, ...] = ()
    target: tuple[TargetTemplate, ...] = ()
    section: tuple[SectionTemplate, ...] = ()
    field: tuple[FieldTemplate, ...] = ()
    meeting: tuple[MeetingTemplate, ...] = ()
    meetings_after: tuple[str, ...] = ()
    party: tuple[PartyTemplate, ...] = ()
    budget: tuple[BudgetTemplate, ...] = ()
    risk: tuple[RiskTemplate, ...] = ()
    kill: tuple[Sentence, ...] = ()
    unlock: tuple[Sentence, ...] = ()
    assumption: tuple[Sentence, ...] = ()


class House(Value):
    """Estimates of this program, printed as such: person-days by size of a task, hours a week by who owns partners, and of the other roles."""

    sizes: Mapping[str, float]
    hours: Mapping[str, int]
    supporting: int
    day_hours: int
    minutes: Mapping[str, int] = {}
    held: tuple[Move, ...] = ()
    alike: tuple[Move, ...] = ()
    own_words: Mapping[str, tuple[Move, ...]] = {}
    roles: Mapping[Role, tuple[Chosen, ...]] = {}


class Book(Value):
    """All templates, the pool of tasks they draw on, and the house's estimates; `points` are quoted sentences in German."""

    templates: tuple[Template, ...]
    points: Mapping[str, str] = {}
    tasks: Mapping[str, TaskTemplate]
    house: House

    def of(self, kind: PlanKind) -> tuple[Template, ...]:
        return tuple(sorted((each for each in self.templates if each.kind is kind), key=lambda each: each.order))

    @property
    def kinds(self) -> tuple[PlanKind, ...]:
        """The kinds that there is a template for, in their order."""
        there = {each.kind for each in self.templates}
        return tuple(kind for kind in PlanKind if kind in there)

    def called(self, name: str) -> tuple[TaskTemplate, ...]:
        """The tasks under an id or part."""
        return tuple(task for task in self.tasks.values() if name in (task.id, task.part))


def load(base: Path | None = None) -> Book:
    """Read knowledge/plans/, once a process. Raises the first DataError when anything is wrong with its form."""
    return _load(base or datafiles.root())


@cache
def _load(base: Path) -> Book:
    folder = base / FOLDER
    files = [path for path in datafiles.files(FOLDER, ".toml", base=base) if path.name not in {HOUSE, POINTS, SHEETS}]
    pools = [path for path in files if path.name.startswith("tasks")]
    tasks = [_built(TaskTemplate, table, path.name) for path in pools for table in datafiles.read_toml(path).get("task", [])]
    templates = [_built(Template, datafiles.read_toml(path), path.name) for path in files if path not in pools]
    points = datafiles.read_toml(folder / POINTS).get("points", {})
    book = Book(templates=tuple(templates), points=points, tasks={task.id: task for task in tasks}, house=_built(House, datafiles.read_toml(folder / HOUSE), HOUSE))
    for error in faults(book):
        raise error
    return book


def _built(of: type[T], table: Any, file: str) -> T:
    try:
        return of.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        entry = str(table.get("id", "")) if isinstance(table, dict) else ""
        raise DataError(f"{FOLDER}/{file}", entry, where, found=repr(first.get("input"))[:80], allowed=first["msg"]) from None


def faults(book: Book) -> Iterator[DataError]:
    """What is wrong with templates by themselves: conditions, tasks that are not there or come before what they wait for."""
    for task in book.tasks.values():
        yield from _conditions(task, TASKS, task.id)
        if task.size not in book.house.sizes:
            yield DataError(f"{FOLDER}/{TASKS}", task.id, "size", found=repr(task.size), allowed=", ".join(book.house.sizes))
        for name in task.after:
            if not book.called(name):
                yield DataError(f"{FOLDER}/{TASKS}", task.id, "after", found=repr(name), allowed="the id or part of a task")
    for template in book.templates:
        yield from _template(template, book)
        for name in (name for name in template.meetings_after if not book.called(name)):
            yield DataError(f"{FOLDER}/{template.kind}-{template.variant}", "meetings_after", found=repr(name), allowed="the id or part of a task")


def _template(template: Template, book: Book) -> Iterator[DataError]:
    file = f"{template.kind}-{template.variant}"
    parts = (template, *template.summary, *template.milestone, *template.gate, *template.target, *template.section, *template.field, *template.meeting, *template.party, *template.budget,
             *template.risk, *template.kill, *template.unlock, *template.assumption)  # fmt: skip
    inner = (part for section in template.section for part in (*section.lines, *section.rows))
    work = (each for phase in template.phase for each in phase.work)
    for part in (*parts, *inner, *work, *(criterion for gate in template.gate for criterion in gate.criteria)):
        yield from _conditions(part, file, getattr(part, "id", ""))
    for phase in template.phase:
        for name in (name for work in phase.work for name in work.do):
            if not book.called(name):
                yield DataError(f"{FOLDER}/{file}", phase.id, "do", found=repr(name), allowed="the id or part of a task")


def _conditions(part: Chosen, file: str, entry: str) -> Iterator[DataError]:
    for field in ("when", "unless"):
        for fault in condition_problems(getattr(part, field), FACTS):
            yield DataError(f"{FOLDER}/{file}", entry, field, found=fault, allowed="a condition on known facts")
