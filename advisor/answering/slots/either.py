"""Which of two things that a question puts up: said in the first sentence, then why."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.brief import Brief, unique
from advisor.answering.either import Side
from advisor.domain import TURNING, ClaimKind, DraftClaim, Finding, Move, Stance, Verdict

_SLOTS = {
    "first": ("first", "why"), "own": ("first", "why"), "neither": ("why",), "order": ("first", "second"), "both": ("first", "second"), "move": ("first", "second"),
    "move_if": ("first", "second"),
}  # fmt: skip
"""What each form of the first sentence names."""
_DIRECT = (Move.FIX_DIRECT_FIRST,)


def either_lead(brief: Brief) -> Iterator[DraftClaim]:
    """Which of the two, or neither, or both in which order."""
    if brief.either is None:
        return
    form, first, second = brief.either
    if form == "both":
        first, second = sorted((first, second), key=lambda side: _order(brief, side))
    findings = [side.finding for side in (first, second) if side.finding is not None]
    names = {"first": _name(brief, first), "second": _name(brief, second)}
    refused = [finding for finding in findings if finding.verdict is Verdict.FORBID]
    if refused:
        names["why"] = _said(refused[0])
    against = bool(refused) and len(refused) == len(findings)
    moves = tuple(finding.move for finding in (findings if against or form == "both" else findings[:1]) if finding.move)
    rules = [id_ for finding in findings for id_ in brief.basis(finding, "text")]
    if form == "move_if" and (direct := brief.deciding(_DIRECT[0])) is not None:
        rules += brief.basis(direct)
    text = brief.say(f"either.{form}", **{name: names[name] for name in _SLOTS[form]})
    nouns = [id_ for move in moves for id_ in brief.shown(f"moves.{move}.noun")]
    yield DraftClaim(
        text=f"{text[:1].upper()}{text[1:]}", evidence=unique([*rules, *nouns]), kind=ClaimKind.ADVICE,
        stance=Stance.ADVISE_AGAINST if against else Stance.ADVISE, moves=moves, block="lead",
    )  # fmt: skip


def either_why(brief: Brief) -> Iterator[DraftClaim]:
    """Why: the reason of each side that the rules decide, and what they refuse in its own words where the first sentence has not said it."""
    if brief.either is None:
        return
    sides = [side.finding for side in brief.either[1:] if isinstance(side, Side) and side.finding is not None]
    for number, finding in enumerate(sides):
        if finding.verdict is Verdict.FORBID and brief.either.form == "neither" and number > 0:
            yield brief.finding_claim(finding)
        if finding.verdict in TURNING:
            yield brief.finding_claim(finding, "because")


def _order(brief: Brief, side: Side) -> int:
    """The place of a side in the order of work."""
    return brief.playbook.notes(side.finding.move).order if side.finding is not None and side.finding.move is not None else 0


def _name(brief: Brief, side: Side) -> str:
    """The move by its name, or the client's own words."""
    if side.finding is not None and side.finding.move is not None:
        return brief.noun(side.finding.move, "nominative")
    return side.own


def _said(finding: Finding) -> str:
    """What a rule says without the label of its verdict."""
    _, _, rest = finding.text.partition(": ")
    return rest or finding.text


SLOTS = {"either_lead": either_lead, "either_why": either_why}
