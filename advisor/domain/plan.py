"""A plan document as a value: what is done, by whom, until when, why, and what each figure in it rests on.

A plan is structure and dates around sentences that were held against their evidence; renderers only lay it out.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from advisor.domain.answer import Citation, Computation, Verification
from advisor.domain.base import Number, Quote, Value, Words
from advisor.domain.client import Client
from advisor.domain.moves import Move
from advisor.domain.vocabulary import Stance, Unit


class PlanKind(StrEnum):
    """The kinds of document that there is a template for."""

    NINETY_DAY = "ninety-day"
    BLUEPRINT = "blueprint"
    REVENUE_FIRST = "revenue-first"
    TURNAROUND = "turnaround"
    TIERING = "tiering"
    PROGRAMME_LAUNCH = "programme-launch"
    INTEGRATION_LAUNCH = "integration-launch"
    INCENTIVES = "incentives"
    TERM_SHEET = "term-sheet"
    ENABLEMENT_PACK = "enablement-pack"
    JOINT_BUSINESS_PLAN = "joint-business-plan"
    ACCOUNT_MAPPING = "account-mapping"
    BOARD_NOTE = "board-note"
    CRM_SPEC = "crm-spec"
    CADENCE = "cadence"
    QBR = "qbr"
    ECOSYSTEM_MAP = "ecosystem-map"


class Role(StrEnum):
    """Who does a task; what the role is called depends on the client."""

    OWNER = "owner"
    SPONSOR = "sponsor"
    SALES = "sales"
    REVOPS = "revops"
    MARKETING = "marketing"
    PRODUCT = "product"
    SUCCESS = "success"
    FINANCE = "finance"


class Priority(StrEnum):
    """In which order work gives way when the hours do not suffice: `could` first, `must` never."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"


class Status(StrEnum):
    """What became of a task, as the client reports it; one of which nothing is reported is open."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    DROPPED = "dropped"


class Line(Value):
    """A sentence of a plan. `evidence` are the ids it rests on, `citations` their numbers in the list of sources."""

    text: str
    evidence: tuple[str, ...] = ()
    citations: tuple[int, ...] = ()
    computed: tuple[Computation, ...] = ()


class PlanPhase(Value):
    """A stretch of weeks, `weeks` as the sources name them, with what stands at its end."""

    id: str
    title: str
    weeks: str
    start: date
    end: date
    result: Line


class Task(Value):
    """One piece of work. `effort` is in person-days; `because` is the rule or passage behind it; `moves` are what it carries out.

    A task with the stance `advise_against` holds something back or winds it down. `moved` says that it starts later than its weeks, because
    the hours do not suffice before. `status` is what was reported of it, with the day on which it was done or, where it is late, is expected.
    """

    id: str
    phase: str
    title: Line
    done_when: Line
    because: Line
    owner: Role
    owner_title: str
    effort: Number = Field(gt=0)
    start: date
    end: date
    weeks: str
    depends_on: tuple[str, ...] = ()
    priority: Priority = Priority.SHOULD
    moves: tuple[Move, ...] = ()
    stance: Stance = Stance.ADVISE
    moved: bool = False
    status: Status = Status.OPEN
    status_date: date | None = None


class Milestone(Value):
    """A day on which something is there: the end of the last of its tasks."""

    id: str
    title: Line
    on: date
    tasks: tuple[str, ...] = ()


class Gate(Value):
    """A day on which somebody decides whether to go on: by which criteria, and what happens when they are missed."""

    id: str
    title: Line
    on: date
    decided_by: str
    criteria: tuple[Line, ...]
    if_missed: Line


class Target(Value):
    """A measure with its values over time. An empty value is the client's to fill."""

    id: str
    measure: Line
    baseline: Line | None = None
    day_90: Line | None = None
    month_6: Line | None = None
    month_12: Line | None = None


class Risk(Value):
    id: str
    risk: Line
    response: Line
    owner_title: str


