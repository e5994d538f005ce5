"""The first sentence answers what was asked of this client: its own number, its own size, its own need, its own direct sales."""

from __future__ import annotations

from functools import cache

import pytest

from advisor import Advisor, Answer
from advisor.domain import AskKind, ClaimKind, Owner


@cache
def advisor() -> Advisor:
    return Advisor()


def asked(question: str) -> Answer:
    return advisor().ask(question)


def said(reply: Answer) -> str:
    return reply.text.replace("\u202f", " ").replace("\u00a0", " ")


def first(reply: Answer) -> str:
    return said(reply).split("\n\n")[0]


@pytest.mark.parametrize("question", [
    "We're a 22M EUR ARR vendor, enterprise motion. Should we add resellers this year or put the money into SI co-delivery?",
    "Should we invest the euros into enablement or into more partners? 9M EUR ARR",
])  # fmt: skip
def test_money_for_a_kind_of_partner_is_no_investment_advice(question: str) -> None:
    assert asked(question).assessment.in_scope
    assert "investment advice" not in said(asked(question))


@pytest.mark.parametrize("question", ["Which of these vendors should our family office put 4 million into?", "should i put my savings into one of those PRM vendors?"])
def test_money_for_a_vendors_shares_is(question: str) -> None:
    assert "investment advice" in said(asked(question))


def test_a_number_of_the_clients_own_is_held_against_its_column_and_no_claim() -> None:
    reply = asked("Partner-sourced revenue is 18% of total after 30 months. Are we behind?")
    assert "the 18 % you name" in first(reply), said(reply)
    assert "15–25 %" in first(reply), said(reply)


def test_a_figure_of_a_board_deck_is_placed_in_the_column_of_the_programmes_age() -> None:
    reply = asked("Our board deck says partner-sourced revenue should be 25% of total in the second year. 12M EUR ARR, programme 20 months old. Is that figure right for us?")
    assert "15–25 %" in first(reply), said(reply)
    assert "combine_attribution" not in reply.answer.advised_against


def test_win_rates_of_the_clients_own_are_no_figures_passed_on() -> None:
    reply = asked("Partner win rate is 41%, direct is 22%. What do we do with that?")
    assert reply.answer.recommended_moves[0] == "invest_in_partners", said(reply)
    assert "marketplace" not in said(reply)


def test_a_share_of_deal_size_is_no_win_rate() -> None:
    reply = asked("Deal size goes up 60% with partners, right? We're one year in.")
    assert not reply.assessment.client.metrics
    assert reply.assessment.client.programme_age_months == 12
    assert "32 %" in said(reply)


def test_a_partner_manager_waits_for_direct_sales_that_hold() -> None:
    reply = asked("We sell through MSPs only, 9M EUR ARR, and our direct sales forecast is a coin flip. Do we hire a channel manager?")
    assert first(reply).startswith("**Not yet"), said(reply)
    assert "partner_manager_hire" in reply.answer.advised_against
    assert "fix_direct_first" in reply.answer.recommended_moves


def test_a_partner_organisation_asked_for_by_name_is_answered_first() -> None:
    assert "partner organisation" in first(asked("55M EUR ARR, enterprise. Is it time for our own partner org or can two partner managers still do it?"))


def test_a_need_for_data_in_the_union_decides_the_tool_before_the_stage() -> None:
    reply = asked("Which PRM should we get? 18M EUR ARR, mid-market, and we need EU data residency.")
    assert first(reply).startswith("**Choose Introw"), said(reply)


@pytest.mark.parametrize("question", ["Our partner manager also does marketing, we're at 17M EUR ARR. Is that enough?", "Unser Partner-Manager macht auch noch Marketing, wir sind bei 17 Mio. € ARR. Reicht das?"])
def test_a_partner_manager_with_a_second_job_is_shared(question: str) -> None:
    assert asked(question).assessment.client.owner is Owner.SHARED


def test_who_asks_whether_to_stop_gets_no_tool() -> None:
    reply = asked("Unser Programm läuft seit 4 Monaten, noch kein Deal. Abbrechen? 8 Mio. € ARR.")
    assert "6–12 Monate" in said(reply), said(reply)
    assert "PRM" not in first(reply), said(reply)


def test_investors_are_no_publisher() -> None:
    assert "was not Investors" not in said(asked("Investors say partner CAC should be $150. We see 600. What's wrong with us?"))


def test_a_figure_on_a_number_of_partners_that_the_client_has_not_is_refused_first() -> None:
    assert first(asked("We have 5 partners and want 291% more pipeline. Realistic?")).startswith(("**Not for you", "**Right number, wrong company"))


def test_a_figure_that_does_not_fit_has_the_nearest_that_may_beside_it() -> None:
    assert "9.4 %" in said(asked("Can I promise +37% win rate to the board? We've signed three partners and started in spring."))


