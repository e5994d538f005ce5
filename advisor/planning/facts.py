"""What conditions and sentences of a plan may name: the client's facts with what follows from them, and these facts in words."""

from __future__ import annotations

from typing import Any

from advisor.domain import BANDS, Assessment, Client, Move, Owner, StageId, Verdict
from advisor.figures import find
from advisor.intake.moves import mentions
from advisor.ports import Wording
from advisor.rules import RuleBook, show
from advisor.rules.facts import facts_of
from advisor.rules.told import listed

_NAMED = ("motion", "direct_predictable", "owner", "problems", "maturity", "phase", "expansion", "implementation_heavy", "compliance", "crm", "business")
UNKNOWN = "unknown"
_ENOUGH = "enough_partners."
_LONGEST_NAME = 40


def facts(assessment: Assessment, book: RuleBook) -> dict[str, Any]:
    """The facts that conditions test. A closed fact that nobody named is "unknown", so that a condition can ask for that."""
    client = assessment.client
    known = {**facts_of(client, book.corridor), "stage": planned_for(assessment)}
    known |= {name: UNKNOWN for name in _NAMED if known.get(name) is None}
    return {**known, "in_place": here(client) or None, "existing": against_advice(assessment) or None, "against": bool(against_advice(assessment)),
            "full": full(assessment), "ready": ready(assessment)}  # fmt: skip


def planned_for(assessment: Assessment) -> str:
    """The stage that a plan is made for: the client's, or the lowest of those between which a rate or a contradiction leaves it open.

    From the first programme stage on, that is: between less and a programme it stays open.
    """
    stage = assessment.stage
    first = stage.id if stage.id in BANDS else next((band for band in BANDS if band in stage.also), None)
    return UNKNOWN if first is None or (first is StageId.BELOW_5M and first is not stage.id) else first


def here(client: Client) -> tuple[Move, ...]:
    """What exists or is decided already."""
    return tuple(dict.fromkeys([*client.in_place, *(item.move for item in client.decided)]))


def against_advice(assessment: Assessment) -> tuple[Move, ...]:
    """What exists or is decided although the rules advise against it."""
    return tuple(move for move in here(assessment.client) if move in assessment.forbidden_moves)


def full(assessment: Assessment) -> bool:
    """Whether there are as many partners as the stage carries, so that the rules let nobody be recruited."""
    finding = assessment.finding_on(Move.RECRUIT_5_10)
    return finding is not None and finding.verdict is Verdict.FORBID and finding.rule.startswith(_ENOUGH)


def ready(assessment: Assessment) -> bool:
    """Whether a programme may begin: the rules do not refuse it for this client."""
    finding = assessment.finding_on(Move.NINETY_DAY_PROGRAMME)
    return finding is None or finding.verdict is not Verdict.FORBID


def words(assessment: Assessment, wording: Wording, role_title: str) -> dict[str, str]:
    """The slots of sentences. A fact that is not known has words that stand for it."""
    client, types, against = assessment.client, assessment.partner_types, against_advice(assessment)
    return {
        "crm": _name(client.crm) or wording.say("plans.word.crm"),
        "region": _name(client.region) or wording.say("plans.word.region"),
        "signed": str(client.partners.signed or ""),
        "active": str(client.partners.active or 0),
        "mapped": str(client.partners.mapped or ""),
        "age": str(client.programme_age_months or ""),
        "arr": wording.amount(show.money(client.arr)) if client.arr else wording.say("plans.word.arr"),
        "acv": wording.amount(show.money(client.acv)) if client.acv else wording.say("plans.word.acv"),
        "types": listed([nominative(move, wording) for move in types.start_with], wording) if types.start_with else wording.say("plans.word.types"),
        "owner": role_title,
        "against": listed([existing(move, wording) for move in against], wording) if against else "",
    }


def _name(given: str | None) -> str | None:
    """A name as the client gave it, unless it is long or says something that a sentence of the plan would have to answer for: a figure, a move."""
    plain = given is not None and len(given) <= _LONGEST_NAME and not find(f"It stands in {given} today.") and not mentions(given)
    return given if plain else None


def nominative(move: Move, wording: Wording) -> str:
    """A move as it stands in a list: German names it otherwise in sentences."""
    key = f"moves.{move}.noun_nominative"
    return wording.say(key if wording.has(key) else f"moves.{move}.noun")


def existing(move: Move, wording: Wording) -> str:
    """A move as something that is there already."""
    key = f"moves.{move}.noun_existing"
    return wording.say(key) if wording.has(key) else nominative(move, wording)


def carried_by(client: Client, stage: str) -> str:
    """Who has the hours for partners, as the house's estimate counts them."""
    if client.owner in {Owner.DEDICATED, Owner.SHARED, Owner.FOUNDER}:
        return str(client.owner)
    return "founder" if stage in {"<5M", UNKNOWN} else "none" if client.owner is Owner.NONE else UNKNOWN
