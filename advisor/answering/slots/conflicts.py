"""Sources that disagree: the figure to go by, what explains the difference, the other side, and never a mean of them."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.brief import Brief
from advisor.answering.disputes import preferred
from advisor.answering.hearsay import same_number
from advisor.answering.slots.claims import ask_of
from advisor.answering.slots.numbers import cautions_of
from advisor.domain import Applies, Benchmark, ClaimKind, DraftClaim, Stance

_SIDES = 4


def conflict_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The record to go by; where no side is a norm, that none is."""
    record = _preferred(brief)
    if record is None:
        yield _said(brief, "prefer", block="lead")
        return
    sure = brief.shelf.library.applies(record.id, brief.shelf.facts).applies is Applies.YES
    yield brief.claim("conflict.lead" if sure else "conflict.open", kind=ClaimKind.FACT, evidence=[record.id], block="lead")
    yield brief.record_claim(record, block="lead")


def conflict_why(brief: Brief) -> Iterator[DraftClaim]:
    """What lies between them."""
    yield _said(brief, "why")


def conflict_sides(brief: Brief) -> Iterator[DraftClaim]:
    """The other records: those whose figure the question quotes, then those that may hold for the client."""
    library, shown = brief.shelf.library, _preferred(brief)
    others = [library.benchmarks[id_] for id_ in brief.playbook.conflicts[brief.conflict].records if shown is None or id_ != shown.id]
    quoted = [record for record in others if any(same_number(figure, record) for figure in brief.passed_on)]
    rest = [record for record in others if record not in quoted and library.applies(record.id, brief.shelf.facts).applies is not Applies.NO]
    for record in [*quoted, *rest][:_SIDES]:
        yield brief.record_claim(record, block="bullet", section=brief.heading("sides"))


def conflict_prefer(brief: Brief) -> Iterator[DraftClaim]:
    """Why the one goes first, and that no middle value means anything."""
    heading = brief.heading("prefer")
    if _preferred(brief) is not None:
        yield _said(brief, "prefer", section=heading)
    yield brief.claim("conflict.apart", kind=ClaimKind.ADVICE, evidence=_ids(brief), section=heading)


def conflict_cautions(brief: Brief) -> Iterator[DraftClaim]:
    """What to know of the record to go by."""
    if (record := _preferred(brief)) is not None:
        yield from cautions_of(brief, record)


def conflict_ask(brief: Brief) -> Iterator[DraftClaim]:
    """The fact that settles it."""
    if (record := _preferred(brief)) is not None:
        yield from ask_of(brief, record)


def _said(brief: Brief, part: str, *, block: str = "paragraph", section: str = "") -> DraftClaim:
    claim = brief.claim(f"conflict.{brief.conflict}.{part}", kind=ClaimKind.ADVICE, stance=Stance.MENTION, evidence=_ids(brief), section=section)
    return claim.model_copy(update={"block": block})


def _ids(brief: Brief) -> list[str]:
    """The records that the sentences on the conflict rest on: the two that differ most plainly."""
    return list(brief.playbook.conflicts[brief.conflict].records[:2])


def _preferred(brief: Brief) -> Benchmark | None:
    conflict = brief.playbook.conflicts[brief.conflict]
    return preferred(conflict, brief.shelf.library, brief.shelf.facts) if conflict.prefer else None


SLOTS = {
    "conflict_lead": conflict_lead,
    "conflict_why": conflict_why,
    "conflict_sides": conflict_sides,
    "conflict_prefer": conflict_prefer,
    "conflict_cautions": conflict_cautions,
    "conflict_ask": conflict_ask,
}
