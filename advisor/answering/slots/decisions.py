"""What the tables about one deal, partner, integration or rep decide about the case that a message describes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from advisor.answering.brief import Brief, unique
from advisor.answering.described import described
from advisor.domain import ClaimKind, DraftClaim, Move
from advisor.rules import Row, Table

_SHOWN = 2
_SENTENCE_END = re.compile(r"(?<=\.) (?=[A-Z])")


def decided(brief: Brief) -> Iterator[DraftClaim]:
    """The rows that the case leads to, each in its own sentence."""
    for table, inputs in _told(brief):
        yield from row_claims(brief, table.row_for(inputs))


def row_claims(brief: Brief, row: Row) -> Iterator[DraftClaim]:
    """What a row says, a claim for each sentence, resting on the row and on the records whose figures the sentence shows."""
    shown = {id_: brief.shelf.library.figure(id_) for id_ in brief.wording.figures(row.says)}
    for sentence in _SENTENCE_END.split(brief.wording.say(row.says)):
        records = [id_ for id_, figure in shown.items() if figure in sentence]
        evidence = unique([row.id, *records, *brief.wording.rules(row.says)])
        yield DraftClaim(text=sentence, evidence=evidence, kind=ClaimKind.ADVICE, block="lead")


def decided_next(brief: Brief) -> Iterator[DraftClaim]:
    """What keeps such cases clear from now on."""
    for move in unique(move for table, _ in _told(brief) for move in table.moves):
        if claim := brief.do(Move(move), section=brief.heading("do")):
            yield claim


def asked_tables(brief: Brief) -> list[str]:
    """The names of the tables that the message asks for."""
    return [table.id for table, _ in _told(brief)]


def _told(brief: Brief) -> list[tuple[Table, dict[str, Any]]]:
    """The tables that the message asks for, with the inputs it names, the best described ones first."""
    told = [(table, inputs) for table in brief.shelf.book.decisions.values() if (inputs := described(brief.question, table))]
    return sorted(told, key=lambda pair: -len(pair[1]))[:_SHOWN]


SLOTS = {"decided": decided, "decided_next": decided_next}
