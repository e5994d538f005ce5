"""Figures half remembered, sources that disagree, and what no source holds: questions frozen before the program was run on them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor import Advisor, Answer
from advisor.answering.spelled import shortened
from advisor.answering.slots.numbers import split_cautions
from advisor.domain import Benchmark, EvidenceClass

EVALS = Path(__file__).parents[2] / "evals"
KINDS = {
    EvidenceClass.VENDOR_SURVEY: "survey", EvidenceClass.VENDOR_PLATFORM_DATA: "platform", EvidenceClass.VENDOR_COMMISSIONED: "commissioned",
    EvidenceClass.UNTRACEABLE: "untraceable", EvidenceClass.SINGLE_CASE: "case", EvidenceClass.ANNUAL_REPORT: "report",
    EvidenceClass.PRACTITIONER: "practitioner", EvidenceClass.ANALYST: "analyst", EvidenceClass.ILLUSTRATION: "sample",
}  # fmt: skip


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in yaml.safe_load((EVALS / f"{name}.yaml").read_text(encoding="utf-8"))["cases"]]


@cache
def advisor() -> Advisor:
    return Advisor()


def said(reply: Answer) -> str:
    """The answer without its list of sources, abbreviations as the records have them."""
    return shortened(" ".join(claim.text for claim in reply.answer.claims), advisor().library.in_language(reply.language))


def first_sentence(reply: Answer) -> str:
    """The first claim, and the next where it runs on behind a colon."""
    first, second = (*(claim.text for claim in reply.answer.claims[:2]), "")[:2]
    return shortened(f"{first} {second}" if first.endswith(":") else first, advisor().library.in_language(reply.language))


def tells_evidence(reply: Answer, record: Benchmark) -> bool:
    """Whether the answer says what kind of evidence stands behind the record: as its caution says, or as the phrase for its class."""
    phrases = advisor().library.phrases
    kind = KINDS[record.evidence_class]
    ways = [*phrases.get(f"answers.caution.{kind}", ()), *phrases.get(f"answers.claim.{kind}", ()), *split_cautions(record.caution)[:1]]
    return any(way in said(reply) for way in ways)


@pytest.mark.parametrize("case", cases("half_remembered"))
def test_a_half_remembered_figure_is_corrected_in_the_first_sentence_to_the_record_it_comes_from(case: dict[str, Any]) -> None:
    reply, library, corrects = advisor().ask(case["inputs"]["question"]), advisor().library, case["expected_output"]["corrects"]
    cited = {citation.id for citation in reply.citations}
    records = [library.benchmarks[id_] for id_ in corrects["to"]]
    shown = [record for record in records if library.say_record(record.id) in said(reply) and record.id in cited]
    assert shown, said(reply)
    assert any(words.lower() in first_sentence(reply).lower() for words in corrects["says"]), said(reply)
    assert tells_evidence(reply, shown[0]), said(reply)


@pytest.mark.parametrize("case", cases("conflicts"))
def test_sources_that_disagree_are_shown_side_by_side_with_the_reason_and_a_preference(case: dict[str, Any]) -> None:
    reply, library, expected = advisor().ask(case["inputs"]["question"]), advisor().library, case["expected_output"]
    text = said(reply)
    missing = [side for side in expected["conflict"] if not any(library.say_record(id_) in text for id_ in side)]
    assert not missing, text
    assert any(library.say_record(id_) in first_sentence(reply) for id_ in expected["prefers"]), text
    assert all(any(word in text.lower() for word in any_of) for any_of in expected["mentions"]), text
    assert not [figure for figure in expected["never"] if figure in text], text


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("What OTE should I offer a head of partnerships? We're at €18M ARR", "fte-15-50m"),
        ("what's the average churn of partners in fintech? need it for a slide in an hour", "churn-58"),
        ("How many partners can one partner manager handle? €9M ARR", "partners-5-15m"),
        ("win rate in healthcare with partners?", "win-rate-uplift-average"),
        ("How much do companies spend on MDF per partner?", "mdf-gold-quarter-example"),
        ("what share of our revenue should come through AWS marketplace?", "marketplace-meaningful-revenue"),
        ("A reseller wants an exclusive territory for DACH. Which terms are normal?", "protection-window"),
        ("what does it cost to build an integration with Salesforce?", "integration-depth-multiple"),
    ],
)
def test_what_no_source_holds_is_said_first_and_the_nearest_thing_offered(question: str, near: str) -> None:
    reply = advisor().ask(question)
    gaps = {text for key, texts in advisor().library.phrases.items() if key.startswith("answers.gap.") for text in texts}
    assert reply.answer.claims[0].text in gaps
    assert reply.answer.abstained
    assert advisor().library.say_record(near) in said(reply)


def test_a_figure_that_the_documents_hold_is_no_gap() -> None:
    assert not advisor().ask("How long does a certification take?").answer.abstained


@pytest.mark.parametrize("question", ["How do we reduce partner churn?", "What is MDF?", "What is exclusivity on a registered deal?"])
def test_how_to_or_what_it_means_is_no_gap_where_only_a_figure_is_missing(question: str) -> None:
    gaps = {text for key, texts in advisor().library.phrases.items() if key.startswith("answers.gap.") for text in texts}
    assert not gaps & {claim.text for claim in advisor().ask(question).answer.claims}


def test_the_part_that_no_source_holds_is_named_and_the_rest_answered() -> None:
    reply = advisor().ask("Our ARR is €8M. Should we hire a first partner person? And what salary do we pay a partner manager?")
    assert any("salary" in part for part in reply.answer.abstained_on)
    assert advisor().library.say_record("fte-5-15m") in said(reply)


def test_a_sample_number_is_never_given_as_a_benchmark() -> None:
    reply = advisor().ask("What is the average discount for a Gold partner?")
    assert first_sentence(reply).startswith(advisor().library.phrases["answers.figure.only_sample"][0])


def test_a_number_that_a_record_happens_to_have_stays_the_clients_own() -> None:
    reply = advisor().ask("Our activation is 45 % after 90 days with 12 partners. What should we do?")
    assert "HubSpot" not in said(reply)


def test_a_figure_in_another_unit_than_the_one_asked_for_is_no_answer() -> None:
    reply = advisor().ask("How many webinars per quarter with partners?")
    assert reply.answer.abstained
    assert "webinars" in first_sentence(reply)


def test_a_sentence_that_runs_on_behind_a_colon_carries_its_markers_at_the_end() -> None:
    text = advisor().ask("HubSpot says partners close 53% faster").text
    assert ": [" not in text.split("## Sources")[0]


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("can we promise the board 58% better retention?", "churn-58"),
        ("Können wir dem Vorstand 58 % weniger Abwanderung versprechen?", "churn-58"),
        ("Darf ich den Investoren 40 % größere Deals durch Partner zusagen?", "deal-size-growth"),
    ],
)
def test_a_figure_to_be_promised_is_refused_as_a_promise_and_weighed(question: str, record: str) -> None:
    reply = advisor().ask(question)
    library = advisor().library.in_language(reply.language)
    assert reply.answer.claims[0].text in library.phrases["answers.claim.promise"]
    assert library.say_record(record) in said(reply)


def test_a_promise_of_a_figure_that_no_record_has_is_told_what_the_sources_hold() -> None:
    reply = advisor().ask("may I promise management a 291% ROI?")
    assert first_sentence(reply) in advisor().library.phrases["answers.claim.not_held"]
    assert advisor().library.say_record("programme-roi-early") in said(reply)


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("Partner-Deals schließen 46 % schneller, stimmt das?", "cycle-mature"),
        ("Deals mit Partnern sind 60 % schneller durch, ist das belegt?", "co-sold-60-faster"),
        ("Partner senken die Abwanderung um 58 %, stimmt die Zahl?", "churn-58"),
        ("resellers lower churn by 70%, is that documented?", "churn-58"),
    ],
)
def test_a_figure_asked_to_be_true_is_held_against_its_record_before_any_matter(question: str, record: str) -> None:
    reply = advisor().ask(question)
    library = advisor().library.in_language(reply.language)
    assert library.say_record(record) in " ".join(claim.text for claim in reply.answer.claims[:2])


@pytest.mark.parametrize(
    ("question", "goal", "record"),
    [
        ("is 50% of pipeline from partners realistic for year 1? VP promised it", "50 %", "ninety-day-pipeline-share-6-months"),
        ("can partners make up a third of our pipeline after 6 months? CRO committed to it", "33 %", "ninety-day-pipeline-share-6-months"),
        ("Sind 60 % der Pipeline von Partnern im ersten Jahr machbar? Der CEO hat es versprochen", "60 %", "ninety-day-pipeline-share-6-months"),
        ("is a 5x ROI on the partner programme in year one realistic? our VP told the board", "5x", "programme-roi-early"),
    ],
)
def test_a_goal_above_all_that_the_sources_give_is_said_to_be_so_though_the_case_is_open(question: str, goal: str, record: str) -> None:
    reply = advisor().ask(question)
    library = advisor().library.in_language(reply.language)
    assert reply.answer.claims[0].text in {text.replace("{goal}", goal) for text in library.phrases["answers.figure.goal.beyond"]}
    assert library.say_record(record) in said(reply)
    assert "291" not in said(reply)


def test_a_share_that_somebody_promised_is_no_number_of_the_clients() -> None:
    reading = advisor().read("is 50% of pipeline from partners realistic for year 1? VP promised it")
    assert "sourced_share" not in reading.client.metrics


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("Is it true that partner-sourced deals close 50% faster? my VP Sales doesn't believe a word", "sales_cycle"),
        ("is it true that partner deals close 40% faster?", "sales_cycle"),
        ("someone told me partner deals are 50% bigger, true?", "deal_size_uplift"),
        ("stimmt es dass Partnerkunden 50% seltener kündigen", "churn"),
        ("Unser Berater meint, Partnerdeals sind 25 % größer. Stimmt das?", "deal_size_uplift"),
        ("A podcast claimed certified partners sell 2x more. True?", "certification"),
    ],
)
def test_a_number_that_only_records_on_another_subject_have_is_held_against_those_on_its_own(question: str, metric: str) -> None:
    reply, library = advisor().ask(question), advisor().library
    cited = [library.benchmarks[citation.id] for citation in reply.citations if citation.id in library.benchmarks]
    assert {record.metric for record in cited} == {metric}, said(reply)
    assert first_sentence(reply).startswith(("No", "Nein")), said(reply)


@pytest.mark.parametrize(
    ("question", "says", "never"),
    [
        ("Is it right that 60% of sellers use partners daily?", "89 % use partners daily", "threshold"),
        ("Do companies with 10+ partners grow 291% faster?", "291 % more pipeline", "cannot confirm"),
        ("HubSpot makes 45% from partners and we're at 6% after 14 months of the programme. Are we failing?", "45 %", "cannot confirm"),
        ("Plan: 53% of our deals close. Do partner deals close 53% more often?", "53 %", "Plan"),
        ("Wiederverkäufervertrag: 53 % höhere Abschlusswahrscheinlichkeit, stimmt das?", "53 %", "von Wiederverkäufervertrag"),
        ("Gartner says ELG deals close 46% faster. True?", "from Crossbeam", "cannot confirm"),
        ("Can I put '46% faster sales cycle' in the business case? 9 partners, our programme is 24 months old, ARR €17M", "deals close 46 % faster", "Not for you"),
        ("70% of our implementations are done by partners. Good?", "70 %", "Right number"),
        ("Unsere Provision ist 12 %, für beeinflusste 6 %. Passt das?", "50 %", "nicht bestätigen"),
    ],
)
def test_a_claim_is_held_against_what_its_words_say_and_a_common_word_is_no_publisher(question: str, says: str, never: str) -> None:
    text = said(advisor().ask(question))
    assert says in text
    assert never not in text
