"""A record's value as readers see it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from advisor import library
from advisor.domain import Benchmark
from advisor.library import figure_text

UNITS = library.load().units


def record(**fields: Any) -> Benchmark:
    given = {
        "id": "x", "metric": "x", "kind": "benchmark", "unit": "percent", "of": "x", "text": "{fig}", "source": "doc-000", "evidence_class": "practitioner",
        "source_doc": "000", "place": "x", "locator": "x", "as_of": "2024", "review_by": date(2027, 1, 1),
    }
    return Benchmark(**(given | fields))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"low": 46, "high": 46}, "46 %"),
        ({"low": 46, "high": 46, "direction": "increase"}, "46 %"),
        ({"low": 9.4, "high": 9.4, "unit": "percent_unspecified"}, "9.4 %"),
        ({"low": 5, "high": 10}, "5–10 %"),
        ({"low": 25, "high": 40, "open": "above"}, "25–40 % or more"),
        ({"low": 75, "open": "above"}, "75 % or more"),
        ({"low": 60, "open": "above", "kind": "threshold"}, "more than 60 %"),
        ({"high": 50, "open": "below"}, "less than 50 %"),
        ({"high": 10, "open": "below", "unit": "count"}, "fewer than 10"),
        ({"high": 90, "open": "below", "unit": "days"}, "less than 90 days"),
        ({"low": 20, "open": "above", "unit": "count", "kind": "threshold"}, "more than 20"),
        ({"low": 3, "high": 5, "unit": "count"}, "3–5"),
        ({"low": 25000, "unit": "count", "open": "above"}, "25,000 or more"),
        ({"low": 15, "high": 15, "unit": "percentage_points"}, "15 percentage points"),
        ({"low": 2.5, "high": 3, "unit": "multiple"}, "2.5–3 times"),
        ({"low": 3.2, "high": 3.2, "unit": "multiple"}, "3.2 times"),
        ({"low": 3, "unit": "ratio", "open": "above"}, "3:1 or more"),
        ({"low": 2.5, "high": 2.5, "unit": "ratio"}, "2.5:1"),
        ({"low": 48, "high": 48, "unit": "hours"}, "48 hours"),
        ({"low": 1, "high": 1, "unit": "weeks"}, "1 week"),
        ({"low": 6, "high": 12, "unit": "months"}, "6–12 months"),
        ({"low": 0, "high": 0, "unit": "fte"}, "0 FTE"),
        ({"low": 5, "unit": "fte", "open": "above"}, "5 FTE or more"),
        ({"low": 2, "high": 2, "unit": "level"}, "Level 2"),
        ({"low": 1, "high": 2, "unit": "score"}, "1–2"),
        ({"low": 150, "high": 150, "unit": "money", "currency": "USD", "approximate": True}, "about $150"),
        ({"low": 500, "high": 2000, "unit": "money", "currency": "USD"}, "$500–2,000"),
        ({"low": 4.29, "high": 5.8, "unit": "money", "currency": "USD"}, "$4.29–5.80"),
        ({"low": 12_400_000_000, "high": 12_400_000_000, "unit": "money", "currency": "USD"}, "$12.4 billion"),
        ({"low": 5_000_000, "high": 5_000_000, "unit": "money", "currency": "EUR"}, "€5 million"),
        ({"low": 200, "high": 200, "unit": "money", "currency": "CHF"}, "200 CHF"),
        ({"low": 15_000, "unit": "money", "currency": "USD", "per": "year", "open": "above"}, "$15,000 a year or more"),
        ({"low": 180, "high": 180, "unit": "money", "currency": "EUR", "per": "hour"}, "€180 an hour"),
        ({"low": 202406, "high": 202406, "unit": "months", "kind": "date"}, "June 2024"),
        ({"low": 2026, "high": 2026, "unit": "years", "kind": "date"}, "2026"),
    ],
)
def test_a_figure_reads_as_a_person_would_write_it(fields: dict[str, Any], text: str) -> None:
    assert figure_text(record(**fields), UNITS) == text
