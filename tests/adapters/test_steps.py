"""Numbered parts of a sequence: read however they are named, and told apart when a question names one."""

from __future__ import annotations

import pytest

from advisor.adapters.steps import Named, agreement, steps


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What is done in week 4?", {("week", 4)}), ("in the fourth week", {("week", 4)}), ("the 2nd month", {("month", 2)}), ("week two", {("week", 2)}),
        ("Weeks 9–12: operate", {("week", n) for n in (9, 10, 11, 12)}), ("months 1 to 3", {("month", n) for n in (1, 2, 3)}), ("Level 3 and level 4", {("level", 3), ("level", 4)}),
        ("Phase 1 › Week 4", {("phase", 1), ("week", 4)}), ("stage 5–15M ARR", set()), ("stage 5-15M", set()), ("our first partners", set()), ("year 2026", set()), ("week 9 to 3", {("week", 9)}),
    ],
)  # fmt: skip
def test_a_step_is_read_however_it_is_named(text: str, found: set[tuple[str, int]]) -> None:
    assert steps(text) == found


def test_another_step_of_the_same_kind_is_not_what_was_asked_for() -> None:
    asked = steps("What happens in week 4 of the programme?")
    assert agreement(asked, Named(steps("Week 4: first partners"), steps(""))) == 1
    assert agreement(asked, Named(steps("Weeks 9–12: operate"), steps("unlike week 4"))) == -1
    assert agreement(asked, Named(steps("Level 4"), steps("By week 4 it runs."))) == 0.5
    assert agreement(asked, Named(steps("Tiers"), steps("By month 4 it runs."))) == 0
