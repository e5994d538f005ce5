"""What each capability gives: the facts of an answer by the names of `--json`, short enough for a host's context.

Sentences are in the language of the question. `document` holds the whole JSON of the command, with detail `full` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from advisor.domain.base import Number, Value
from advisor.domain.moves import Move
from advisor.domain.verified import FigureVerdict
from advisor.domain.vocabulary import Applies, EvidenceKind

Document = dict[str, Any]


class Asked(Value):
    """A fact that would settle more, and the question to put for it."""

    fact: str
    ask: str


class Changed(Value):
    """One thing that a supposed fact changes."""

    id: str
    before: str | None = None
    after: str | None = None
    because: str = ""


class AssessResult(Value):
    """Verdicts by move: a sentence on what is needed or fits, and for what is forbidden what would change it.

    With detail `brief`, and beside `what_if`, sentences are empty.
    """

    stage: str
    because: str = ""
    also: tuple[str, ...] = ()
    motion: str | None = None
    known: Mapping[str, str] = {}
    required: Mapping[str, str] = {}
    recommended: Mapping[str, str] = {}
    forbidden: Mapping[str, str] = {}
    allowed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    tools_that_fit: tuple[str, ...] = ()
    questions: tuple[Asked, ...] = ()
    contradictions: tuple[str, ...] = ()
    what_if: tuple[Changed, ...] | None = None
    document: Document | None = None


class Cited(Value):
    """One reference of an answer."""

    n: int
    id: str
    who: str
    evidence: str
    applies: Applies
    says: str = ""


class AskResult(Value):
    """`answer` is Markdown whose [n] are the numbers of `citations`; `abstained_on` names what could not be answered, `notices` are remarks on how it was made."""

    answer: str
    recommended_moves: tuple[Move, ...] = ()
    advised_against: tuple[Move, ...] = ()
    questions: tuple[str, ...] = ()
    abstained_on: tuple[str, ...] = ()
    citations: tuple[Cited, ...] = ()
    notices: tuple[str, ...] = ()
    session: str | None = None
    document: Document | None = None


class Found(Value):
    """One passage or record."""

    id: str
    kind: EvidenceKind
    heading: str
    text: str
    score: float


class SearchResult(Value):
    """`enough` is false when nothing found is close enough to answer from."""

    enough: bool
    results: tuple[Found, ...] = ()
    document: Document | None = None


class Record(Value):
    """One figure as it may be quoted; `applies_because` says what it needs of a client."""

    id: str
    metric: str
    text: str
    who: str
    evidence: str
    applies: Applies
    applies_because: str = ""


class BenchmarksResult(Value):
    """Records, and of one metric which to prefer and why they differ; `next_offset` is where the list goes on."""

    records: tuple[Record, ...] = ()
    total: int
    next_offset: int | None = None
    preferred: str | None = None
    because: str = ""
    document: Document | None = None


class Failing(Value):
    """One figure that does not hold, and what stands in its place; `id` is the record that says so."""

    figure: str
    verdict: FigureVerdict
    why: str = ""
    id: str | None = None


class Forbidden(Value):
    """A piece of the text that goes on with a forbidden move, and what would change the verdict."""

    move: Move
    text: str
    until: str


class VerifyResult(Value):
    """`mended` is the text with what does not hold replaced or left out, there when it did not pass.

    `moves_checked` is false without facts of a client: then figures alone were looked at.
    """

    passed: bool
    figures: int
    moves_checked: bool
    failing: tuple[Failing, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    mended: str | None = None
    document: Document | None = None


class Figure(Value):
    """One value worked out, with the formula that gives it; what only comes whole is rounded up."""

    name: str
    value: Number
    unit: str
    formula: str


class CalculateResult(Value):
    """`standing` says of a partner's return: enough, some, loss or open; `cited` are figures of the knowledge that went in."""

    results: tuple[Figure, ...] = ()
    standing: str | None = None
    cited: tuple[str, ...] = ()


class PlanResult(Value):
    """The plan in lines: each task with its first day (month and day) and who does it, each gate with its day.

    These are the tasks that must be done, and `more_tasks` how many stand beside them; the whole plan, with reasons and sources, is the `document`.
    """

    title: str
    start: date
    end: date
    summary: str = ""
    sections: Mapping[str, str] = {}
    phases: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    more_tasks: int = 0
    gates: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    document: Document | None = None
