"""The shape of an answer: every question answered, the verdict first, one sentence at the end that says what to do, nothing beside the point."""

from __future__ import annotations

from functools import cache

import pytest

from advisor import Advisor, Answer
from advisor.answering.playbook import load as playbook
from advisor.domain import AskKind, ClaimKind, Move, Stance
from advisor.library.glossary import terms
from advisor.library.phrases import LANGUAGES
from advisor.rules.book import load as load_rules


@cache
def advisor() -> Advisor:
    return Advisor()


@cache
def told(message: str) -> Answer:
    return advisor().ask(message)


def closing(message: str) -> str:
    """The answer's one sentence at the end, or nothing."""
    heads = ("**In one sentence**", "**In short**", "**In einem Satz**", "**Kurz gesagt**")
    after = [told(message).text.partition(head)[2] for head in heads if head in told(message).text]
    assert len(after) <= 1, told(message).text
    return after[0].strip().split("\n")[0] if after else ""


BESIDE_A_GAP = {
    "Two agencies both want to be exclusive in Austria. What do I say to them? And what commission is fair for renewals?": ("exclusivity", "10–20 %"),
    "We are at €1.5M ARR and an integrator wants an exclusive for Switzerland. Do we give it to him, and what commission is normal in the first year?": ("exclusivity", "10–20 %"),
    "Zwei Agenturen wollen beide Gebietsschutz für Bayern. Geben wir ihn? Und welche Provision ist üblich?": ("Exklusivität", "10–20 %"),
}


def test_what_a_question_goes_on_from_with_and_is_answered_too() -> None:
    answer = told("A reseller wants exclusivity for healthcare. And what margin is usual for resellers?")
    assert "exclusivity" in answer.text
    assert "20–40 %" in answer.text


def test_a_few_words_that_lean_on_the_question_before_are_no_question_of_their_own() -> None:
    assert len(told("which co-selling play for an account where the partner's customer uses our competitor? and who leads the call?").asks) == 1


def test_an_owner_with_another_job_is_told_what_the_stage_needs() -> None:
    first = told("We have 9M EUR ARR, nobody for partners. CEO says the CMO can do it on the side. ok?").answer.claims[0]
    assert first.kind is not ClaimKind.REFUSAL
    assert {*first.moves} & {Move.ASSIGN_OWNER, Move.FIRST_PARTNER_HIRE}


@pytest.mark.parametrize(("message", "said"), BESIDE_A_GAP.items())
def test_a_question_beside_one_that_no_source_answers_is_answered(message: str, said: tuple[str, str]) -> None:
    assert all(part in told(message).text for part in said), told(message).text
    assert len(told(message).answer.abstained_on) == 1


def test_two_questions_that_no_source_answers_are_both_declined() -> None:
    answer = told("How many partners can one partner manager look after, and what does such a person cost?")
    assert len(answer.answer.abstained_on) == 2
    assert "salary" in answer.text


@pytest.mark.parametrize("mark", ["?", ""])
def test_two_questions_in_one_sentence_are_both_answered_with_or_without_a_mark(mark: str) -> None:
    answer = told(f"how much do I pay a referral partner, and do I need a PRM at 4M{mark}")
    assert {ask.kind for ask in answer.asks} == {AskKind.HOW_MUCH, AskKind.WHICH_TOOL}
    assert "10–20 %" in answer.text
    assert Move.NO_TOOLING in answer.answer.recommended_moves


DECIDES = [
    "Two agencies both want to be exclusive in Austria. What do I say to them?",
    "Our rep sourced the deal, the partner only mentioned a name. Do they get credit for it?",
    "How do we get our sales reps to stop ignoring partners? They fear for their commission.",
    "Our CEO wants 25 % of revenue from partners by the end of the year, the programme is 9 months old. Realistic?",
    "Do we need a PRM at €4M ARR?",
    "Brauchen wir bei 4 Mio. € ARR ein PRM?",
]


@pytest.mark.parametrize("message", DECIDES)
def test_an_answer_that_decides_closes_with_one_sentence_on_what_to_do(message: str) -> None:
    short = closing(message)
    assert len(short.split()) > 8, told(message).text
    before = told(message).text.partition(short)[0]
    assert short.split(" [")[0] not in before


