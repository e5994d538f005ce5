"""Why a programme does not produce: three layers, the one the client's own facts point at first."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.brief import Brief
from advisor.answering.select import steps_of
from advisor.domain import ADVISED, Applies, ClaimKind, DraftClaim, Move

def idle_lead(brief: Brief) -> Iterator[DraftClaim]:
    """Where to look first."""
    finding = brief.deciding(Move.DIAGNOSE_ENABLEMENT)
    passage = brief.passages("idle")[0]
    if "ending" in brief.ask.topics:
        yield brief.claim("idle.ending", kind=ClaimKind.ADVICE, evidence=[passage.id], block="lead")
        yield from idle_figures(brief)
    elif finding is not None and finding.verdict in ADVISED:
        yield brief.lead(finding)
        yield brief.finding_claim(finding, "because")
    else:
        yield brief.claim("idle.lead", kind=ClaimKind.ADVICE, evidence=[passage.id], block="lead")
    signed, active = brief.client.partners.signed, brief.client.partners.active
    if signed and active is not None and active < signed:
        yield brief.claim("idle.count", kind=ClaimKind.FACT, evidence=[passage.id], signed=str(signed), active=str(active))


def idle_layers(brief: Brief) -> Iterator[DraftClaim]:
    """The layers to check, in order."""
    for passage in brief.passages("idle"):
        for point in steps_of(passage):
            yield brief.point(passage, point, block="step", section=brief.heading("layers"))


def idle_figures(brief: Brief) -> Iterator[DraftClaim]:
    """What is usual for first deals at this stage, so that patience and diagnosis are told apart."""
    for id_ in brief.playbook.topics["patience"].records:
        if brief.shelf.library.applies(id_, brief.shelf.facts).applies is Applies.YES:
            yield brief.record_claim(brief.shelf.library.benchmarks[id_])
            return


def idle_next(brief: Brief) -> Iterator[DraftClaim]:
    """What to do in the meantime, recruiting aside."""
    moves = [Move.DIAGNOSE_ENABLEMENT, Move.FIX_DIRECT_FIRST, Move.FOCUS_FEW_PARTNERS, Move.ENABLEMENT_PACK, Move.ASSIGN_OWNER, Move.PARTNER_MANAGER_HIRE]
    claims = [claim for move in moves if (claim := brief.do(move, section=brief.heading("do")))]
    yield from claims[:3]


SLOTS = {"idle_lead": idle_lead, "idle_layers": idle_layers, "idle_figures": idle_figures, "idle_next": idle_next}
