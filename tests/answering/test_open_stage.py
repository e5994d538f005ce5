"""While no ARR is told: what holds in every stage goes first, and where two stages differ it is said from which one on."""

from __future__ import annotations

from functools import cache

import pytest

from advisor import Advisor
from advisor.domain import Answer, Move


@cache
def asked(question: str) -> Answer:
    return Advisor().ask(question)


def first(question: str) -> str:
    return asked(question).answer.claims[0].text


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Should we launch tiers?", "With an ARR of €15M or more yes, below that not yet:"),
        ("Sollen wir Tiers einführen?", "Mit einem ARR von 15 Mio. € oder mehr ja, darunter noch nicht:"),
        ("Should we hire a partner manager?", "Not yet below the size that calls for it:"),
        ("Lohnt sich ein Enterprise-PRM?", "Noch nicht unter der Größe, die danach verlangt:"),
    ],
)
def test_a_verdict_that_turns_with_the_stage_says_where(question: str, opening: str) -> None:
    assert first(question).startswith(opening)
    assert len(asked(question).answer.questions) == 1


@pytest.mark.parametrize("question", ["Crossbeam or just swap spreadsheets? We have 3 partners", "Crossbeam oder einfach Excel-Listen tauschen? 3 Partner"])
def test_what_does_the_job_in_every_stage_goes_first(question: str) -> None:
    reply = asked(question).answer
    assert reply.claims[0].moves == (Move.ACCOUNT_MAPPING_MANUAL,)
    assert "to be checked" not in reply.text
    assert "zu prüfen" not in reply.text


@pytest.mark.parametrize("question", ["We have a tiered programme with 40 partners. Keep it?", "Wir haben ein Tier-Programm mit 40 Partnern. Behalten?"])
def test_what_exists_is_kept_and_not_called_too_early(question: str) -> None:
    assert first(question).startswith(("Keep what exists", "Behalten Sie in jedem Fall, was besteht"))


def test_a_programme_that_runs_for_a_year_is_judged_and_not_planned() -> None:
    reply = asked("Wir haben seit einem Jahr ein Tier-Programm bei 6 Mio. ARR, 9 Partner. Weiter so oder abschaffen?").answer
    assert reply.claims[0].moves == (Move.FREEZE_AND_REVIEW,)
    assert "Noch nicht:" not in reply.text.partition("**")[0] + reply.claims[1].text


def test_partners_that_are_there_are_no_plan_to_begin_with_them() -> None:
    assert Move.RESELLERS not in asked("Was ist Deal-Registrierung und braucht man das schon mit 6 Resellern?").answer.advised_against


def test_a_cause_asked_for_of_partners_mostly_idle_is_looked_for_among_them() -> None:
    reply = asked("We signed 22 resellers in 18 months and 3 of them have ever sold anything. Everybody is frustrated. Why doesn't it work?").answer
    assert Move.DIAGNOSE_ENABLEMENT in reply.recommended_moves


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("What's the difference between nearbound and ecosystem-led growth?", "Ecosystem-led growth is the whole"),
        ("Was ist der Unterschied zwischen Co-Marketing und Co-Selling und womit sollte man anfangen?", "Beim Co-Marketing bewerben"),
        ("Was ist der Unterschied zwischen Reseller und Referral-Partner und was passt zu uns?", "Der Unterschied ist, wer verkauft"),
    ],
)
def test_a_comparison_opens_with_what_sets_the_two_apart(question: str, opening: str) -> None:
    reply = asked(question).answer
    assert reply.claims[0].text.startswith(opening)
    assert "„" not in reply.text


@pytest.mark.parametrize("question", ["What is the difference between co-marketing and co-selling and where do you start?", "Unterschied zwischen Co-Marketing und Co-Selling, womit anfangen?"])
def test_which_of_two_comes_first_is_told_with_the_difference(question: str) -> None:
    assert any("10–12" in claim.text for claim in asked(question).answer.claims[:3])


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("An MSP insists on gold although it closed one deal. Give in?", "No: a level follows from criteria"),
        ("Agentur will Platin-Status obwohl sie nur 2 Kunden gebracht hat. nachgeben?", "Nein: Ein Status folgt aus Kriterien"),
        ("Our tiers are based on revenue only and nobody moves up. Redo it?", "Redo the criteria and keep the names: revenue alone"),
        ("Unsere Stufen ändern? Bei Bronze hängt fast jeder, niemand steigt auf", "Erneuern Sie die Kriterien"),
    ],
)
def test_levels_that_exist_are_answered_without_a_stage(question: str, opening: str) -> None:
    assert first(question).startswith(opening)
