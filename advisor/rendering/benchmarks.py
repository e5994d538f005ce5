"""Benchmark records and search results as Markdown tables and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.domain import Hit
from advisor.rendering.documents import BenchmarkRow, ComparisonDocument, SearchDocument
from advisor.rendering.words import capital, page, place_in_words, sentence, sentences, table

FIELD_WORDS = {
    "unit": "the unit",
    "of": "what is counted",
    "population": "whom it was measured on",
    "condition": "the condition it holds under",
    "evidence_class": "the kind of evidence",
    "as_of": "the date",
    "publisher": "the publisher",
    "per": "the period",
    "currency": "the currency",
    "kind": "what kind of figure it is",
}


def benchmarks_markdown(rows: Iterable[BenchmarkRow]) -> str:
    """One line a record: what it says, who says so, how far it carries, whether it holds."""
    lines: list[tuple[object, ...]] = [(row.id, row.text, _who(row), page().evidence(row.evidence_class), _holds(row)) for row in rows]
    if not lines:
        return "No record fits.\n"
    return table(("Record", "What it says", "Publisher", "Evidence", "For these facts"), lines) + "\n"


def benchmark_markdown(row: BenchmarkRow, documents: Mapping[str, str]) -> str:
    """One record in full."""
    facts = (
        ("Publisher", _who(row)),
        ("Publication", row.title),
        ("Evidence", page().evidence(row.evidence_class)),
        ("Vendor interest", row.vendor_interest or ""),
        ("Measured on", row.population),
        ("What is counted", row.of),
        ("For these facts", sentences(capital(page().holds(row.applies)) if row.condition else None, row.applies_because)),
        ("Place", place_in_words(row.place, documents)),
        ("As of", row.as_of),
        ("To be reviewed by", row.review_by.isoformat()),
        ("Disagrees with", ", ".join(row.conflicts_with)),
    )
    return "\n".join([f"## {row.id}", "", sentence(row.text), "", *(f"- {name}: {value}" for name, value in facts if value)]) + "\n"


def comparison_markdown(document: ComparisonDocument) -> str:
    """The records of one metric beside each other, those of other metrics that disagree, what lies between them, and which to prefer."""
    differences = ", ".join(FIELD_WORDS.get(name, name) for name in document.explained_by)
    closing = sentences(f"They differ in {differences}" if differences else None, *document.why, document.because)
    against = f"\n### Against them\n\n{benchmarks_markdown(document.against)}" if document.against else ""
    return f"## {document.metric}\n\n{benchmarks_markdown(document.records)}{against}\n{closing}\n"


def search_markdown(document: SearchDocument, documents: Mapping[str, str]) -> str:
    """What retrieval found, best first, with scores."""
    if not document.results:
        return "Nothing found.\n"
    notice = ["Nothing here is close enough to answer from."] if document.below_floor else []
    lines = [*notice, *(_hit(hit, documents) for hit in document.results)]
    return "\n\n".join(lines) + "\n"


def _hit(hit: Hit, documents: Mapping[str, str]) -> str:
    heading = place_in_words(hit.heading, documents)
    return f"{hit.rank}. **{heading}** ({hit.kind}, score {hit.score:.2f})\n\n   {' '.join(hit.text.split())}"


def _holds(row: BenchmarkRow) -> str:
    return page().holds(row.applies) if row.condition else "no condition"


def _who(row: BenchmarkRow) -> str:
    return f"{row.publisher}, {row.year}" if row.year else row.publisher
