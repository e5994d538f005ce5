"""The house's estimates: person-days by size of a task and hours a week, each a rule of ours that a figure can rest on."""

from __future__ import annotations

from decimal import Decimal

from advisor.domain import Evidence, EvidenceKind
from advisor.domain.plan import Role
from advisor.library import Library
from advisor.planning.templates import HOUSE, House
from advisor.ports import Wording

EFFORT, HOURS, MINUTES = "plan.effort", "plan.hours", "plan.minutes"


def evidence(house: House, library: Library, wording: Wording) -> dict[str, Evidence]:
    """The estimates by id."""
    found = {f"{EFFORT}.{size}": _piece(f"{EFFORT}.{size}", "effort", library, wording, days=wording.amount(number(days))) for size, days in house.sizes.items()}
    found |= {f"{MINUTES}.{size}": _piece(f"{MINUTES}.{size}", "minutes", library, wording, minutes=str(minutes)) for size, minutes in house.minutes.items()}
    hours = {**house.hours, "supporting": house.supporting}
    return found | {f"{HOURS}.{who}": _piece(f"{HOURS}.{who}", "hours", library, wording, hours=str(count)) for who, count in hours.items()}


def _piece(id_: str, key: str, library: Library, wording: Wording, **slots: str) -> Evidence:
    source = library.sources["house"]
    return Evidence(
        id=id_, kind=EvidenceKind.RULE, title=wording.say(f"plans.house.{key}"), publisher=source.publisher, year=source.year,
        evidence_class=source.evidence_class, source_doc="house", place=wording.say(f"plans.house.{key}"), locator=f"knowledge/plans/{HOUSE}",
        says=wording.say(f"plans.house.{key}_says", **slots),
    )  # fmt: skip


def number(value: float | Decimal) -> str:
    """A number without trailing zeros."""
    return f"{Decimal(str(value)).normalize():f}"


def daily(house: House, hours: Decimal) -> Decimal:
    """Person-days on a working day for so many hours a week."""
    return hours / 5 / house.day_hours


def hours_of(role: Role, owner_hours: Decimal, house: House) -> Decimal:
    return owner_hours if role is Role.OWNER else Decimal(house.supporting)
