"""Records of one metric beside each other."""

from __future__ import annotations

from datetime import date
from typing import Any

from advisor.domain import Applies, EvidenceClass
from advisor.rendering.benchmarks import benchmarks_markdown, comparison_markdown
from advisor.rendering.comparison import Dispute, compare
from advisor.rendering.documents import BenchmarkRow, ComparisonDocument


def row(id_: str, **changed: Any) -> BenchmarkRow:
    fields: dict[str, Any] = {
        "id": id_, "metric": "win_rate_uplift", "kind": "benchmark", "low": 9.4, "high": 9.4, "unit": "percent", "of": "win rate",
        "direction": "increase", "text": f"Text of {id_} | here.", "condition": {}, "population": "", "publisher": "Crossbeam", "title": "T",
        "year": 2024, "evidence_class": "vendor_platform_data", "vendor_interest": None, "source_doc": "000", "place": "000 › X",
        "as_of": "2024", "review_by": date(2027, 1, 1), "conflicts_with": (), "applies": "yes", "applies_because": "It is stated without a condition",
    }  # fmt: skip
    return BenchmarkRow(**{**fields, **changed})


def test_what_holds_for_the_facts_comes_before_stronger_evidence() -> None:
    holds, strong = row("holds"), row("strong", applies=Applies.NO, evidence_class=EvidenceClass.INDEPENDENT_STUDY)
    assert compare("win_rate_uplift", (strong, holds)) == ComparisonDocument(
        metric="win_rate_uplift",
        records=(holds, strong),
        explained_by=("evidence_class",),
        preferred="holds",
        because="Prefer holds: it holds for you",
    )


def test_stronger_evidence_wins_among_records_that_hold() -> None:
    weak, strong = row("a"), row("b", evidence_class=EvidenceClass.INDEPENDENT_STUDY)
    assert compare("m", (weak, strong)).preferred == "b"


def test_equals_are_quoted_side_by_side() -> None:
    document = compare("m", (row("a"), row("b")))
    assert (document.preferred, document.explained_by) == (None, ())


def test_a_record_that_does_not_hold_is_never_preferred() -> None:
    assert compare("m", (row("a", applies=Applies.NO),)).preferred is None


def test_a_known_disagreement_goes_before_the_strength_of_evidence() -> None:
    weak, strong = row("weak"), row("strong", evidence_class=EvidenceClass.INDEPENDENT_STUDY)
    document = compare("m", (weak, strong), (), [Dispute(("weak",), "They count different things.", "Go by the weak one.")])
    assert (document.preferred, document.because) == ("weak", "Prefer weak. Go by the weak one.")
    assert "They count different things. Prefer weak." in comparison_markdown(document)


def test_while_a_fact_is_open_a_disagreement_prefers_no_record_but_says_how_to_choose() -> None:
    document = compare("m", (row("a", applies=Applies.UNKNOWN),), (), [Dispute(("a",), "Why.", "Go by the age.")])
    assert (document.preferred, document.because) == (None, "Go by the age.")


def test_records_of_other_metrics_that_disagree_stand_below() -> None:
    document = compare("m", (row("a"),), (row("other", metric="n"),))
    assert "### Against them" in comparison_markdown(document)


def test_a_table_keeps_its_columns_when_a_text_holds_a_bar() -> None:
    assert benchmarks_markdown([row("a")]).splitlines()[2] == (
        "| a | Text of a \\| here. | Crossbeam, 2024 | vendor's own platform data | no condition |"
    )


def test_a_comparison_ends_with_what_differs_and_what_to_prefer() -> None:
    document = compare("m", (row("a"), row("b", evidence_class=EvidenceClass.ANALYST, as_of="2020")))
    assert comparison_markdown(document).endswith(
        "They differ in the kind of evidence, the date. "
        "Prefer a: its evidence (vendor's own platform data) is stronger (analyst next).\n"
    )
