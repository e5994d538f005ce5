"""What a message describes is answered before any stage is asked about: a review, a shallow integration, marketing that is booked already."""

from __future__ import annotations

import pytest

from advisor import Advisor, library, rules
from advisor.answering import playbook

ADVISOR = Advisor()
STAGE = ("hangs on your ARR", "depends on your ARR", "90-day programme")


def first(text: str) -> str:
    answer = ADVISOR.ask(text)
    assert answer.verification.removed == ()
    assert not any(words in answer.text for words in STAGE)
    return answer.text


@pytest.mark.parametrize("text", [
    "need an agenda for the first QBR with our top partner next week, they did 4 deals with us worth 140k", "What should be on the agenda for a quarterly business review with a reseller? They closed 3 deals for 90k.",
    "First partner review meeting on Thursday. What do we go through with them?", "How do I structure a QBR with our biggest partner, we are at 7M ARR?",
    "What topics do we put on the table in our first quarterly review with a reseller?", "How to prep a business review with our biggest referral partner?",
])  # fmt: skip
def test_the_agenda_of_a_review_is_the_partner_s_row_of_the_scorecard(text: str) -> None:
    assert first(text).startswith("**Build the agenda on the partner's own row of the scorecard")


@pytest.mark.parametrize("text", [
    "our integration with Hubspot is a simple one-way contact sync. partner mgr wants to go on co-selling w/ them. thoughts", "We only push contacts one way into Salesforce. Our partner lead wants to start co-selling with them now. Good idea?",
    "Integration with Pipedrive: nightly export of accounts, nothing else. Can we begin joint selling?", "We have a basic data sync with a CRM vendor and they propose co-selling. Should we say yes?",
    "Zapier-style connector that only moves contacts to their CRM. They suggest we sell together. What do you think?",
])  # fmt: skip
def test_a_plain_data_sync_is_deepened_before_selling_together(text: str) -> None:
    told = first(text)
    assert told.startswith("**Deepen the integration first")
    assert "depth Level 1" in told
    assert "6.2 times" in told


def test_an_integration_that_saves_work_is_proved_on_a_few_accounts() -> None:
    assert first("our integration with Hubspot lets an event in their system trigger actions in ours. we want to start co-selling. thoughts?").startswith("**Begin on a few joint accounts")


@pytest.mark.parametrize("text", [
    "we decided to start with joint webinars and a press release w/ our new tech partner, I know you say dont, its booked for 3 weeks from now. how do we make the best of it",
    "The press release with our new integration partner goes out in two weeks, that is settled against your advice. How do we get the most out of it?",
    "Against our consultant's advice we have booked a joint launch event with a technology partner next month. What should we prepare?",
    "I know you would advise against it, but the co-branded webinar is already scheduled for the 12th. What makes it a success?",
    "Press release with the new partner is already signed off for next Tuesday, too late to argue. What now?",
])  # fmt: skip
def test_marketing_that_is_booked_is_made_the_best_of_and_no_overruled_advice_replayed(text: str) -> None:
    told = first(text)
    assert told.startswith("**Use the date as it stands")
    assert "months 10–12" not in told


def test_an_integration_that_feels_like_one_product_is_sold_together() -> None:
    assert first("Our product and theirs show up in one single interface. Ready for co-selling?").startswith("**Go ahead on a few named accounts")


@pytest.mark.parametrize("text", ["Should we book a joint webinar with our new partner?", "Which partners get a business review first?", "Our integration with DATEV goes live in six weeks. How do we plan the joint launch with them? 11M ARR.", "What is co-selling?", "Do you have a partner QBR template?"])
def test_a_question_that_only_shares_a_word_is_no_occasion(text: str) -> None:
    assert not any(words in ADVISOR.ask(text).text for words in ("Use the date as it stands", "Build the agenda", "Deepen the integration first"))


def test_every_occasion_names_passages_records_tables_and_rows_that_exist() -> None:
    shelf, book = library.load(), rules.load()
    for occasion in playbook.load().occasions.values():
        assert {id_ for part in occasion.parts for id_ in part.passages} <= {*shelf.passages}
        assert {*occasion.records} <= {*shelf.benchmarks}
        rows = {row.id.rpartition(".")[2] for row in book.decisions[occasion.decision].rows} if occasion.decision else set()
        assert {row for part in occasion.parts for row in part.rows} <= rows
