"""Every fact of a client can be named in a few words, and old ones are asked about again."""

from __future__ import annotations

from datetime import date

import pytest

from advisor import Advisor, Client
from advisor.domain import Business, Compliance, Expansion, Fact, Motion, Move, Owner, Problem, Unit
from advisor.domain.changes import facts_of, key_of
from advisor.rules import aged
from advisor.rules.told import words

ADVISOR = Advisor()
FULL = Client.model_validate({
    "arr": "9.4M EUR", "acv": "24k EUR", "tool_budget": "12k USD", "motion": "mid_touch", "problems": ["distribution", "new_markets"], "business": "b2b_saas",
    "expansion": "vertical", "implementation_heavy": True, "direct_predictable": False, "owner": "none", "partners": {"signed": 12, "active": 5, "mapped": 1},
    "programme_age_months": 14, "maturity": 2, "region": "DACH", "compliance": "gdpr", "crm": "HubSpot", "fx": {"USD": 0.92}, "in_place": ["tag_crm", "recruit_5_10"],
    "decided": [{"move": "tiered_programme", "on": "2026-01-05"}],
    "metrics": {"activation_rate": {"value": 41.7, "unit": "percent"}, "partner_hours": {"value": 6, "unit": "hours"}, "cac": {"value": 900, "unit": "money", "currency": "EUR"}},
})  # fmt: skip


def test_each_fact_has_words_of_its_own() -> None:
    told = ADVISOR.told(FULL)
    assert list(told) == list(facts_of(FULL))
    assert len(set(told.values())) == len(told)
    assert {path: told[path] for path in ("arr", "partners.signed", "metrics.partner_hours", "metrics.cac", "in_place", "problems")} == {
        "arr": "€9.4M ARR",
        "partners.signed": "12 partners signed",
        "metrics.partner_hours": "partner hours of 6 hours",
        "metrics.cac": "cac of 900 EUR",
        "in_place": "tagging partner deals in the CRM at origin and recruiting the first partners of a programme in place",
        "problems": "partners for distribution and new markets",
    }


CLOSED = [
    *(("motion", each) for each in Motion), *(("owner", each) for each in Owner), *(("business", each) for each in Business),
    *(("expansion", each) for each in Expansion), *(("compliance", each) for each in Compliance), *(("problems", [each]) for each in Problem),
    *(("in_place", [each]) for each in Move), *(("direct_predictable", each) for each in (True, False)), *(("implementation_heavy", each) for each in (True, False)), *(("committed_spend", each) for each in (True, False)),
    *(("partners.signed", n) for n in (0, 1, 2)), *(("partners.mapped", n) for n in (0, 1, 2)), ("partners.active", 1), *(("programme_age_months", n) for n in (0, 1, 2)),
    *(("metrics.x", {"value": 1, "unit": each, "currency": None}) for each in Unit),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), CLOSED, ids=str)
def test_no_value_is_without_words(path: str, value: object) -> None:
    assert words(path, value, ADVISOR.wording())


def dated(day: date) -> Client:
    return FULL.model_copy(update={"facts": {key_of(path): Fact(origin="file", stated_on=day) for path in facts_of(FULL)}})


def test_facts_are_old_from_the_ninety_first_day_on_and_what_happened_never_is() -> None:
    day = date(2026, 8, 27)
    client = dated(day)
    assert aged(client, date(2026, 11, 25), 90) == {}
    old = aged(client, date(2026, 11, 26), 90)
    assert list(old) == [day]
    assert {*facts_of(client)} - {*old[day]} == {"business", "in_place", "decided", "fx.USD"}


def test_old_facts_are_asked_about_first_and_the_question_holds_before_the_check() -> None:
    advisor = Advisor(today=lambda: date(2026, 11, 26))
    client = dated(date(2026, 1, 5))
    (first, *_) = advisor.assess("", client).questions
    assert "2026-01-05" in first.ask
    answer = advisor.ask("Should we launch tiers?", client)
    assert first.ask in answer.answer.questions or "2026-01-05" in answer.answer.questions[0]
    assert not [removed for removed in answer.verification.removed if "2026-01-05" in removed.text]
