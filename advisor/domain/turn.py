"""A conversation's turns, and what earlier ones leave to the next."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from advisor.domain.answer import Answer
from advisor.domain.assessment import Assessment, Contradiction
from advisor.domain.base import Value
from advisor.domain.changes import FactChange
from advisor.domain.client import Client
from advisor.domain.money import Money
from advisor.domain.moves import Move
from advisor.domain.reading import Ask

TurnKind = Literal["ask", "decide", "undo"]


class Turn(Value):
    """One step of a conversation as it is stored: the words, the facts they changed, and the answer given.

    `n` counts from 1 and is given by the store. `undone` is the turn that an undo takes back; its changes are that turn's, turned
    round. `arr_readings` are the amounts that were left open.
    """

    n: int = 0
    at: datetime
    kind: TurnKind = "ask"
    text: str = ""
    changes: tuple[FactChange, ...] = ()
    arr_readings: tuple[Money, ...] = ()
    undone: int | None = None
    answer: Answer | None = None


class Background(Value):
    """What a conversation brings to its next question.

    `before` is the assessment that the last answer gave, `advised` the moves that answers spoke for or against, `asks` and
    `question` what was asked last: words that only state facts belong to it. `told` says that the facts of these words were
    read from what they reply to. `ignored` are facts that were asked for often enough. `talk` tells a conversation that only
    begins from a question that stands alone.
    """

    talk: bool = False
    before: Assessment | None = None
    advised: tuple[Move, ...] = ()
    asks: tuple[Ask, ...] = ()
    question: str = ""
    told: bool = False
    ignored: frozenset[str] = frozenset()
    contradictions: tuple[Contradiction, ...] = ()
    arr_readings: tuple[Money, ...] = ()


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
