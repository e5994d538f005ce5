"""What is evaluated: the advisor, or the advisor with one part passed otherwise, so that a run shows what the part is worth.

No setting and no public argument turns a part off: an ablation is an advisor built here out of other parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from advisor import intake, rules
from advisor.answering import playbook
from advisor.answering.ground import Grounded, ground
from advisor.answering.grounding_given import Given
from advisor.answering.grounding_sums import computed_by
from advisor.conversation.talk import Talk
from advisor.domain import Answer, Citation, Claim, Client, DraftClaim, Evidence, FigureUse, Hit, Support, Verification
from advisor.errors import InputError, ModelError
from advisor.evaluation import calls
from advisor.evaluation.calls import Purse
from advisor.evaluation.cases import DAY, Case
from advisor.evaluation.clients import client_given
from advisor.figures import Figure, find, supports
from advisor.ports import Only, Retriever
from advisor.settings import Settings
from advisor.testing import MemorySessions
from advisor.wiring import Advisor

if TYPE_CHECKING:
    from advisor.answering.parts import Parts
    from advisor.answering.calling import Meter

PARTS = ("rules", "retrieval", "grounding", "rerank")
"""What `--without` may name: verdicts of the rules; passages found by search; the check of the draft; the learned order of what is found."""


Caller = Callable[[Advisor, str, Mapping[str, Any] | str], tuple[str, bool]]
"""Answers a call of a tool over an advisor: the text for the model, and whether it is an error. Tools are no room of ours: who runs the suites brings them."""


class Offered(NamedTuple):
    """Tools as a host offers them to its model: what is told of all, each as a function of OpenAI's chat, and who answers a call. Not ours either."""

    instructions: str
    functions: tuple[Mapping[str, Any], ...]
    call: Caller


class Words(NamedTuple):
    """The model that words the answers, where it is served, what it may cost in a run, in US dollars, and what its server is known to take."""

    model: str | None = None
    base_url: str | None = None
    max_cost: Decimal | None = None
    timeout: int | None = None
    window: int | None = None


OFFLINE = Words()
RESULTS = frozenset({"unfit", "malformed", "empty"})  # what a model can end in that was reached: none of its sentences stands


@dataclass
class Clock:
    """The day, which passes only when a case says so."""

    day: date = DAY

    def __call__(self) -> date:
        return self.day

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, tzinfo=UTC)

    def pass_days(self, days: int) -> None:
        self.day += timedelta(days=days)


class Subject(Advisor):
    """The advisor over the shipped knowledge, without a user's settings; a name of `PARTS` in `without` replaces that part.

    With a model that words the answers: a service that fails makes its case fail, since the offline answer in its place would be no result of the
    model. A model of which nothing passes has a result: that answer.
    """

    def __init__(
        self, home: Path, without: str = "", words: Words = OFFLINE, *, tools: Caller | None = None, fresh: bool = False, purse: Purse | None = None
    ) -> None:
        self.clock, self.without, self.tools, self.fresh, self.purse = Clock(), without, tools, fresh, purse or Purse()
        self.evidence: Mapping[str, Evidence] = {}
        super().__init__(Settings(home=home, **words._asdict()), today=self.clock)
        self.heard: dict[str, Any] = {}
        self.trace = self._hear

    compared = False
    """Whether each answer is also held against what can be held against any text."""
    scored: frozenset[str] | None = None
    """The scores that make sense for this subject; None for all."""

    @cached_property
    def meter(self) -> Meter:
        """Counts and limits nothing: what a run may cost is held where the service is asked."""
        from advisor.answering.calling import Meter

        return Meter()

    @property
    def waited(self) -> float:
        """How long the service took for the last answer, also when that was long ago."""
        return self.chat_model.seconds if self.chat_model is not None else 0.0

    def repeat(self, n: int) -> None:
        """What follows belongs to the n-th repetition, whose calls are kept apart."""
        if self.chat_model is not None:
            self.chat_model.repeat = n

    @cached_property
    def chat_model(self) -> calls.Calls | None:
        """The model, whose calls are kept."""
        made = super().chat_model
        return calls.Calls(made, calls.folder(self.settings.home), self.settings.base_url or "", self.fresh, self.purse) if made is not None else None

    def _hear(self, hop: str, value: Any) -> None:
        """Keep of the last answer what its model wrote and what became of it. Raises ModelError where the service failed."""
        if hop == "failed" and value not in RESULTS:
            raise ModelError(value, self.settings.model or "")
        if hop in {"sentences", "failed"}:
            self.heard[hop] = value

    @cached_property
    def book(self) -> rules.RuleBook:
        book = rules.load()
        return _without_verdicts(book) if self.without == "rules" else book

    @cached_property
    def retriever(self) -> Retriever:
        """What searches; for suites of retrieval."""
        if self.without == "retrieval":
            return Nothing()
        if self.without == "rerank":
            from advisor.adapters import relevance
            from advisor.adapters.index import open_index

            return open_index(self.settings.home, self.library.entries(), embedder=self._model, learned=relevance.unlearned(self._model.dimensions))
        return self._retriever

    def _parts(self) -> Parts:
        return replace(super()._parts(), retriever=lambda: self.retriever, ground=self._grounded)

    def _grounded(self, draft: Sequence[DraftClaim], evidence: Mapping[str, Evidence], **given: Any) -> Grounded:
        """The draft as the gate leaves it; the evidence is kept for the scorers, who hold the answer against it once more."""
        self.evidence = evidence
        return (unchecked if self.without == "grounding" else ground)(draft, evidence, **given)

    def on(self, day: date | None) -> None:
        """Read what follows on this day."""
        self.clock.day = day or DAY

    def answer(self, case: Case) -> Answer:
        """The (last) answer to a case of kind `answers`."""
        self.on(case.inputs.today)
        self.heard = {}
        if self.chat_model is not None:
            self.chat_model.seconds = 0.0
        client, fx = client_given(case.inputs.client)
        if case.inputs.question is not None:
            return self.ask(_with_notes(case.inputs.question, case.inputs.notes), options=client, fx=fx)
        talk, answer = self.conversation(fx), None
        for number, words in enumerate(case.inputs.turns):
            answer = talk.ask(_with_notes(words, None if number else case.inputs.notes), Client() if number else client)
        assert answer is not None  # noqa: S101  # a case has a question or turns
        return answer

    def call(self, tool: str, arguments: Mapping[str, Any] | str) -> tuple[str, bool]:
        """What comes back of a call of a tool. Raises InputError where nobody brought the tools."""
        if self.tools is None:
            raise InputError("Calls of tools cannot be evaluated from here.", hint="Run the suite with advisor eval run.")
        return self.tools(self, tool, arguments)

    def conversation(self, fx: Mapping[str, Any] | None = None) -> Talk:
        """A conversation that nothing is kept of."""
        return Talk("case", MemorySessions(), self, playbook.load().conversation, Client(), None, fx, self.clock.now)


