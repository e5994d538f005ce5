"""The map of the ecosystem: each group where the rules put it for the client, in a table and in a drawing."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations

import pytest

from advisor import Advisor, Client
from advisor.domain.plan import Place, Plan, PlanRequest
from advisor.rendering.formats import render


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: date(2026, 11, 26))


def made(advisor: Advisor, language: str = "en", **facts: object) -> Plan:
    return advisor.plan(PlanRequest.model_validate({"kind": "ecosystem-map", "start": date(2027, 1, 11), "language": language}), Client.model_validate(facts))


def places(plan: Plan) -> dict[str, Place]:
    return {party.id: party.place for party in plan.parties}


@pytest.mark.parametrize(("motion", "first"), [("plg", {"tech"}), ("mid_touch", {"referral", "consulting"}), ("enterprise", {"integrators", "consulting"}), ("channel", {"resellers"})])
def test_the_map_begins_where_the_rules_begin(advisor: Advisor, motion: str, first: set[str]) -> None:
    found = places(made(advisor, arr="30M EUR", motion=motion))
    assert {id_ for id_, place in found.items() if place is Place.FIRST} == first
    assert found["global"] is Place.NOT_NOW


def test_what_exists_stands_there(advisor: Advisor) -> None:
    assert places(made(advisor, arr="30M EUR", motion="mid_touch", in_place=("tech_partners",)))["tech"] is Place.THERE


def test_a_heavy_product_and_a_new_region_have_groups_of_their_own(advisor: Advisor) -> None:
    plain = places(made(advisor, arr="30M EUR", motion="enterprise"))
    more = places(made(advisor, arr="30M EUR", motion="enterprise", implementation_heavy=True, expansion="geographic"))
    assert set(more) - set(plain) == {"implementers", "regional"}


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_drawing_holds_every_group_without_overlaps_and_the_table_says_the_same(advisor: Advisor, language: str) -> None:
    plan = made(advisor, language, arr="30M EUR", motion="enterprise", implementation_heavy=True, expansion="geographic")
    text, table = str(render(plan, "html", advisor.documents)), str(render(plan, "md", advisor.documents))
    drawing = re.search(r'<svg class="network".*?</svg>', text, re.DOTALL)
    assert drawing is not None
    boxes = [tuple(map(float, box)) for box in re.findall(r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="58"', drawing[0])]
    assert len(boxes) == len(plan.parties) + 1
    assert not [(one, other) for one, other in combinations(boxes, 2) if abs(one[0] - other[0]) < one[2] and abs(one[1] - other[1]) < 58]
    assert min(x for x, _, _ in boxes) >= 0
    assert max(x + width for x, _, width in boxes) <= 960
    for party in plan.parties:
        assert f">{party.title}<" in drawing[0]
        assert party.gives.text in table
        assert party.gets.text in table
    assert "…" not in drawing[0]
