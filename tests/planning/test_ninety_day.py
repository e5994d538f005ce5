"""Whole plans of the first kind: what a client gets, and what no client ever gets."""

from __future__ import annotations

from datetime import date

import pytest

from advisor import Advisor, Client
from advisor.domain import Move, Stance
from advisor.domain.plan import Plan, PlanKind, PlanRequest
from advisor.errors import InputError

TODAY, START = date(2026, 11, 26), date(2027, 1, 11)


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: TODAY)


def planned(advisor: Advisor, client: Client, **wish: object) -> Plan:
    return advisor.plan(PlanRequest(**{"kind": PlanKind.NINETY_DAY, "start": START, **wish}), client)


def test_a_small_company_gets_the_informal_plan_with_what_would_unlock_a_programme(advisor: Advisor) -> None:
    plan = planned(advisor, Client(arr="3M EUR", motion="plg", owner="founder"))
    assert plan.variant == "informal"
    assert {task.owner_title for task in plan.tasks} <= {"Founder", "Product"}
    assert any("5M" in line.text for line in plan.unlocks)
    assert not {move for task in plan.tasks for move in task.moves} & {Move.FORMAL_REFERRAL_PROGRAMME, Move.FIRST_PARTNER_HIRE, Move.NINETY_DAY_PROGRAMME}


def test_unpredictable_direct_sales_are_repaired_before_partners(advisor: Advisor) -> None:
    plan = planned(advisor, Client(arr="8M EUR", motion="enterprise", direct_predictable=False))
    assert plan.variant == "repair"
    assert plan.tasks[0].id == "repair-miss"


def test_tiers_that_run_against_advice_are_frozen_kept_and_reviewed_and_never_recommended(advisor: Advisor) -> None:
    plan = planned(advisor, Client(arr="9M EUR", motion="mid_touch", owner="none", in_place=("tiered_programme",)))
    about = [task for task in plan.tasks if Move.TIERED_PROGRAMME in task.moves]
    assert [task.id for task in about] == ["tiers-freeze", "tiers-promises", "tiers-review"]
    assert {task.stance for task in about} == {Stance.ADVISE_AGAINST}
    assert any("tier" in line.text for line in plan.starting_point)
    assert not [task for task in plan.tasks if task.id == "tiers-design"]


def test_what_exists_is_not_set_up_again(advisor: Advisor) -> None:
    plan = planned(advisor, Client(arr="30M EUR", motion="mid_touch", owner="dedicated", in_place=("tag_crm", "account_mapping_tool", "define_ipp")))
    ids = {task.id for task in plan.tasks}
    assert {"crm-check", "mapping-refresh", "ipp-correct"} <= ids
    assert not {"crm-fields", "mapping-platform", "ipp-mid"} & ids


def test_a_client_without_an_owner_names_one_first(advisor: Advisor) -> None:
    plan = planned(advisor, Client(arr="30M EUR", motion="enterprise", owner="none"))
    assert plan.tasks[0].id == "owner-manager"


def test_few_hours_leave_out_what_can_wait_and_say_so(advisor: Advisor) -> None:
    client = Client(arr="9M EUR", motion="mid_touch", owner="shared")
    plan, roomy = planned(advisor, client, hours_per_week=9), planned(advisor, client, hours_per_week=30)
    assert not plan.capacity.fits
    assert plan.capacity.dropped
    assert roomy.capacity.fits
    assert len(plan.tasks) < len(roomy.tasks)


@pytest.mark.parametrize("wish", [{"hours_per_week": 0}, {"hours_per_week": 0.2}, {"people": 0}, {"start": date(2026, 11, 25)}, {"start": date(2030, 1, 1)}])
def test_what_cannot_be_planned_is_said_in_a_sentence(advisor: Advisor, wish: dict[str, object]) -> None:
    with pytest.raises(InputError) as refused:
        planned(advisor, Client(arr="9M EUR", motion="mid_touch"), **wish)
    assert refused.value.hint


def test_days_on_which_nobody_works_hold_no_work(advisor: Advisor) -> None:
    closed = (date(2027, 1, 11), date(2027, 1, 12))
    plan = planned(advisor, Client(arr="9M EUR", motion="mid_touch", owner="dedicated"), closed=closed)
    assert plan.start == date(2027, 1, 13)


def test_the_german_plan_has_the_tasks_and_sources_of_the_english_one(advisor: Advisor) -> None:
    client = Client(arr="9M EUR", motion="mid_touch", owner="none", partners={"signed": 7, "active": 2})
    english, german = planned(advisor, client), planned(advisor, client, language="de")
    assert [(task.id, task.start, task.end) for task in german.tasks] == [(task.id, task.start, task.end) for task in english.tasks]
    assert [citation.id for citation in german.citations] == [citation.id for citation in english.citations]
    assert german.tasks[0].title.text != english.tasks[0].title.text


def test_a_business_that_is_no_software_company_is_not_planned_for(advisor: Advisor) -> None:
    with pytest.raises(InputError, match="B2B SaaS"):
        planned(advisor, Client(arr="9M EUR", business="consultancy"))


@pytest.mark.parametrize("name", ["Zoho One 2024", "HubSpot <script>alert(1)</script>", "CRM at 90 % off", "x" * 90])
def test_a_name_that_would_put_a_figure_into_sentences_is_left_out_and_no_task_is_lost(advisor: Advisor, name: str) -> None:
    plain = planned(advisor, Client(arr="9M EUR", motion="mid_touch", owner="dedicated"))
    plan = planned(advisor, Client(arr="9M EUR", motion="mid_touch", owner="dedicated", crm=name, region=name))
    assert plan.verification.removed == ()
    assert [task.title.text for task in plan.tasks] == [task.title.text for task in plain.tasks]


def test_a_contract_value_without_a_currency_shows_the_usual_share_alone(advisor: Advisor) -> None:
    plan = planned(advisor, Client(arr="9M EUR", acv="24k", motion="mid_touch"))
    assert [line.amount.text for line in plan.budget if line.id == "referral-fee" and line.amount] == ["SaaS referral partners get 10–20 % of first-year contract value."]


def test_one_partner_is_spoken_of_as_one(advisor: Advisor) -> None:
    plan = planned(advisor, Client(arr="9M EUR", motion="mid_touch", partners={"signed": 1, "active": 0}))
    assert not [task.title.text for task in plan.tasks if "1 signed partners" in task.title.text]
    assert "audit-partner" in {task.id for task in plan.tasks}


def test_an_arr_in_another_currency_says_how_it_was_read(advisor: Advisor) -> None:
    plan = planned(advisor, Client(arr="9M USD", motion="mid_touch"))
    assert any("exchange rate" in line.text for line in plan.assumptions)
