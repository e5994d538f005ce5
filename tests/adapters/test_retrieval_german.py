"""German questions find what their English twins find; the entries stay English."""

from __future__ import annotations

from pathlib import Path

import yaml

from advisor import library
from advisor.adapters.index import open_index

EVALS = Path(__file__).resolve().parents[2] / "evals"


def cases(name: str) -> dict[str, dict[str, list[str]]]:
    return {case["name"]: case for case in yaml.safe_load((EVALS / name).read_text(encoding="utf-8"))["cases"]}


ENGLISH, GERMAN = cases("retrieval.yaml"), cases("retrieval_german.yaml")


def test_every_question_has_its_german_twin() -> None:
    assert GERMAN.keys() == ENGLISH.keys()


def test_german_questions_find_an_answer_among_the_first_five(tmp_path: Path) -> None:
    index = open_index(tmp_path, library.load().entries())
    missed = [
        name for name, case in GERMAN.items() if not any(hit.id in ENGLISH[name]["expected_output"] for hit in index.search(case["inputs"], 5, "knowledge"))
    ]
    assert len(missed) <= 0.15 * len(GERMAN), missed
