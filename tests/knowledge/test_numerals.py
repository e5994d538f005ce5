"""The notes that account for each numeral of the documents hold by themselves: entries exist and hold the numeral, reasons are few."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

DOCUMENTS = {"000": 322, "001": 252, "002": 109, "003": 13, "004": 20}
RECORDED = ("000", "002")  # documents of figures: at most one numeral in ten may end in a reason


@pytest.fixture(scope="module")
def tool(load_tool: Callable[[Path], ModuleType]) -> ModuleType:
    return load_tool(Path(__file__).with_name("numerals.py"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_numeral_is_accounted_for_by_an_entry_that_holds_it_or_a_known_reason(tool: ModuleType, document: str) -> None:
    notes = tool.notes_of(document)
    assert len(notes) == DOCUMENTS[document]
    assert [(numeral, by) for numeral, by in notes if tool.wrong(numeral, by)] == []


@pytest.mark.parametrize("document", RECORDED)
def test_nearly_every_numeral_of_a_document_of_figures_has_an_entry(tool: ModuleType, document: str) -> None:
    notes = tool.notes_of(document)
    assert sum(by.startswith("reason:") for _, by in notes) <= len(notes) / 10
