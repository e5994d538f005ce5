"""Sentences of plans that are right for small numbers, and that stand in every plan they are meant for."""

from __future__ import annotations

import re
from datetime import date

import pytest

from advisor import Advisor, Client
from advisor.domain.plan import Plan, PlanKind, PlanRequest
from advisor.rendering.formats import render

HERE = ("tiered_programme", "gsi_partners", "enterprise_prm")


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: date(2026, 11, 26))


def planned(advisor: Advisor, kind: str, language: str = "en", closed: tuple[date, ...] = (), **client: object) -> Plan:
    request = PlanRequest(kind=PlanKind(kind), start=date(2027, 1, 11), language=language, closed=closed)
    return advisor.plan(request, Client(**{"arr": "8M EUR", "motion": "enterprise", **client}))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("active", [0, 1, 2])
@pytest.mark.parametrize("kind", ["ninety-day", "programme-launch", "turnaround", "incentives", "enablement-pack", "board-note"])
def test_how_few_partners_are_active_is_said_in_words_that_fit_the_number(advisor: Advisor, kind: str, language: str, active: int) -> None:
    plan = planned(advisor, kind, language, partners={"signed": 13, "active": active})
    said = [line.text for line in plan.summary if "13" in line.text and re.search("active|aktiv", line.text)]
    assert len(said) == 1
    assert str(active) in said[0]
    assert not re.search(r"\b1 (?:are|sind)\b", str(render(plan, "md", advisor.documents)))
    if kind in {"ninety-day", "programme-launch"}:
        assert "diagnose-idle" in {task.id for task in plan.tasks}


def test_several_things_against_advice_are_taken_up_in_one_sentence(advisor: Advisor) -> None:
    lines = [line.text for line in planned(advisor, "ninety-day", in_place=HERE).starting_point]
    assert len([line for line in lines if "judge on a fixed day" in line]) == 1
    assert len(lines) == 1 + len(HERE)


def test_who_has_a_tool_already_gets_no_budget_for_another(advisor: Advisor) -> None:
    for kind in ("ninety-day", "blueprint"):
        assert not {line.id for line in planned(advisor, kind, in_place=HERE).budget} & {"tool-kiflo", "tool-introw", "tool-partnerstack"}
        assert "tool-kiflo" in {line.id for line in planned(advisor, kind).budget}
        assert "tool-kiflo" not in {line.id for line in planned(advisor, kind, compliance="eu-residency").budget}


def test_a_board_that_holds_programmes_back_is_asked_for_no_people(advisor: Advisor) -> None:
    plan = planned(advisor, "board-note", direct_predictable=False, owner="none", partners={"signed": 7, "active": 2})
    assert plan.budget == ()
    assert not {"owner-late", "slow-money"} & {risk.id for risk in plan.risks}
    assert "cannot be forecast" in plan.summary[0].text


def test_public_holidays_are_named_as_not_left_out_until_somebody_names_days(advisor: Advisor) -> None:
    assert [line for line in planned(advisor, "ninety-day").assumptions if "ublic holidays" in line.text]
    assert not [line for line in planned(advisor, "ninety-day", closed=(date(2027, 3, 26),)).assumptions if "ublic holidays" in line.text]
