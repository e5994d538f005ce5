"""Figures passed on in words, as fractions or beside a rounded one: the exact number and the subject decide which record is meant."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


@pytest.mark.parametrize(("text", "shown", "absent"), [
    ("wasn't there a stat that 2/3 of partner programmes make less than 10% of revenue? whats the source and is it solid", "67 %", "5–10 %"),
    ("I heard that two thirds of partner programs stay under 10 percent of revenue. Is that a real number?", "67 %", "5–10 %"),
    ("someone on linkedin says with partners u get 3x pipeline (291% or so). we want to go from 3 to 10 partners this quarter to get it. smart?", "291 %", "2.7"),
    ("A blog claims companies with partners have triple the pipeline (291%). Can I use this for the board?", "291 %", "2.7"),
    ("I read somewhere that partners make deals close like 46% faster, can i put that into the forecast? programme is 5 months old", "46 %", "46 % or more"),
])  # fmt: skip
def test_the_first_sentence_is_about_the_figure_that_was_meant(text: str, shown: str, absent: str) -> None:
    first = ADVISOR.ask(text).text.partition("\n")[0]
    assert shown in first
    assert absent not in first


def test_a_handful_of_partners_is_told_to_focus_rather_than_to_recruit_towards_a_figure() -> None:
    answer = ADVISOR.ask("someone on linkedin says with partners u get 3x pipeline (291% or so). we want to go from 3 to 10 partners this quarter to get it. smart?")
    assert "number of partners connected" in answer.text.partition("\n")[0]
    assert "Focus on the few partners you have" in answer.text


def test_an_acquisition_cost_heard_of_is_held_against_the_client_s_motion() -> None:
    first = ADVISOR.ask("heard partner CAC is like 150 bucks vs 1200. our enterprise deals are 120k ACV. can we budget with 150?").text.partition("\n")[0]
    assert "wrong motion" in first or "not for you" in first.lower() or "the way you sell" in first
