"""Which unknown facts would change the advice, and the questions that follow: most decisive first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from advisor.datafiles import name_of, read_toml
from advisor.domain import FACT_NAMES, Applies, Move, OpenQuestion
from advisor.domain.conditions import Span, evaluate, problems
from advisor.errors import DataError
from advisor.ports import Wording
from advisor.rules.facts import Facts
from advisor.rules.tables import Table, choice, closed


class Question(NamedTuple):
    """A fact worth asking for. `tests` is the input that tables test; `always` asks even if no verdict hangs on it.

    `decides` says that verdicts resting on the fact are provisional while it is unknown; `when` limits the question, `moves` to messages
    that ask about one of these.
    """

    fact: str
    tests: str
    when: Mapping[str, Any]
    always: bool
    decides: bool
    moves: tuple[Move, ...] = ()


class Questions(NamedTuple):
    """All questions in the order in which they are asked, how many at most, and after how many days a fact is asked about again."""

    limit: int
    again_after_days: int
    entries: tuple[Question, ...]


def read_questions(path: Path) -> Questions:
    """The questions from `questions.toml`, their order there being how decisive they are."""
    data, file = read_toml(path), name_of(path)
    keys = ("limit", "again_after_days", "question")
    closed(data, keys, file, required=keys)
    return Questions(data["limit"], data["again_after_days"], tuple(_question(entry, file) for entry in data["question"]))


def _question(entry: dict[str, Any], file: str) -> Question:
    fact = str(entry.get("fact", ""))
    closed(entry, ("fact", "tests", "when", "always", "decides", "moves"), file, fact, required=("fact",))
    tests, when = entry.get("tests", fact), entry.get("when", {})
    for wrong in problems({tests: True, **when}, FACT_NAMES):
        raise DataError(file, fact, "when", found=wrong, allowed="facts of the client")
    return Question(fact, tests, when, entry.get("always", False), entry.get("decides", True), tuple(choice(Move, each, file, fact, "moves") for each in entry.get("moves", [])))


def moves_hanging_on(fact: str, tables: tuple[Table, ...], facts: Facts, turned: Callable[[str, Any], set[Move]]) -> set[Move]:
    """The moves whose verdict some value of an unknown fact would turn."""
    return {move for value in _values(fact, tables, facts.get(fact)) for move in turned(fact, value)}


def is_open(fact: Any) -> bool:
    return fact is None or isinstance(fact, Span)


def _values(fact: str, tables: tuple[Table, ...], known: Any) -> Iterator[Any]:
    axes = [table.axes[fact] for table in tables if fact in table.axes]
    for value in dict.fromkeys(value for axis in axes for value in axis.samples()):
        if not isinstance(known, Span) or known.low <= value <= known.high:
            yield value


def ask(
    questions: Questions, facts: Facts, hanging: Mapping[str, set[Move]], wording: Wording, asked: Collection[Move] = (), between: Collection[str] = ()
) -> tuple[OpenQuestion, ...]:
    """The questions to put, in order: those that turn a verdict, and those always worth asking.

    `asked` are the moves asked about, `between` the facts that are told without the currency or rate that would settle them.
    """
    chosen = [
        entry for entry in questions.entries
        if is_open(facts.get(entry.tests))
        and (entry.always or hanging.get(entry.tests))
        and (not entry.moves or {*entry.moves} & {*asked})
        and evaluate(entry.when, facts).applies is Applies.YES
    ]
    return tuple(
        OpenQuestion(
            fact=entry.fact,
            ask=wording.say(f"rules.ask.{entry.fact}.{'between' if entry.fact in between else 'ask'}"),
            why=wording.say(f"rules.ask.{entry.fact}.why"),
            turns=tuple(sorted(hanging.get(entry.tests, {*entry.moves} & {*asked}))),
        )
        for entry in chosen[: questions.limit]
    )

