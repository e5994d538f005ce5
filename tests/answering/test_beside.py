"""A message with two wishes or two questions is answered on both, each with a first sentence of its own."""

from __future__ import annotations

import pytest

from advisor import Advisor
from advisor.answering.parted import leading_to, wishes

ADVISOR = Advisor()


def leads(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("**") and len(line.split()) > 6]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("Our dealer wants 40 % margin and exclusivity for Norway.", ("Our dealer wants 40 % margin", "Our dealer wants exclusivity for Norway.")),
        ("Der Händler will Gebietsschutz und 35 % Marge.", ("Der Händler will Gebietsschutz", "Der Händler will 35 % Marge.")),
        ("He wants a higher fee.", ()),
        ("We sell and implement.", ()),
    ],
)
def test_two_things_wanted_in_a_sentence_are_taken_apart(text: str, apart: tuple[str, ...]) -> None:
    assert wishes(text) == apart


def test_a_question_is_read_with_the_sentences_that_lead_to_it() -> None:
    text = "Reps fear for their commission. Do we pay them in full? What about tiers?"
    assert leading_to(text, "Do we pay them in full?") == "Reps fear for their commission. Do we pay them in full?"
    assert leading_to(text, "something else") == "something else"


@pytest.mark.parametrize(
    ("message", "first", "second"),
    [
        ("Our distributor asks for 30 % margin and exclusivity in Finland. 18M EUR ARR. What do I answer?", "exclusiv", "margin"),
        ("Unser Händler in Tirol will Gebietsschutz und 30 % Marge. 18 Mio. € ARR. Was antworte ich ihm?", "Exklusiv", "Reseller"),
    ],
)
def test_of_two_wishes_each_gets_its_answer(message: str, first: str, second: str) -> None:
    found = leads(ADVISOR.ask(message).answer.text)
    assert any(first in lead for lead in found)
    assert any(second in lead for lead in found)


def test_a_part_in_no_field_that_has_a_name_is_not_quoted_as_another_field() -> None:
    text = ADVISOR.ask("We pay 20% to an agency that just forwards emails. Should I end it or pay less? and what's normal anyway").answer.text
    assert "another field" not in text


def test_a_sample_number_does_not_take_the_place_of_the_figure_for_the_stage() -> None:
    assert "15–30 partners" in ADVISOR.ask("Just tell me: how many partners should I sign this year. 20M EUR ARR.").answer.text


def test_no_shared_deal_is_no_proof_for_joint_marketing() -> None:
    text = ADVISOR.ask("A vendor five times our size offers joint webinars. Zero shared deals so far. We're at 12M EUR ARR. Worth it?").answer.text
    assert "deals that you closed together" not in text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("€8M ARR, 6 partners. How many people and which tool?", ["who_owns", "which_tool"]),
        ("8 Mio. € ARR, 6 Partner: wieviele Leute und welches Tool?", ["how_much", "which_tool"]),
        ("Wer macht das und welches Tool nehmen wir? 12 Mio. € ARR", ["who_owns", "which_tool"]),
        ("Which partners and which tool at 7M EUR ARR, enterprise sales?", ["which_partners", "which_tool"]),
        ("who should own it and what do we pay them? 12M EUR ARR", ["who_owns", "how_much"]),
    ],
)
def test_two_questions_of_a_few_words_are_both_answered(text: str, kinds: list[str]) -> None:
    assert [ask.kind.value for ask in ADVISOR.ask(text).asks] == kinds
