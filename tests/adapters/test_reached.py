"""Every passage and every record of the shipped knowledge is found by a question that people ask of it."""

from __future__ import annotations

from advisor import Advisor


def test_each_entry_is_among_the_first_three_for_one_of_its_questions() -> None:
    advisor = Advisor()
    entries = advisor.library.entries()
    missed = [entry.id for entry in entries if not any(entry.id in [hit.id for hit in advisor.search(question, 3)] for question in entry.questions)]
    assert missed == []
