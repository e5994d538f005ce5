"""The composer's own data: document plans, what goes with a move, and which records a topic means."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from advisor import datafiles
from advisor.domain import AskKind, Move, Unit, Value
from advisor.errors import DataError
from advisor.intake.patterns import Lexicon


FILES = {
    "plans": ("plans", "special", "aim", "passages", "short"), "moves": ("moves",), "topics": ("topics",), "claims": ("claims", "wanted"), "gaps": ("gaps",),
    "conflicts": ("conflicts", "asking"), "conversation": ("conversation",), "occasions": ("occasions",), "matters": ("matters",), "asked": ("asked", "told"),
    "activities": ("activities", "choosing"), "differences": ("differences",), "targets": ("targets",),
}  # fmt: skip
"""The files of knowledge/answers/ and the tables that each holds."""

LISTS = (
    "idle", "tools", "compliance", "operator", "informal", "repair", "stages", "effort", "phase-1", "phase-2", "phase-3", "level-1", "level-2",
    "level-3", "level-4",
)
"""The lists of passages that slots draw on by name."""


class MoveNotes(Value):
    """`order` is the place in a sequence of work; `instead` what to offer when the move is not advised, best first;
    `along` what belongs with it when it is; `kin` moves that a refusal of this one speaks of too.

    `measured` are the records of what the move brings, told first to whoever asks for that;
    `carried` is the passage that carries the move where the row that decides it speaks of something else.
    `by_hand` is the move that does the same job without what this one buys or builds;
    `headline` ranks the moves that an answer to "where do we start" may open with; 0 means never.
    """

    order: int = 50
    headline: int = 0
    instead: tuple[Move, ...] = ()
    along: tuple[Move, ...] = ()
    kin: tuple[Move, ...] = ()
    records: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    carried: str = ""
    by_hand: Move | None = None


class Topic(Value):
    """The records that a topic of a question means, the nearest one when it means none, and what to ask the client for.

    `better` names records worth more to the reader than the asked ones; `beside` records that a signal on
    the topic must be read against; `need` ends a phrase key that asks for the client's own figure;
    `own` is the client's metric to place against them;
    `passages` say how to read the figures of the topic;
    `plan` answers a yes/no question on the topic that names no move;
    with `of_programmes` its figures suppose a partner programme: before there is any, none is to be measured;
    `cases` are the metrics of single companies' cases by which clients measure themselves on the topic;
    with `beside_only` the topic counts only alone or beside the topics named, and it stands in place of the wider ones in `over`.
    """

    metrics: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    need: str = ""
    own: str = ""
    cases: tuple[str, ...] = ()
    of_programmes: bool = False
    passages: tuple[str, ...] = ()
    plan: AskKind | None = None
    beside_only: tuple[str, ...] | None = None
    over: tuple[str, ...] = ()


class Aim(Value):
    """From which probability on a message that names no move turns on one: `likely` where a yes or no is asked, `sure` whatever else it
    seems to ask; from which on it is about an everyday matter, also where a rule decides a move it names (`matter_ruled`) or it passes figures on (`matter_passed_on`), or asks for a cause of something else than silent partners (`matter_cause`), and a part of it beside what it asks (`matter_beside`), or may be named where none is sure (`matter_near`), and what part of this is enough in a long message (`matter_long`); and the
    files of passages on which a kind of question is at home."""

    likely: float
    sure: float
    matter: float
    matter_ruled: float
    matter_passed_on: float
    matter_beside: float
    matter_cause: float
    matter_near: float
    matter_long: float
    homes: Mapping[AskKind, tuple[str, ...]] = {}


class Measure(Value):
    """The words around a figure by which it is of something, and the metrics of the records that measure just that."""

    words: tuple[str, ...]
    metrics: frozenset[str]


class Change(Value):
    """The metrics of records that are a difference, and the words around a figure by which it is one in the same direction or in the other."""

    metrics: frozenset[str]
    same: tuple[str, ...]
    against: tuple[str, ...]


class Claims(Value):
    """Phrases by which a message passes a figure on, those before an offer that stands in the room, words that name no publisher and `houses` that do, those by which it speaks of itself, of a goal, of how things were `before` and are `now`, and of a figure promised to others,
    told to them (`announces`) or asked to be true; `measures` and `changes` by which it is told of what a figure is."""

    said: tuple[str, ...]
    nobody: frozenset[str]
    offers: tuple[str, ...]
    own: tuple[str, ...]
    aims: tuple[str, ...]
    promises: tuple[str, ...]
    announces: tuple[str, ...]
    before: tuple[str, ...]
    now: tuple[str, ...]
    houses: frozenset[str]
    truth: tuple[str, ...]
    measures: Mapping[str, Measure]
    changes: Mapping[str, Change]

    @cached_property
    def measuring(self) -> Lexicon[str]:
        """The words by which a figure is of each measure."""
        return Lexicon({name: measure.words for name, measure in self.measures.items()})

    @cached_property
    def measured(self) -> frozenset[str]:
        """The metrics of levels that a measure names."""
        return frozenset(metric for measure in self.measures.values() for metric in measure.metrics) - frozenset(metric for change in self.changes.values() for metric in change.metrics)

    @cached_property
    def tenses(self) -> Lexicon[str]:
        """The words around a figure that is a goal, or that tells how things were or are."""
        return Lexicon({"aim": (*self.aims, *self.promises), "before": self.before, "now": self.now})

    @cached_property
    def directions(self) -> Mapping[str, Lexicon[str]]:
        """The words of each kind of difference, by its direction."""
        return {name: Lexicon({"against": change.against, "with": change.same}) for name, change in self.changes.items()}


class Wanted(Value):
    """The units in which a question with these words wants its figure."""

    words: tuple[str, ...]
    units: frozenset[Unit]


class Gap(Value):
    """Something people ask for that no source holds: the phrases that ask for it, and the records or passages that come nearest.

    A sentence with words of `unless` asks for something else. With `wide` all of them are told that do not fail for the client, since none is nearer than the others.

    With `figure` only a figure is missing; how to go about it may well be held. Where a sentence only tells of it and another one asks it is none, save with `told`. A question for an amount of something in `about`,
    named in its sentence or the one before, asks for it too.
    """

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    figure: bool = False
    told: bool = False
    wide: bool = False
    near: tuple[str, ...] = ()


class Conflict(Value):
    """Records that disagree: the phrases that ask about their subject, and whose turn it is, best first, where it holds for the client.

    `defines` are phrases that ask what a word means which the records count differently: whoever asks that asks about the conflict.

    The phrases `answers.conflict.<name>.why` and `.prefer` say what explains the difference and what to prefer.
    """

    words: tuple[str, ...]
    records: tuple[str, ...]
    prefer: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()


class Difference(Value):
    """Two things that people hold against each other, by the words that name each, and the passages on which the sentence rests that tells them apart.

    The phrases `answers.difference.<name>.text`, `.first` and `.use` say what sets them apart, which comes first, and what to do with it.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    rests: tuple[str, ...]


