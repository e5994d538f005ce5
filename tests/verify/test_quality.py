"""A part of the cases of scripts/verification.py: each kind of planted error caught, hardly a respelling refused, sums worked out again."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest

from advisor.library import load


@pytest.fixture(scope="module")
def harness(load_tool: Callable[[Path], ModuleType]) -> ModuleType:
    return load_tool(Path(__file__).with_name("harness.py"))


def test_each_kind_of_error_is_caught_and_hardly_a_respelling_refused(harness: ModuleType) -> None:
    outcome = harness.measure(chain(harness.knowledge_cases(load(), step=17), harness.tables(step=5)))
    wrong = [(case.sort, case.kind, case.text) for case in outcome.wrong]
    assert sum(score.cases for score in outcome.scores.values()) > 1500
    assert harness.worst(outcome, "false") >= 0.95, wrong
    assert harness.worst(outcome, "harmless") >= 0.98, wrong
    assert harness.worst(outcome, "derived") >= 0.99, wrong


def test_the_whole_set_has_cases_of_all_five_documents_and_fifty_tables(harness: ModuleType) -> None:
    assert {record.source_doc for record in load().benchmarks.values()} == {"000", "001", "002", "003", "004"}
    assert len(harness.sheets(harness.TABLES)) == 50
    assert sum(1 for case in harness.tables() if case.sort == "false") > 2500


def test_a_simple_check_of_numbers_lets_swaps_through_that_verify_catches(harness: ModuleType) -> None:
    outcome = harness.measure(harness.tables(step=10))
    swaps = [score for (_, _, kind), score in outcome.scores.items() if kind in {"swapped row", "swapped column", "swapped publisher"}]
    assert max(score.share("number occurs") for score in swaps) < 0.2 < 0.95 < min(score.share("verify") for score in swaps)
