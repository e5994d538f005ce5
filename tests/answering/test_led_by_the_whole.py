"""The first sentence of a message that people send: long, with its numbers, and with words of other subjects in it."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


def first(question: str) -> str:
    return ADVISOR.ask(question).answer.text.split("\n")[0].strip("*")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("which stage are we in? EUR 8m ARR", "The stated ARR of €8M belongs to the stage €5–15M ARR."),
        ("At 300k EUR ARR, should we do anything with agencies yet? Three asked by themselves.", "Yes, informally and one by one"),
        ("The advisory board has decided that we introduce partner tiers. EUR 6.8m ARR. How do we best go about it?", "Freeze what exists"),
        ("Quick one: what's the difference between partner sourced and partner influenced? The CRO has two different numbers (1.9M vs 640k)", "Who opened the deal sets them apart"),
        ("Our partner was bought by a competitor. I need a plan for the next two weeks.", "Secure the open deals"),
        ("Vertrag verlängert sich automatisch per 31.12., der Partner hat nichts gebracht. Wie beendet man die Partnerschaft, ohne dass er uns schlecht redet?", "Sagen Sie es ihm selbst"),
        ("An MSP insists on gold although it closed one deal. Give in?", "No: a level follows from criteria"),
        ("Salesforce says 18% partner influenced, the partner team says 41%, marketing claims the same deals. Need one definition", "One definition for all"),
        ("How would you split the variable for a partner manager, OTE $150k? The CRO wants 100% on sourced bookings.", "No source gives a split"),
    ],
)
def test_it_answers_what_the_message_is_about(question: str, begins: str) -> None:
    assert first(question).startswith(begins)


def test_three_terms_of_one_question_are_all_explained() -> None:
    text = ADVISOR.ask("pls explain nearbound vs co-selling vs ecosystem-led like I'm a CFO").answer.text
    assert [word for word in ("Nearbound uses", "In co-selling", "ELG lays") if word not in text] == []


def test_a_rate_above_the_whole_is_no_goal() -> None:
    assert "118 %" not in ADVISOR.ask("Wir stehen bei 400k ARR, NRR 118 %. Wäre ein Partner jetzt sinnvoll?").answer.text
