"""A conversation's turns, and what earlier ones leave to the next."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from advisor.domain.answer import Answer
from advisor.domain.assessment import Assessment, Contradiction, OpenQuestion
from advisor.domain.base import Value
from advisor.domain.changes import FactChange
from advisor.domain.client import Client
from advisor.domain.money import Money
from advisor.domain.moves import Move
from advisor.domain.reading import Ask

TurnKind = Literal["ask", "decide", "undo"]


class Turn(Value):
    """One step of a conversation as it is stored: the words, the facts they changed, and the answer given.

    `n` counts from 1 and is given by the store. `undone` is the turn that an undo takes back. `again` names the facts of long
    ago that the answer asked about. `contradictions` and `arr_readings` are what was left open.
    """

    n: int = 0
    at: datetime
    kind: TurnKind = "ask"
    text: str = ""
    changes: tuple[FactChange, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    arr_readings: tuple[Money, ...] = ()
    again: tuple[str, ...] = ()
    undone: int | None = None
    answer: Answer | None = None


class Background(Value):
    """What a conversation brings to its next question.

    `before` is the assessment that earlier answers gave, `advised` the moves they spoke for or against, `asks` and `question` the
    last thing that was asked: words that only state facts are an answer to it. `again` asks about facts of long ago, by path.
    """

    before: Assessment | None = None
    advised: tuple[Move, ...] = ()
    asks: tuple[Ask, ...] = ()
    question: str = ""
    contradictions: tuple[Contradiction, ...] = ()
    arr_readings: tuple[Money, ...] = ()
    again: tuple[OpenQuestion, ...] = ()


class SessionInfo(Value):
    """A conversation in a list: how many turns it has, whose facts it uses, when it began and went on last."""

    name: str
    client: str | None = None
    turns: int = 0
    began: datetime
    last: datetime


class StoredClient(Value):
    """One version of a client's file; versions count from 1 and earlier ones are kept."""

    name: str
    version: int
    at: datetime
    client: Client