def _with_notes(words: str, notes: str | None) -> str:
    return intake.clean("\n\n".join(part for part in (words, notes) if part))


def _without_verdicts(book: rules.RuleBook) -> rules.RuleBook:
    """The book that still places a client and speaks for or against nothing."""
    tables = {id_: replace(table, rows=tuple(replace(row, verdicts=()) for row in table.rows)) for id_, table in book.tables.items()}
    return replace(book, tables=tables)


class Nothing:
    """A retriever that finds nothing."""

    floor = 1.0

    def search(self, query: str, limit: int = 8, only: Only | None = None) -> tuple[Hit, ...]:
        return ()

    def holds(self, query: str) -> bool:
        return False

    def weigh(self, query: str, id_: str, parts: Sequence[str]) -> list[float]:
        return [0.0] * len(parts)


def unchecked(draft: Sequence[DraftClaim], evidence: Mapping[str, Evidence], *, question: str, client: Client, earlier: Sequence[Client] = (), **_: Any) -> Grounded:
    """The draft as it stands, nothing withheld; what stands in place of the grounder when that is left out.

    A figure is noted as cited, worked out or given where it is so; one that is nothing of these cites what the claim names first.
    """
    numbers = {id_: n for n, id_ in enumerate(dict.fromkeys(id_ for item in draft for id_ in item.evidence if id_ in evidence), 1)}
    own = Given(question, client, earlier)
    claims = tuple(_taken(n, item, numbers, evidence, own) for n, item in enumerate(draft, 1))
    fields = set(Citation.model_fields) - {"n"}
    citations = tuple(Citation(n=n, **evidence[id_].model_dump(include=fields)) for id_, n in numbers.items())
    return Grounded(claims=claims, citations=citations, verification=Verification(figures=sum(len(claim.figures) for claim in claims)))


def _taken(n: int, item: DraftClaim, numbers: Mapping[str, int], evidence: Mapping[str, Evidence], own: Given) -> Claim:
    named = [id_ for id_ in dict.fromkeys(item.evidence) if id_ in numbers]
    uses = tuple(_use(figure, item, named, numbers, evidence, own) for figure in find(item.text))
    return Claim(n=n, text=item.text, citations=tuple(numbers[id_] for id_ in named), kind=item.kind, stance=item.stance, moves=item.moves, figures=uses)


def _use(figure: Figure, item: DraftClaim, named: Sequence[str], numbers: Mapping[str, int], evidence: Mapping[str, Evidence], own: Given) -> FigureUse:
    saying = next((id_ for id_ in named if supports(figure, item.text, evidence[id_])), None)
    formula = " to ".join(each.formula for each in computed_by(figure, item.text, item.computed))
    support, cited, worked = Support.GIVEN, None, None
    if saying is not None:
        support, cited = Support.CITED, saying
    elif formula:
        support, worked = Support.COMPUTED, formula
    elif named and not own.holds(figure, of_client=True):
        support, cited = Support.CITED, named[0]
    return FigureUse(text=figure.text, start=figure.start, end=figure.end, support=support, citation=numbers[cited] if cited else None, formula=worked)
