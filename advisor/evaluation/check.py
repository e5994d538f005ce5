"""Suites in a test run of your own: `cases(FILE)` for `pytest.mark.parametrize`, `check(case)` in the test."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from advisor.evaluation import suites
from advisor.evaluation.cases import Case
from advisor.evaluation.observe import evaluate
from advisor.evaluation.subjects import Subject
from advisor.settings import load_settings

__all__ = ["cases", "check"]


def cases(*names: str) -> list[Case]:
    """The cases of suites by name or file. Raises InputError or DataError naming file, case and field."""
    return [case for suite in suites.find(names) for case in suite.cases]


def check(case: Case) -> None:
    """Raises AssertionError with score and reason unless the answer holds everything that the case expects.

    Groups are left out here: whether a group is decided alike is seen only when all of it has run.
    """
    result = evaluate(case, _subject(load_settings().home))
    faults = [f"{name} {score.value:g}: {score.why}" for name, score in result.short.items()]
    if faults:
        raise AssertionError("\n".join((*faults, "", str(result.shown.get("text", "")))))


@cache
def _subject(home: Path) -> Subject:
    return Subject(home)
