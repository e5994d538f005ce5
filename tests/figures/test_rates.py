"""Over the whole knowledge: planted errors are caught, true sentences hold, respellings are let through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from advisor.library import load


@pytest.fixture(scope="module")
def rates(load_tool: Callable[[Path], ModuleType]) -> ModuleType:
    return load_tool(Path(__file__).with_name("rates.py"))


def test_every_planted_error_is_caught_and_hardly_a_respelling_refused(rates: ModuleType) -> None:
    measured = rates.measure(load())
    print(rates.report(measured, show=False))  # noqa: T201
    assert measured.planted.total() > 3000
    assert [(case.kind, case.text, case.evidence.id) for case in measured.refused_true] == []
    assert [(case.kind, case.text, case.evidence.id) for case in measured.missed] == []
    assert measured.refusal <= 0.02, [case.text for case in measured.refused]
