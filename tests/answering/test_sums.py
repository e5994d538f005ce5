"""Questions with numbers in them: the first sentence is the result, with its formula, and no sum is wrong."""

from __future__ import annotations

import pytest

from advisor import Advisor, Answer
from advisor.answering import advise, briefing
from advisor.domain import Ask, AskKind, Client

RIGHT = [
    ("We pay 12% for a referral, average deal 22k a year. What does a partner earn on three deals?", ["7,920", "3 × 22,000 × 12 %"]),
    ("is 10% of an 8k deal worth a consultant's time if it costs them about 6 hours at 140/h?", ["133.33", "8,000 × 10 % ÷ 6", "350–420"]),
    ("Partner manager costs us 95k, ACV 18k, gross margin 78%, we pay 15% commission. How many deals until he pays for himself?", ["9 deals", "95,000 ÷ (18,000 × 78 % − 18,000 × 15 %)"]),
    ("if i pay 15% sourced and half of that influenced, what do i owe for 4 sourced deals a 30k and 7 influenced a 25k", ["31,125", "18,000", "13,125"]),
    ("PRM 9.600 a year, last year they brought 14 deals with ACV 12k. What's the tool cost per deal?", ["685.71", "5.7 %"]),
    ("Does a reseller on 25% margin leave us anything? List price 60k, our delivery cost 21k, support 4k, onboarding by us 9k.", ["11,000", "45,000"]),
    ("Our partner programme cost 240k last year and brought in 410k new ARR. What's the payback? GM 80%", ["8.8 months", "328,000", "0.37"]),
    ("what would a partner need to close per year to make 50k with us, at 20% first year commission and 9k ACV", ["28 deals", "1,800"]),
    ("An agency spends 4 hrs per lead, one in five closes, our fee is 1,500 flat. Does it pay off for them if their day rate is 960?", ["75", "120 (960 ÷ 8)", "8 hours"]),
    ("We have 40 partners, 22% register something each quarter, 1.4 deals each, win rate 30%, deal size 16k. How much new ARR is that in a year?", ["236,544"]),
    ("Moving from 10 to 15 percent commission: how much more do we pay on 1.2M partner sourced bookings, and how many extra deals at 24k would cover it?", ["60,000", "3 deals"]),
    ("5M ARR, want 10% of it partner sourced, ACV 14k, partner win rate 28%. How many opps do we need?", ["128 opportunities", "36 deals"]),
    ("Commission one-off first year 20% or recurring 10% for lifetime? Our churn is 9% p.a., ACV 17k", ["3,400", "18,888.89"]),
    ("partner brought 84k ACV deal, 15% sourced. but my AE had a call before the partner. so influenced? what do i owe", ["12,600", "6,300"]),
    ("refs cost us 12% on 18k deals and we close 40 a year through partners, whats the bill with a 75k partner manager", ["86,400", "161,400"]),
    ("flat 2k per referral or 10% first year? deals between 8 and 60k", ["20,000", "800", "6,000"]),
    ("20 partners, 7 of them brought something in last 90 days. good bad?", ["35 %"]),
    ("our partner generated 3 deals: 12k, 18k and 30k. At 10% how much do we pay?", ["6,000 ((12,000 + 18,000 + 30,000) × 10 %)"]),
    ("affiliate gets 20% recurring on 200 a month plan, what do they make from 15 customers in a year?", ["7,200"]),
    ("Distributor takes 15%, reseller takes 25%, list price is 40k. What do we net?", ["25,500"]),
    ("Each partner closes 3 deals a year at 20k. How many partners do I need for 1.2M?", ["20 partners"]),
    ("our programme costs 180k a year, brings 500k in new ARR, gross margin 80%, programme is 2 years old. roi?", ["1.22 times", "2–3 times"]),
    ("Our reseller wants 30% plus 5% rebate on $50k deals. What do we keep?", ["32,500", "50,000 × (1 − (30 % + 5 %))"]),
    ("What does the partner get: 20% plus 10% bonus on €80k?", ["24,000", "80,000 × (20 % + 10 %)"]),
    ("10% referral fee plus 20% reseller margin on €50k. What do we keep?", ["35,000"]),
    ("Reseller bekommt 30 % plus 5 % Rückvergütung auf 50.000 €. Was bleibt uns?", ["32.500"]),
    ("Reseller margin 20%, referral commission 10%, list price 50k. What do we keep?", ["36,000", "35,000 (50,000 × (1 − (20 % + 10 %)))"]),
    ("Wir zahlen 1.200 € pro qualifiziertem Lead, Aufwand beim Berater ca. 7 Std., Tagessatz 1.400 € (8 h). Reicht das?", ["171,43", "437,5–525", "1.400 ÷ 8"]),
    ("10 Mio ARR, ACV 24k, Bruttomarge 78 %, eine Stelle 95 TEUR voll, Tool 8 TEUR, Provision 15 %. Ab wie vielen Deals rechnet sich das?", ["7 Deals", "(95.000 + 8.000) ÷ (24.000 × 78 % − 24.000 × 15 %)"]),
    ("One manager 95k all-in, Kiflo 8k, commissions 42k, 5k MDF. That gave 10 new partner sourced customers, ACV 36k each. Direct CAC is 21k. Are partners cheaper?", ["15,000", "21,000"]),
    ("Standard commission is 4,000 for our reps. What does the rep get on partner-sourced and co-sold deals?", ["3,000–3,200", "4,000", "2,000"]),
]  # fmt: skip


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> object:
    """Asks a question as a sum, whatever its words are read as."""
    monkeypatch.setattr(briefing, "aimed", lambda asked, *_: asked)
    monkeypatch.setattr(advise, "routed", lambda text, *_: (Ask(kind=AskKind.SUM, text=text),))
    advisor = Advisor()
    return lambda text, **client: advisor.ask(text, client=Client(**client)) if client else advisor.ask(text)


