"""The case language: what a suite may say, one closed model for the inputs and one for the expectations of each kind.

The shape is that of pydantic-evals: `name`, `inputs`, `expected_output`, `metadata`. Every expectation may be left out, and what is
left out is not scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from advisor.answering import prompts
from advisor.domain import AskKind, Direction, EvidenceClass, Motion, Move, StageId, Unit, Verdict
from advisor.domain.plan import PlanKind
from advisor.evaluation.clients import ASKED, client_given

DAY = date(2026, 11, 26)
"""The day on which a case is read that names none: "since May" must mean the same next year."""


class Closed(BaseModel):
    """A frozen value in which an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _known_fact(name: str) -> str:
    if name not in ASKED:
        raise ValueError(f"allowed: {', '.join(ASKED)}")
    return name


def _says(value: Any) -> Any:
    return {"says": value} if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(min_length=1, max_length=1_000_000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
FactName = Annotated[str, AfterValidator(_known_fact)]
AnyOf = Annotated[tuple[Text, ...], Field(min_length=1)]


class Shown(Closed):
    """A figure that must be shown. With a source it must be that record's; written as a bare text it need only be shown."""

    says: Text
    source: Text | None = None


class Corrects(Closed):
    """A figure half remembered: the sentence of one of the records `to` is shown, the first sentence has one of the words `says`."""

    to: AnyOf
    says: AnyOf


class Sum(Closed):
    """What becomes of a sum: its results (`13|thirteen` is either), what it lacks (a word of the question asked), or that none is wanted."""

    result: tuple[Text, ...] | None = None
    lacks: tuple[Text, ...] | None = None
    none: bool = False

    @model_validator(mode="after")
    def _one(self) -> Sum:
        if sum((bool(self.result), bool(self.lacks), self.none)) != 1:
            raise ValueError("exactly one of: result, lacks, none: true")
        return self


class AnswersInputs(Closed):
    """One message, or the turns of a conversation of which the last is answered; facts by option; a pasted document; the day."""

    question: Text | None = None
    turns: tuple[Text, ...] | None = None
    client: Mapping[str, Any] = {}
    notes: Text | None = None
    today: date | None = None

    @model_validator(mode="after")
    def _one(self) -> AnswersInputs:
        if (self.question is None) == (not self.turns):
            raise ValueError("exactly one of: question, turns")
        client_given(self.client)
        return self


class AnswersExpected(Closed):
    """What must hold for the (last) answer."""

    stage: StageId | None = None
    motion: Motion | None = None
    in_scope: bool | None = None
    language: Literal["en", "de"] | None = None
    must_advise: tuple[Move, ...] = ()
    may_advise: tuple[Move, ...] | None = None
    must_not_advise: tuple[Move, ...] = ()
    must_advise_against: tuple[Move, ...] = ()
    figures: tuple[Annotated[Shown, BeforeValidator(_says)], ...] = ()
    must_not_state: tuple[Text, ...] = ()
    mentions: tuple[AnyOf, ...] = ()
    never: tuple[Text, ...] = ()
    asks_about: tuple[FactName, ...] = ()
    abstains: bool | None = None
    abstained_on: tuple[Text, ...] = ()
    conflict: tuple[AnyOf, ...] = ()
    prefers: tuple[Text, ...] = ()
    corrects: Corrects | None = None
    sum: Sum | None = None


class TurnExpected(Closed):
    """What must hold for the answer of one turn; facts by their place in the client."""

    stage: StageId | None = None
    facts: Mapping[str, Any] = {}
    asked: AskKind | None = None
    advise: tuple[Move, ...] = ()
    advise_against: tuple[Move, ...] = ()
    turned: tuple[Move, ...] = ()
    open: tuple[tuple[str, ...], ...] | None = None
    again: tuple[str, ...] | None = None
    says: tuple[Text, ...] = ()
    never: tuple[Text, ...] = ()


class Decided(Closed):
    """A move that the client's side decided on."""

    move: Move
    reason: str = ""


class TurnInput(Closed):
    """One turn: something said, a turn taken back, a decision noted, or facts supposed; `days` pass before it."""

    say: Text | None = None
    undo: bool = False
    decide: Decided | None = None
    what_if: Mapping[str, str] | None = None
    days: int = Field(default=0, ge=0)
    expect: TurnExpected = TurnExpected()

    @model_validator(mode="after")
    def _one(self) -> TurnInput:
        if sum((self.say is not None, self.undo, self.decide is not None, self.what_if is not None)) != 1:
            raise ValueError("exactly one of: say, undo: true, decide, what_if")
        return self


class ConversationsInputs(Closed):
    """The turns, each with what is expected of it."""

    turns: Annotated[tuple[TurnInput, ...], Field(min_length=1)]


class PlansInputs(Closed):
    """A client, in words or by option, and the plan that is wanted; `start` left out is the Monday after the day."""

    text: Text | None = None
    client: Mapping[str, Any] = {}
    kind: PlanKind = PlanKind.NINETY_DAY
    start: date | None = None
    hours_per_week: Annotated[Decimal, Field(gt=0, le=168)] | None = None
    people: int = Field(default=1, ge=1)
    language: Literal["en", "de"] = "en"
    today: date | None = None

    @model_validator(mode="after")
    def _somebody(self) -> PlansInputs:
        if self.text is None and not self.client:
            raise ValueError("at least one of: text, client")
        client_given(self.client)
        return self


class PlansExpected(Closed):
    """What must hold for the plan, or by which rule it is `refused` and which kind is named instead. `tasks` and `no_tasks` are ids of tasks, `first` that of
    the first; `moves` are carried out, `no_moves` are not, `held_back` are what a task freezes, winds down or reviews."""

    refused: Text | None = None
    instead: PlanKind | None = None
    variant: Text | None = None
    first: Text | None = None
    tasks: tuple[Text, ...] = ()
    no_tasks: tuple[Text, ...] = ()
    moves: tuple[Move, ...] = ()
    no_moves: tuple[Move, ...] = ()
    held_back: tuple[Move, ...] = ()
    fits: bool | None = None
    mentions: tuple[AnyOf, ...] = ()
    never: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _one(self) -> PlansExpected:
        more = self.model_fields_set - {"refused", "instead"}
        if self.refused is not None and more:
            raise ValueError(f"a plan that is refused has none of: {', '.join(sorted(more))}")
        if self.instead is not None and self.refused is None:
            raise ValueError("instead goes with refused")
        return self


def _no_conversation(arguments: Any) -> Any:
    if "session" in arguments:
        raise ValueError("a call without a session: conversations have suites of their own, and nothing of a case is kept")
    return arguments


class ToolsInputs(Closed):
    """A tool that a host's model calls, with its arguments: a table, or the text that the model sent in its place."""

    tool: Text
    arguments: Annotated[Mapping[str, Any] | str, AfterValidator(_no_conversation)] = {}


class ToolsExpected(Closed):
    """What must come back. `gives` are values by their path, like `stage.id` or `results.0.id`; `refused` are words of which the error must have one of each
    list, so that the model can mend its call; without it the call must succeed. `mentions` and `never` are of the whole text, `at_most` is its length in characters."""

    refused: tuple[AnyOf, ...] = ()
    gives: Mapping[str, Any] = {}
    mentions: tuple[AnyOf, ...] = ()
    never: tuple[Text, ...] = ()
    at_most: int | None = Field(default=None, gt=0)


class IntakeInputs(Closed):
    """An utterance, its language, and the day on which it is read."""

    say: Text
    lang: Literal["en", "de", "fr"]
    today: date = DAY


class IntakeExpected(Closed):
    """The facts to be read, those that may be read or left, those that would be grave misreadings, and how sure each
    is: with `sure` every fact that it does not name must be stated; without it, that is not judged."""

    facts: Mapping[str, Any] = {}
    either: Mapping[str, Any] | tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    sure: Mapping[str, str] | None = None


class FiguresInputs(Closed):
    """A sentence and the record or passage that it cites."""

    says: Text
    cites: Text


class FiguresExpected(Closed):
    """Whether the cited record carries every figure of the sentence."""

    supported: bool


class Found(Closed):
    """One of these entries comes first; whether the knowledge is said to hold what is asked."""

    first: AnyOf | None = None
    held: bool | None = None


class RecordsExpected(Closed):
    """A record or source as its document states it. With `value` all that makes the figure is held, what is left out as absent;
    with `publisher` the year likewise. `holds` and `fails` are facts for which its condition holds and fails; without any it
    must hold for anybody. `says` are words of which the record's sentence must have one of each list."""

    value: Decimal | tuple[Decimal | None, Decimal | None] | None = None
    open: Literal["above", "below"] | None = None
    about: bool = False
    unit: Unit | None = None
    currency: Text | None = None
    per: Text | None = None
    change: Direction = Direction.LEVEL
    holds: tuple[Mapping[str, Any], ...] = ()
    fails: tuple[Mapping[str, Any], ...] = ()
    publisher: Text | None = None
    year: int | None = None
    evidence: EvidenceClass | None = None
    document: Text | None = None
    says: tuple[AnyOf, ...] = ()


class DecisionsInputs(Closed):
    """The facts of a client, a table of the rules with what is given to it, or a sum with the numbers it is worked out from."""

    client: Mapping[str, Any] = {}
    table: Text | None = None
    sum: Text | None = None
    given: Mapping[str, Any] = {}

    @model_validator(mode="after")
    def _one(self) -> DecisionsInputs:
        if sum((bool(self.client), self.table is not None, self.sum is not None)) != 1:
            raise ValueError("exactly one of: client, table, sum")
        client_given(self.client)
        return self


class DecisionsExpected(Closed):
    """What is decided. `verdicts` are those of the moves named, `only` says that there are no others; `gives` is what the row of a table gives,
    `comes_to` a result of the sum, by one of its formulas."""

    stage: StageId | None = None
    also: tuple[StageId, ...] | None = None
    phase: Text | None = None
    start_with: tuple[Move, ...] | None = None
    add_later: tuple[Move, ...] | None = None
    tools: Mapping[str, Literal["fits", "later", "not_for_you", "to_check"]] = {}
    verdicts: Mapping[Move | Literal["note"], Verdict] = {}
    only: bool = False
    gives: Mapping[str, Any] | None = None
    comes_to: float | None = None


class SentencesExpected(Closed):
    """What the sentences below a key show: of each key named the figures, in every wording; with a source it is that record's, or that
    threshold's, which is not told by the figure where several have the same. In two languages all must say yes and no alike,
    except `paraphrased` ones, which somebody has read side by side: of these how
    often each wording denies, in English and in the other language."""

    shows: Mapping[str, Annotated[tuple[Annotated[Shown, BeforeValidator(_says)], ...], Field(min_length=1)]] = {}
    paraphrased: Mapping[str, tuple[tuple[int, int], ...]] = {}


class WordsInputs(Closed):
    """A language of which words are translated, one by one, to be searched for."""

    lang: Literal["de", "fr"]
    words: Annotated[tuple[Text, ...], Field(min_length=1)]


class WordsExpected(Closed):
    """English words of which each word, in its order, must be taken for one."""

    english: tuple[AnyOf, ...]


def _known_prompt(name: str) -> str:
    if name not in prompts.NAMES:
        raise ValueError(f"allowed: {', '.join(prompts.NAMES)}")
    return name


class PromptsExpected(Closed):
    """What a prompt tells the model: of each statement all words stand in one of its sentences."""

    tells: Annotated[tuple[AnyOf, ...], Field(min_length=1)]


class Nothing(Closed):
    """A kind whose expectations stand elsewhere."""


class Metadata(Closed):
    """Why the case is as it is, and what it belongs to: all cases of a group must get the same stage and the same moves."""

    note: str = ""
    tags: tuple[str, ...] = ()
    group: str | None = None
    vary: Literal["paraphrase", "currency", "order", "injection", "language"] | None = None
    facts: Mapping[str, Any] | None = None


class Kind(NamedTuple):
    """What the cases of a suite look like."""

    inputs: Any
    expected: Any
    about: str


KINDS: Mapping[str, Kind] = {
    "answers": Kind(AnswersInputs, AnswersExpected, "questions and conversations, with what the answer must hold"),
    "conversations": Kind(ConversationsInputs, Nothing, "conversations, with what each turn must hold"),
    "plans": Kind(PlansInputs, PlansExpected, "clients, with the plan that each must get or be refused"),
    "tools": Kind(ToolsInputs, ToolsExpected, "calls of the tools that hosts have, with what comes back"),
    "retrieval": Kind(Text, AnyOf | Found, "questions, with the entries that answer them"),
    "intake": Kind(IntakeInputs, IntakeExpected, "utterances, with the facts they state"),
    "figures": Kind(FiguresInputs, FiguresExpected, "sentences with figures, true and false"),
    "sentences": Kind(Text, SentencesExpected, "what the program says, with the figures it must show"),
    "decisions": Kind(DecisionsInputs, DecisionsExpected, "clients and single cases, with what is decided"),
    "words": Kind(WordsInputs, WordsExpected, "German and French words, with the English ones they are searched by"),
    "records": Kind(Text, RecordsExpected, "records and sources, stated a second time"),
    "prompts": Kind(Annotated[str, AfterValidator(_known_prompt)], PromptsExpected, "prompts, with what each must tell a model"),
}
"""The kinds of suite, those whose cases take longest first."""


class Case(Closed):
    """A case as the runner takes it; `inputs` and `expected` are values of its kind."""

    suite: str
    kind: str
    name: str
    inputs: Any
    expected: Any
    metadata: Metadata = Metadata()

    def as_json(self) -> dict[str, Any]:
        """The case as plain JSON, from which `case_of` makes it again."""
        return self.model_dump(mode="json", exclude_defaults=True)


def case_of(table: Mapping[str, Any]) -> Case:
    """A case from its JSON."""
    from pydantic import TypeAdapter

    kind = KINDS[table["kind"]]
    made = {"inputs": TypeAdapter(kind.inputs).validate_python(table["inputs"]), "expected": TypeAdapter(kind.expected).validate_python(table["expected"])}
    return Case.model_validate({**table, **made})
