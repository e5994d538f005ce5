"""The gate: a score that fell is named; a baseline that is missing or of other cases is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.errors import AdvisorError, DataError, InputError
from advisor.evaluation import baseline, suites
from advisor.evaluation.results import Run
from advisor.evaluation.suites import Suite
from advisor.evaluation.versions import digest

Written = Callable[..., Path]
CASES = '  - {name: a, inputs: {question: "Tiers?"}}\n  - {name: b, inputs: {question: "A PRM?"}}\n'


@pytest.fixture
def suite(written: Written) -> Suite:
    return suites.load(written(CASES))


def run(suite: Suite, subject: str = "advisor", **scores: dict[str, float]) -> Run:
    """A run with these scores of each case."""
    results = [{"suite": suite.name, "case": case.name, "scores": {name: {"value": value} for name, value in scores[case.name].items()}} for case in suite.cases]
    digests = {f"{suite.name}/{case.name}": digest(case) for case in suite.cases}
    return Run.model_validate({"subject": subject, "knowledge_version": "k", "code_version": "c", "began": "now", "results": results, "digests": digests})


def test_the_gate_names_the_case_and_score_that_fell_whatever_the_means_say(suite: Suite) -> None:
    baseline.bless(suite, run(suite, a={"stage": 1.0, "moves": 0.5}, b={"stage": 0.0}))
    verdict = baseline.gate([suite], run(suite, a={"stage": 0.0, "moves": 1.0}, b={"stage": 1.0}))
    assert not verdict.passed
    assert [change[1:5] for change in verdict.worse] == [("a", "stage", 1.0, 0.0)]
    assert [change[1:5] for change in verdict.better] == [("a", "moves", 0.5, 1.0), ("b", "stage", 0.0, 1.0)]


def test_what_was_blessed_below_one_passes_and_is_listed(suite: Suite) -> None:
    blessed = run(suite, a={"stage": 1.0}, b={"stage": 0.0})
    baseline.bless(suite, blessed)
    verdict = baseline.gate([suite], blessed)
    assert verdict.passed
    assert [change[1:4] for change in verdict.known] == [("b", "stage", 0.0)]


@pytest.mark.parametrize(("before", "after", "worse"), [({"moves": 1.0}, {}, True), ({}, {"moves": 0.5}, True), ({}, {"moves": 1.0}, False), ({"moves": 0.3}, {"moves": 0.3 + 1e-9}, False)])
def test_a_score_that_vanished_or_came_in_below_one_is_worse(suite: Suite, before: dict[str, float], after: dict[str, float], worse: bool) -> None:
    baseline.bless(suite, run(suite, a=before, b={}))
    assert baseline.gate([suite], run(suite, a=after, b={})).passed is not worse


def test_measures_are_neither_blessed_nor_gated(suite: Suite) -> None:
    baseline.bless(suite, run(suite, a={"mrr": 1.0}, b={}))
    assert baseline.gate([suite], run(suite, a={"mrr": 0.1}, b={})).passed


def test_a_missing_baseline_is_refused_with_the_command_that_makes_one(suite: Suite) -> None:
    with pytest.raises(InputError, match="--bless"):
        baseline.gate([suite], run(suite, a={}, b={}))


def test_a_baseline_of_other_cases_is_refused(suite: Suite, written: Written) -> None:
    baseline.bless(suite, run(suite, a={}, b={}))
    other = suites.load(written(CASES.replace("name: b", "name: c")))
    with pytest.raises(InputError, match="new: c; gone: b"):
        baseline.gate([other], run(other, a={}, c={}))


def test_a_case_that_asks_or_expects_something_else_is_another_case(suite: Suite, written: Written) -> None:
    baseline.bless(suite, run(suite, a={}, b={}))
    other = suites.load(written(CASES.replace("Tiers?", "Tiers now?")))
    with pytest.raises(InputError, match=r"changed in what they ask or expect: a.*advisor eval run .*--bless"):
        baseline.gate([other], run(other, a={}, b={}))


def test_a_note_is_no_change_of_a_case(suite: Suite, written: Written) -> None:
    baseline.bless(suite, run(suite, a={}, b={}))
    other = suites.load(written(CASES.replace('"Tiers?"}}', '"Tiers?"}, metadata: {note: why, tags: [x]}}')))
    assert baseline.gate([other], run(other, a={}, b={})).passed


def test_an_ablation_cannot_be_blessed(suite: Suite) -> None:
    with pytest.raises(InputError, match="--without"):
        baseline.bless(suite, run(suite, "advisor without rules", a={}, b={}))


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"suite": "other", "knowledge_version": "k", "cases": {}}', '{"suite": "mine", "knowledge_version": "k", "cases": {"a": 1}}', '{"suite": "mine", "knowledge_version": "k", "cases": {"a": {"is": "x", "stage": "good"}}}'])
def test_a_damaged_baseline_is_named(suite: Suite, text: str) -> None:
    baseline.path_of(suite).write_text(text)
    with pytest.raises(DataError, match=r"mine\.baseline\.json"):
        baseline.gate([suite], run(suite, a={}, b={}))


def test_a_baseline_has_one_case_a_line(suite: Suite) -> None:
    path = baseline.bless(suite, run(suite, a={"stage": 1.0}, b={"stage": 0.5}))
    assert sum('"stage"' in line for line in path.read_text().splitlines()) == 2
    assert json.loads(path.read_text())["cases"]["b"]["stage"] == 0.5


def test_runs_without_a_case_in_common_cannot_be_compared(suite: Suite) -> None:
    one = run(suite, a={"stage": 1.0}, b={"stage": 1.0})
    with pytest.raises(AdvisorError, match="share no case"):
        baseline.compare(one, one.model_copy(update={"results": ()}))
    changes = baseline.compare(one, run(suite, a={"stage": 0.0}, b={"stage": 1.0}))
    assert [change[1:5] for change in changes] == [("a", "stage", 1.0, 0.0)]


def test_a_run_that_stopped_is_held_by_the_cases_that_ran_and_not_by_groups(suite: Suite) -> None:
    baseline.bless(suite, run(suite, a={"stage": 1.0, "invariance": 1.0}, b={"stage": 1.0}))
    whole = run(suite, a={"stage": 0.0}, b={"stage": 1.0})
    stopped = whole.model_copy(update={"results": whole.results[:1], "stopped": True})
    blessed = baseline.Blessed([suite])
    assert blessed.fallen(whole.results[0])
    assert not blessed.fallen(whole.results[1])
    assert [change[1:3] for change in baseline.held(blessed, stopped).worse] == [("a", "stage")]
    assert [change[1:3] for change in baseline.held(blessed, whole).worse] == [("a", "stage"), ("a", "invariance")]


def test_a_run_of_some_cases_is_held_by_these_and_not_by_groups(suite: Suite) -> None:
    baseline.bless(suite, run(suite, a={"stage": 1.0, "invariance": 1.0}, b={"stage": 1.0}))
    one = suite._replace(cases=suite.cases[:1])
    blessed = baseline.Blessed([suite])
    assert baseline.held(blessed, run(one, a={"stage": 1.0})).passed
    assert [change[1:3] for change in baseline.held(blessed, run(one, a={"stage": 0.0})).worse] == [("a", "stage")]
