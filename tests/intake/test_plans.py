"""What a plan, a goal or a target counts is meant for later: none of it is a fact of the client."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from advisor import Advisor

FACTS = ("signed_partners", "active_partners", "programme_age_months", "owner", "metric_sourced_share")
PLANS: list[tuple[str, dict[str, Any]]] = [
    ("Mein Plan: 1 Partnermanager, 10 Agenturen, 15% Provision, nach 12 Monaten 500k Pipeline. Zu optimistisch? ACV 12k", {}),
    ("Plan for 2027: 8 referral partners, no fee, 300k pipeline after a year, average deal 25k. Too optimistic? We're at 6M ARR", {}),
    ("Unser Plan: erst Tool kaufen, dann 20 Partner anwerben, dann eine Partnerstelle besetzen. Reihenfolge okay?", {}),
    ("Wir wollen nächstes Jahr 20 % vom Umsatz über Partner machen, aktuell 0. ARR 8 Mio. Ist das realistisch?", {}),
    ("Our goal is 25 new partners by June and 1M pipeline from them. 22M ARR, 12 partners today. Feasible?", {"signed_partners": "12 partners"}),
    ("10 agencies and 400k pipeline after a year, realistic?", {}),
    ("Draft: Q1 sign 6 resellers. Q2 train them. Q3 12 partners and a partner manager. What do you think?", {}),
    ("The board expects 15 partners and 20 deals after 12 months. We have 4 partners.", {"signed_partners": "4 partners"}),
    ("Ziel: 30 Partner bis Dezember. Wir haben heute 9 Partner. Machbar?", {"signed_partners": "haben heute 9 Partner"}),
    ("Der Vorstand erwartet 12 Agenturen und nach 12 Monaten 20 % vermittelten Umsatz.", {}),
]


@pytest.mark.parametrize(("said", "facts"), PLANS, ids=[said[:50] for said, _ in PLANS])
def test_a_plan_tells_no_facts(said: str, facts: dict[str, str]) -> None:
    read = Advisor(today=lambda: date(2026, 11, 24)).ask(said).assessment.client.facts
    assert {name: read[name].quote for name in FACTS if name in read} == facts


@pytest.mark.parametrize(("said", "facts"), [
    ("is 30% realistic for a programme that is 12 months old?", {"programme_age_months"}),
    ("What is a realistic activation rate for a programme that is one year old?", {"programme_age_months"}),
    ("Q3 was on plan. We have 12 partners, and the programme is two years old.", {"signed_partners", "programme_age_months"}),
    ("Wir haben 14 Partner und arbeiten nach Plan, das Programm läuft seit zwei Jahren.", {"signed_partners", "programme_age_months"}),
])  # fmt: skip
def test_facts_beside_a_goal_stay_facts(said: str, facts: set[str]) -> None:
    assert facts <= {*Advisor(today=lambda: date(2026, 11, 24)).ask(said).assessment.client.facts}


def test_revenue_that_a_plan_sets_out_to_reach_is_no_arr() -> None:
    facts = Advisor(today=lambda: date(2026, 11, 24)).ask("Wir haben uns 1 Mio. Umsatz über 5 Systemhäuser vorgenommen, Auftragswert ca. 40k. Zu hoch gegriffen?").assessment.client
    assert facts.arr is None
    assert facts.acv is not None
