"""Slots: each turns a brief into the claims of one part of an answer, or into none when it has nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from advisor.answering.brief import Brief
from advisor.answering.slots import choice, claims, common, conflicts, decisions, edges, finding_out, gaps, matters, methods, numbers, occasions, programme, signals, standing, start, sums, tools, verdicts
from advisor.domain import DraftClaim

Slot = Callable[[Brief], Iterable[DraftClaim]]

SLOTS: Mapping[str, Slot] = {
    **choice.SLOTS,
    **claims.SLOTS,
    **common.SLOTS,
    **conflicts.SLOTS,
    **decisions.SLOTS,
    **edges.SLOTS,
    **finding_out.SLOTS,
    **gaps.SLOTS,
    **matters.SLOTS,
    **methods.SLOTS,
    **numbers.SLOTS,
    **occasions.SLOTS,
    **programme.SLOTS,
    **signals.SLOTS,
    **standing.SLOTS,
    **start.SLOTS,
    **sums.SLOTS,
    **tools.SLOTS,
    **verdicts.SLOTS,
}
