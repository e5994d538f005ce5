"""A benchmark record with its source and whether it holds, as one row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.library import Library
from advisor.library.conditions import because
from advisor.rendering.documents import BenchmarkRow


def record_row(library: Library, id_: str, facts: Mapping[str, Any]) -> BenchmarkRow:
    """The record under an id. Raises KeyError when there is none."""
    record = library.benchmarks[id_]
    source = library.sources[record.source]
    outcome = library.applies(id_, facts)
    shared = {name: getattr(record, name) for name in BenchmarkRow.model_fields if hasattr(record, name)}
    return BenchmarkRow(
        **{
            **shared,
            "condition": dict(record.condition),
            "text": library.say_record(id_),
            "publisher": source.publisher,
            "title": source.title,
            "year": source.year,
            "vendor_interest": source.vendor_interest,
            "applies": outcome.applies,
            "applies_because": because(outcome, record.condition, facts),
        }
    )
