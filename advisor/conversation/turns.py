"""What the turns of a conversation add up to: which of them count, the facts they leave, and the background of the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from advisor.domain import Answer, Ask, AskKind, Background, Client, Fact, FactChange, OpenQuestion, Turn
from advisor.domain.changes import applied
from advisor.domain.client import Origin

_ASIDE = frozenset({AskKind.CHIT_CHAT, AskKind.OUT_OF_SCOPE})
_OFTEN, _LATELY = 2, 4  # a question that was passed over so often in so many turns is not put again before others


def live(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns that count: no undo, and nothing that one took back."""
    turns = tuple(turns)
    undone = {turn.undone for turn in turns if turn.kind == "undo"}
    return tuple(turn for turn in turns if turn.kind != "undo" and turn.n not in undone)


def client_after(turns: Iterable[Turn]) -> Client:
    """The facts that a conversation leaves; each is now one of the session, with its words and day."""
    client = Client()
    for turn in live(turns):
        client = applied(client, turn.changes)
    return client


def kept(made: Iterable[FactChange], today: date, origin: Origin | None = None) -> tuple[FactChange, ...]:
    """The changes as they are kept: each fact has a day; with an origin, what words and options said now comes from there."""
    return tuple(change.model_copy(update={"said": _dated(change, today, origin)}) for change in made)


def _dated(change: FactChange, today: date, origin: Origin | None) -> Fact | None:
    if change.after is None or change.after == []:
        return change.said
    fact = change.said or Fact(origin=origin or "file")
    now = origin if origin and fact.origin in {"text", "option"} else fact.origin
    return fact.model_copy(update={"origin": now, "stated_on": fact.stated_on or today})


def written(made: Iterable[FactChange], today: date) -> tuple[FactChange, ...]:
    """Changes that were written into a file by hand: a fact with another value no longer rests on the words it had."""
    fresh = Fact(origin="file", stated_on=today)
    other = (change.model_copy(update={"said": fresh}) if change.before != change.after and change.said == change.was else change for change in made)
    return kept(other, today)


def background(turns: Iterable[Turn]) -> Background:
    """What the turns so far leave to the next question."""
    answers = [turn.answer for turn in live(turns) if turn.answer is not None]
    if not answers:
        return Background(talk=True)
    asks = _asked_last(answers)
    last = next(turn for turn in reversed(live(turns)) if turn.answer is not None)
    spoken = (move for answer in answers for move in (*answer.answer.recommended_moves, *answer.answer.advised_against))
    return Background(
        talk=True,
        before=answers[-1].assessment,
        advised=tuple(dict.fromkeys(spoken)),
        asks=asks,
        question=" ".join(dict.fromkeys(ask.text for ask in asks)),
        ignored=frozenset(fact for fact, times in Counter(_facts_asked(answers[-_LATELY:])).items() if times >= _OFTEN),
        contradictions=answers[-1].assessment.contradictions,
        arr_readings=last.arr_readings,
    )


def asked_back(turns: Iterable[Turn]) -> tuple[OpenQuestion, ...]:
    """The questions that answers put to the client, the last ones first, each fact once."""
    found: dict[str, OpenQuestion] = {}
    for turn in reversed(live(turns)):
        for question in _open_questions(turn.answer) if turn.answer else ():
            found.setdefault(question.ask if question.also else question.fact, question)
    return tuple(found.values())


def _open_questions(answer: Answer) -> tuple[OpenQuestion, ...]:
    """The questions that an answer put to the client, with the facts they ask for."""
    return tuple(question for question in answer.assessment.questions if question.ask in answer.answer.questions)


def _facts_asked(answers: Iterable[Answer]) -> Iterator[str]:
    return (question.fact for answer in answers for question in _open_questions(answer))


def _asked_last(answers: Sequence[Answer]) -> tuple[Ask, ...]:
    """What was asked last, greetings and other fields aside."""
    for answer in reversed(answers):
        if asks := tuple(ask for ask in answer.asks if ask.kind not in _ASIDE):
            return asks
    return ()
