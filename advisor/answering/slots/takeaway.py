"""The answer once more in a sentence: what to do now, what not yet, what to find out."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.answering.brief import ADVISED, Brief, unique
from advisor.answering.slots.common import tempting
from advisor.domain import ClaimKind, DraftClaim, Finding, Move, Stance, Verdict
from advisor.rules import asks_again

_NOW = 2


def takeaway(brief: Brief, draft: Sequence[DraftClaim]) -> DraftClaim | None:
    """What the draft advises and what it or the rules put off, with the first open question; None where it advises nothing."""
    now, later, fact = _now(brief, draft), _later(brief, draft), _open(brief, draft)
    if not now or not (later or fact):
        return None
    parts = {"now": brief.join([brief.noun(move, "nominative") for move in now])}
    if later is not None and later.move is not None:
        parts["later"] = brief.noun(later.move, "nominative")
    if fact:
        parts["open"] = brief.say(f"short.open.{fact}")
    rules = [finding.rule for move in now if (finding := brief.deciding(move))]
    nouns = [id_ for move in (*now, *([later.move] if later and later.move else [])) for id_ in brief.shown(f"moves.{move}.noun")]
    return DraftClaim(
        text=brief.say(f"short.{'_'.join(parts)}", **parts),
        evidence=unique([*rules, *([later.rule] if later else []), *nouns]),
        kind=ClaimKind.ADVICE,
        stance=Stance.ADVISE,
        moves=tuple(now),
        section=brief.heading("short"),
    )


def _now(brief: Brief, draft: Sequence[DraftClaim]) -> list[Move]:
    """The first moves that the draft advises."""
    said = [move for claim in draft if claim.stance in {Stance.ADVISE, Stance.REQUIRE} for move in claim.moves]
    return [move for move in dict.fromkeys(said) if (finding := brief.deciding(move)) and finding.verdict in ADVISED and not brief.done(move)][:_NOW]


def _later(brief: Brief, draft: Sequence[DraftClaim]) -> Finding | None:
    """What the draft advises against, else what tempts a client of this kind most and does not fit yet."""
    said = [move for claim in draft if claim.stance is Stance.ADVISE_AGAINST for move in claim.moves]
    found = [finding for move in said if (finding := brief.deciding(move)) and finding.verdict is Verdict.FORBID]
    return next(iter([*found, *tempting(brief)]), None)


def _open(brief: Brief, draft: Sequence[DraftClaim]) -> str:
    """The fact that the draft's first question asks for; one that is only old keeps nothing open."""
    asked = {claim.text for claim in draft if claim.block == "question"}
    return next((question.fact for question in brief.assessment.questions if question.ask in asked and not asks_again(question, brief.client)), "")
