"""An occasion that a message describes: what to make of it first, what a decision table says of the case, then lists of what to do."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.brief import Brief
from advisor.answering.select import steps_of
from advisor.answering.slots.decisions import row_claims
from advisor.domain import ClaimKind, DraftClaim, Stance


def occasion_lead(brief: Brief) -> Iterator[DraftClaim]:
    """What to make of it, then what its decision table says of the case and the records that belong to it."""
    found = brief.occasion
    if found is None:
        return
    key = found.row.id.rpartition(".")[2] if found.row else "lead"
    passages = [id_ for part in brief.playbook.occasions[found.name].parts if _meant(brief, part.rows) for id_ in part.passages]
    evidence = [*([found.row.id] if found.row else []), *passages]
    yield brief.claim(f"occasion.{found.name}.{key}", kind=ClaimKind.ADVICE, stance=Stance.MENTION, evidence=evidence, block="lead")
    if found.row:
        yield from (claim.model_copy(update={"block": "paragraph"}) for claim in row_claims(brief, found.row))
    shown = brief.wording.figures(found.row.says) if found.row else ()
    for id_ in [id_ for id_ in brief.playbook.occasions[found.name].records if id_ not in shown]:
        yield brief.record_claim(brief.shelf.library.benchmarks[id_])


def occasion_parts(brief: Brief) -> Iterator[DraftClaim]:
    """The lists that belong to it, in order."""
    parts = brief.playbook.occasions[brief.occasion.name].parts if brief.occasion else ()
    for part in parts:
        if _meant(brief, part.rows):
            for passage in [brief.shelf.library.passages[id_] for id_ in part.passages]:
                for text in steps_of(passage)[: part.most]:
                    yield brief.point(passage, text, block="step", section=brief.heading(f"occasion.{part.heading}"))


def _meant(brief: Brief, rows: tuple[str, ...]) -> bool:
    row = brief.occasion.row if brief.occasion else None
    return not rows or (row is not None and row.id.rpartition(".")[2] in rows)


SLOTS = {"occasion_lead": occasion_lead, "occasion_parts": occasion_parts}