class OccasionPart(Value):
    """A list under a heading (`answers.headings.<heading>`): the first items of passages, so many of each; with `rows` only for those rows of the table."""

    heading: str
    passages: tuple[str, ...]
    most: int = 4
    rows: tuple[str, ...] = ()


class Occasion(Value):
    """Something that a message describes and knowledge answers, whatever the stage has to say to a word in it.

    The ask holds one of `words` and the message one of `beside`, where there are any, and none of `unless`. With a `decision` the message must describe a case to
    that table: the row it leads to is told too, and the lead is `answers.occasion.<name>.<row>` in place of `.lead`. `records` are told beside it.
    """

    words: tuple[str, ...]
    beside: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    decision: str = ""
    records: tuple[str, ...] = ()
    parts: tuple[OccasionPart, ...] = ()


class Place(Value):
    """A figure that messages on a matter tell: its units, the words near which it stands, and the records it is held against, best first.

    With `only_near` a figure without these words is of something else, also where the message tells no other; a figure whose words say that it is of another measure than `metric` is of something else too.
    """

    units: frozenset[Unit]
    near: tuple[str, ...] = ()
    records: tuple[str, ...]
    only_near: bool = False
    metric: str = ""


class Matter(Value):
    """Something everyday about partners, terms or people that are there, found by its messages (`knowledge/learning/matters.toml`).

    `why` and `do` name its sentences in order (`answers.matter.<name>.why_<...>`), all of which rest on `rests`; `records` are told beside it unless they fail for the client; those in `only` are said where the message
    holds such words, those in `advised` are the step of that move, said where the rules advise it, and those in `ruled` what the rules say of that move. `place` holds a figure told against records: then the lead is `below`, `inside` or `above`.
    A message that holds words of `named` is about it for certain. `gap` is what no source holds of it, said first; those in `covers`, also other matters, its own sentences say. `sums` names the sum that follows the lead
    where the message tells its numbers, also where a sum is asked for, and `dated` begins the phrases that count from a month told to the record of each place; messages with words of `unless` and cases of the decision tables in `yields` are answered without it; moves
    in `beside` it treats itself, questions of the kinds in `settles` it answers without being surer than usual, also kinds that matters leave alone else, and its lead refuses the moves in `against` where the rules do, and advises those in `favours` where the rules advise or allow them. A message
    without words of `needs` is not about it; only with `promised` one may be that wants a figure shown to others as certain. It is about the partners of a consultancy, and of nobody who sells software, with `of_consultancies`, and never otherwise where the client is one.

    Moves in `introduces` it helps to set up, and those in `presumes` it takes for granted: where the rules refuse one, the answer is that refusal, or for what is there already begins with it. With `signing` the kinds of partners
    that the message names are such, too.

    A form and a step that end in `_early` are for clients below the first programme stage: such a form refuses what the stage cannot carry, and such steps then stand in place of the others.

    The lead has forms of its own: `lead_<name>`, and behind a place `<place>_<name>`, where `only` has the words for it; `held_<n>` where the n-th of `records` holds for the client.
    """

    rests: tuple[str, ...]
    records: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = {}
    advised: Mapping[str, Move] = {}
    ruled: Mapping[str, Move] = {}
    place: Place | None = None
    gap: str = ""
    covers: frozenset[str] = frozenset()
    sums: str = ""
    dated: str = ""
    named: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    beside: frozenset[Move] = frozenset()
    settles: frozenset[AskKind] = frozenset()
    against: frozenset[Move] = frozenset()
    favours: frozenset[Move] = frozenset()
    introduces: frozenset[Move] = frozenset()
    presumes: frozenset[Move] = frozenset()
    signing: bool = False
    promised: bool = False
    of_consultancies: bool = False


