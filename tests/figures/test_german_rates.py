"""German sentences are checked as strictly as English ones: planted errors are caught, true sentences hold, respellings are let through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from advisor.figures import find
from advisor.library import load


PARTS = ("low", "high", "unit", "currency", "per", "open", "strict", "approximate")


@pytest.fixture(scope="module")
def german(load_tool: Callable[[Path], ModuleType]) -> ModuleType:
    return load_tool(Path(__file__).with_name("german.py"))


def test_every_error_planted_in_german_is_caught_and_hardly_a_respelling_refused(german: ModuleType) -> None:
    measured = german.measure(load().in_language("de"))
    assert measured.planted.total() > 3000
    assert [(case.kind, case.text, case.evidence.id) for case in measured.refused_true] == []
    assert [(case.kind, case.text, case.evidence.id) for case in measured.missed] == []
    assert measured.refusal <= 0.02, [case.text for case in measured.refused]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("1,5 Mio. € ARR", "€1.5M ARR"),
        ("10–20 % des ARR", "10–20% of ARR"),
        ("drei bis fünf Partner", "three to five partners"),
        ("15.000 € im Jahr", "€15,000 a year"),
        ("das Doppelte", "twice as much"),
        ("über 40 Prozent", "over 40 percent"),
        ("bis zu 25 %", "up to 25%"),
        ("3 Prozentpunkte", "3 percentage points"),
    ],
)
def test_a_german_figure_is_read_as_its_english_twin(german: str, english: str) -> None:
    (said,), (meant,) = find(german), find(english)
    assert [getattr(said, name) for name in PARTS] == [getattr(meant, name) for name in PARTS]


def test_an_amount_after_stufe_is_a_figure() -> None:
    assert [figure.low for figure in find("Stufe 5 Mio. € ARR")] == [5_000_000]
