"""What reading a message gave: the client as now known, what is asked, and what does not fit together."""

from __future__ import annotations

from advisor.domain.assessment import Contradiction
from advisor.domain.base import Value
from advisor.domain.client import Client
from advisor.domain.money import Money
from advisor.domain.moves import Move
from advisor.domain.vocabulary import AskKind


class Ask(Value):
    """One thing that the message asks for: its kind, its words, and the moves, terms or figures it is about.

    `promise` is true when the figure asked for is to be promised, budgeted or put before others as certain.
    """

    kind: AskKind
    text: str
    moves: tuple[Move, ...] = ()
    topics: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    promise: bool = False
    claims: tuple[int, ...] = ()


class Reading(Value):
    """A message read. `arr_readings` holds the ARR amounts that contradicting facts lead to, empty when they agree.

    `out_of_scope` names the part of the message that lies outside B2B SaaS partner strategy; `in_scope` is false when
    all of it does. `planted` quotes instructions found in the text: material, never followed.
    """

    client: Client
    asks: tuple[Ask, ...] = ()
    language: str = "en"
    in_scope: bool = True
    out_of_scope: str | None = None
    contradictions: tuple[Contradiction, ...] = ()
    arr_readings: tuple[Money, ...] = ()
    planted: tuple[str, ...] = ()

    @property
    def about(self) -> frozenset[Move]:
        """The moves that anything asked is about."""
        return frozenset(move for each in self.asks for move in each.moves)
