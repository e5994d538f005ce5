"""Which of several things done with partners goes first, or is dropped first: said in the first sentence, then why of each, and how to go about it."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.asking import asking
from advisor.answering.brief import Brief, unique
from advisor.domain import ClaimKind, DraftClaim

_STEPS = 3  # steps that a choice has at most


def activities_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The order in which they go."""
    if brief.activities is None:
        return
    form = _form(brief)
    first, *rest = (brief.say(f"activity.{name}.{form}") for name in brief.activities.names)
    yield brief.claim(f"activities.{form}", kind=ClaimKind.ADVICE, evidence=_rests(brief), block="lead", first=first, rest=brief.join(rest))


def activities_why(brief: Brief) -> Iterator[DraftClaim]:
    """What each of them does for a deal, in the same order."""
    for name in brief.activities.names if brief.activities else ():
        yield brief.claim(f"activity.{name}.why", kind=ClaimKind.ADVICE, evidence=brief.playbook.activities[name].rests, block="bullet")


def activities_do(brief: Brief) -> Iterator[DraftClaim]:
    """How to go about it."""
    keys = [f"activities.{_form(brief)}_do_{number}" for number in range(1, _STEPS + 1)] if brief.activities else []
    for key in (key for key in keys if brief.wording.has(f"answers.{key}")):
        yield brief.claim(key, kind=ClaimKind.ADVICE, evidence=_rests(brief), block="step", section=brief.heading("do"))


def activities_ask(brief: Brief) -> Iterator[DraftClaim]:
    """What would settle it."""
    if brief.activities is not None:
        yield from asking(brief, "activities.ask")


def _form(brief: Brief) -> str:
    return "drop" if brief.activities and brief.activities.drops else "first"


def _rests(brief: Brief) -> list[str]:
    return list(unique(id_ for name in (brief.activities.names if brief.activities else ()) for id_ in brief.playbook.activities[name].rests))


SLOTS = {"activities_lead": activities_lead, "activities_why": activities_why, "activities_do": activities_do, "activities_ask": activities_ask}
