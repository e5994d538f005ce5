"""Plans that are filled in and handed on: what stands in them, what is left to the client, and what never stands there."""

from __future__ import annotations

from datetime import date

import pytest

from advisor import Advisor, Client
from advisor.domain import Move, Stance
from advisor.domain.plan import Plan, PlanKind, PlanRequest
from advisor.planning import check, templates
from advisor.rendering.formats import render


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: date(2026, 11, 26))


def planned(advisor: Advisor, kind: PlanKind, language: str = "en", **client: object) -> Plan:
    return advisor.plan(PlanRequest(kind=kind, start=date(2027, 1, 11), language=language), Client(**{"arr": "9M EUR", "motion": "mid_touch", **client}))


def cells(plan: Plan) -> list[str]:
    return [line.text for section in plan.sections for line in (*section.lines, *(cell for row in (section.table.rows if section.table else ()) for cell in row))]


def test_amounts_of_incentives_follow_from_the_contract_value_with_their_formula(advisor: Advisor) -> None:
    amounts = {line.id: line.amount for line in planned(advisor, PlanKind.INCENTIVES, acv="24k EUR").budget}
    sourced, influenced = amounts["inc-sourced"], amounts["inc-influenced"]
    assert sourced is not None
    assert influenced is not None
    assert "24,000 EUR × 10–20 % = 2,400–4,800 EUR" in sourced.text
    assert "24,000 EUR × 50 % × 10–20 % = 1,200–2,400 EUR" in influenced.text
    assert [item.result for item in influenced.computed] == [1200, 2400]


@pytest.mark.parametrize("kind", [PlanKind.INCENTIVES, PlanKind.TERM_SHEET, PlanKind.PROGRAMME_LAUNCH])
@pytest.mark.parametrize("acv", [None, "24k"])
def test_without_a_contract_value_in_a_currency_no_amount_of_money_is_named(advisor: Advisor, kind: PlanKind, acv: str | None) -> None:
    plan = planned(advisor, kind, acv=acv)
    fees = [line for line in plan.budget if not line.id.startswith("people")]
    assert not [line.amount.text for line in fees if line.amount and ("EUR" in line.amount.text or "€" in line.amount.text)]
    assert {line.unit for line in fees} <= {None, "percent"}


@pytest.mark.parametrize(("language", "word"), [("en", "counsel must read it"), ("de", "Anwälte müssen es")])
def test_a_term_sheet_says_that_counsel_must_read_it(advisor: Advisor, language: str, word: str) -> None:
    plan = planned(advisor, PlanKind.TERM_SHEET, language)
    assert word in plan.summary[0].text
    signed = next(task for task in plan.tasks if task.id == "ts-sign")
    assert "ts-counsel" in signed.depends_on
    assert next(gate for gate in plan.gates if gate.id == "ts-sign").on < signed.start


def test_texts_to_hand_on_hold_blanks_and_no_marks_of_sources(advisor: Advisor) -> None:
    plan = planned(advisor, PlanKind.ENABLEMENT_PACK)
    text = str(render(plan, "md", advisor.documents)).partition("## One-pager")[2].partition("## Gather and write")[0]
    said = [line for line in text.splitlines() if line.startswith(("- ", "| "))]
    assert any("[rate]" in line for line in said)
    assert not [line for line in said if "[1]" in line or "[2]" in line]
    assert text.count("square brackets") == 1
    assert text.count("Sources:") == 3


def test_below_5m_people_who_refer_get_a_message_to_forward_and_no_form(advisor: Advisor) -> None:
    plan = planned(advisor, PlanKind.ENABLEMENT_PACK, arr="2M EUR", owner="founder")
    assert [section.id for section in plan.sections] == ["ep-page", "ep-guide", "ep-mail"]
    assert not [text for text in cells(plan) if "rate" in text.split()]