@pytest.mark.parametrize("message", ["What does EQL mean?", "What share of revenue do partners bring in mature programmes?"])
def test_a_definition_or_a_bare_figure_closes_with_no_such_sentence(message: str) -> None:
    assert closing(message) == ""


def test_the_closing_sentence_leaves_out_no_kind_of_partner_that_the_first_one_recommends() -> None:
    question = "we need to get into the Nordics w/o opening an office. €12M arr, mid touch, 35k acv. reseller or referral?"
    first = told(question).text.split("\n\n")[0]
    recommended = {kind for kind in ("referral partners", "consulting partners", "regional resellers", "technology partners") if kind in first}
    assert {"referral partners", "regional resellers"} <= recommended
    assert all(kind in closing(question) for kind in recommended)


@pytest.mark.parametrize(
    "message",
    [
        "Which attribution model should we use at 30M ARR and what numbers do we report?",
        "Are there examples of companies that grew through partners?",
        "What evidence is there that partners make deals bigger or faster?",
    ],
)
def test_no_refusal_stands_above_a_text_that_answers(message: str) -> None:
    claims = told(message).answer.claims
    assert claims[0].kind is not ClaimKind.REFUSAL
    assert "cannot confirm" not in claims[0].text
    assert len(claims) > 1


def test_what_hangs_on_an_open_stage_is_no_refusal_at_the_same_time() -> None:
    answer = told("our partner asks whether he may resell our product to his own customers. may he?")
    assert "From there on other things decide" in answer.text
    assert "not yet" not in answer.text.lower()
    assert len(answer.answer.questions) == 1
    assert "ARR" in answer.answer.questions[0]


def test_a_verdict_that_an_open_fact_would_give_names_the_fact_and_asks_for_it() -> None:
    answer = told("we have 12M ARR, want to build integration with salesforce, hubspot and sap at once. good plan?")
    assert "how you sell" in answer.answer.claims[0].text
    assert len(answer.answer.questions) == 1


@pytest.mark.parametrize("message", ["Do we need a PRM at 4M ARR?", "How does account mapping work at 20M ARR?", "Should we launch tiers at 25M ARR?"])
def test_a_currency_that_changes_no_stage_is_said_in_passing(message: str) -> None:
    assert "recent years" not in told(message).text
    assert told(message).text.count("currency") + told(message).text.count("exchange rate") <= 1


def test_a_figure_wanted_for_itself_is_followed_by_no_other_benchmark() -> None:
    assert "90–120 days" not in told("We're at €8M ARR, programme 12 months old. What share of revenue from partners is normal?").text
    assert "90–120 days" in told("We're at €8M ARR, programme 12 months old. Can I promise the board a share of revenue from partners?").text


def test_nothing_is_asked_on_which_no_part_of_the_answer_hangs() -> None:
    assert told("Do we need a PRM at €4M ARR? We have six referral partners.").answer.questions == ()
    assert told("Which attribution model should we use at 30M ARR and what numbers do we report?").answer.questions == ()


@pytest.mark.parametrize(
    "message",
    [
        "How does account mapping with Crossbeam work and how often should we do it? 20M ARR",
        "we need to get into the Nordics w/o opening an office. 12M arr, mid touch, 35k acv. reseller or referral?",
        "Wir haben 6 Mio ARR, 4 Partner, keiner bringt was. Brauchen wir erst ein Tool oder erst einen Partnermanager?",
    ],
)
def test_no_label_of_a_verdict_stands_inside_the_text(message: str) -> None:
    labels = ("Fits:", "Needed first:", "Your call:", "Passt:", "Zuerst nötig:", "Ihre Entscheidung:")
    assert not [claim.text for claim in told(message).answer.claims[1:] if claim.text.startswith(labels)]


def test_an_open_question_is_not_answered_with_yes() -> None:
    answer = told("We already launched Gold/Silver/Bronze in January. €3.5M ARR, 11 partners signed, zero deals since. What now?")
    assert not answer.answer.claims[0].text.startswith("Yes")


