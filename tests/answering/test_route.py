"""Each question of a message gets its answer; what is certain from patterns is not overruled."""

from __future__ import annotations

from functools import cache

import pytest

from advisor import Advisor
from advisor.domain import AskKind


@cache
def advisor() -> Advisor:
    return Advisor()


def kinds(message: str) -> set[AskKind]:
    return {ask.kind for ask in advisor().ask(message).asks}


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("We are at €9M ARR. What does EQL mean? And which partner tool fits us?", {AskKind.EXPLAIN_TERM, AskKind.WHICH_TOOL}),
        ("€60M ARR. Who should own partnerships, and which share of revenue is usual from partners?", {AskKind.WHO_OWNS, AskKind.HOW_MUCH}),
    ],
)
def test_two_questions_are_both_answered(message: str, wanted: set[AskKind]) -> None:
    assert kinds(message) == wanted


def test_questions_of_one_kind_stay_one_ask() -> None:
    assert kinds("Is a tiered programme right for us? Should we launch it in March? We are at €8M ARR.") == {AskKind.IS_IT_RIGHT_FOR_US}


def test_facts_told_are_no_small_talk() -> None:
    assert AskKind.CHIT_CHAT not in kinds("Going into Spain and Italy next year, nobody speaks the language. €27M ARR.")


def test_another_field_stays_outside() -> None:
    assert kinds("Is the indemnity clause in our reseller agreement valid under German law?") == {AskKind.OUT_OF_SCOPE}
