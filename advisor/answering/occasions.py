"""Occasions: what a message describes and knowledge answers before any stage is asked about, found by its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from advisor.answering.described import described
from advisor.answering.hearsay import bare, phrases
from advisor.answering.playbook import Occasion
from advisor.domain import Ask, AskKind
from advisor.rules import RuleBook, Row

_NEVER = frozenset({AskKind.CHIT_CHAT, AskKind.EXPLAIN_TERM})


class Occurring(NamedTuple):
    """An occasion by its name, with the row that its decision table comes to."""

    name: str
    row: Row | None = None


def occurring(ask: Ask, question: str, occasions: Mapping[str, Occasion], book: RuleBook) -> Occurring | None:
    """The first occasion that an ask describes; none for an ask that wants the meaning of a word."""
    if ask.kind in _NEVER:
        return None
    said, whole = bare(ask.text), bare(question)
    for name, occasion in occasions.items():
        if _holds(occasion, said, whole) and (found := _decided(name, occasion, question, book)):
            return found
    return None


def _holds(occasion: Occasion, said: str, whole: str) -> bool:
    beside = not occasion.beside or phrases(occasion.beside).first(whole) is not None
    return phrases(occasion.words).first(said) is not None and beside and not (occasion.unless and phrases(occasion.unless).first(whole) is not None)


def _decided(name: str, occasion: Occasion, question: str, book: RuleBook) -> Occurring | None:
    """The occasion with the row that the message's case leads to; None where it describes none."""
    if not occasion.decision:
        return Occurring(name)
    table = book.decisions[occasion.decision]
    inputs = {key: value for key, value in described(question, table).items() if value is not None}
    return Occurring(name, table.row_for(inputs)) if inputs else None
