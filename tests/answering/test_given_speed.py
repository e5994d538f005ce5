"""Many figures in one question."""

from __future__ import annotations

import time

from advisor.answering.grounding_given import Given
from advisor.domain import Client
from advisor.figures import find


def test_a_long_run_of_figures_is_framed_in_portions_and_read_once() -> None:
    """The bound is generous; each against each took minutes."""
    text = "We have 12% " * 4_000
    began = time.perf_counter()
    assert len(find(text)) == 4_000
    Given(text, Client())
    assert time.perf_counter() - began < 30


def test_figures_of_an_ordinary_sentence_still_see_each_other() -> None:
    first, second = find("Our win rate is 31% with partners against 17% without them.")
    assert first.frame.sentence == second.frame.sentence