@pytest.mark.parametrize(("text", "shown"), RIGHT, ids=[text[:60] for text, _ in RIGHT])
def test_the_sum_comes_out_right_and_every_figure_of_it_holds(ask, text: str, shown: list[str]) -> None:  # type: ignore[no-untyped-def]
    answer: Answer = ask(text)
    assert [part for part in shown if part not in answer.text] == []
    assert answer.verification.removed == ()


@pytest.mark.parametrize(("text", "asked"), [
    ("Is it worth it for the partner?", "What is paid per deal"), ("fee 1,200 per referral, six hours. worth it?", "for the same hours elsewhere"),
    ("Partner manager 95k, ACV 18k, 15% commission, break even?", "gross margin"), ("target 2M from partners with 35k deals, how many opps?", "opportunities close"),
])  # fmt: skip
def test_what_a_sum_lacks_is_asked_for(ask, text: str, asked: str) -> None:  # type: ignore[no-untyped-def]
    assert any(asked in question for question in ask(text).answer.questions)


def test_two_currencies_without_a_rate_make_no_sum(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("They get $500 per referral, spend 5 hours and bill €120 an hour. Enough?")
    assert "USD and EUR" in answer.text
    assert "÷" not in answer.text


@pytest.mark.parametrize("text", [
    "What margin do resellers get? ARR €20M, ACV $60k.", "We sell at £30k, margin 80%, commission €4,000. What is left?", "ACV 40k USD, partner manager salary 90k EUR. How much commission is left?",
    "Unsere Dealgröße liegt bei 40.000 CHF, Provision 4.000 €. Wie viel Prozent sind das?", "Partner manager 90k EUR, ACV 40k USD, margin 80%. Break-even in deals?",
])  # fmt: skip
def test_without_a_rate_two_currencies_are_named_and_never_set_one_to_one(ask, text: str) -> None:  # type: ignore[no-untyped-def]
    reply = ask(text)
    assert "rate you gave" not in reply.text
    assert "Kurs, den Sie genannt" not in reply.text
    assert any("Which exchange rate" in question or "welchem Wechselkurs" in question for question in reply.answer.questions)


def test_a_deal_known_in_another_currency_is_no_part_of_the_sum(ask) -> None:  # type: ignore[no-untyped-def]
    text = ask("Partner manager 90k EUR, margin 80%, commission 10%. Break-even in deals?", acv="40k USD").text
    assert "40,000" not in text
    assert "÷" not in text


@pytest.mark.parametrize(("text", "shown"), [
    ("Partner manager 90k EUR, ACV 40k USD, margin 80%, commission 10%. Break-even in deals? Take 0.9 euro per dollar.", ["4 deals", "€90,000 is $100,000 at the rate you gave (90,000 ÷ 0.9)"]),
    ("They get $500 per referral, spend 5 hours and bill €120 an hour. Enough? 1 USD = 0.90 EUR.", ["€90 an hour", "$500 is €450 at the rate you gave (500 × 0.9)"]),
    ("Manager 90k CHF, ACV 40k USD, commission 10%. How many deals to break even? 1 CHF = 1.05 EUR and 1 USD = 0.9 EUR", ["90,000 × 1.05 ÷ 0.9", "3 deals"]),
])  # fmt: skip
def test_a_rate_said_in_the_message_puts_two_currencies_into_one_sum(ask, text: str, shown: list[str]) -> None:  # type: ignore[no-untyped-def]
    answer: Answer = ask(text)
    assert [part for part in shown if part not in answer.text] == []
    assert answer.verification.removed == ()


def test_a_deal_that_leaves_nothing_never_pays_for_a_manager(ask) -> None:  # type: ignore[no-untyped-def]
    assert "Never" in ask("Partner manager 95k, ACV 18k, gross margin 30%, commission 35%. How many deals to break even?").text


def test_a_number_that_could_not_be_read_is_named(ask) -> None:  # type: ignore[no-untyped-def]
    assert "I could not tell what “25” stands for" in ask("salary 85k plus 25 bonus, sourced revenue 150k at 80% margin. paid off?").text
