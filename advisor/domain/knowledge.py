"""What we claim to know: sources, benchmark records, passages, and what retrieval finds among them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from advisor.domain.base import Number, Value
from advisor.domain.moves import Move
from advisor.domain.vocabulary import BenchmarkKind, Direction, EvidenceClass, EvidenceKind, Unit

SourceKind = Literal["document", "study", "report", "article", "vendor", "book", "house"]


class Source(Value):
    """A publication. `reported_in` names the document that quotes it when we have not read it ourselves.

    `places` gives the headings of a document, as it prints them, by the short names that locators use.
    """

    id: str
    title: str
    publisher: str
    year: int | None = None
    kind: SourceKind
    evidence_class: EvidenceClass
    vendor_interest: str | None = None
    reported_in: str | None = None
    verified: bool = False
    note: str = ""
    places: Mapping[str, str] = {}


class Benchmark(Value):
    """One figure with everything needed to know when it may be quoted.

    `low` and `high` are equal for a single value; None for an open end ("25–40 %+" has low 25, high 40, open "above";
    "<18 months" has low None). Percent is 46 with unit percent. `of` says what it is a share or count of. `text` is our
    sentence with `{fig}` where the figure stands. `condition` uses the condition language.
    """

    id: str
    metric: str
    kind: BenchmarkKind
    low: Number | None = None
    high: Number | None = None
    open: Literal["none", "above", "below"] = "none"
    approximate: bool = False
    unit: Unit
    currency: str | None = None
    per: str | None = None
    of: str
    direction: Direction = Direction.LEVEL
    text: str
    condition: Mapping[str, Any] = {}
    population: str = ""
    source: str
    evidence_class: EvidenceClass
    source_doc: str
    place: str
    locator: str
    excerpt: str | None = None
    as_of: str
    review_by: date
    conflicts_with: tuple[str, ...] = ()
    not_to_be_confused_with: tuple[str, ...] = ()
    caution: str = ""
    topics: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> Benchmark:
        if self.low is None and self.high is None:
            raise ValueError("a record needs low, high or both")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the range is upside down: low {self.low} is above high {self.high}")
        if (self.unit is Unit.MONEY) != (self.currency is not None):
            raise ValueError("unit money needs a currency, and only money has one")
        return self


class Passage(Value):
    """A piece of knowledge text that can be found and cited: one section of one topic file.

    `text` is the rendered text (figure references filled in); `heading` the breadcrumb; `when` a condition under which
    it is meant; `benchmarks` the records its figures come from; `moves` what it advises.
    """

    id: str
    heading: str
    text: str
    source_doc: str
    place: str
    locator: str
    topics: tuple[str, ...] = ()
    when: Mapping[str, Any] = {}
    benchmarks: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    questions: tuple[str, ...] = ()


class Term(Value):
    """A term of the field with the names that people use for it, its meaning in one sentence, and the document that it comes from.

    `stands_for` is what an abbreviation is short for; `written_out` says that the knowledge mostly has its full name, the first of the synonyms.
    `kind_of` is the term of which this one names a kind. `where` is the heading
    or the words under which the document has what it does not call by the term; a word of the field that no document has is the house's.
    """

    term: str
    synonyms: tuple[str, ...] = ()
    stands_for: str = ""
    kind_of: str = ""
    written_out: bool = False
    meaning: str
    source_doc: str
    where: str = ""

    @property
    def id(self) -> str:
        """The id under which claims rest on the meaning."""
        return f"term.{self.term}"


class Entry(Value):
    """What the index holds of a passage, benchmark or rule: the text to find it by, and the questions it answers."""

    id: str
    kind: EvidenceKind
    heading: str
    text: str
    source_doc: str
    locator: str
    questions: tuple[str, ...] = ()


class Hit(Value):
    """A retrieval result; `score` is the final one after rerank, comparable with the relevance floor."""

    rank: int = Field(ge=1)
    score: float
    kind: EvidenceKind
    id: str
    text: str
    source_doc: str
    locator: str
    heading: str


class Evidence(Value):
    """One thing a claim may rest on: what it says, where it stands, and the record behind it when it is a figure.

    `also` are further sentences of the same rule: its verdicts and reasons. A citation shows `says` alone.
    """

    id: str
    kind: EvidenceKind
    title: str
    publisher: str
    year: int | None = None
    evidence_class: EvidenceClass
    applies: Literal["yes", "no", "unknown"] = "yes"
    source_doc: str
    place: str
    locator: str
    says: str
    also: tuple[str, ...] = ()
    excerpt: str | None = None
    moves: tuple[Move, ...] = ()
    record: Benchmark | None = None
