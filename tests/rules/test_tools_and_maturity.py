"""Tools by stage and data protection; the maturity level without overlap."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain import Client
from advisor.errors import InputError
from advisor.rules import assess, load, score

BOOK = load()
DIMENSIONS = BOOK.questionnaire.dimensions


def tools(wording, **facts: object) -> dict[str, str]:
    return {tool.name: tool.verdict for tool in assess(Client(**facts), BOOK, wording).tools}


def test_each_stage_has_the_stack_of_the_source(wording) -> None:
    fitting = {arr: {name for name, word in tools(wording, arr=arr).items() if word == "fits"} for arr in ("3M EUR", "8M EUR", "22M EUR", "90M EUR", "200M EUR")}
    assert fitting == {
        "3M EUR": set(),
        "8M EUR": {"Kiflo", "Introw"},
        "22M EUR": {"PartnerStack", "Introw", "Crossbeam"},
        "90M EUR": {"Impartner", "Channeltivity", "Crossbeam"},
        "200M EUR": {"Impartner", "Salesforce PRM", "Crossbeam", "Tackle.io", "Clazar", "Seismic"},
    }


def test_data_residency_leaves_the_european_tool_and_rules_out_the_third_tier(wording) -> None:
    found = tools(wording, arr="22M EUR", compliance="eu-residency")
    assert (found["Introw"], found["Crossbeam"], found["PartnerStack"]) == ("fits", "to_check", "not_for_you")


def test_gdpr_asks_for_a_check_of_the_third_tier(wording) -> None:
    found = tools(wording, arr="22M EUR", compliance="gdpr")
    assert (found["Introw"], found["Crossbeam"], found["PartnerStack"]) == ("fits", "fits", "to_check")


def test_an_unrated_tool_is_to_be_checked(wording) -> None:
    assert tools(wording, arr="8M EUR", compliance="eu-residency")["Kiflo"] == "to_check"


def test_between_two_stages_a_tool_that_they_judge_differently_is_to_be_checked(wording) -> None:
    found = tools(wording, arr="16M USD")
    assert (found["Introw"], found["Kiflo"], found["Impartner"]) == ("fits", "to_check", "later")


def test_market_facts_carry_their_date(wording) -> None:
    assert {tool.as_of for tool in assess(Client(arr="8M EUR"), BOOK, wording).tools} == {"2026-02"}


@given(st.lists(st.integers(1, 4), min_size=4, max_size=4))
def test_the_level_is_the_lowest_and_progress_the_mean(levels: list[int]) -> None:
    found = score(dict(zip(DIMENSIONS, levels, strict=True)), BOOK.questionnaire, Echo())
    assert found.level == min(levels)
    assert found.progress == round(Decimal(sum(levels)) / 4, 1)


def test_an_open_dimension_leaves_the_level_open(wording) -> None:
    found = score({"strategy": 3, "process": 2}, BOOK.questionnaire, wording)
    assert (found.level, found.progress) == (None, Decimal("2.5"))
    assert "measurement, economics" in found.because


def test_level_one_anywhere_settles_the_level(wording) -> None:
    assert score({"strategy": 3, "process": 1}, BOOK.questionnaire, wording).level == 1


def test_the_weakest_dimension_is_named(wording) -> None:
    found = score(dict.fromkeys(DIMENSIONS, 3) | {"process": 2}, BOOK.questionnaire, wording)
    assert (found.level, found.label) == (2, "defined")
    assert "process" in found.because


def test_no_answers_give_no_level(wording) -> None:
    assert score({}, BOOK.questionnaire, wording).level is None


@pytest.mark.parametrize("answers", [{"weather": 2}, {"process": 5}])
def test_an_answer_that_cannot_be_is_refused(answers: dict, wording) -> None:
    with pytest.raises(InputError):
        score(answers, BOOK.questionnaire, wording)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_dimension_describes_all_four_levels(dimension: str, wording) -> None:
    texts = {wording.say(f"rules.maturity.{dimension}.level_{level}") for level in (1, 2, 3, 4)}
    assert len(texts) == 4


class Echo:
    """A wording that returns the key."""

    def amount(self, text: str, /) -> str:
        return text

    def say(self, key: str, /, **slots: str) -> str:
        return key
