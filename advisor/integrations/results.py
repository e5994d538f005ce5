"""What each capability gives: the facts of an answer by the names of `--json`, short enough for a host's context.

Sentences are in the language of the question. `document` holds the whole JSON of the command, with detail `full` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.domain.base import Value
from advisor.domain.moves import Move
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
    """`answer` is Markdown whose [n] are the numbers of `citations`; `abstained_on` names what could not be answered."""

    answer: str
    recommended_moves: tuple[Move, ...] = ()
    advised_against: tuple[Move, ...] = ()
    questions: tuple[str, ...] = ()
    abstained_on: tuple[str, ...] = ()
    citations: tuple[Cited, ...] = ()
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
