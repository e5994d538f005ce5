"""A message that describes one deal, partner or integration is answered by the row of the table that decides it."""

from __future__ import annotations

from functools import cache

import pytest

from advisor import Advisor, Answer, library, rules
from advisor.answering import playbook
from advisor.answering.brief import Brief
from advisor.answering.ground import ground
from advisor.answering.select import Selection
from advisor.answering.shelf import Shelf
from advisor.answering.described import described
from advisor.answering.slots.decisions import row_claims
from advisor.domain import Ask, AskKind, Client, EvidenceKind, Reading
from advisor.testing import MemoryRetriever

BOOK = rules.load()
CLIENTS = {"nobody known": {}, "small": {"arr": "3M EUR"}, "first programme": {"arr": "8M EUR", "direct_predictable": False}, "large": {"arr": "90M EUR"}}
ANSWERED = {
    "We closed a deal that a partner had only mentioned. Do we owe commission?": "deal_credit.late",
    "A partner claims a deal after it closed. What now?": "deal_credit.late",
    "Our rep opened the deal and the partner joined two calls. What commission do we pay?": "deal_credit.influenced_open",
    "Our AE sourced it, the partner just mentioned the name. Do they get credit for the deal?": "deal_credit.mention",
    "They registered after the first meeting, which commission rate applies?": "registration_rate.after_first_meeting",
    "The partner registered the deal in late evaluation. Which rate do we pay?": "registration_rate.late_stage",
    "Is $120k a Gold or a Silver partner?": "tier_by_revenue.gold",
    "A partner sourced $25,000 last year. Which tier is that?": "tier_by_revenue.silver",
    "Which co-selling play fits when the customer already uses our partner's product?": "co_selling_play.expansion",
    "Two of us claim the same account, nobody registered, but the partner knows the decision maker better. Who gets it?": "account_conflict.partner_deeper",
    "Should we launch joint marketing in month 5 of the partnership?": "revenue_first.process",
    "What do our reps get on co-sold deals?": "rep_pay.co_sold",
    "Our integration only syncs data, is that enough?": "integration_depth.data_sync",
    "Our prospect is our partner's customer, what do we do?": "overlap.prospect_customer",
    "Should we outsource our product marketing strategy to an agency?": "outsourcing.keep",
    "Partner says they should get paid because they told us about the account once. Our SDR booked the first meeting.": "deal_credit.mention",
    "An agency introduced us to the buyer and registered the deal. Sourced or influenced?": "deal_credit.sourced_registered",
    "Our partner registered the deal but our rep is fighting over the same account. Who wins?": "account_conflict.registered",
    "How much commission if a partner registers the deal before we have any contact with the customer?": "registration_rate.before_contact",
    "A partner brought $500k, is that gold or platinum?": "tier_by_revenue.platinum",
    "Partner's customer uses a competitor, which play do we run?": "co_selling_play.displacement",
    "What does the AE get when the partner closes the deal?": "rep_pay.partner_closed",
    "We and the partner both target the same prospect, how do we handle it?": "overlap.prospect_prospect",
    "The customer is ours and the partner's prospect. What do we do?": "overlap.customer_prospect",
    "Week 3 of onboarding a new partner, what should happen now?": "onboarding_week.certification",
    "How often should we map accounts, and what is done each quarter?": "mapping_cadence.quarterly",
    "Should we hire an agency for digital ad campaigns? They can do it cheaper.": "outsourcing.outsource",
    "Partner earns 3.5x its opportunity cost. Too much?": "partner_profit.above",
}
NOT_ASKED = [
    "We're at €3M ARR, boss wants Gold/Silver/Bronze tiers by March. Direct sales is lumpy tbh. What do I tell him?",
    "Client = $3.2M ARR. Boss wants gold, silver and bronze partner tiers. What's the reply?",
    "We have signed 5 partners and closed 3 deals. What commission do we pay referral partners?",
    "Is it safe to send a partner our customer list?",
    "Quarterly mapping came back: 26 overlaps that fit really well, client does 34M CHF. Who does what with it, and by when?",
    "Our consultants get 1,500 € per referral that closes. They put in about 6 hours and bill 180 €/h elsewhere. Deals are 24k a year. Enough?",
]


@cache
def advisor() -> Advisor:
    return Advisor()


@cache
def told(question: str) -> Answer:
    return advisor().ask(question)


@pytest.mark.parametrize("question", ANSWERED)
def test_the_answer_opens_with_the_row_that_decides(question: str) -> None:
    answer = told(question)
    wanted = f"decision.{ANSWERED[question]}"
    numbers = {citation.n for citation in answer.citations if citation.id == wanted and citation.kind is EvidenceKind.RULE}
    assert numbers, answer.text
    assert numbers & set(answer.answer.claims[0].citations)
    assert not answer.answer.abstained


@pytest.mark.parametrize("question", NOT_ASKED)
def test_a_message_about_something_else_is_left_to_the_other_parts(question: str) -> None:
    assert [table.id for table in BOOK.decisions.values() if described(question, table)] == []


def test_two_tier_schemes_stand_beside_each_other_with_their_sources() -> None:
    cited = {citation.id: citation.source_doc for citation in told("Is $120k a Gold or a Silver partner?").citations}
    assert (cited["decision.tier_by_revenue.gold"], cited["decision.tier_illustrated.gold"]) == ("002", "001")


def test_two_values_of_one_input_lead_to_the_row_that_tells_both() -> None:
    table = BOOK.decisions["rep_pay"]
    inputs = described("What do our reps get on co-sold, sourced and partner-closed deals?", table)
    assert table.row_for(inputs).name == "unknown"


def brief(**client: object) -> Brief:
    catalogue, known = library.load(), Client.model_validate(client)
    wording = catalogue.wording("", BOOK.thresholds)
    assessment = rules.assess(known, BOOK, wording)
    shelf = Shelf(catalogue, BOOK, wording, {**known.view(), "stage": assessment.stage.id})
    ask = Ask(kind=AskKind.HOW_TO, text="")
    selection = Selection(ask, catalogue, shelf.facts, MemoryRetriever, ())
    return Brief(ask, Reading(client=known), assessment, selection, shelf, wording, playbook.load(), "", MemoryRetriever)


@pytest.mark.parametrize("name", CLIENTS)
def test_every_row_is_grounded_in_itself_and_advises_nothing_that_the_rules_refuse(name: str) -> None:
    of = brief(**CLIENTS[name])
    stage, withheld = of.assessment.stage.id, []
    for row in BOOK.decision_rows.values():
        if row.table == "mapping_way" and stage not in row.when.get("stage", []):
            continue  # a row for another stage than the client's
        draft = list(row_claims(of, row))
        evidence = {id_: of.shelf.take(id_) for claim in draft for id_ in claim.evidence}
        result = ground(draft, evidence, question="", client=of.client, forbidden=frozenset(of.assessment.forbidden_moves))
        withheld += [(row.id, removed.text, removed.reason) for removed in result.verification.removed]
    assert withheld == []


def test_a_row_can_be_cited_by_each_of_its_columns() -> None:
    of = brief()
    evidence = of.shelf.take("decision.signal.conflict")
    assert "The Partner Manager owns it." in evidence.also
    assert (evidence.source_doc, evidence.locator, evidence.kind) == ("000", "doc-000:signals/row-5", EvidenceKind.RULE)


def test_our_additions_are_printed_as_ours() -> None:
    evidence = brief().shelf.take("decision.overlap.customer_prospect")
    assert (evidence.source_doc, evidence.evidence_class) == ("house", "house_rule")
