"""Slots for what is wished for and refused: beside the question, and by clients of this kind."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.brief import Brief
from advisor.domain import AskKind, DraftClaim, Finding, Move, StageId, Verdict
from advisor.intake.moves import mentions

_TEMPTING = (
    Move.TIERED_PROGRAMME,
    Move.FORMAL_REFERRAL_PROGRAMME,
    Move.FULL_ELG_OVERLAY,
    Move.MASS_RECRUITING,
    Move.ACCOUNT_MAPPING_TOOL,
    Move.PARTNER_ORG,
    Move.FIRST_PARTNER_HIRE,
)


def not_yet(brief: Brief) -> Iterator[DraftClaim]:
    """The moves that tempt a client of this kind most and do not fit yet."""
    for finding in tempting(brief)[:2]:
        yield brief.finding_claim(finding, worded=unlabelled(finding.text), block="bullet", section=brief.heading("not_yet"))


def tempting(brief: Brief) -> list[Finding]:
    """Refusals of what clients of this kind wish for most; none while the stage is open."""
    if brief.assessment.stage.id is StageId.UNKNOWN and brief.client.arr is None:
        return []
    return [finding for move in _TEMPTING if (finding := brief.deciding(move)) and finding.verdict is Verdict.FORBID]


def unlabelled(text: str) -> str:
    """A verdict's sentence without its label, for lists whose heading says it: `Not yet: a PRM …` becomes `A PRM …`."""
    label, _, rest = text.partition(": ")
    return f"{rest[:1].upper()}{rest[1:]}" if rest and len(label.split()) <= 4 else text


def asked_moves(brief: Brief) -> Iterator[DraftClaim]:
    """What the rules say of the moves the question names, when the plan's lead has not said it, and of wishes elsewhere in the message."""
    for move in brief.ask.moves:
        finding = brief.deciding(move)
        if finding is not None and finding.verdict is not Verdict.ASK and not brief.hangs_on_stage(finding):
            yield brief.finding_claim(finding, worded="" if finding.verdict is Verdict.FORBID else unlabelled(finding.text))
            if finding.verdict is Verdict.FORBID:
                yield brief.finding_claim(finding, "because")
    yield from refused_wishes(brief)


def refused_wishes(brief: Brief) -> Iterator[DraftClaim]:
    """Moves that the message names beside the question and that the rules refuse."""
    if brief.ask.kind is AskKind.REACT_TO_SIGNAL or brief.assessment.stage.id is StageId.UNKNOWN:
        return
    existing = {*brief.client.in_place, *(decision.move for decision in brief.client.decided), *brief.ask.moves}
    named = dict.fromkeys(item.move for item in mentions(brief.question) if not item.against)
    refused = [finding for move in named if move not in existing and (finding := brief.deciding(move)) and finding.verdict is Verdict.FORBID]
    refused = [] if brief.ask.kind is AskKind.WHY_NOT_WORKING else refused
    for finding in refused[:2]:
        yield brief.finding_claim(finding)


SLOTS = {
    "not_yet": not_yet,
    "asked_moves": asked_moves,
    "refused_wishes": refused_wishes,
}
