"""Puts what several rows say about a move into one verdict, over the tables and over the bands a client may be in.

Forbid beats everything, then require, recommend, warn, allow, ask. Over several possible bands the cautious reading holds:
what any band forbids is forbidden, and only what every band advises is advised.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from advisor.domain import STRENGTH, Move, Verdict
from advisor.domain.conditions import Span
from advisor.rules.facts import Facts
from advisor.rules.tables import Row, RowVerdict, Table

CAUTION = (Verdict.FORBID, Verdict.ASK, Verdict.WARN, Verdict.ALLOW, Verdict.RECOMMEND, Verdict.REQUIRE)
KINDS = {
    Verdict.FORBID: "no", Verdict.REQUIRE: "yes", Verdict.RECOMMEND: "yes", Verdict.WARN: "may", Verdict.ALLOW: "may", Verdict.ASK: "open",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict with the row that gives it; `open` says that another possible band would decide otherwise."""

    row: Row
    verdict: RowVerdict
    open: bool = False


Decided = Mapping[Move, tuple[Given, ...]]


def apply(table: Table, facts: Facts) -> tuple[Row, ...]:
    """The rows of a table that hold: one, or one for each value where the client names several (problems)."""
    many = next((name for name in table.axes if isinstance(facts.get(name), tuple | list) and not isinstance(facts[name], Span)), None)
    if many is None:
        return (table.row_for(facts),)
    rows = [table.row_for({**facts, many: value}) for value in facts[many]]
    return tuple({row.id: row for row in rows}.values())


def given(rows: Iterable[Row], moves: Container[Move | None] | None = None) -> list[Given]:
    """The verdicts of rows, or of them those about some moves."""
    return [Given(row, verdict) for row in rows for verdict in row.verdicts if moves is None or verdict.move in moves]


def decide(all_given: Iterable[Given]) -> dict[Move, tuple[Given, ...]]:
    """For each move the strongest verdict first, followed by further rows that speak against it too."""
    by_move: dict[Move, list[Given]] = {}
    for each in all_given:
        if each.verdict.move is not None:
            by_move.setdefault(each.verdict.move, []).append(each)
    return {move: _strongest(entries) for move, entries in by_move.items()}


def over_bands(decisions: Sequence[Decided]) -> dict[Move, tuple[Given, ...]]:
    """The cautious reading of one client over several possible bands."""
    if len(decisions) == 1:
        return dict(decisions[0])
    merged = {}
    for move in dict.fromkeys(move for decided in decisions for move in decided):
        views = [decided[move] for decided in decisions if move in decided]
        cautious = min(views, key=lambda view: CAUTION.index(view[0].verdict.verdict))
        lead = cautious[0].verdict.verdict
        if len(views) < len(decisions) and lead is not Verdict.FORBID:
            continue
        same = len(views) == len(decisions) and len({KINDS[view[0].verdict.verdict] for view in views}) == 1
        merged[move] = tuple(Given(each.row, each.verdict, not same) for each in cautious)
    return merged


def kind_of(decided: Decided, move: Move) -> str | None:
    """Whether a move is advised, possible, advised against or open: differences below that are only of wording."""
    return KINDS[decided[move][0].verdict.verdict] if move in decided else None


def _strongest(entries: list[Given]) -> tuple[Given, ...]:
    ordered = sorted(entries, key=lambda each: (STRENGTH.index(each.verdict.verdict), each.verdict.provisional))
    lead = ordered[0]
    if lead.verdict.verdict is not Verdict.FORBID:
        return (lead,)
    return tuple(each for each in ordered if each.verdict.verdict is Verdict.FORBID)

