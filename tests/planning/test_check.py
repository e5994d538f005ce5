"""`advisor check` names what a plan template gets wrong."""

from __future__ import annotations

import pytest

from advisor import Advisor
from advisor.planning import check, templates
from advisor.planning.templates import Book


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor()


def faults(advisor: Advisor, monkeypatch: pytest.MonkeyPatch, book: Book) -> list[str]:
    monkeypatch.setattr(check, "load", lambda: book)
    return [str(fault) for fault in check.problems(advisor.library, advisor.book)]


def changed(**update: object) -> Book:
    book = templates.load()
    task = book.tasks["inventory"].model_copy(update=update)
    return book.model_copy(update={"tasks": {**book.tasks, task.id: task}})


def test_the_shipped_templates_keep_their_rules(advisor: Advisor) -> None:
    assert check.problems(advisor.library, advisor.book) == []


@pytest.mark.parametrize(("update", "named"), [
    ({"id": "unworded"}, "plans.task.unworded.title"), ({"why": "ninety-days#nowhere|x"}, "ninety-days#nowhere"),
    ({"why": "ninety-days#week-1-diagnostic|words that nobody wrote"}, "words that nobody wrote"), ({"times": "no-record"}, "no-record"),
])  # fmt: skip
def test_a_missing_sentence_reason_or_record_is_named(advisor: Advisor, monkeypatch: pytest.MonkeyPatch, update: dict[str, object], named: str) -> None:
    assert any(named in fault for fault in faults(advisor, monkeypatch, changed(**update)))


def test_a_german_sentence_with_other_figures_is_named(advisor: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    book = templates.load()
    key = next(iter(book.points))
    found = faults(advisor, monkeypatch, book.model_copy(update={"points": {**book.points, key: "Das dauert 17 Wochen."}}))
    assert any("other figures" in fault for fault in found)


def test_a_quoted_sentence_without_german_is_named(advisor: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    book = templates.load()
    key = "partner-economics#start-from-the-partner-s-economics|A partner with several agreements"
    found = faults(advisor, monkeypatch, book.model_copy(update={"points": {each: said for each, said in book.points.items() if each != key}}))
    assert [fault for fault in found if key in fault and "no German" in fault]
