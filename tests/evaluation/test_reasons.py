"""Reasons for what falls short name cases that exist and fall short."""

from __future__ import annotations

import json

from advisor import datafiles
from advisor.evaluation import suites
from advisor.evaluation.baseline import path_of


def test_every_reason_belongs_to_a_case_that_is_blessed_below_one() -> None:
    """A reason that nothing needs any more is to be taken out."""
    wrong = []
    for name, reasons in datafiles.read_toml(datafiles.root() / "evals" / "reasons.toml").items():
        (suite,) = suites.find([name])
        blessed = json.loads(path_of(suite).read_text(encoding="utf-8"))["cases"]
        wrong += [case for case in reasons if all(value == 1.0 for key, value in blessed[case].items() if key != "is")]
    assert wrong == []


def test_every_shipped_suite_is_blessed_as_it_is_worded() -> None:
    from advisor.evaluation.versions import digest

    for suite in suites.find(suites.shipped()):
        blessed = json.loads(path_of(suite).read_text(encoding="utf-8"))["cases"]
        assert {name: scores["is"] for name, scores in blessed.items()} == {case.name: digest(case) for case in suite.cases}
