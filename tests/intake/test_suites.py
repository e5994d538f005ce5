"""The suites of short utterances: ours, and the half written blind to the reader; bounds of precision and recall for each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

PRECISION, RECALL = 0.98, 0.95
LEAST = {"own": {"en": 45, "de": 35, "fr": 30}, "blind": {"en": 50, "de": 40, "fr": 30}}


@pytest.fixture(scope="module")
def suite(load_tool: Callable[[Path], ModuleType]) -> ModuleType:
    return load_tool(Path(__file__).parents[2] / "scripts" / "intake.py")


@pytest.mark.parametrize("half", LEAST)
def test_each_half_has_its_utterances_in_every_language(suite: ModuleType, half: str) -> None:
    cases = suite.cases(half)
    assert len({case.name for case in cases}) == len(cases)
    for lang, least in LEAST[half].items():
        assert sum(case.inputs.lang == lang for case in cases) >= least, lang


@pytest.mark.parametrize("half", LEAST)
def test_precision_and_recall_stay_above_their_bounds(suite: ModuleType, half: str) -> None:
    scores = {case.name: suite.score(case) for case in suite.cases(half)}
    total = suite.total(list(scores.values()))
    wrong = [(name, score.extra, score.missed) for name, score in scores.items() if score.extra or score.missed]
    assert total.precision >= PRECISION, wrong
    assert total.recall >= RECALL, wrong


@pytest.mark.parametrize("half", LEAST)
@pytest.mark.parametrize("lang", ["en", "de", "fr"])
def test_no_language_falls_behind(suite: ModuleType, half: str, lang: str) -> None:
    total = suite.total([suite.score(case) for case in suite.cases(half) if case.inputs.lang == lang])
    assert total.precision >= RECALL, total
    assert total.recall >= RECALL, total


@pytest.mark.parametrize("half", LEAST)
def test_no_fact_goes_without_a_quote_from_the_utterance(suite: ModuleType, half: str) -> None:
    assert [(case.name, score.bare) for case in suite.cases(half) if (score := suite.score(case)).bare] == []


def test_every_fact_of_our_half_is_as_sure_as_it_should_be(suite: ModuleType) -> None:
    assert [(case.name, score.unsure) for case in suite.cases("own") if (score := suite.score(case)).unsure] == []


def test_what_is_left_of_the_blind_half_is_disputed_with_a_reason(suite: ModuleType) -> None:
    """A dispute that nothing needs any more is to be taken out."""
    left = {}
    for case in suite.cases("blind"):
        score = suite.score(case)
        if score.extra or score.missed:
            left[case.name] = {item.partition("=")[0] for item in (*score.extra, *score.missed)}
    assert left == {name: set(facts) for name, facts in suite.disputed().items()}