class Activity(Value):
    """Something done with partners that no rule decides: its nearness to a deal, its words and what its sentence rests on; without `builds` it is weighed only where something is dropped."""

    order: int
    words: tuple[str, ...]
    rests: tuple[str, ...]
    builds: bool = True


class Choosing(Value):
    """Phrases by which a question asks what goes first, or what is dropped first, and those of a case that rules decide."""

    first: tuple[str, ...]
    drops: tuple[str, ...]
    unless: tuple[str, ...] = ()


class Told(Value):
    """By what a message tells a part of a question: words that hold it, facts of the client that were read, or a figure in one of the units near one of the words in `near`, where there are any."""

    words: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    units: frozenset[Unit] = frozenset()
    near: tuple[str, ...] = ()


class PlanItem(Value):
    """Something that plans hold and no rule decides: its words, its place in a sequence of work, and what stands behind its sentence (`answers.target.item.<name>`)."""

    words: tuple[str, ...]
    order: int
    rests: tuple[str, ...]


class Targets(Value):
    """By which phrases a message asks for a judgement of a plan or target, those with which something else is asked about a number to be reached (`elsewhere`), and those that ask for a number instead (`open`); how a share of `revenue` or `pipeline`, what a bare amount is of (`money`), the share `now`,
    `partners` to be won and those to be `dropped`, counted `deals` and `leads`, what shows that partners bring something already (`running`), the time to a `first_deal` and to the whole stand in it; words that set things one after the other (`sequence`) and that ask about the `order`; the `items` of plans that are no moves, and the moves and items that belong `after_deals`."""

    asks: tuple[str, ...]
    elsewhere: tuple[str, ...]
    open: tuple[str, ...]
    revenue: tuple[str, ...]
    pipeline: tuple[str, ...]
    money: tuple[str, ...]
    now: tuple[str, ...]
    partners: tuple[str, ...]
    dropped: tuple[str, ...]
    running: tuple[str, ...]
    deals: tuple[str, ...]
    leads: tuple[str, ...]
    first_deal: tuple[str, ...]
    first_deal_quarters: tuple[str, ...]
    months: tuple[str, ...]
    year: tuple[str, ...]
    half_year: tuple[str, ...]
    sequence: tuple[str, ...]
    order: tuple[str, ...]
    after_deals: frozenset[str]
    items: Mapping[str, PlanItem]