def test_the_clients_own_deal_size_is_read_back_whatever_else_it_counts() -> None:
    answer = told("client: 28M ARR, enterprise, ACV 90k. they signed 40 partners last year, 6 of them have ever brought a deal. what do i tell the CRO on monday")
    assert answer.verification.removed == ()
    assert "90,000" in answer.text


def test_a_deal_size_told_as_a_fact_is_no_question_about_deal_sizes() -> None:
    assert "larger" not in told("we pay our referral partners 5% and nobody sends anything. ACV 40k, ARR 8M. raise it?").text


def test_every_rule_names_its_heading_and_row_as_the_document_prints_them() -> None:
    library, book = advisor().library, load_rules()
    rows = {**book.rows, **book.decision_rows}.values()
    places = {row.source for row in rows if library.sources[row.source.partition(":")[0]].kind == "document"}
    assert sorted(source for source in places if source.partition(":")[2] not in library.sources[source.partition(":")[0]].places) == []


def test_a_price_that_the_document_does_not_date_gets_no_date() -> None:
    library = advisor().library
    prices = [record for record in library.benchmarks.values() if record.metric == "tool_price"]
    assert prices
    assert all("does not date" in record.caution for record in prices)
    assert [passage.id for passage in library.passages.values() if "early 2026" in passage.text] == []


def test_a_word_that_no_document_has_is_referred_to_none() -> None:
    assert {term.term for term in terms().values() if term.source_doc == "house"} >= {"MRR", "TCV", "GRR", "PDR"}


def test_every_closing_sentence_belongs_to_something_that_can_answer() -> None:
    library, book, plans = advisor().library, load_rules(), playbook()
    methods = {id_.partition("#")[0] for id_ in library.passages} | {name.removeprefix("method.") for name in plans.short.values()}
    known = {"gap": {*plans.gaps}, "decided": {*book.decisions}, "method": methods, "figure": {*plans.topics}, "ask": {*(move.value for move in Move), "freeze_tool"}}
    for language in LANGUAGES:
        keys = [key.split(".", 3)[2:] for key in advisor().library.in_language(language).phrases if key.startswith("answers.short.")]
        assert [key for key in keys if key[0] in known and key[1] not in known[key[0]]] == []
    named = [name for name in plans.short.values() if name]
    assert [name for name in named if f"answers.short.{name}" not in library.phrases] == []
    assert {*plans.short} <= {*library.passages}


def test_no_closing_sentence_advises_what_the_rules_refuse() -> None:
    for message in DECIDES:
        short = [claim for claim in told(message).answer.claims if claim.text == closing(message).split(" [")[0]]
        assert all(claim.stance is not Stance.ADVISE or not {*claim.moves} & {*told(message).assessment.forbidden_moves} for claim in short)


def test_a_figure_that_a_passage_repeats_is_referred_to_the_row_that_it_comes_from() -> None:
    answer = told("How do I pay my sales reps on partner deals and co-sell?")
    places = {citation.n: citation.place for citation in answer.citations}
    shown = {use.text: places[use.citation] for claim in answer.answer.claims for use in claim.figures if use.citation}
    assert shown["75–80 %"].endswith("Partner deal compensation › Partner-sourced leads")
    assert shown["50 %"].endswith("Partner deal compensation › Partner-closed deals")
    assert shown["100 %"].endswith("Co-sold deals")


def test_advice_on_a_tool_is_referred_to_the_table_of_tools_and_not_to_the_stage_table_alone() -> None:
    answer = told("Do we need a PRM at €4M ARR?")
    places = {citation.n: citation.place for citation in answer.citations}
    assert [places[n] for n in answer.answer.claims[0].citations if "Tool Selection by Stage › <€5M ARR" in places[n]]


def test_the_size_that_asks_for_a_partner_manager_is_referred_to_the_question_that_names_it() -> None:
    answer = told("Should we hire a full Partner Manager? We're at €3M ARR.")
    places = {citation.n: citation.place for citation in answer.citations}
    said = next(claim for claim in answer.answer.claims if "€15 million" in claim.text)
    assert [places[n] for n in said.citations if "5. WHO WILL OWN THIS?" in places[n]]
