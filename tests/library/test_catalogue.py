"""Records, passages and phrases answered by id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advisor import library
from advisor.domain import Applies, Client, EvidenceKind, Partners
from advisor.errors import DataError
from advisor.ports import Wording

SHIPPED = library.load()


def facts(**given: Any) -> dict[str, Any]:
    return Client(**given).view()


@pytest.mark.parametrize(
    ("ref", "text"),
    [
        ("sourced-share-early", "5–10 %"), ("sourced-share-early.low", "5"), ("sourced-share-early.high", "10"), ("sourced-share-early.publisher", "Crossbeam"),
        ("sourced-share-early.year", "2023"), ("price-impartner.high", "50,000"), ("signal-overlaps", "more than 20"), ("fte-below-5m", "0 FTE"),
    ],
)
def test_a_figure_and_its_parts(ref: str, text: str) -> None:
    assert SHIPPED.figure(ref) == text


@pytest.mark.parametrize("ref", ["no-such-record", "sourced-share-early.middle", "signal-overlaps.high", "activation-early.year"])
def test_an_unknown_reference_is_an_error(ref: str) -> None:
    with pytest.raises(DataError):
        SHIPPED.figure(ref)


def test_a_record_says_its_sentence() -> None:
    assert SHIPPED.say_record("influenced-commission-share") == (
        "For influenced deals a partner typically gets 50 % of the sourced commission rate, and only with active involvement."
    )


@pytest.mark.parametrize(
    ("id_", "given", "applies"),
    [
        ("win-rate-uplift-1-5-partners", {"partners": Partners(mapped=3)}, Applies.YES),
        ("win-rate-uplift-1-5-partners", {"partners": Partners(mapped=6)}, Applies.NO),
        ("win-rate-uplift-1-5-partners", {"partners": Partners(signed=3)}, Applies.UNKNOWN),
        ("win-rate-uplift-50-plus-partners", {"partners": Partners(mapped=50)}, Applies.YES),
        ("win-rate-uplift-50-plus-partners", {"partners": Partners(mapped=49)}, Applies.NO),
        ("win-rate-uplift-50-plus-partners", {"partners": Partners(signed=12)}, Applies.NO),
        ("win-rate-uplift-50-plus-partners", {"programme_age_months": 48}, Applies.UNKNOWN),
        ("win-rate-uplift-average", {"partners": Partners(mapped=20)}, Applies.YES),
        ("win-rate-uplift-average", {"partners": Partners(mapped=3)}, Applies.NO),
        ("pipeline-10-plus-partners", {"partners": Partners(mapped=9)}, Applies.NO),
        ("pipeline-10-plus-partners", {"partners": Partners(mapped=10)}, Applies.YES),
        ("cycle-46-faster", {"programme_age_months": 17}, Applies.NO),
        ("cycle-46-faster", {"programme_age_months": 18}, Applies.YES),
        ("sourced-share-mature", {"arr": "90M EUR", "programme_age_months": 6}, Applies.NO),
        ("sourced-share-mature", {"arr": "90M EUR"}, Applies.UNKNOWN),
        ("partners-5-15m", {"arr": "5M EUR"}, Applies.YES),
        ("partners-5-15m", {"arr": "4.99M EUR"}, Applies.NO),
        ("partners-5-15m", {"arr": "15M EUR"}, Applies.NO),
        ("partners-50-150m", {"arr": "150M EUR"}, Applies.YES),
        ("fte-above-150m", {"arr": "150M EUR"}, Applies.NO),
        ("referral-fee-consultancies", {"business": "b2b_saas"}, Applies.NO),
        ("stage#the-tiered-stage", {"arr": "3M EUR"}, Applies.NO),
        ("hubspot-45", {}, Applies.YES),
    ],
)
def test_a_record_applies_to_the_client_it_was_measured_on(id_: str, given: dict[str, Any], applies: Applies) -> None:
    assert SHIPPED.applies(id_, facts(**given)).applies is applies


def test_evidence_of_a_record_names_the_study_and_the_document() -> None:
    evidence = SHIPPED.evidence("programme-roi-mature", facts(programme_age_months=3))
    assert (evidence.kind, evidence.publisher, evidence.year) == (EvidenceKind.BENCHMARK, "Forrester, commissioned by Impartner", 2024)
    assert (evidence.evidence_class, evidence.applies, evidence.source_doc) == ("vendor_commissioned", "no", "000")
    assert evidence.record is SHIPPED.benchmarks["programme-roi-mature"]
    assert "296 %" in evidence.says


def test_evidence_of_a_passage_names_the_document(folder: Path) -> None:
    evidence = library.load(folder).evidence("topic#what-counts", {})
    assert (evidence.kind, evidence.title, evidence.publisher) == (EvidenceKind.PASSAGE, "A topic › What counts", "A publisher")
    assert (evidence.says, evidence.locator, evidence.record) == ("Partners bring 5–10 % of revenue.", "doc-000:part/sub-part", None)


def test_a_passage_knows_its_records(folder: Path) -> None:
    passage = library.load(folder).passages["topic#what-counts"]
    assert passage.benchmarks == ("share",)
    assert passage.questions == ("What counts?",)


def test_every_record_and_passage_is_an_entry_of_the_index(folder: Path) -> None:
    entries = library.load(folder).entries()
    assert [(entry.id, entry.kind, entry.heading, entry.text) for entry in entries] == [
        ("topic#what-counts", "passage", "A topic › What counts", "Partners bring 5–10 % of revenue."),
        ("share", "benchmark", "Benchmarks", "Partners bring 5–10 % of revenue."),
    ]


def test_weak_evidence_stands_behind_the_rest() -> None:
    ids = [record.id for record in SHIPPED.benchmarks.values() if record.metric == "sourced_share"]
    assert ids[:3] == ["sourced-share-early", "sourced-share-growth", "sourced-share-mature"]
    assert ids.index("sourced-share-target-002") < ids.index("formal-programmes-share")


def words(folder: Path, seed: str = "seed") -> Wording:
    return library.load(folder).wording(seed, {"stage.row.low": "€5M"})


def test_phrases_fill_slots_figures_and_thresholds(folder: Path) -> None:
    said = {words(folder, str(seed)).say("answers.share", name="Acme") for seed in range(20)}
    assert said == {"Partners bring 5–10 % to Acme.", "To Acme partners bring 5–10 %."}
    assert words(folder).say("answers.edge") == "From €5M on."
    assert words(folder).figures("answers.share") == ("share",)


def test_the_same_seed_gives_the_same_variant(folder: Path) -> None:
    assert words(folder, "a").say("answers.share", name="x") == words(folder, "a").say("answers.share", name="x")


@pytest.mark.parametrize(("key", "slots"), [("answers.share", {}), ("answers.share", {"name": "x", "more": "y"}), ("answers.nothing", {}), ("answers.edge", {"name": "x"})])
def test_a_missing_or_surplus_slot_is_an_error(folder: Path, key: str, slots: dict[str, str]) -> None:
    with pytest.raises(DataError, match=key):
        words(folder).say(key, **slots)


def test_an_unknown_threshold_is_found(folder: Path) -> None:
    loaded = library.load(folder)
    assert [error.entry for error in loaded.unknown_thresholds({})] == ["answers.edge"]
    with pytest.raises(DataError, match=r"stage\.row\.low"):
        loaded.wording("seed", {}).say("answers.edge")
