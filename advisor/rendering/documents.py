"""The JSON documents that are not domain values themselves; their schemas stand in `schemas/`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from advisor.domain import (
    Answer,
    Applies,
    Assessment,
    BenchmarkKind,
    Client,
    Direction,
    EvidenceClass,
    Hit,
    Number,
    SessionInfo,
    StoredClient,
    Turn,
    Unit,
    Value,
    VerifyReport,
)

from advisor.domain.plan import Plan
from advisor.planning.diff import PlanDiff


class Change(Value):
    """One thing that differs between two assessments: `what` it is, its id, and both states (null is absent)."""

    what: Literal["stage", "motion", "phase", "maturity", "move", "tool", "question", "figure"]
    id: str
    before: str | None = None
    after: str | None = None
    because: str = ""
    rule: str | None = None


class WhatIf(Value):
    """Facts supposed, and what the rules say then."""

    supposed: dict[str, str]
    changes: tuple[Change, ...] = ()
    assessment: Assessment


class AssessDocument(Assessment):
    """`advisor assess --json`; `what_if` stands there only with `--what-if`."""

    what_if: WhatIf | None = None


class SearchDocument(Value):
    """`advisor search --json`; `below_floor` says that nothing found is close enough to answer from."""

    query: str
    results: tuple[Hit, ...] = ()
    floor: float
    below_floor: bool


class BenchmarkRow(Value):
    """One record with what a reader must know before quoting it."""

    id: str
    metric: str
    kind: BenchmarkKind
    low: Number | None
    high: Number | None
    unit: Unit
    currency: str | None = None
    per: str | None = None
    of: str
    direction: Direction
    text: str
    condition: dict[str, object]
    population: str
    publisher: str
    title: str
    year: int | None
    evidence_class: EvidenceClass
    vendor_interest: str | None
    source_doc: str
    place: str
    as_of: str
    review_by: date
    conflicts_with: tuple[str, ...]
    applies: Applies
    applies_because: str


class BenchmarksDocument(Value):
    """`advisor benchmarks list --json`, and `show` with one record."""

    benchmarks: tuple[BenchmarkRow, ...] = ()


class ComparisonDocument(Value):
    """`advisor benchmarks compare --json`: the fields that differ, and the record to prefer, if one is stronger.

    `against` are records of other metrics that disagree with these, `why` says what lies between them.
    """

    metric: str
    records: tuple[BenchmarkRow, ...] = ()
    against: tuple[BenchmarkRow, ...] = ()
    explained_by: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    preferred: str | None = None
    because: str


class ProblemRow(Value):
    """One thing wrong in a data file: where it stands, what was found and what is allowed."""

    file: str
    entry: str = ""
    field: str = ""
    found: str = ""
    allowed: str = ""


class StaleRow(Value):
    """A record whose review date has passed."""

    id: str
    review_by: date


class CheckDocument(Value):
    """`advisor check --json`."""

    problems: tuple[ProblemRow, ...] = ()
    stale: tuple[StaleRow, ...] = ()


class SettingRow(Value):
    """One setting, its value and where that came from."""

    name: str
    value: object = None
    origin: str


class ConfigDocument(Value):
    """`advisor config --json`."""

    settings: tuple[SettingRow, ...] = ()
    files: tuple[str, ...] = ()


class DoctorRow(Value):
    """One thing looked at: `found` is its state, `remedy` the next step when it is not well."""

    name: str
    status: Literal["ok", "note", "problem"]
    found: str
    remedy: str = ""


class DoctorDocument(Value):
    """`advisor doctor --json`."""

    well: bool
    checks: tuple[DoctorRow, ...] = ()


class VersionRow(Value):
    """A version of a client's file, and when it was kept."""

    version: int
    at: datetime


class ClientDocument(Value):
    """`advisor client show --json`, and what new, edit and import made."""

    name: str
    version: int
    at: datetime
    client: Client
    versions: tuple[VersionRow, ...] = ()


class ClientsDocument(Value):
    """`advisor client list --json`: the newest version of each client."""

    clients: tuple[StoredClient, ...] = ()


class SessionsDocument(Value):
    """`advisor sessions list --json`."""

    sessions: tuple[SessionInfo, ...] = ()


class SessionDocument(Value):
    """`advisor sessions show --json`: every turn with the facts it changed and the answer as `advisor ask --json` gives it."""

    name: str
    client: str | None = None
    turns: tuple[Turn, ...] = ()


class DeletedDocument(Value):
    """`advisor client delete --json` and `advisor sessions delete --json`: what is gone."""

    clients: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()


DOCUMENTS: dict[str, type[Value]] = {
    "assess": AssessDocument,
    "ask": Answer,
    "search": SearchDocument,
    "benchmarks": BenchmarksDocument,
    "benchmarks-compare": ComparisonDocument,
    "check": CheckDocument,
    "config": ConfigDocument,
    "doctor": DoctorDocument,
    "client": ClientDocument,
    "clients": ClientsDocument,
    "session": SessionDocument,
    "sessions": SessionsDocument,
    "plan": Plan,
    "plan-diff": PlanDiff,
    "deleted": DeletedDocument,
    "verify": VerifyReport,
}
