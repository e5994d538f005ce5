"""The specification of the CRM: fields that fit stage and motion, with the same rules in the terms of each CRM."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from advisor import Advisor, Client
from advisor.cli.main import run
from advisor.domain.plan import FieldType, Plan, PlanRequest
from advisor.errors import InputError
from advisor.rendering.formats import FIELD_FORMATS, render


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: date(2026, 11, 26))


def made(advisor: Advisor, arr: str, motion: str, language: str = "en") -> Plan:
    return advisor.plan(PlanRequest.model_validate({"kind": "crm-spec", "start": date(2027, 1, 11), "language": language}), Client(arr=arr, motion=motion, crm="HubSpot"))


def rows(plan: Plan, form: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(str(render(plan, form, {})), newline="")))


def test_a_small_company_gets_the_fields_of_the_opportunity_and_no_record_of_partners(advisor: Advisor) -> None:
    plan = made(advisor, "3M EUR", "mid_touch")
    assert {each.object for each in plan.fields} == {"deal"}
    assert "registered_on" not in {each.id for each in plan.fields}


def test_the_protection_is_that_of_the_record_and_is_worked_out(advisor: Advisor) -> None:
    plan = made(advisor, "9M EUR", "mid_touch")
    until = next(each for each in plan.fields if each.id == "protected_until")
    assert (until.base, until.days) == ("registered_on", advisor.library.benchmarks["protection-window"].low)
    (row,) = [row for row in rows(plan, "salesforce") if row["fullName"] == "Protected_Until__c"]
    assert row["formula"] == f"Registered_On__c + {until.days}"


@pytest.mark.parametrize(("motion", "field"), [("plg", "integration_in_use"), ("enterprise", "implementation_partner"), ("channel", "account_ground")])
def test_how_a_client_sells_decides_what_the_customer_carries(advisor: Advisor, motion: str, field: str) -> None:
    assert [each.id for each in made(advisor, "30M EUR", motion).fields if each.object == "customer"] == [field]


@pytest.mark.parametrize("form", FIELD_FORMATS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_both_crms_get_every_field_with_its_rule(advisor: Advisor, form: str, language: str) -> None:
    plan = made(advisor, "90M EUR", "channel", language)
    table = rows(plan, form)
    assert len(table) == len(plan.fields)
    assert [row[next(reversed(row))].startswith(each.rule.text) for row, each in zip(table, plan.fields, strict=True)] == [True] * len(table)


def test_a_choice_has_values_a_lookup_an_object_and_ids_are_unique(advisor: Advisor) -> None:
    for motion in ("plg", "mid_touch", "enterprise", "channel"):
        plan = made(advisor, "90M EUR", motion)
        assert len({each.id for each in plan.fields}) == len(plan.fields)
        assert [each.id for each in plan.fields if (each.type is FieldType.CHOICE) != bool(each.options) or (each.type is FieldType.LOOKUP) != bool(each.of)] == []


def test_a_plan_without_fields_has_no_such_format(advisor: Advisor) -> None:
    plan = advisor.plan(PlanRequest(kind="board-note"), Client(arr="9M EUR", motion="plg"))
    with pytest.raises(InputError, match="no fields for hubspot"):
        render(plan, "hubspot", {})


def test_the_command_writes_the_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "--arr", "9M EUR", "--motion", "mid_touch", "--kind", "crm-spec", "--format", "hubspot"]) == 0
    assert capsys.readouterr().out.startswith("objectType,name,label,type,fieldType")
