"""Over all passages: each can be found, quoted sentence by sentence, and holds up against its own figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor import library
from advisor.domain import FACT_NAMES, Passage
from advisor.domain.conditions import problems
from advisor.domain.labels import LABELS
from advisor.figures import find, supports
from advisor.library.points import points_of

LIBRARY = library.load()
PASSAGES = list(LIBRARY.passages.values())
GERMAN = LIBRARY.in_language("de")
TRANSLATED = {id_ for id_ in LIBRARY.passages if not GERMAN.untranslated(id_)}
OURS = "(our view)"
README = Path(__file__).parents[2] / "knowledge/README.md"
_LEANS_ON_ANOTHER = re.compile(r"(?:It|They|This|These|Those|That|Such|He|She|Its|Their|Otherwise|Therefore|However)\b")


def sentences(passage: Passage) -> list[str]:
    """Sentences and list items; table rows and introductions of lists left out."""
    lines = [re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "", line) for line in passage.text.splitlines() if line.strip() and not line.startswith("|")]
    return [sentence for line in lines for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z€$\d])", line)]


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.id)
def test_a_passage_can_be_found_and_quoted(passage: Passage) -> None:
    assert 55 <= len(passage.text.split()) <= 185
    assert 3 <= len(set(passage.questions)) <= 6
    assert passage.topics
    assert passage.place.startswith(f"{passage.source_doc} › ")
    assert problems(passage.when, FACT_NAMES) == []
    assert "{" not in passage.text
    assert [sentence for sentence in sentences(passage) if _LEANS_ON_ANOTHER.match(sentence)] == []
    assert [sentence for sentence in sentences(passage) if not sentence.endswith((".", "?", ":"))] == []


@pytest.mark.parametrize("passage", [passage for passage in PASSAGES if passage.benchmarks], ids=lambda passage: passage.id)
def test_every_figure_of_a_passage_is_supported_by_it(passage: Passage) -> None:
    evidence = LIBRARY.evidence(passage.id, {})
    found = [(sentence, figure) for sentence in sentences(passage) for figure in find(sentence)]
    assert [(sentence, figure.text) for sentence, figure in found if not supports(figure, sentence, evidence)] == []


def test_a_section_can_follow_another_document_than_its_file() -> None:
    assert LIBRARY.passages["partner-experience#the-start-decides"].source_doc == "003"
    assert LIBRARY.passages["partner-experience#from-months-to-days"].source_doc == "004"


def test_a_view_of_ours_is_marked_in_german_too() -> None:
    """Every point that no place carries says so: nobody takes it for the document's word, in either language."""
    pairs = [(points_of(passage.text), points_of(GERMAN.passages[id_].text)) for id_, passage in LIBRARY.passages.items() if id_ in TRANSLATED]
    assert [english for one, other in pairs for english, german in zip(one, other, strict=True) if (OURS in english) is not ("(unsere Sicht)" in german)] == []


def test_a_view_of_ours_is_marked_at_the_end() -> None:
    points = [point for passage in PASSAGES for point in points_of(passage.text)]
    assert [point for point in points if point.count(OURS) > 1 or (OURS in point and not point[:-1].endswith(OURS))] == []


def test_no_question_is_asked_of_two_passages() -> None:
    asked = [question for passage in PASSAGES for question in passage.questions]
    assert sorted(question for question in set(asked) if asked.count(question) > 1) == []


def test_the_readme_lists_every_label_pattern() -> None:
    text = README.read_text(encoding="utf-8")
    assert [label.name for label in LABELS if f"- {label.name}\n" not in text] == []