@pytest.mark.parametrize("question", [
    "Our consultants receive $1,200 for each referral that closes, it takes them 4 hours and they bill $150/h otherwise. Deals are $20k a year. Is that enough?",
    "Unsere Berater bekommen 1.500 € je abgeschlossener Empfehlung, brauchen etwa 6 Stunden und nehmen sonst 180 €/h. Reicht das?",
    "Ein Partner bekommt 10 % von 20.000 € und braucht dafür 5 Stunden; sonst verdient er 220 € pro Stunde. Lohnt es sich für ihn?",
])  # fmt: skip
def test_what_an_hour_of_a_partner_earns_is_worked_out_in_other_words_and_in_german(question: str) -> None:
    reply = asked(question)
    assert reply.asks[0].kind is AskKind.SUM
    assert "÷" in first(reply), said(reply)


@pytest.mark.parametrize("question", [
    "Our AE and a partner both claim the Siemens account. Who gets it?", "Mapping with a partner showed 34 good overlaps. What next?", "Our T1 partner has been below pipeline target for two months.",
])  # fmt: skip
def test_a_signal_is_summed_up_by_what_to_do_what_not_yet_and_what_to_find_out(question: str) -> None:
    short = [claim.text for claim in asked(question).answer.claims if "find out" in claim.text or "to find out" in claim.text]
    assert any(word in " ".join(short[-1:]) for word in ("not yet", "no general rule", "do not")), short


@pytest.mark.parametrize("question", [
    "4M EUR, PLG tool, a big agency wants a 30% lifetime rev share on everyone they send. fair?",
    "4M EUR PLG. A referral partner wants a 30% lifetime revenue share. Fair?",
])  # fmt: skip
def test_a_share_that_a_partner_wants_is_held_against_commissions_whatever_the_client_sells(question: str) -> None:
    reply = asked(question)
    assert "10–20 %" in said(reply), said(reply)
    assert not {"no_tooling", "referral_partners"} & {*reply.answer.recommended_moves}


def test_the_share_of_revenue_from_partners_is_no_commission() -> None:
    assert asked("What revenue share from partners is normal in year two? 9M EUR ARR").asks[0].topics == ("sourced_share",)


@pytest.mark.parametrize("question", ["Where is the operations skill?", "Do you have the benchmark file that the framework refers to?"])
def test_files_that_the_sources_only_name_are_said_to_be_missing(question: str) -> None:
    reply = asked(question)
    assert reply.answer.abstained
    assert "are missing here" in first(reply), said(reply)


@pytest.mark.parametrize(("question", "motions"), [
    ("Should we start with resellers or with integrations? 7M EUR ARR", ["self-serve product starts with technology", "Sales-assisted deals", "channel-heavy"]),
    ("Reseller oder Integrationspartner zuerst? 7 Mio. Euro ARR", ["Self-Service-Produkt beginnt", "Vertriebsunterstützte Deals", "channel-lastiger"]),
    ("Which partners should we recruit first? 9M EUR ARR", ["self-serve product starts with technology", "Sales-assisted deals", "Enterprise deals", "channel-heavy"]),
])  # fmt: skip
def test_while_nobody_told_how_the_client_sells_each_motion_gets_its_partners_and_is_asked_for_first(question: str, motions: list[str]) -> None:
    claims = asked(question).answer.claims
    bullets = [claim.text for claim in claims if any(motion in claim.text for motion in motions)]
    assert all(motion in bullet for motion, bullet in zip(motions, bullets, strict=True))
    open_ = [claim.text for claim in claims if claim.kind is ClaimKind.QUESTION and claim.text.endswith("?")]
    assert any(word in open_[0].lower() for word in ("reseller", "channel"))


@pytest.mark.parametrize("question", [
    "3 SIs, zero pipeline after a year, 28M EUR ARR enterprise. Sign two more?",
    "14 partners signed, 2 active. Recruit another ten? 22M EUR ARR",
    "our three resellers bring nothing, should we add five? 20M EUR ARR",
    "Wir haben 6 Partner, keiner davon bringt etwas. Noch zwei dazu? 9 Mio. EUR ARR",
])  # fmt: skip
def test_further_partners_wait_while_those_that_are_there_bring_nothing(question: str) -> None:
    reply = asked(question)
    assert first(reply).startswith(("**Not yet: recruiting further partners waits", "**Noch nicht: Die Gewinnung weiterer Partner wartet")), said(reply)
    assert not {"recruit_5_10", "recruit_15_30", "si_partners", "resellers"} & {*reply.answer.recommended_moves}
    assert "0 of them" not in said(reply)


@pytest.mark.parametrize("question", ["Portal first or person first? 12M EUR ARR, 6 partners.", "Erst Portal oder erst Person? 12 Mio. EUR ARR, 6 Partner."])
def test_person_or_tool_first_is_answered_by_naming_one(question: str) -> None:
    assert first(asked(question)).startswith(("**The person first", "**Erst die Person"))


def test_a_commission_for_life_is_about_the_commission_whoever_quarrels_over_it() -> None:
    reply = asked("Our partner lead wants to give every agency 15% for life, CFO hates it. 9M EUR self-serve. Who's right?")
    assert first(reply).startswith("**Whoever wants the fee to end after the first year has the sources on their side"), said(reply)
