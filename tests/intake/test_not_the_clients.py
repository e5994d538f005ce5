"""Amounts, counts and times of a story that are not the client's, beside those that are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from advisor import Advisor

ADVISOR = Advisor()


def told(message: str) -> dict[str, Any]:
    """The facts read from a message, without their origin."""
    client = ADVISOR.assess(message).client.model_dump(mode="json", exclude_defaults=True)
    facts = {name: value for name, value in client.items() if name not in {"facts", "region", "in_place", "problems", "crm", "metrics"}}
    return {name: value["amount"] if isinstance(value, dict) and "amount" in value else value for name, value in facts.items()}


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("QBR mit unserem grössten SI (ca. 1,4 Mio EUR gemeinsamer Umsatz) am Donnerstag.", {}),
        ("We did 2.1M joint revenue with Deloitte last year.", {}),
        ("31 gemeinsame Kunden mit dem Partner, rund 1,1 Mio ARR. Was jetzt?", {}),
        ("31 joint customers with that partner, about 1.1M ARR, we are at 9M ARR", {"arr": 9_000_000}),
        ("No tiers before 15M ARR I said, we are at 8M EUR ARR", {"arr": 8_000_000}),
        ("Ab 5 Mio. ARR stellen wir ein, heute 3,2 Mio. € ARR", {"arr": 3_200_000}),
        ("We went from 3M ARR last year to 5M ARR now", {"arr": 5_000_000}),
        ("We had 3M ARR before and now 5M ARR", {"arr": 5_000_000}),
        ("we do about 5M ARR at 18k ACV direct", {"arr": 5_000_000, "acv": 18_000}),
        ("Do we show 100k or 70k revenue then?", {}),
        ("we got 400k ARR from partners last year", {}),
        ("The gold partner drops to silver in January, he missed the exam but made 410k revenue", {}),
        ("How do I work out one partner? I have 310k ARR through him and 30% margin", {}),
        ("Nach 14 Monaten kommen erst 190k ARR aus Partnern", {}),
        ("The founder wants gold and silver because a competitor has them. They are at £3.8m ARR, ACV around 22k.", {"arr": 3_800_000, "acv": 22_000}),
    ],
)
def test_amounts_of_somebody_else_or_of_another_time_are_no_arr(message: str, facts: dict[str, Any]) -> None:
    assert told(message) == facts


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("Two resellers regged the same logo, my AE swears he's been on it since January.", {}),
        ("Zwei Partner registrieren denselben Kunden.", {}),
        ("We have two resellers who want more margin", {"partners": {"signed": 2}}),
        ("Letztes Mal waren es 40 Slides und keiner hat was entschieden, was gehört ins QBR?", {}),
        ("8 Partner, keiner hat was gebracht", {"partners": {"signed": 8, "active": 0}}),
        ("He met two agencies at a meetup and wants a partner page. 300k EUR ARR", {"arr": 300_000}),
        ("Do we go for 5 VARs directly or prove our own motion first?", {}),
        ("Die Marketingchefin verspricht 500 Affiliates bis Sommer.", {}),
        ("450.000 € ARR, er will Händler, weil der Wettbewerber angeblich 200 Händler hat.", {"arr": 450_000}),
        ("72 signed partners, 4 partner opps open and two of those are dead.", {"partners": {"signed": 72}}),
        ("24 Partner ongeboardet, 7 haben innert 6 Monaten mindestens einen Lead gebracht.", {"partners": {"signed": 24, "active": 7}}),
    ],
)
def test_partners_of_whom_a_story_is_told_are_not_counted(message: str, facts: dict[str, Any]) -> None:
    assert told(message) == facts


@pytest.mark.parametrize(
    ("message", "held"),
    [
        ("Is the marketplace fee worth it if maybe a third of our enterprise buyers have committed spend to burn?", True),
        ("Worth it where maybe 5 customers so far asked to burn down their AWS commit?", True),
        ("Is AWS marketplace right for us if customers have committed spend?", None),
    ],
)
def test_committed_spend_is_told_in_the_question_that_weighs_it(message: str, held: bool | None) -> None:
    assert ADVISOR.assess(message).client.committed_spend is held


@pytest.mark.parametrize(
    ("message", "inside"),
    [
        ("can you knock out a 5 step cold outbound sequence to CFOs for the same client?", False),
        ("not a partner thing sorry but why do opps in Salesforce flip back to Omitted?", False),
        ("Kannst du mir eine Outbound-Sequenz für CFOs schreiben?", False),
        ("Should reps mention partner overlap in cold emails?", True),
        ("A partner shared a screenshot of the pricing page, what now?", True),
    ],
)
def test_other_sales_work_lies_outside(message: str, inside: bool) -> None:
    assert ADVISOR.read(message).in_scope is inside


@pytest.mark.parametrize(
    ("message", "currency"),
    [
        ("Client: 780k ARR in GBP, ACV £6k", "GBP"),
        ("The tool is 28k USD a year. We have 1.1m ARR", "USD"),
    ],
)
def test_an_arr_without_a_sign_takes_the_currency_that_stands_behind_it_or_that_of_the_other_amounts(message: str, currency: str) -> None:
    answer = ADVISOR.ask(f"{message}. Should we have tiers?")
    arr = ADVISOR.assess(message).client.arr
    assert arr is not None
    assert arr.currency == currency
    assert "read as euro" not in answer.answer.text


@pytest.mark.parametrize(
    ("message", "months"),
    [("Programme turned 12 months last week.", 12), ("The partner programme turned 2 years old in May.", 24)],
)
def test_a_programme_that_turned_so_many_months_is_no_older(message: str, months: int) -> None:
    assert ADVISOR.assess(message).client.programme_age_months == months


def test_whose_people_sell_is_told_apart_from_a_dealer_s() -> None:
    client = ADVISOR.assess("All inbound and self serve. A medical equipment dealer with 60 reps wants to bundle us.").client
    assert client.motion == "plg"


@pytest.mark.parametrize(
    ("message", "signed"),
    [
        ("A Deloitte partner says they can bring 10 deals. We have 3.2M ARR and 2 CSMs.", None),
        ("Vor einem Jahr hatten wir 20 Partner, jetzt 33.", 33),
        ("Two years ago we had 40 partners, now 12.", 12),
        ("Letztes Jahr hatten wir 12 Partner, jetzt sind es 30.", 30),
    ],
)
def test_partners_of_an_earlier_time_and_the_digits_of_an_amount_are_not_those_who_are_signed(message: str, signed: int | None) -> None:
    client = ADVISOR.assess(message).client
    assert client.partners.signed == signed
    assert client.programme_age_months is None


def test_what_partners_serve_themselves_is_no_way_of_selling() -> None:
    assert ADVISOR.assess("Enterprise, €150M ARR, 600 resellers. Put the small ones on a self-serve tier?").client.motion == "enterprise"
    assert ADVISOR.assess("€9M ARR, 40 partners, a self-service portal for them.").client.motion is None


def test_where_a_pipeline_stands_and_what_a_partner_is_are_not_the_clients() -> None:
    assert ADVISOR.assess("I need partner pipeline of $2M by the end of Q1, currently at 350k.").client.arr is None
    assert ADVISOR.assess("We're $5M ARR, they're a 3,000 person consultancy.").client.business != "consultancy"
    assert ADVISOR.assess("Partner program missed its target by 60%.").client.direct_predictable is None
    assert ADVISOR.assess("Seit Januar kommen 65 % der Partnerleads von einer Agentur.").client.programme_age_months is None


def test_the_company_that_somebody_joined_is_the_client() -> None:
    client = ADVISOR.assess("Took over a company at 8M EUR ARR that has always been direct. Where do I start?").client
    assert client.arr is not None
    assert client.arr.amount == 8_000_000


@pytest.mark.parametrize(
    "message",
    [
        "We pay 15% for life on referrals and it's now 380k a year going out to agencies.",
        "Procurement just found out. Renewal is $480k in November.",
        "Die Pipeline sieht ordentlich aus, 1,1 Mio. offen.",
        "Der Partner will Gebietsschutz. Umsatz mit ihm letztes Jahr 90.000 €.",
    ],
)
def test_what_goes_out_is_renewed_or_is_sold_with_a_partner_is_no_arr(message: str) -> None:
    client = ADVISOR.assess(message).client
    assert client.arr is None
    assert client.motion is None


def test_shares_people_and_budgets_of_something_else_are_no_facts_of_the_programme() -> None:
    churn = ADVISOR.assess("Churn on partner-sold customers is 24% vs 11% direct.").client
    assert "win_rate_direct" not in churn.metrics
    assert ADVISOR.assess("Should partnerships report to the CRO? The CRO started in January.").client.programme_age_months is None
    assert ADVISOR.assess("Das Partnerteam möchte 600k Budget, davon 200k für Events und MDF.").client.tool_budget is None
    assert ADVISOR.assess("Haben vor 5 Monaten ein Partnerprogramm gelauncht, 9 Verträge, 0 Deals.").client.programme_age_months == 5


@pytest.mark.parametrize(("message", "business"), [("What would you tell a 12 person agency that asks for leads in return?", None), ("We're a 12 person agency, which partners?", "consultancy"), ("I run a 2 person consultancy and my client wants to launch a partner programme", None)])
def test_an_agency_that_asks_for_something_is_not_the_client(message: str, business: str | None) -> None:
    assert told(message).get("business") == business


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("Kunde hat 12 gemappte Partner, 38 Mio ARR.", {"arr": 38_000_000, "partners": {"mapped": 12}}),
        ("Mein Kunde hat 8 Mio ARR und 4 Partner", {"arr": 8_000_000, "partners": {"signed": 4}}),
        ("Kunde hat 9 Partner. 14 Mio ARR. Sollen wir Stufen einführen?", {"arr": 14_000_000, "partners": {"signed": 9}}),
        ("Hallo, Kunde hat einen Partnermanager und 22 Partner, ARR 9 Mio", {"arr": 9_000_000, "owner": "dedicated", "partners": {"signed": 22}}),
        ("Situation: Kunde hat 11 Mio ARR, 22 Partner", {"arr": 11_000_000, "partners": {"signed": 22}}),
        ("Meine Kunden haben 12 Partner", {}),
        ("Der Kunde hat 180 Partner, 40 Mio ARR. Lohnt ein PRM?", {"arr": 40_000_000, "partners": {"signed": 180}}),
        ("ein Kunde hat uns 8 Mio gezahlt", {}),
        ("unser größter Kunde hat 300 Mitarbeiter und 12 Mio ARR", {}),
        ("Mein größter Kunde hat 12 Partner und 12 Mio ARR", {}),
        ("Unser Kunde macht mit seinem Partner 4 Mio ARR", {}),
        ("Mein Kunde hat bei uns 4 Mio ARR gebucht", {}),
        ("Partner hat einen Deal registriert. Kunde hat 12 Mio ARR und 30 Partner.", {}),
        ("Kunde hat 300 Mitarbeiter und 12 Mio ARR. Wir haben 4 Partner.", {"partners": {"signed": 4}}),
    ],
)
def test_the_client_of_one_who_advises_is_told_apart_from_a_customer_of_the_firm(message: str, facts: dict[str, Any]) -> None:
    assert told(message) == facts


@pytest.mark.parametrize(
    ("message", "counts"),
    [
        ("Partner: 4", {"signed": 4}),
        ("Partner: 4 Fragen dazu", None),
        ("7 partners, all mapped", {"signed": 7, "mapped": 7}),
        ("9 Partner, alle gemappt", {"signed": 9, "mapped": 9}),
        ("Nur 4 von 55 Partnern sind in Crossbeam verbunden", {"signed": 55, "mapped": 4}),
        ("Only 4 of our 55 partners are connected in Crossbeam", {"signed": 55, "mapped": 4}),
        ("We had 14 partners, 11 left us", {"signed": 3}),
        ("Wir hatten 20 Partner, 6 haben gekündigt", {"signed": 14}),
        ("We had 14 partners, 11 left", None),
        ("4 agencies already refer to us informally, no agreements", None),
        ("4 agencies refer to us. No agreements.", None),
        ("zwei Beratungshäuser empfehlen uns formlos", None),
        ("9 partners signed, no contracts reviewed yet", {"signed": 9}),
        ("Wir laden 80 Agenturen ein", None),
        ("100 agencies applied", None),
        ("40 agencies come to our fair", None),
        ("We have 40 partners, 12 replied to the survey", {"signed": 40}),
        ("recruit the ten partners", None),
        ("60 VARs by December", None),
        ("50 partners is our goal", None),
        ("40 Partner bis Ende 2027", None),
        ("52 Partner haben abgesagt, 2 zugesagt", None),
        ("We have between 8 and 60 partners", None),
        ("Zwischen 20 und 30 Partner", None),
        ("My partner manager has 41 partners.", {"signed": 41}),
        ("6M, two partners, no agreement about data", {"signed": 2}),
        ("half of our 20 partners are mapped", {"signed": 20}),
        ("40 agencies on our wish list", None),
        ("We know 30 consultancies", None),
        ("Our biggest reseller signed 3 years ago", None),
        ("Der Kunde hat sich beschwert, 3 Partner sind beteiligt", None),
        ("Our partner Foo has 300 partners of its own. We have two.", {"signed": 2}),
        ("Unser Partner Bechtle hat 800 Partner. Wir haben 12 Partner.", {"signed": 12}),
        ("We hired 3 partner people", None),
    ],
)
def test_partners_invited_wished_for_informal_or_of_somebody_else_are_not_signed(message: str, counts: dict[str, int] | None) -> None:
    assert told(message).get("partners") == counts


@pytest.mark.parametrize(
    ("message", "months"),
    [
        ("Partner programme: two and a half years", 30),
        ("programme in its fourth year", 42),
        ("Partnerprogramm im vierten Jahr", 42),
        ("Wir arbeiten seit drei Jahren mit Partnern", 36),
        ("Our client's programme is 3 years old", 36),
        ("The partner programme was 4 years old when we shut it down; we restarted 5 months ago", 5),
        ("After 18 months our partners bring 4 deals", 18),
        ("T1-Partner liegt seit zwei Monaten unter Pipeline-Ziel", None),
        ("Der Partner schweigt seit 3 Monaten", None),
        ("Zwei Partner sind seit einem Jahr inaktiv", None),
        ("Registrierung (6 Wochen alt) eines Partners", None),
        ("A partner deal is 3 months old", None),
        ("Das Programm ruht seit 4 Monaten", None),
        ("Our agency's partner programme is 5 years old, ours is new", None),
        ("Das Partnerprogramm unserer Agentur ist 5 Jahre alt, unseres ist neu", None),
        ("Der Partner ist seit 2 Jahren bei uns", None),
    ],
)
def test_the_age_of_a_deal_of_one_partner_or_of_somebody_else_s_programme_is_not_that_of_the_programme(message: str, months: int | None) -> None:
    assert told(message).get("programme_age_months") == months


@pytest.mark.parametrize(("today", "months"), [(date(2026, 11, 28), 4), (date(2026, 8, 3), 13), (date(2026, 3, 1), 8)])
def test_last_summer_is_the_one_that_is_over(today: date, months: int) -> None:
    assert Advisor(today=lambda: today).assess("Referral programme runs since last summer, 14M ARR.").client.programme_age_months == months


@pytest.mark.parametrize(
    ("message", "owner"),
    [
        ("one partner manager since last year", "dedicated"),
        ("9M ARR, one partner manager, 20 partners", "dedicated"),
        ("1 FTE partner manager", "dedicated"),
        ("one manager for partners", "dedicated"),
        ("Partner team: 4 people", "dedicated"),
        ("2,5 FTE im Partnerteam", "dedicated"),
        ("Partnerteam 4 Leute", "dedicated"),
        ("1 Person kümmert sich um Partner", "dedicated"),
        ("ein Partner Manager + ein halber RevOps", "dedicated"),
        ("I took over partnerships as my full-time job", "dedicated"),
        ("AEs look after their own partners", "shared"),
        ("macht unser Marketingleiter mit 20 % seiner Zeit", "shared"),
        ("Das macht unser CSM mit", "shared"),
        ("our partner manager just resigned", "none"),
        ("Unser Partnermanager hat gerade gekündigt", "none"),
        ("I took over partnerships", None),
        ("our first partner manager starts on the 1st", None),
        ("Unser Partnermanager startet im Januar", None),
        ("0,5 FTE im Partnerteam", None),
        ("1 Person kümmert sich um Marketing", None),
        ("Unser Kunde macht 38 Mio ARR mit 26 Partnern", None),
        ("How do I word the job ad for our first partner manager?", None),
        ("Was schreibe ich in die Stellenanzeige für unseren ersten Partner Manager?", None),
        ("Our partner lead's sister works at Google", None),
        ("We got a partner lead from Bechtle", None),
        ("the reseller's partner manager called me", None),
        ("Partner quota: 4 deals", None),
        ("Bonus plan for the channel team: 500 euros per contract", None),
        ("Plan: one partner manager, 30 partners", None),
        ("One partner manager per 20 partners is the benchmark", None),
        ("Ein Partner Manager kostet 90k", None),
    ],
)
def test_who_is_sought_comes_later_or_works_for_somebody_else_carries_no_programme(message: str, owner: str | None) -> None:
    assert told(message).get("owner") == owner


@pytest.mark.parametrize(
    ("message", "business"),
    [
        ("3 Mio. € ARR, SaaS. Unsere Beratung sagt, wir sollen Stufen einführen", "b2b_saas"),
        ("3M ARR SaaS. Our agency runs the ads", "b2b_saas"),
        ("We sell SaaS at 4M ARR and our agency charges 5k a month", "b2b_saas"),
        ("Unsere Agentur empfiehlt Gold/Silber", None),
        ("Our agency runs the ads", None),
        ("Unsere Beratung hat uns ein PRM empfohlen", None),
        ("A consultancy I work with (RevOps boutique, 12 people, not a SaaS vendor) wants to set up partnerships", "consultancy"),
        ("Our consultancy helps SaaS vendors with 3M ARR", "consultancy"),
        ("Our agency has 12 people, which vendors should we partner with?", "consultancy"),
        ("Unsere Agentur hat 12 Leute, mit welchen Herstellern arbeiten?", "consultancy"),
        ("Our agency makes 3M revenue", "consultancy"),
    ],
)
def test_an_agency_that_works_for_the_client_is_not_the_client(message: str, business: str | None) -> None:
    assert told(message).get("business") == business


@pytest.mark.parametrize(
    ("message", "motion"),
    [
        ("Enterprise workflow vendor, ACV 140k", "enterprise"),
        ("12M ARR, long enterprise cycles", "enterprise"),
        ("We win deals through public tenders", "enterprise"),
        ("Tenders, legal, works council, it takes long", "enterprise"),
        ("Unsere Deals laufen über öffentliche Ausschreibungen", "enterprise"),
        ("We're based in Italy and sell only through resellers", "channel"),
        ("In Italy we sell only through 3 resellers", None),
        ("In Italien verkaufen wir nur über Händler", None),
        ("For SMBs we sell only through resellers", None),
        ("Our partner brings us tenders", None),
        ("Der Partner hat eine Ausschreibung gewonnen", None),
        ("A tender for a PRM tool", None),
        ("our competitor is an enterprise workflow vendor", None),
    ],
)
def test_how_one_market_is_sold_to_and_a_tender_of_somebody_else_are_no_way_of_selling(message: str, motion: str | None) -> None:
    assert told(message).get("motion") == motion