class Conversation(Value):
    """How words hang on earlier ones: phrases that ask for an answer of their own, for what was said so far once more, that go on to another move, that point back, that name a partner or somebody else whom a pronoun may stand for (`pronouns`, with the noun in its place),
    that confirm and that deny, and with which our yes/no questions open; and by the fact asked about, the sentences that a reply of a few words (`{words}`), a yes or a no stands for.
    """

    asks: tuple[str, ...]
    recap: tuple[str, ...]
    follows: tuple[str, ...]
    refers: tuple[str, ...]
    partner: tuple[str, ...]
    others: tuple[str, ...]
    pronouns: Mapping[str, str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    closed: tuple[str, ...]
    reply: Mapping[str, str]
    reply_yes: Mapping[str, str]
    reply_no: Mapping[str, str]


class Playbook(Value):
    """`special` are the plans that go before those of a kind; `asking` the phrases that ask about a disagreement; `short` names the closing
    sentence of a passage that its file's does not fit; `asked` the parts of the questions to the client, and `told` by what a message tells each."""

    aim: Aim
    claims: Claims
    wanted: Mapping[str, Wanted]
    gaps: Mapping[str, Gap]
    conflicts: Mapping[str, Conflict]
    asking: tuple[str, ...]
    conversation: Conversation
    occasions: Mapping[str, Occasion] = {}
    matters: Mapping[str, Matter] = {}
    activities: Mapping[str, Activity] = {}
    choosing: Choosing
    asked: Mapping[str, tuple[str, ...]] = {}
    differences: Mapping[str, Difference] = {}
    told: Mapping[str, Told] = {}
    targets: Targets
    special: Mapping[str, tuple[str, ...]]
    plans: Mapping[AskKind, tuple[str, ...]]
    moves: Mapping[Move, MoveNotes]
    topics: Mapping[str, Topic]
    passages: Mapping[str, tuple[str, ...]]
    short: Mapping[str, str] = {}

    @cached_property
    def naming(self) -> Lexicon[str]:
        """The words in which a message names each matter."""
        return Lexicon({name: matter.named for name, matter in self.matters.items()})

    def narrowed(self, topics: Sequence[str]) -> tuple[str, ...]:
        """The topics of an ask without the wider ones in whose place another of them stands."""
        wider = {name for topic in topics if topic in self.topics for name in self.topics[topic].over}
        return tuple(name for name in topics if name not in wider)

    def metrics(self, topics: Sequence[str]) -> tuple[str, ...]:
        """The metrics that the topics of an ask mean."""
        meant = [name for name in topics if name in self.topics and self.topics[name].metrics]
        kept = [name for name in meant if (only := self.topics[name].beside_only) is None or {*meant} - {name} <= {*only}]
        return tuple(metric for name in kept for metric in self.topics[name].metrics)

    def besides(self, superseded: Collection[tuple[str, str]]) -> Playbook:
        """Without the conflicts of a figure that another took the place of: what is said to lie between them was said of the old one."""
        gone = {id_ for _, id_ in superseded}
        return self.model_copy(update={"conflicts": {name: each for name, each in self.conflicts.items() if not gone & {*each.records, *each.prefer}}}) if gone else self

    def notes(self, move: Move) -> MoveNotes:
        return self.moves.get(move, MoveNotes())


def load(base: Path | None = None) -> Playbook:
    """Read knowledge/answers/, once a process. Raises DataError naming file and field."""
    return _load(base or datafiles.root())


@cache
def _load(base: Path) -> Playbook:
    folder = base / "knowledge" / "answers"
    tables: dict[str, Any] = {}
    for file, names in FILES.items():
        table = datafiles.read_toml(folder / f"{file}.toml")
        for key in table:
            if key not in names:
                raise DataError(f"knowledge/answers/{file}.toml", field=key, found="an unknown key", allowed=", ".join(names))
        tables |= {name: table.get(name, {}) for name in names}
    try:
        return Playbook.model_validate(tables)
    except ValidationError as error:
        first = error.errors()[0]
        name, *field = (str(part) for part in first["loc"] if part != "[key]")
        file = next((file for file, names in FILES.items() if name in names), name)
        where = f"knowledge/answers/{file}.toml", ".".join([*([name] if name != file else []), *field[:1]]), ".".join(field[1:])
        found = "an unknown key" if first["type"] == "extra_forbidden" else repr(first["input"])[:80]
        allowed = ", ".join(_fields(name, field[:-1])) if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise DataError(*where, found=found, allowed=allowed) from None


def _fields(table: str, within: Sequence[str]) -> Mapping[str, FieldInfo]:
    """The fields that an entry of a table has, or what lies in one of its fields."""
    model = _model_in(Playbook.model_fields[table].annotation)
    for part in within:
        if part in model.model_fields and (inner := _model_in(model.model_fields[part].annotation)) is not Value:
            model = inner
    return model.model_fields


def _model_in(annotation: Any) -> type[Value]:
    """The model that a type holds, as itself, in a list or behind names; `Value` where it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not Value), Value)