class BudgetLine(Value):
    """What the plan costs: from a source where it holds one, else the client's to fill. One that is not `open` costs nothing. The numbers are those of the record behind it."""

    id: str
    item: Line
    amount: Line | None = None
    open: bool = True
    low: Number | None = None
    high: Number | None = None
    unit: Unit | None = None
    currency: str | None = None
    per: str | None = None


class PlanTable(Value):
    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


class PlanSection(Value):
    """A part of the document that is neither work nor dates: sentences, and a table where rows say it better.

    A `draft` is a text for others to use, such as a form: what stands in square brackets is the client's to fill.
    """

    id: str
    title: str
    draft: bool = False
    lines: tuple[Line, ...] = ()
    table: PlanTable | None = None


class FieldType(StrEnum):
    """What a field of a CRM holds."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    LOOKUP = "lookup"
    LINE = "line"
    TEXT = "text"


class FieldOption(Value):
    """One of the values of a choice: `id` is what the CRM stores."""

    id: str
    label: str


class CrmField(Value):
    """A field to be built in the CRM: on which object, of which type, and the rule by which it is filled.

    `of` is the object that a lookup leads to. A date that follows another by a number of days names that one in `base`.
    """

    id: str
    object: Literal["deal", "partner", "introduction", "customer"]
    label: str
    type: FieldType
    options: tuple[FieldOption, ...] = ()
    of: str | None = None
    required: bool = False
    base: str | None = None
    days: Number | None = None
    rule: Line


class Rhythm(StrEnum):
    """How often a meeting is held."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Meeting(Value):
    """A series of meetings: who leads and who comes, what lies on the table, what is decided.

    `first` is its first day; a monthly or rarer one falls on the same weekday of the month, the `nth`. `lasts` says where its minutes come from. `without` are days of the series on which nobody works.
    """

    id: str
    title: Line
    rhythm: Rhythm
    nth: int = 1
    minutes: int
    first: date
    until: date
    without: tuple[date, ...] = ()
    lead: str
    others: tuple[str, ...] = ()
    inputs: Line
    decides: Line
    lasts: Line | None = None


class PartnerRow(Value):
    """A partner as the client's list has it: amounts of the last twelve months in one currency, hours of the client's own team. What the list leaves open is None."""

    name: Quote
    sourced: Number
    influenced: Number | None = None
    pipeline: Number | None = None
    hours: Number | None = None
    registrations: Number | None = None
    since: date | None = None
    niche: Quote | None = None


class PartnerList(Value):
    rows: tuple[PartnerRow, ...] = Field(min_length=1)
    currency: str | None = None


class Standing(StrEnum):
    """What is done about a partner in the coming quarter."""

    GROW = "grow"
    KEEP = "keep"
    FIX = "fix"
    END = "end"


class Reviewed(Value):
    """A partner with what is proposed for it and why."""

    partner: PartnerRow
    standing: Standing
    because: Line
    per_hour: Computation | None = None


class Total(Value):
    """A sum over the rows that have its number, with its formula; `rows` is how many they are."""

    id: str
    worked: Computation
    rows: int


class Review(Value):
    """The partners of a list, those to grow first, and the sums over them; sourced and influenced are never added."""

    currency: str | None = None
    partners: tuple[Reviewed, ...] = ()
    totals: tuple[Total, ...] = ()


class Place(StrEnum):
    """Where a party stands on the map of an ecosystem, from the client's own rules: already there, to begin with, later, not at this stage, or around everybody."""

    AROUND = "around"
    THERE = "there"
    FIRST = "first"
    LATER = "later"
    NOT_NOW = "not_now"


class Party(Value):
    """A group around the product: what it gives and what it gets; `flow` are a few words for each direction."""

    id: str
    title: str
    place: Place
    gives: Line
    gets: Line
    flow: tuple[str, str]


class Load(Value):
    """The hours of one role against the work that the plan gives it, in person-days."""

    role: Role
    title: str
    hours_per_week: Number
    available: Number
    needed: Number
    assumed: bool = True


