"""From what is asked back to the numbers: the way that uses most of them, else what is missing; nothing else is shown."""

from __future__ import annotations

from functools import cache

import pytest

from advisor import Advisor
from advisor.answering.computations.formulas import load, parsed
from advisor.answering.computations.wishes import asking
from advisor.errors import DataError
from advisor.library.phrases import read_phrases


def test_every_sum_and_every_missing_number_has_its_sentences() -> None:
    sums, (phrases, _) = load(), read_phrases(None, [])
    wanted = {f"solved.{name}" for item in sums.sum for name in (item.name, item.below) if name}
    wanted |= {f"what.{item.asked}" for item in sums.sum if not item.shy}
    wanted |= {f"note.{note.rpartition(':')[2]}" for item in sums.sum for note in item.notes} | {f"step.{step.rpartition(':')[2]}" for item in sums.sum for step in item.steps}
    wanted |= {f"noun.{name}" for name in sums.ask} | {f"ask.{ask}" for ask in sums.ask.values()}
    assert sorted(key for key in wanted if f"answers.sum.{key}" not in phrases) == []


@cache
def advisor() -> Advisor:
    return Advisor()


def said(text: str) -> str:
    return advisor().ask(text).text


@pytest.mark.parametrize(("text", "part"), [
    ("We have 9 partners. Deals are 20k, what revenue is that?", "what revenue is that"), ("what do we owe this quarter: 5 deals at 24k", "what do we owe this quarter"),
    ("win rate 20%, how many opps for 1M", "how many opps for 1m"), ("If the uplift is real what's it worth?", "if the uplift is real what's it worth"),
])  # fmt: skip
def test_the_wish_is_the_question_without_what_is_told_beside_it(text: str, part: str) -> None:
    assert asking(text).rstrip("?") == part


@pytest.mark.parametrize("text", ["size ** 2", "__import__('os')", "size * 1.5", "size +", "f(size)"])
def test_a_formula_of_anything_but_names_and_signs_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        parsed(text)


def test_a_sum_that_leaves_out_a_share_of_the_chain_is_not_shown() -> None:
    assert "×" not in said("120 accounts overlap, 15% of the Nordic ones, 30% close at 20k. Revenue?")


def test_yes_and_no_are_said_only_where_they_were_asked_for() -> None:
    assert "Yes" not in said("Reseller on 25% margin, list price 60k, support 4k. What do we keep?")
    assert "Yes" in said("Does a reseller on 25% margin leave us anything? List price 60k, our delivery cost 21k, support 4k.")


def test_a_named_vendor_turns_no_sum_into_a_claim() -> None:
    assert "77,000" in said("Marketplace fee 3%, reseller 20%, deal 100k. What do we net?")


def test_an_uplift_waits_for_the_number_of_connected_partners() -> None:
    text = said("Crossbeam shows 340 overlaps, 60 of them are our open opps. If the win rate uplift is real what's it worth? ACV 25k, direct win rate 20%.")
    assert "How many partners have you connected" in text
    assert "×" not in text


def test_a_month_of_counts_is_shown_beside_its_year() -> None:
    text = said("We get 30 referred leads a month, 12% close, ACV 9k. What revenue will come out?")
    assert "388,800" in text
    assert "in a single month it is 32,400" in text


def test_a_known_number_of_connected_partners_gives_the_uplift_of_its_own_record() -> None:
    text = said("We have three partners connected for account mapping. Crossbeam shows 340 overlaps, 60 of them are our open opps. If the win rate uplift is real what's it worth? ACV 25k, direct win rate 20%.")
    assert "28,200" in text
    assert "9.4 %" in text
