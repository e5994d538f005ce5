"""Numbers that are names pass; numbers that claim something do not."""

from __future__ import annotations

import pytest

from advisor import datafiles
from advisor.domain.labels import LABELS, bare_numbers


@pytest.mark.parametrize(
    "text",
    [
        "At Level 2 tagging works.", "In week 4 and in weeks 5–8.", "Step 3, phase 2 and Play 1.", "T1 partners, or T1/T2/T3.", "The first and the 2nd partner.",
        "Three plays carry it.", "Answer the five diagnostic questions.", "The 90-day programme.", "In 2024, by 2030, June 2024.", "The 2022 annual report, FY2025.",
        "B2B with ISO27001 in Q2.", "1. Write it down.", "A claim [12].", "The three-layer model.", "One partner at a time.",
    ],
)
def test_a_label_is_no_bare_number(text: str) -> None:
    assert bare_numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It takes 6 months.", ("6",)), ("Keep five partners.", ("five",)), ("Some 46 % win.", ("46",)), ("Half of them.", ("Half",)), ("A rate of 2.5 times.", ("2.5",)),
        ("Costs $1,200.", ("1,200",)), ("Two hundred names.", ("Two", "hundred")), ("Week 4 brings 3 deals.", ("3",)), ("Step 50 % higher.", ("50",)),
    ],
)
def test_a_number_that_claims_something_is_found(text: str, numbers: tuple[str, ...]) -> None:
    assert bare_numbers(text) == numbers


def test_label_names_are_unique() -> None:
    assert len({label.name for label in LABELS}) == len(LABELS)


def test_words_that_a_label_needs_lose_none() -> None:
    texts = [value for path in datafiles.files("knowledge", ".md") for value in path.read_text(encoding="utf-8").splitlines()]
    for text in [*texts, "T1/T2 in Q2 and H1, (2024), SOC 2, 24/7 and 1:1.", "[12] and 2. Three-layer, half-year, 90-day plans."]:
        for label in LABELS:
            assert label.spans(text, text.lower()) == [match.span() for match in label.pattern.finditer(text)], (label.name, text)
