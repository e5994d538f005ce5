"""Slots: each turns a brief into the claims of one part of an answer, or into none when it has nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from advisor.answering.brief import Brief
from advisor.answering.slots import activities, choice, claims, conflicts, decisions, edges, either, finding_out, gaps, matters, methods, numbers, occasions, placing, programme, signals, standing, start, still_open, sums, targets, tools, unplaced, verdicts, wishes
from advisor.domain import DraftClaim

Slot = Callable[[Brief], Iterable[DraftClaim]]

SLOTS: Mapping[str, Slot] = {
    **activities.SLOTS,
    **choice.SLOTS,
    **claims.SLOTS,
    **conflicts.SLOTS,
    **decisions.SLOTS,
    **edges.SLOTS,
    **either.SLOTS,
    **finding_out.SLOTS,
    **gaps.SLOTS,
    **matters.SLOTS,
    **methods.SLOTS,
    **numbers.SLOTS,
    **occasions.SLOTS,
    **placing.SLOTS,
    **programme.SLOTS,
    **signals.SLOTS,
    **standing.SLOTS,
    **start.SLOTS,
    **still_open.SLOTS,
    **sums.SLOTS,
    **targets.SLOTS,
    **tools.SLOTS,
    **unplaced.SLOTS,
    **verdicts.SLOTS,
    **wishes.SLOTS,
}
