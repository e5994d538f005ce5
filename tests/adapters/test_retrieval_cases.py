"""The questions by which retrieval is judged: they name real entries and owe no phrase to the indexed questions."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
import yaml

from advisor import library
from advisor.adapters.index import open_index
from advisor.adapters.terms import STOPWORDS, words

CASES = yaml.safe_load((Path(__file__).resolve().parents[2] / "evals" / "retrieval.yaml").read_text(encoding="utf-8"))["cases"]
ENTRIES = {entry.id: entry for entry in library.load().entries()}
IN_A_ROW = 3


def phrases(text: str) -> set[tuple[str, ...]]:
    """Every three content words that follow each other, whatever small words stand between them."""
    kept = [word for word in words(text) if word not in STOPWORDS]
    return set(zip(*(kept[start:] for start in range(IN_A_ROW)), strict=False))


def test_sixty_questions_cover_the_five_documents_evenly() -> None:
    assert [case["name"] for case in CASES] == [f"{document:03}-{number:02}" for document in range(5) for number in range(1, 13)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_question_names_entries_and_shares_no_phrase_with_their_questions(case: dict[str, list[str]]) -> None:
    assert case["expected_output"]
    asked = chain.from_iterable(ENTRIES[id_].questions for id_ in case["expected_output"])
    assert not phrases(case["inputs"]) & set(chain.from_iterable(map(phrases, asked)))


def test_nearly_every_question_finds_an_answer_among_the_first_five(tmp_path: Path) -> None:
    index = open_index(tmp_path, library.load().entries())
    found = [any(hit.id in case["expected_output"] for hit in index.search(case["inputs"], 5, "knowledge")) for case in CASES]
    assert sum(found) >= 0.9 * len(found)
