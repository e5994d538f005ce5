"""An answer does not contradict itself, draws what follows from the numbers told, and says whose edge or deadline it is."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


@pytest.mark.parametrize("question", ["Should we certify our resellers? 30M EUR, no deals yet", "Brauchen wir ein Zertifizierungsprogramm für unsere Implementierungspartner? 24 Mio. € ARR, 7 Partner"])
def test_no_step_asks_for_the_certification_first_that_the_verdict_puts_after_deals(question: str) -> None:
    text = ADVISOR.ask(question).text
    assert "deals come after" not in text
    assert "Deals kommen danach" not in text
    assert "once deals have proven" in text or "sobald Deals das Modell belegt haben" in text


def test_a_kind_of_partner_that_the_motion_puts_later_is_said_to_be_brought_forward_by_the_expansion() -> None:
    answer = ADVISOR.ask("We go to France and Italy, 12M EUR ARR, enterprise deals of 80k EUR. Which partners first?")
    assert "regional resellers come later" in answer.text
    assert "comes first where you expand, so begin with regional resellers there" in answer.text
    assert answer.verification.removed == ()


def test_the_age_of_a_registration_decides_between_two_partners_and_shows_its_sum() -> None:
    question = 'Two resellers both claim the same account, one registered {} ago, the other has "known the CIO for years". Who gets it?'
    young, old = (ADVISOR.ask(question.format(age)) for age in ("5 weeks", "20 weeks"))
    assert young.text.startswith("**It goes to the one who registered first: 5 weeks")
    assert "5 weeks are 35 days (5 × 7)" in young.text
    assert old.text.startswith("**Neither by registration alone: 20 weeks")
    assert "20 weeks are 140 days (20 × 7)" in old.text
    assert "your own sales team and a partner" in young.text or "48 hours" not in young.text
    assert (young.verification.removed, old.verification.removed) == ((), ())


def test_the_deadline_for_a_conflict_with_a_rep_stands_without_a_word_on_two_partners() -> None:
    text = ADVISOR.ask("Our own rep and a reseller both work on the same account. What now?").text
    assert "48 hours" in text
    assert "between two partners" not in text


def test_facts_that_lead_to_no_stage_are_read_back_only_where_the_answer_rests_on_the_stage() -> None:
    assert "depends on your ARR" not in ADVISOR.ask("Partner sourced is 12 % of revenue, influenced 20 %. CEO wants to report 32 % to investors. ok?").text
    assert "hangs on ARR" not in ADVISOR.ask("we pay agencies 12% recurring, deals are 9k/yr. Why does nobody send anything?").text


def test_an_edge_that_no_source_names_is_said_to_be_our_own() -> None:
    text = ADVISOR.ask("8.5M EUR ARR. CRO wants to sign 40 resellers at once. Should we?").text
    assert "(our view)" in text.split("\n")[0]
    assert "that edge is this advisor's own" in text


def test_a_share_of_results_comes_with_the_share_of_partners_that_brings_it() -> None:
    text = ADVISOR.ask("one reseller does 64% of all our channel revenue. what now? 17 partners").text
    assert "20 % of the partners" in text
    assert "80 % of the results" in text
