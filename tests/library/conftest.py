"""A tiny sound knowledge folder to break in one place at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

SOURCE = """
[[source]]
id = "doc-000"
title = "A document"
publisher = "A publisher"
kind = "document"
evidence_class = "practitioner"
"""

RECORD = """
[[benchmark]]
id = "share"
metric = "share"
kind = "benchmark"
low = 5
high = 10
unit = "percent"
of = "revenue"
text = "Partners bring {fig} of revenue."
condition = { phase = ["early"] }
source = "doc-000"
evidence_class = "practitioner"
source_doc = "000"
place = "000 › Benchmarks"
locator = "doc-000:benchmarks/row-1"
excerpt = "5-10%"
as_of = "2024"
review_by = 2027-05-31
"""

PASSAGE = """+++
id = "topic"
title = "A topic"
source_doc = "000"
place = "000 › Part › Sub part"

[section.what-counts]
questions = ["What counts?"]
+++

## What counts

Partners bring {fig:share} of revenue.
"""

PHRASES = """
[answers]
share = ["Partners bring {fig:share} to {name}.", "To {name} partners bring {fig:share}."]
edge = "From {rule:stage.row.low} on."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data root whose knowledge/ is sound."""
    units = Path(__file__).parents[2] / "knowledge/phrases/en/units.toml"
    for name, text in {
        "sources.toml": SOURCE, "benchmarks/a.toml": RECORD, "skill/topic.md": PASSAGE, "phrases/en/answers.toml": PHRASES,
        "phrases/en/units.toml": units.read_text(encoding="utf-8"),
    }.items():
        path = tmp_path / "knowledge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path
