"""Over all records: what every figure must have before anybody may quote it."""

from __future__ import annotations

from collections import defaultdict

import pytest

from advisor import library
from advisor.domain import Benchmark, BenchmarkKind, EvidenceClass
from advisor.figures import find

LIBRARY = library.load()
RECORDS = list(LIBRARY.benchmarks.values())


def ids(records: list[Benchmark]) -> list[str]:
    return [record.id for record in records]


def test_the_library_has_no_problems() -> None:
    assert [str(error) for error in library.problems() if not error.file.startswith("knowledge/phrases")] == []


@pytest.mark.parametrize("record", RECORDS, ids=ids(RECORDS))
def test_a_record_can_be_quoted_and_found(record: Benchmark) -> None:
    said = LIBRARY.say_record(record.id)
    assert record.excerpt
    assert len(record.excerpt.split()) <= 12
    assert record.place.startswith(f"{record.source_doc} › ")
    assert record.locator.startswith(f"doc-{record.source_doc}:")
    assert record.questions
    assert record.topics
    assert said.endswith(".")
    assert "{" not in said
    if record.kind is not BenchmarkKind.THRESHOLD and record.evidence_class in {EvidenceClass.SINGLE_CASE, EvidenceClass.UNTRACEABLE}:
        assert record.caution, "a weak figure carries a caution"


@pytest.mark.parametrize("record", [record for record in RECORDS if record.metric not in {"maturity_score", "pilot"} and record.kind is not BenchmarkKind.DATE], ids=lambda record: record.id)
def test_a_record_reads_back_as_itself(record: Benchmark) -> None:
    """The figure in the sentence is found again with the value and the hedge of the record."""
    low = record.low if record.low is not None else record.high
    high = record.high if record.high is not None else record.low
    found = {(*figure.bounds, figure.approximate) for figure in find(LIBRARY.say_record(record.id)) if figure.kind == "value"}
    assert (low, high, record.approximate) in found


@pytest.mark.parametrize("field", ["conflicts_with", "not_to_be_confused_with"])
def test_links_between_records_go_both_ways(field: str) -> None:
    for record in RECORDS:
        for other in getattr(record, field):
            assert record.id in getattr(LIBRARY.benchmarks[other], field), f"{other} does not link back to {record.id}"


def test_a_record_names_another_once_and_never_itself() -> None:
    linked = {record.id: [record.id, *record.conflicts_with] for record in RECORDS}
    alike = {record.id: [record.id, *record.not_to_be_confused_with] for record in RECORDS}
    assert [id_ for links in (linked, alike) for id_, ids_ in links.items() if len(ids_) != len(set(ids_))] == []


def test_a_study_known_through_a_document_is_not_called_read() -> None:
    for record in RECORDS:
        source = LIBRARY.sources[record.source]
        if source.reported_in:
            assert not source.verified
            assert source.reported_in == record.source_doc


def test_every_source_is_used() -> None:
    """By a record, or, where it carries no figure, by the name of its publisher in a passage."""
    texts = [passage.text for passage in LIBRARY.passages.values()]
    named = {id_ for id_, source in LIBRARY.sources.items() if any(source.publisher in text for text in texts)}
    used = named | {record.source for record in RECORDS} | {f"doc-{passage.source_doc}" for passage in LIBRARY.passages.values()}
    assert set(LIBRARY.sources) - used <= {"doc-001", "doc-003", "doc-004", "house"}


def test_age_columns_are_conditioned_on_the_age_alone() -> None:
    for record in RECORDS:
        if record.id.endswith(("-early", "-growth", "-mature")) and "phase" in str(record.condition):
            assert set(record.condition) == {"phase"}


def test_win_rate_uplift_hangs_on_mapped_partners_and_keeps_its_open_unit() -> None:
    uplifts = [record for record in RECORDS if record.metric == "win_rate_uplift"]
    assert len(uplifts) == 3
    assert all(set(record.condition) == {"mapped_partners"} and record.unit == "percent_unspecified" for record in uplifts)


def test_records_of_other_meaning_with_the_same_number_and_unit_are_linked() -> None:
    """The traps of same numbers: both records of a pair name each other."""
    pairs = [
        ("close-likelihood", "eql-53-faster"), ("indirect-growth-67", "programmes-below-10-percent"), ("sellers-daily-89", "marketplace-transact"),
        ("deal-size-early", "shopify-merchant-growth-32"), ("duplicates-30", "marketplace-growth-30"), ("sourced-share-mature", "reseller-margin-framework"),
        ("referral-commission-first-year", "technology-retention-uplift"), ("referral-fee-consultancies", "ninety-day-pipeline-share-6-months"),
        ("opportunity-cost-multiple", "programme-roi-growth"), ("opportunity-cost-multiple", "ltv-cac-direct"), ("influenced-commission-share", "rep-partner-closed-pay"),
        ("influenced-commission-share", "signal-activation"), ("hubspot-45", "cycle-46-faster"), ("timeline-first-deal-5-15m", "timeline-revenue-15-50m"),
        ("protection-window", "time-to-first-deal-target"), ("protection-window", "signal-activation-window"), ("intro-follow-up", "signal-conflict-window"),
        ("crossbeam-leaders-surveyed", "partnerstack-programmes-analysed"), ("crossbeam-leaders-surveyed", "partnerstack-transaction-data"),
        ("co-sold-60-faster", "elg-investment-60"), ("co-sold-60-faster", "ninety-day-activation"),
    ]
    missing = [(one, other) for one, other in pairs if other not in LIBRARY.benchmarks[one].not_to_be_confused_with]
    assert missing == []


def test_no_two_records_say_the_same_sentence() -> None:
    said = defaultdict(list)
    for record in RECORDS:
        said[LIBRARY.say_record(record.id)].append(record.id)
    assert [both for both in said.values() if len(both) > 1] == []
