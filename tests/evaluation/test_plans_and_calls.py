"""Suites of plans and of calls of tools: what is right scores one, what is planted wrong less, with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from advisor import library
from advisor.errors import DataError
from advisor.evaluation import suites
from advisor.evaluation.cases import case_of
from advisor.evaluation.observe import evaluate
from advisor.evaluation.results import Result
from advisor.evaluation.subjects import Subject
from advisor.integrations.functions import answer_over

Written = Callable[..., Path]
PLANS, TOOLS = '"$schema": schema/plans.json\n', '"$schema": schema/tools.json\n'
SMALL, MID = {"client": {"arr": "3M EUR", "motion": "plg"}}, {"client": {"arr": "8M EUR", "motion": "mid_touch", "owner": "none"}, "start": "2027-01-11"}


def run(subject: Subject, kind: str, inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Result:
    return evaluate(case_of({"suite": "s", "kind": kind, "name": "a", "inputs": inputs, "expected": expected}), subject)


@pytest.mark.parametrize(
    ("inputs", "right", "wrong", "score"),
    [
        ({**SMALL, "kind": "blueprint"}, {"refused": "ninety_day.below-5M", "instead": "ninety-day"}, {"variant": "blueprint"}, "refusal"),
        ({**SMALL, "kind": "blueprint"}, {"refused": "ninety_day.below-5M"}, {"refused": "tiers.below-5M"}, "refusal"),
        ({**SMALL, "kind": "blueprint"}, {"refused": "ninety_day.below-5M"}, {"refused": "ninety_day.below-5M", "instead": "turnaround"}, "refusal"),
        (MID, {}, {"refused": "ninety_day.below-5M"}, "refusal"),
        (MID, {"variant": "programme"}, {"variant": "informal"}, "work"),
        (MID, {"first": "owner-first-hire"}, {"first": "goals"}, "work"),
        (MID, {"tasks": ["ipp-mid"]}, {"tasks": ["ipp-plg"]}, "work"),
        (MID, {"no_tasks": ["ipp-plg"]}, {"no_tasks": ["ipp-mid"]}, "work"),
        (MID, {"moves": ["define_ipp"]}, {"moves": ["tiered_programme"]}, "work"),
        (MID, {"no_moves": ["tiered_programme"]}, {"no_moves": ["define_ipp"]}, "work"),
        (MID, {}, {"held_back": ["tiered_programme"]}, "work"),
        (MID, {"mentions": [["CRM"]]}, {"mentions": [["elephant"]]}, "says"),
        (MID, {"never": ["elephant"]}, {"never": ["CRM"]}, "says"),
    ],
)
def test_a_plan_is_held_to_what_its_case_says(subject: Subject, inputs: dict[str, Any], right: dict[str, Any], wrong: dict[str, Any], score: str) -> None:
    assert not run(subject, "plans", inputs, right).short
    fallen = run(subject, "plans", inputs, wrong).short
    assert list(fallen) == [score]
    assert fallen[score].why


def test_a_plan_that_is_refused_is_not_scored_for_its_work(subject: Subject) -> None:
    assert list(run(subject, "plans", {**SMALL, "kind": "blueprint"}, {"refused": "ninety_day.below-5M"}).scores) == ["refusal"]


@pytest.mark.parametrize(
    ("inputs", "right", "wrong", "score"),
    [
        ({"tool": "advisor_assess", "arguments": {"facts": {"arr": "8M EUR"}}}, {"gives": {"stage": "€5–15M ARR"}}, {"gives": {"stage": "€15–50M ARR"}}, "call"),
        ({"tool": "advisor_assess", "arguments": {"facts": {"arr": "8M EUR"}}}, {}, {"gives": {"stage.id.0": "x"}}, "call"),
        ({"tool": "advisor_assess", "arguments": {"facts": {"arr": "8M EUR"}}}, {}, {"refused": [["arr"]]}, "call"),
        ({"tool": "advisor_assess", "arguments": {"facts": {"arr": "lots"}}}, {"refused": [["arr"]]}, {}, "call"),
        ({"tool": "advisor_assess", "arguments": "{"}, {"refused": [["JSON"]]}, {"refused": [["arr"]]}, "call"),
        ({"tool": "advisor_assess"}, {"at_most": 10_000}, {"at_most": 10}, "reply"),
    ],
)
def test_a_call_is_held_to_what_its_case_says(inputs: dict[str, Any], right: dict[str, Any], wrong: dict[str, Any], score: str, tmp_path: Path) -> None:
    subject = Subject(tmp_path, tools=answer_over)
    assert not run(subject, "tools", inputs, right).short
    assert list(run(subject, "tools", inputs, wrong).short) == [score]


def test_an_error_that_shows_the_inside_is_not_clear(tmp_path: Path) -> None:
    subject = Subject(tmp_path, tools=lambda *_: ("Traceback (most recent call last): arr", True))
    assert list(run(subject, "tools", {"tool": "advisor_assess"}, {"refused": [["arr"]]}).short) == ["clear_error"]


def test_calls_without_tools_say_how_to_run_them(subject: Subject) -> None:
    assert "advisor eval run" in run(subject, "tools", {"tool": "advisor_assess"}, {}).scores["runs"].why


@pytest.mark.parametrize(
    ("top", "case", "field", "allowed"),
    [
        (PLANS, "inputs: {client: {arr: 8M EUR}}\n    expected_output: {no_tasks: [ipp-midd]}", "no_tasks", "ipp-mid"),
        (PLANS, "inputs: {client: {arr: 8M EUR}}\n    expected_output: {refused: x, tasks: [ipp-mid]}", "expected_output", "none of: tasks"),
        (PLANS, "inputs: {kind: tiering}", "inputs", "at least one of: text, client"),
        (PLANS, "inputs: {text: a, kind: someday}", "inputs.kind", "ninety-day"),
        (TOOLS, "inputs: {tool: advisor_ask, arguments: {question: a, session: new}}", "inputs.arguments", "without a session"),
    ],
)
def test_a_wrong_case_of_plans_or_tools_is_refused_with_what_is_allowed(written: Written, top: str, case: str, field: str, allowed: str) -> None:
    with pytest.raises(DataError) as refused:
        suites.check_records([suites.load(written(f"  - name: a-case\n    {case}\n", top=top))], library.load())
    assert refused.value.field.startswith(field)
    assert allowed in refused.value.allowed


def test_arguments_stay_as_the_model_sent_them() -> None:
    table = {"suite": "s", "kind": "tools", "name": "a", "inputs": {"tool": "advisor_ask", "arguments": json.dumps({"question": "a"})}, "expected": {}}
    assert case_of(case_of(table).as_json()).inputs.arguments == '{"question": "a"}'
