"""What exists or was decided although the rules put it off: the advice starts from there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from advisor.answering.brief import PRMS, Brief
from advisor.domain import ClaimKind, DraftClaim, Move, Stance, Verdict

_TOOLS = PRMS | {Move.ACCOUNT_MAPPING_TOOL}


def existing(brief: Brief) -> list[Move]:
    """What is in place or decided already, whatever the rules say of it."""
    return list(dict.fromkeys((*brief.client.in_place, *(decision.move for decision in brief.client.decided))))


def put_off(brief: Brief) -> list[Move]:
    """What exists or was decided although the rules say "not yet"."""
    return [move for move in existing(brief) if (finding := brief.deciding(move)) and finding.verdict is Verdict.FORBID]


def only_tools(moves: Collection[Move]) -> bool:
    """Whether all of them are tools, to which nobody was promised anything."""
    return bool(moves) and _TOOLS.issuperset(moves)


def existing_lead(brief: Brief) -> Iterator[DraftClaim]:
    """That what exists against the rules is kept as it is, as the answer's first sentence; nothing where all that exists fits."""
    freeze = brief.deciding(Move.FREEZE_AND_REVIEW)
    kept = put_off(brief)
    if freeze is None or not kept:
        return
    yield DraftClaim(
        text=brief.say("existing.lead", kept=brief.join([brief.noun(move, "nominative") for move in kept])),
        evidence=(freeze.rule, *(id_ for move in kept for id_ in brief.shown(f"moves.{move}.noun"))),
        kind=ClaimKind.ADVICE,
        stance=Stance.ADVISE,
        moves=(Move.FREEZE_AND_REVIEW,),
        block="lead",
    )
    if only_tools(kept):
        yield brief.claim("existing.tool", kind=ClaimKind.ADVICE, evidence=[freeze.rule])
    else:
        yield brief.finding_claim(freeze, "because")