def test_no_revenue_goal_is_agreed_while_direct_sales_cannot_be_forecast(advisor: Advisor) -> None:
    plan = planned(advisor, PlanKind.JOINT_BUSINESS_PLAN, direct_predictable=False, partners={"signed": 1})
    assert "jbp-no-revenue" in {task.id for task in plan.tasks}
    assert not [text for text in cells(plan) if text.startswith("Revenue")]
    assert "jbp-revenue" not in {target.id for target in plan.targets}


def test_an_agreement_is_told_after_a_deal_and_an_integration_when_it_is_live(advisor: Advisor) -> None:
    for motion, told in (("plg", "il-tell-plg"), ("enterprise", "il-tell-case")):
        assert told in {task.id for task in planned(advisor, PlanKind.INTEGRATION_LAUNCH, motion=motion).tasks}
    shaky = planned(advisor, PlanKind.INTEGRATION_LAUNCH, motion="plg", direct_predictable=False)
    assert "il-tell-shared" in {task.id for task in shaky.tasks}
    assert not {"il-tell-plg", "il-tell-case"} & {task.id for task in shaky.tasks}


def test_nobody_is_invited_before_friendly_partners_went_the_whole_way(advisor: Advisor) -> None:
    plan = planned(advisor, PlanKind.PROGRAMME_LAUNCH, owner="dedicated", partners={"signed": 7, "active": 2})
    days = {task.id: task for task in plan.tasks}
    assert days["pl-through"].end < days["pl-repair"].start <= days["pl-repair"].end < days["pl-invite-5m"].start
    assert next(gate for gate in plan.gates if gate.id == "pl-open").on < days["pl-invite-5m"].start
    assert "diagnose-idle" in days["pl-invite-5m"].depends_on


@pytest.mark.parametrize("kind", [PlanKind.INCENTIVES, PlanKind.TERM_SHEET, PlanKind.PROGRAMME_LAUNCH, PlanKind.ENABLEMENT_PACK])
def test_tiers_that_run_against_advice_are_where_the_plan_starts_and_nothing_it_recommends(advisor: Advisor, kind: PlanKind) -> None:
    plan = planned(advisor, kind, in_place=("tiered_programme",))
    about = [task for task in plan.tasks if Move.TIERED_PROGRAMME in task.moves]
    assert {task.id for task in about} == {"tiers-freeze", "tiers-promises", "tiers-review"}
    assert {task.stance for task in about} == {Stance.ADVISE_AGAINST}


def test_a_cell_without_words_is_named(advisor: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    book = templates.load()
    sheet = next(each for each in book.templates if each.kind is PlanKind.TERM_SHEET)
    section = sheet.section[0]
    row = section.rows[0].model_copy(update={"id": "unworded", "why": ("nowhere#at-all",)})
    wrong = sheet.model_copy(update={"section": (section.model_copy(update={"rows": (row,)}),)})
    monkeypatch.setattr(check, "load", lambda: book.model_copy(update={"templates": (wrong,)}))
    found = [str(fault) for fault in check.problems(advisor.library, advisor.book)]
    assert any("plans.section.ts-points.unworded.says" in fault for fault in found)
    assert any("nowhere#at-all" in fault for fault in found)


@pytest.mark.parametrize("kind", [PlanKind.INCENTIVES, PlanKind.TERM_SHEET, PlanKind.PROGRAMME_LAUNCH])
def test_a_self_serve_product_gets_no_work_on_fees_registration_or_pay_of_reps(advisor: Advisor, kind: PlanKind) -> None:
    ids = {task.id for task in planned(advisor, kind, motion="plg", acv="24k EUR").tasks}
    assert not ids & {"rep-pay", "registration-rules", "attribution-policy", "inc-limit", "inc-terms"}


@pytest.mark.parametrize("kind", PlanKind)
def test_where_tiers_are_advised_against_nothing_speaks_of_partners_of_the_first_tier(advisor: Advisor, kind: PlanKind) -> None:
    if kind is PlanKind.TIERING:
        return
    for language in ("en", "de"):
        plan = planned(advisor, kind, language, arr="8M EUR", owner="dedicated", partners={"signed": 7, "active": 2, "mapped": 3})
        assert "T1" not in str(render(plan, "md", advisor.documents))
