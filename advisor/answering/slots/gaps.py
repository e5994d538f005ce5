"""What no source holds: said first, then the nearest thing as what it is."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.brief import Brief
from advisor.answering.select import points, steps_of
from advisor.domain import Applies, Benchmark, ClaimKind, DraftClaim, Passage

_NEAR, _LISTED = 2, 4


def gap_lead(brief: Brief) -> Iterator[DraftClaim]:
    """That the sources do not hold what is asked."""
    if brief.gap is not None:
        yield brief.claim(f"gap.{brief.gap.name}", kind=ClaimKind.REFUSAL, block="lead")


def gap_near(brief: Brief) -> Iterator[DraftClaim]:
    """What comes nearest and does not fail for the client; what holds for sure goes before what may."""
    if brief.gap is None:
        return
    library, gap = brief.shelf.library, brief.playbook.gaps[brief.gap.name]
    fits = {id_: library.applies(id_, brief.shelf.facts).applies for id_ in gap.near}
    sure = [id_ for id_, applies in fits.items() if applies is Applies.YES]
    open_ = [id_ for id_, applies in fits.items() if applies is Applies.UNKNOWN]
    told = [id_ for id_ in gap.near if id_ in {*sure, *open_}] if gap.wide else (sure or open_)[:_NEAR]
    shown = [library.benchmarks.get(id_) or library.passages[id_] for id_ in told]
    if shown and isinstance(shown[0], Benchmark):
        yield brief.claim("gap.near", kind=ClaimKind.FACT, evidence=[shown[0].id])
    for source in shown:
        yield from [brief.record_claim(source)] if isinstance(source, Benchmark) else _told(brief, source)


def _told(brief: Brief, passage: Passage) -> Iterator[DraftClaim]:
    """What a passage tells beside the gap: its first sentence, then its list."""
    heading, listed = brief.heading("near"), steps_of(passage)
    for text in points(passage)[:1]:
        yield brief.point(passage, text, section=heading)
    for text in listed[:_LISTED]:
        yield brief.point(passage, text, block="bullet", section=heading)


SLOTS = {"gap_lead": gap_lead, "gap_near": gap_near}
