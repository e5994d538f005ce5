"""Plans that a consultant can hand over: days that agree with each other, work that this client can do, and no line that contradicts another."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from advisor import Advisor, Client
from advisor.domain import Move
from advisor.domain.plan import PartnerList, PartnerRow, Plan, PlanKind, PlanRequest
from advisor.evaluation.scorers.plans import faults
from advisor.library.points import points_of
from advisor.planning.refuse import RefusedError
from advisor.planning.templates import load
from advisor.rendering.formats import render

TODAY, START = date(2026, 11, 27), date(2027, 1, 11)
FULL = {"arr": "9M EUR", "motion": "mid_touch", "owner": "dedicated", "direct_predictable": True, "partners": {"signed": 12, "active": 4}, "acv": "24k EUR", "crm": "HubSpot"}
LARGE_FULL = {"arr": "28M EUR", "motion": "enterprise", "owner": "dedicated", "direct_predictable": True, "partners": {"signed": 40, "active": 9}, "acv": "95k EUR"}
FOUNDER = {"arr": "3.2M EUR", "motion": "enterprise", "owner": "founder", "partners": {"signed": 2, "active": 1}, "direct_predictable": False, "in_place": ("gsi_partners",)}
ALONE = {"arr": "6M EUR", "motion": "plg", "owner": "none", "direct_predictable": True, "partners": {"signed": 0}}
TOOLED = {"arr": "22M EUR", "motion": "enterprise", "owner": "dedicated", "partners": {"signed": 25, "active": 6}, "crm": "Salesforce", "in_place": ("enterprise_prm",)}
BETWEEN = {"arr": "60M USD", "motion": "channel", "owner": "shared", "partners": {"signed": 80, "active": 20}, "in_place": ("tiered_programme",)}
CLIENTS: dict[str, dict[str, Any]] = {"full": FULL, "between": BETWEEN, "large and full": LARGE_FULL, "founder": FOUNDER, "alone": ALONE, "tooled": TOOLED}


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: TODAY)


def planned(advisor: Advisor, kind: PlanKind | str, facts: dict[str, Any], **wish: Any) -> Plan:
    return advisor.plan(PlanRequest(kind=PlanKind(kind), start=START, **wish), Client(**facts))


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize("kind", PlanKind)
def test_no_sentence_falls_and_days_agree_however_many_partners_there_are(advisor: Advisor, kind: PlanKind, name: str) -> None:
    client = Client(**CLIENTS[name])
    for language in ("en", "de"):
        try:
            plan = advisor.plan(PlanRequest(kind=kind, start=START, language=language), client)
        except RefusedError:
            return
        assert faults(plan, advisor.judge(client)) == []
        assert len({re.sub(r"^\w+ ", "", line.text) for line in plan.not_now}) == len(plan.not_now)
        for phase in plan.phases:
            weeks = [(day - plan.start).days // 7 + 1 for day in (phase.start, phase.end)]
            named = [int(number) for number in re.findall(r"\d+", phase.weeks)]
            assert re.search("Month|Monat", phase.weeks) or (named[0], named[-1]) == (weeks[0], weeks[1]), phase.weeks


def test_no_reason_only_repeats_its_task(advisor: Advisor) -> None:
    def words(text: str) -> set[str]:
        return set(re.findall(r"[a-z]{3,}", text.lower())) - {"the", "and", "with", "from", "for", "our", "view"}

    library = advisor.library
    for task in load().tasks.values():
        passage, _, quoted = task.why.partition("|")
        if quoted:
            reason = next(point for point in points_of(library.passages[passage].text) if quoted in point)
            title = " ".join(library.phrases[f"plans.task.{task.id}.title"])
            assert not words(reason) <= words(title), task.id


@pytest.mark.parametrize("facts", [FULL, FOUNDER, ALONE], ids=["full", "founder", "alone"])
def test_no_series_of_meetings_begins_before_it_was_sent(advisor: Advisor, facts: dict[str, Any]) -> None:
    plan = planned(advisor, "cadence", facts)
    sent = next(task.end for task in plan.tasks if task.id == "cad-invite")
    assert plan.meetings
    assert all(meeting.first > sent for meeting in plan.meetings)


def test_who_has_no_partner_meets_none_yet(advisor: Advisor) -> None:
    plan = planned(advisor, "cadence", ALONE)
    assert not [meeting for meeting in plan.meetings if "the partner" in meeting.others]
    assert any("no partner yet" in line.text for line in plan.assumptions)


@pytest.mark.parametrize("facts", [FULL, LARGE_FULL], ids=["5-15M", "15-50M"])
def test_a_launch_invites_nobody_new_where_there_are_partners_enough(advisor: Advisor, facts: dict[str, Any]) -> None:
    plan = planned(advisor, "programme-launch", facts)
    ids = {task.id for task in plan.tasks}
    assert "pl-invite-own" in ids
    assert not {"pl-invite-5m", "pl-invite-15m", "pl-journey"} & ids
    signed = next(target for target in plan.targets if target.baseline and target.baseline.text in {"12", "40"})
    assert signed.month_6 is None


@pytest.mark.parametrize("partners", [{}, {"signed": 1}, {"signed": 9, "active": 5}, {"signed": 12, "active": 9}])
def test_every_launch_has_somebody_to_try_it_with_and_somebody_to_invite(advisor: Advisor, partners: dict[str, int]) -> None:
    parts = load().tasks
    found = [parts[task.id].part for task in planned(advisor, "programme-launch", {**FULL, "partners": partners}).tasks]
    assert [found.count(part) for part in ("pl-friend", "pl-invite", "pl-journeys")] == [1, 1, 1]


@pytest.mark.parametrize("motion", ["plg", "mid_touch", "enterprise", "channel"])
def test_nothing_is_built_or_trained_before_both_companies_have_decided(advisor: Advisor, motion: str) -> None:
    plan = planned(advisor, "integration-launch", {**FULL, "motion": motion})
    agreed = next(gate.on for gate in plan.gates if gate.id == "il-agreed")
    assert [task.id for task in plan.tasks if task.phase == "il-ready" and task.start <= agreed] == []


def test_a_few_relationships_are_mended_in_hours_of_the_founder_and_without_a_hire(advisor: Advisor) -> None:
    plan = planned(advisor, "turnaround", FOUNDER)
    assert plan.variant == "small"
    assert {task.owner_title for task in plan.tasks} == {"Founder"}
    assert plan.end <= date(2027, 3, 5)
    told = " ".join(line.text for line in (*plan.summary, *(risk.risk for risk in plan.risks), *plan.kill_criteria))
    assert "full-time" not in told
    assert "hire" not in told


@pytest.mark.parametrize("kind", ["board-note", "ninety-day"])
def test_below_the_first_stage_no_risk_of_a_hire_is_named(advisor: Advisor, kind: str) -> None:
    assert "owner-late" not in {risk.id for risk in planned(advisor, kind, {**FOUNDER, "direct_predictable": None}).risks}


def test_where_one_person_does_all_no_hours_of_others_are_assumed(advisor: Advisor) -> None:
    def of_others(facts: dict[str, Any]) -> list[str]:
        return [line.text for line in planned(advisor, "turnaround", facts).assumptions if "every other role" in line.text]

    assert not of_others(FOUNDER)
    assert of_others(FULL)


def test_the_repair_of_attribution_stands_in_a_turnaround(advisor: Advisor) -> None:
    assert "turn-tags" in {task.id for task in planned(advisor, "turnaround", FULL).tasks}


def test_a_tool_against_advice_is_decided_on_by_a_day_and_registrations_come_through_it(advisor: Advisor) -> None:
    plan = planned(advisor, "crm-spec", TOOLED)
    ids = {task.id for task in plan.tasks}
    assert {"tool-terms", "tool-use", "tool-review", "spec-registration-prm"} <= ids
    assert "spec-registration" not in ids
    assert Move.ENTERPRISE_PRM not in {move for task in plan.tasks for move in task.moves}


def test_a_measure_shows_what_the_client_said_and_none_where_nothing_can_be_counted_yet(advisor: Advisor) -> None:
    share = next(target for target in planned(advisor, "turnaround", FULL).targets if target.id == "activation-early")
    assert share.baseline is not None
    assert share.baseline.text == "33.3 %"
    plan = planned(advisor, "integration-launch", ALONE)
    assert {target.baseline.text for target in plan.targets if target.baseline} == {"none yet"}
    assert "| By 2 Apr 2027 |" in str(render(plan, "md", advisor.documents))


def test_the_review_measures_from_its_own_list_and_writes_sums_in_the_language(advisor: Advisor) -> None:
    listed = PartnerList(rows=tuple(PartnerRow(name=name, sourced=sourced, hours=100) for name, sourced in zip("ABCDE", (400000, 100000, 100000, 100000, 100000), strict=True)), currency="EUR")
    plan = planned(advisor, "qbr", FULL, partners=listed, language="de")
    assert {target.id: target.baseline.text for target in plan.targets if target.baseline} == {"qbr-share": "75 %", "qbr-per-hour": "1.600"}
    page = str(render(plan, "md", advisor.documents))
    assert "400.000 + 100.000" in page
    assert "400,000" not in page


def test_a_handful_of_partners_is_not_narrowed_to_the_best_of_them(advisor: Advisor) -> None:
    def told(facts: dict[str, Any]) -> str:
        plan = planned(advisor, "qbr", facts)
        return " ".join(line.text for section in plan.sections for line in section.lines)

    assert "top 3–5" not in told(FOUNDER)
    assert "top 3–5" in told(FULL)


def test_the_board_is_asked_to_freeze_what_exists_against_the_advice(advisor: Advisor) -> None:
    def asked(**more: Any) -> bool:
        ask = next(section for section in planned(advisor, "board-note", {**FULL, **more}).sections if section.id == "board-ask")
        return any("against the advice (a tiered programme)" in line.text for line in ask.lines)

    assert asked(in_place=("tiered_programme",))
    assert not asked()


def test_german_figures_take_the_case_of_their_sentence(advisor: Advisor) -> None:
    plan = planned(advisor, "board-note", FULL, language="de")
    assert any("mit 6–12 Monaten" in line.text for section in plan.sections for line in section.lines)


def test_points_about_money_stand_in_no_terms_between_products_that_connect(advisor: Advisor) -> None:
    sheet = str(render(planned(advisor, "term-sheet", ALONE), "md", advisor.documents))
    assert "commissions and margins" not in sheet
    assert "deals registered by then" not in sheet


@pytest.mark.parametrize("kind", ["ninety-day", "board-note", "revenue-first"])
def test_a_stage_that_waits_for_a_rate_is_planned_as_the_lowest_that_remains_possible(advisor: Advisor, kind: str) -> None:
    between, lower = planned(advisor, kind, BETWEEN), planned(advisor, kind, {**BETWEEN, "arr": "40M EUR"})
    assert "$60M leaves these stages open: €15–50M ARR and €50–150M ARR. This plan is made for the lowest of them" in between.starting_point[0].text
    assert [task.id for task in between.tasks] == [task.id for task in lower.tasks]
    assert between.variant == lower.variant


def test_a_stage_between_no_programme_and_one_stays_open(advisor: Advisor) -> None:
    assert planned(advisor, "ninety-day", {**BETWEEN, "arr": "5.2M USD", "partners": {}, "in_place": ()}).variant == "informal"


def test_a_rate_that_the_client_states_is_put_to_its_amounts(advisor: Advisor) -> None:
    assert planned(advisor, "board-note", {**BETWEEN, "fx": {"USD": "0.92"}}).stage == "€50–150M ARR"


def test_nothing_is_aimed_at_that_the_client_has_already(advisor: Advisor) -> None:
    targets = {each.id: each for each in planned(advisor, "ninety-day", {**BETWEEN, "arr": "60M EUR"}).targets}
    assert [line.text for line in (targets["active"].baseline, targets["active"].day_90, targets["active"].month_6) if line] == ["20", *["reached today; yours to set higher"] * 2]
    assert [line.text for line in (targets["activation"].baseline, targets["activation"].day_90) if line] == ["25 %", "more than 60 %"]


def test_what_exists_is_named_as_it_exists_and_no_verdict_on_it_is_told_twice(advisor: Advisor) -> None:
    plan = planned(advisor, "ninety-day", {**FULL, "in_place": ("tiered_programme", "gsi_partners", "enterprise_prm")})
    assert "a tiered programme, an agreement with a global system integrator and an enterprise PRM" in plan.starting_point[0].text
    assert not [line.text for line in plan.starting_point if "internal draft" in line.text]
    idle = planned(advisor, "ninety-day", {**BETWEEN, "arr": "60M EUR"})
    assert len([line for line in idle.not_now if "50 percent of signed partners active" in line.text]) == 1


def test_a_running_programme_is_not_begun_again(advisor: Advisor) -> None:
    running = planned(advisor, "ninety-day", {**BETWEEN, "arr": "60M EUR", "programme_age_months": 40})
    assert running.summary[0].text.startswith("This plan puts a running programme on a new footing")
    assert "First deal registered under these rules" in [each.title.text for each in running.milestones]
    assert "registered" not in {each.id for each in running.targets}
    assert planned(advisor, "ninety-day", {**BETWEEN, "arr": "60M EUR"}).summary[0].text.startswith("This plan builds a partner motion")
