"""The facts that the tables test: the client's own, and the few that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from advisor.domain import Client, Unit
from advisor.domain.conditions import Span
from advisor.rules.currency import Corridor

Facts = Mapping[str, Any]
SHOWN_AS = {
    "stage": "arr", "arr_eur": "arr", "acv_eur": "acv", "phase": "programme_age_months", "signed_partners": "partners.signed",
    "active_partners": "partners.active", "mapped_partners": "partners.mapped", "active_share": "partners.active", "partner_count": "partners.signed",
    "exists_against_advice": "in_place", "win_rate_gap": "metrics.win_rate_partner",
}


def facts_of(client: Client, corridor: Corridor) -> dict[str, Any]:
    """Everything the tables may test, except the stage, which is decided from the ARR."""
    view = client.view()
    return {
        **view,
        "acv_eur": _span_or_number(corridor.euros(client.acv)) if client.acv else None,
        "win_rate_gap": win_rate_gap(client),
        "active_share": active_share(client),
        "partner_count": partner_count(client),
        "mapped_partners": mapped_partners(client),
        "exists_against_advice": False,
    }


def win_rate_gap(client: Client) -> Decimal | None:
    """How many points the win rate of partner deals lies above the direct one: as given, else the difference of both."""
    given = client.metrics.get("win_rate_gap")
    if given is not None:
        return given.value
    partner, direct = client.metrics.get("win_rate_partner"), client.metrics.get("win_rate_direct")
    if partner is None or direct is None or {partner.unit, direct.unit} != {Unit.PERCENT}:
        return None
    return partner.value - direct.value


def active_share(client: Client) -> Decimal | None:
    """Active partners in percent of the signed ones, by the client's own definition of active."""
    signed, active = client.partners.signed, client.partners.active
    return None if active is None or not signed else Decimal(100) * min(active, signed) / signed


def mapped_partners(client: Client) -> int | Span | None:
    """How many partners are connected for account mapping: as told, else at most as many as have signed."""
    told, signed = client.partners.mapped, client.partners.signed
    return told if told is not None or signed is None else Span(Decimal(0), Decimal(signed))


def partner_count(client: Client) -> int | None:
    """How many partners there are: the signed ones, else the largest number that was given."""
    partners = client.partners
    if partners.signed is not None:
        return partners.signed
    return max((number for number in (partners.mapped, partners.active) if number is not None), default=None)


def shown(name: str) -> str:
    """A fact of the tables by the name that the client's JSON gives it."""
    return SHOWN_AS.get(name, f"metrics.{name.removeprefix('metric_')}" if name.startswith("metric_") else name)


def _span_or_number(span: Span | None) -> Any:
    return span.low if span is not None and span.low == span.high else span
