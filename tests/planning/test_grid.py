"""Every kind for every kind of client: a sound plan, or a refusal that the committed table names."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from advisor import Advisor, Client
from advisor.domain import Motion
from advisor.domain.plan import Plan, PlanKind, PlanRequest
from advisor.evaluation.scorers.plans import faults
from advisor.planning.refuse import RefusedError

HERE = Path(__file__).parent
REFUSED = tomllib.loads((HERE / "refused.toml").read_text(encoding="utf-8"))["refused"]
ARR = {"<5M": "3M EUR", "5-15M": "8M EUR", "15-50M": "30M EUR", "50-150M": "90M EUR", ">150M": "200M EUR"}
DIRECT = {"yes": True, "no": False, "unknown": None}
START = date(2027, 1, 11)


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: date(2026, 11, 26))


def refused_by(kind: PlanKind, stage: str, direct: str, partners: str = "unknown") -> dict[str, str] | None:
    """The row of the committed table for a cell."""
    cell = {"stage": stage, "direct": direct, "partners": partners}
    return next((row for row in REFUSED if row["kind"] == kind and all(cell[name] in allowed for name, allowed in row["when"].items())), None)


def made(advisor: Advisor, kind: PlanKind, client: Client, **wish: Any) -> Plan | RefusedError:
    try:
        return advisor.plan(PlanRequest(kind=kind, start=START, **wish), client)
    except RefusedError as refused:
        return refused


def held(made_: Plan | RefusedError, expected: dict[str, str] | None, advisor: Advisor, client: Client) -> list[str]:
    if isinstance(made_, RefusedError):
        if expected is None:
            return [f"refused by {made_.rule}, which the table does not name"]
        return [] if (made_.rule, made_.instead) == (expected["rule"], expected["instead"]) else [f"refused by {made_.rule} with {made_.instead}, the table says {expected}"]
    return ["planned, though the table refuses it"] if expected else faults(made_, advisor.judge(client))


@pytest.mark.parametrize("kind", PlanKind)
def test_every_cell_is_a_sound_plan_or_refused_as_the_table_says(advisor: Advisor, kind: PlanKind) -> None:
    """All stages and motions, three maturities, with an owner or none; cells that differ in stage or motion differ in their work."""
    work: dict[tuple[str, str], frozenset[tuple[str, str]]] = {}
    for stage, motion, maturity, owner in product(ARR, Motion, (1, 2, 3), ("dedicated", "none")):
        client = Client(arr=ARR[stage], motion=motion, maturity=maturity, owner=owner)
        plan = made(advisor, kind, client)
        assert held(plan, refused_by(kind, stage, "unknown"), advisor, client) == [], (stage, motion, maturity, owner)
        if isinstance(plan, Plan) and plan.tasks and (maturity, owner) == (1, "none"):
            work[stage, motion] = frozenset((task.title.text, task.done_when.text) for task in plan.tasks)
    same = [(one, other) for one, other in combinations(work, 2) if work[one] == work[other]]
    assert same == []


@pytest.mark.parametrize("kind", PlanKind)
def test_unpredictable_direct_sales_refuse_or_repair(advisor: Advisor, kind: PlanKind) -> None:
    work = {}
    for stage, motion in product(ARR, Motion):
        client = Client(arr=ARR[stage], motion=motion, direct_predictable=False, owner="shared")
        plan = made(advisor, kind, client)
        assert held(plan, refused_by(kind, stage, "no"), advisor, client) == [], (stage, motion)
        if isinstance(plan, Plan) and plan.tasks:
            work[stage, motion] = frozenset((task.title.text, task.done_when.text) for task in plan.tasks)
    assert [pair for pair in combinations(work, 2) if work[pair[0]] == work[pair[1]]] == []


@pytest.mark.parametrize("kind", PlanKind)
def test_a_client_without_partners_gets_no_plan_about_partners(advisor: Advisor, kind: PlanKind) -> None:
    client = Client(arr="30M EUR", motion="mid_touch", owner="dedicated", partners={"signed": 0})
    assert held(made(advisor, kind, client), refused_by(kind, "15-50M", "unknown", "0"), advisor, client) == []


RICH = {
    "acv": "24k EUR", "partners": {"signed": 9, "active": 3, "mapped": 12}, "problems": ("distribution", "delivery_capacity"), "expansion": "geographic",
    "implementation_heavy": True, "compliance": "eu-residency", "crm": "HubSpot", "region": "Benelux", "programme_age_months": 20,
    "in_place": ("tiered_programme", "gsi_partners", "mid_prm", "resellers", "partner_org", "cloud_marketplace", "deal_registration"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", PlanKind)
def test_clients_of_whom_much_is_known_get_sound_plans_in_both_languages(advisor: Advisor, kind: PlanKind, language: str) -> None:
    for stage, motion in product([*ARR, None], [*Motion, None]):
        client = Client(motion=motion, **RICH, **({"arr": ARR[stage]} if stage else {}))
        plan = made(advisor, kind, client, language=language)
        found = [] if isinstance(plan, RefusedError) else faults(plan, advisor.judge(client))
        assert found == [], (stage, motion)
