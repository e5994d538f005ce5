"""Every number of a message with its kind and its role; a number nobody explained keeps none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from advisor.intake import numbers

SAID: list[tuple[str, dict[str, float | Decimal]]] = [
    ("our fee is 1,500 flat, they spend 4 hrs per lead, one in five closes and their day rate is 960", {"fee": 1500, "effort": 4, "close": 20, "day_rate": 960}),
    ("We give 8% on 90k, they bill 210 chf and spend ~35h per deal", {"commission": 8, "base": 90_000, "rate": 210, "effort": 35}),
    ("PRM 9.600 a year, 14 deals with ACV 12k", {"cost": 9600, "deals": 14, "deal": 12_000}),
    ("Moving from 10 to 15 percent commission on 1.2M partner sourced bookings", {"commission": 10, "commission+": 15, "revenue": 1_200_000}),
    ("reseller on 25% margin, list price 60k, delivery cost 21k, support 4k, onboarding by us 9k", {"reseller": 25, "deal": 60_000, "delivery": 21_000, "support": 4000, "onboarding": 9000}),
    ("gross margin 78%, 15% commission, churn 9%, win rate 28%", {"margin": 78, "commission": 15, "churn": 9, "close": 28}),
    ("it takes a day and a half and they charge 140/h", {"effort": Decimal("1.5"), "rate": 140}),
    ("close rate = 0.35, fee = 1800", {"close": 35, "fee": 1800}),
    ("4 sourced deals a 30k and 7 influenced a 25k", {"sourced": 4, "deal": 30_000, "influenced_deals": 7, "deal+": 25_000}),
    ("he gets fifteen hundred euros and twenty-five percent commission", {"fee": 1500, "commission": 25}),
    ("partner manager 75k", {"cost": 75_000}),
    ("6 hours in 2024 for Q1 and 24/7 support", {"effort": 6}),
    ("2 FTEs at 110k each plus 25k tools", {"people": 2, "cost": 110_000, "cost+": 25_000}),
    ("AE base commission 10%, partner 15%, the reseller takes 20% and AWS keeps 3%", {"rep_rate": 10, "commission": 15, "reseller": 20, "fee_share": 3}),
    ("340 overlaps, 60 of them are our open opps", {"whole": 340, "leads": 60}),
    ("40 partners and 9 brought a deal", {"partners": 40, "some": 9}),
    ("partners brought 80 opps, we won 28", {"leads": 80, "deals": 28}),
    ("12 deals worth 360k", {"deals": 12, "revenue": 360_000}),
    ("420k of our 2.8M bookings", {"revenue": 420_000, "whole_money": 2_800_000}),
    ("win rate direct 18%, with partners 27%", {"close": 18, "close+": 27}),
    ("our COGS is 20%", {"cogs": 20}),
    ("eight hundred thousand in partner pipeline", {"pipeline": 800_000}),
    ("how many deals until a 100k partner hire pays off", {"cost": 100_000}),
    ("our reseller wants 30% plus 5% rebate on $50k deals", {"reseller": 30, "added": 5, "deal": 50_000}),
    ("the partner gets 20% plus 10% bonus on €80k", {"commission": 20, "added": 10, "base": 80_000}),
    ("10% referral fee plus 20% reseller margin on €50k", {"reseller": 10, "added": 20, "base": 50_000}),
    ("The reseller gets 25% margin and a 5% back-end rebate", {"reseller": 25, "added": 5}),
    ("Reseller bekommt 30 % plus 5 % Rückvergütung auf 50.000 €", {"reseller": 30, "added": 5, "base": 50_000}),
    ("Händlermarge 25 %, zuzüglich 3 % Werbekostenzuschuss, Listenpreis 60.000 €", {"reseller": 25, "added": 3, "deal": 60_000}),
    ("Reseller margin 30% plus 5% bonus if they hit target", {"reseller": 30, "": 5}),
    ("Händlermarge 30 % plus 5 % Bonus ab 500 TEUR Umsatz", {"reseller": 30, "": 5, "revenue": 500_000}),
    ("They invest 8 hours and get €2,000, rate 300/h", {"effort": 8, "fee": 2000, "rate": 300}),
    ("Er investiert 8 Stunden und verdient 2.000 €, sein Stundensatz liegt bei 150 €", {"effort": 8, "fee": 2000, "rate": 150}),
    ("We invest 8 hours and get €2,000", {"effort": 8, "deal": 2000}),
    ("He works 8 hours, and we get 20k deals", {"effort": 8, "deal": 20_000}),
    ("Tagessatz 1.400 € (8 h), Aufwand 7 Std.", {"day_rate": 1400, "day_length": 8, "effort": 7}),
    ("Only one of five partners has brought a deal, fee is 500 EUR", {"active": 20, "fee": 500}),
    ("They get 500 EUR, one in five closes", {"fee": 500, "close": 20}),
    ("We spend 280k a year (2 people, PRM, commissions)", {"cost": 280_000, "part": 2}),
    ("20% first year plus 5% recurring, deal 20k", {"commission": 20, "commission+": 5, "deal": 20_000}),
    ("gross margin 80% plus 10% commission", {"margin": 80, "commission": 10}),
    ("distributor takes 15% plus reseller 25%", {"distributor": 15, "reseller": 25}),
    ("15% on sourced plus 5% on influenced", {"commission": 15, "influenced": 5}),
    ("rep gets 8% plus 15% for the partner on an 80k deal", {"rep_rate": 8, "commission": 15, "deal": 80_000}),
]


@pytest.mark.parametrize(("text", "roles"), SAID, ids=[text for text, _ in SAID])
def test_numbers_get_the_role_their_words_give_them(text: str, roles: dict[str, float | Decimal]) -> None:
    found: dict[str, Decimal] = {}
    for item in numbers(text):
        found[item.role if item.role not in found else f"{item.role}+"] = item.value
    assert found == roles


@pytest.mark.parametrize(("text", "qualifiers"), [
    ("12% on sourced and 6% on influenced", ["sourced", "influenced"]), ("4 sourced deals avg 40k, 7 influenced avg 55k", ["sourced", "sourced", "influenced", "influenced"]),
    ("deals via partner average 38k, direct 30k", ["partner", "direct"]), ("20% once or 8% recurring", ["once", "yearly"]), ("sourced 15%, influenced 5%", ["sourced", "influenced"]),
])  # fmt: skip
def test_numbers_of_one_kind_are_told_apart_by_the_words_of_their_own_piece(text: str, qualifiers: list[str]) -> None:
    assert [item.qualifier for item in numbers(text)] == qualifiers


def test_a_number_without_a_telling_word_keeps_no_role() -> None:
    assert [(item.role, item.value) for item in numbers("salary 85k plus 25 bonus")] == [("cost", Decimal(85_000)), ("", Decimal(25))]


def test_an_exchange_rate_is_no_input_of_a_sum() -> None:
    assert [item.role for item in numbers("the fee is 500 USD, 1 USD = 0.92 EUR")] == ["fee"]