class Capacity(Value):
    """Whether the hours suffice: what was moved, what was left out and what it comes to."""

    fits: bool
    loads: tuple[Load, ...] = ()
    moved: tuple[str, ...] = ()
    dropped: tuple[Line, ...] = ()
    says: tuple[Line, ...] = ()


class Told(Value):
    """What was reported of one task: `on` is the day on which it was done or, where it is late, is expected; `left` what is still to do, in person-days.

    `start` and `end` are the days that the report's copy of the plan gave it.
    """

    id: Quote
    status: Status
    on: date | None = None
    left: Number | None = None
    start: date | None = None
    end: date | None = None


class Report(Value):
    """What happened to a plan up to a day, from which the rest is planned again."""

    on: date
    tasks: tuple[Told, ...] = Field(min_length=1)


class Delay(StrEnum):
    """Why something has another day than was planned."""

    DONE_LATE = "done_late"
    REPORTED = "reported"
    SILENT = "silent"
    WAITS = "waits"
    HOURS = "hours"


class Slip(Value):
    """Something that has a later day than before; `days` are working days, `behind` the ids of the tasks that it waits for. Without `after` it will not come at all."""

    what: Literal["plan", "task", "milestone", "gate"]
    id: str
    title: str
    before: date
    after: date | None = None
    days: int = 0
    cause: Delay | None = None
    behind: tuple[str, ...] = ()


class Dropped(Value):
    """A task that the client gave up; `priority` says what the plan thought of it."""

    id: str
    title: Line
    priority: Priority


class Progress(Value):
    """Where a plan stands on a day: how many tasks are done, what slipped and what that moves, what was given up, and past decisions to write down.

    `unknown` are reported tasks that are no part of the plan any more, because the facts about the client have changed.
    """

    on: date
    done: int
    late: int
    open: int
    slips: tuple[Slip, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    due: tuple[Gate, ...] = ()
    unknown: tuple[str, ...] = ()


class Source(Value):
    """Where the numbers of a plan come from beside its citations: rates of exchange, knowledge, and what went in."""

    knowledge_version: str
    inputs: str
    rules: tuple[str, ...] = ()
    fx: tuple[str, ...] = ()


class Plan(Value):
    """A plan for one client. Empty parts do not stand in the document."""

    kind: PlanKind
    variant: str
    title: str
    language: str = "en"
    prepared_for: Words
    prepared_by: Words | None = None
    created: date
    start: date
    end: date
    client: Client
    stage: str
    motion: str | None = None
    summary: tuple[Line, ...] = ()
    starting_point: tuple[Line, ...] = ()
    phases: tuple[PlanPhase, ...] = ()
    tasks: tuple[Task, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    gates: tuple[Gate, ...] = ()
    targets: tuple[Target, ...] = ()
    sections: tuple[PlanSection, ...] = ()
    fields: tuple[CrmField, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    review: Review | None = None
    parties: tuple[Party, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    risks: tuple[Risk, ...] = ()
    kill_criteria: tuple[Line, ...] = ()
    not_now: tuple[Line, ...] = ()
    unlocks: tuple[Line, ...] = ()
    questions: tuple[Line, ...] = ()
    assumptions: tuple[Line, ...] = ()
    capacity: Capacity
    progress: Progress | None = None
    citations: tuple[Citation, ...] = ()
    verification: Verification = Verification()
    made: Source


class PlanRequest(Value):
    """What somebody wants planned. `hours_per_week` are those of the person who owns partners; `closed` are days on which nobody works."""

    kind: PlanKind
    start: date | None = None
    hours_per_week: Number | None = None
    people: int = 1
    closed: tuple[date, ...] = ()
    prepared_for: Words | None = None
    prepared_by: Words | None = None
    language: Literal["en", "de"] = "en"
    note: Quote = ""
    report: Report | None = None
    partners: PartnerList | None = None
