"""What no source holds: said first, then the nearest thing as what it is."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.brief import Brief
from advisor.domain import Applies, Benchmark, ClaimKind, DraftClaim

_NEAR = 2


def gap_lead(brief: Brief) -> Iterator[DraftClaim]:
    """That the sources do not hold what is asked."""
    if brief.gap is not None:
        yield brief.claim(f"gap.{brief.gap.name}", kind=ClaimKind.REFUSAL, block="lead")


def gap_near(brief: Brief) -> Iterator[DraftClaim]:
    """What comes nearest and does not fail for the client; what holds for sure goes before what may."""
    if brief.gap is None:
        return
    library = brief.shelf.library
    fits = {id_: library.applies(id_, brief.shelf.facts).applies for id_ in brief.playbook.gaps[brief.gap.name].near}
    sure = [id_ for id_, applies in fits.items() if applies is Applies.YES] or [id_ for id_, applies in fits.items() if applies is Applies.UNKNOWN]
    if sure:
        yield brief.claim("gap.near", kind=ClaimKind.FACT, evidence=[sure[0]])
    for id_ in sure[:_NEAR]:
        source = library.benchmarks.get(id_) or library.passages[id_]
        if isinstance(source, Benchmark):
            yield brief.record_claim(source)
        else:
            for text in brief.selection.relevant(source, 1):
                yield brief.point(source, text)


SLOTS = {"gap_lead": gap_lead, "gap_near": gap_near}
