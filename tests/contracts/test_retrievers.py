"""What every retriever does: the one in memory that tests use, and the real one over Chroma."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import pytest

from advisor.adapters.index import open_index
from advisor.adapters.tuning import tuned
from advisor.domain import Entry, Hit
from advisor.domain.vocabulary import EvidenceKind
from advisor.ports import Retriever, VectorIndex
from advisor.testing import MemoryRetriever, WordEmbedder


class Both(Retriever, VectorIndex, Protocol):
    """The two ports that one object serves."""


Make = Callable[[Sequence[Entry]], Both]


def entry(name: str, text: str, *questions: str, kind: EvidenceKind = EvidenceKind.PASSAGE) -> Entry:
    return Entry(id=name, kind=kind, heading=name, text=text, source_doc="000", locator=f"doc-000:{name}", questions=questions)


TIERS = entry("tiers", "Gold silver bronze levels suit programmes with many partners.", "When do levels pay off?")
REFERRAL = entry("referral", "Introductions from customers start everything.", "Who pays commission for introductions?")
WIN_RATE = entry("win-rate", "Deals with partners close more often.", kind=EvidenceKind.BENCHMARK)
OWN_NOTES = entry("notes.docx#1", "Our board decided on gold levels in March.", kind=EvidenceKind.DOCUMENT)
ALL = (TIERS, REFERRAL, WIN_RATE, OWN_NOTES)


@pytest.fixture(params=["memory", "chroma"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    if request.param == "memory":
        return MemoryRetriever
    return lambda entries: open_index(tmp_path, entries, embedder=WordEmbedder(), tuning=tuned())


def test_the_entry_that_says_it_comes_first_as_a_whole_hit(make: Make) -> None:
    hit = make(ALL).search("deals that close with partners")[0]
    assert hit == Hit(
        rank=1, score=hit.score, kind=EvidenceKind.BENCHMARK, id="win-rate", heading="win-rate", source_doc="000",
        text="Deals with partners close more often.", locator="doc-000:win-rate",
    )  # fmt: skip


def test_ranks_count_from_one_and_scores_never_rise(make: Make) -> None:
    hits = make(ALL).search("gold levels for partners")
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_an_entry_is_found_by_its_own_question(make: Make) -> None:
    assert make(ALL).search("who pays commission for introductions", 1)[0].id == "referral"


def test_an_entry_with_many_matching_questions_is_one_hit(make: Make) -> None:
    chatty = entry("chatty", "Gold levels.", "gold levels?", "levels of gold?", "what are gold levels?")
    assert [hit.id for hit in make([chatty, REFERRAL]).search("gold levels")].count("chatty") == 1


def test_only_tells_documents_from_knowledge(make: Make) -> None:
    index = make(ALL)
    assert [hit.id for hit in index.search("gold levels", only="documents")] == ["notes.docx#1"]
    assert "notes.docx#1" not in [hit.id for hit in index.search("gold levels", only="knowledge")]


def test_no_more_hits_than_asked_for(make: Make) -> None:
    assert len(make(ALL).search("gold levels partners deals introductions", 2)) == 2


def test_equal_scores_are_ordered_by_id(make: Make) -> None:
    twins = [entry(name, "Gold levels.").model_copy(update={"heading": "same"}) for name in ("b", "c", "a")]
    assert [hit.id for hit in make(twins).search("gold levels")] == ["a", "b", "c"]


@pytest.mark.parametrize("query", ["", "   ", "?!", "the of and"])
def test_a_query_without_content_is_no_error(make: Make, query: str) -> None:
    assert not make(ALL).holds(query)


def test_an_empty_index_finds_and_holds_nothing(make: Make) -> None:
    index = make([])
    assert (index.search("gold levels"), index.holds("gold levels"), list(index.nearest("gold levels", 3))) == ((), False, [])


def test_what_the_entries_say_is_held_and_foreign_matters_are_not(make: Make) -> None:
    index = make(ALL)
    assert index.holds("introductions from customers")
    assert not index.holds("kubernetes hosting salary munich")


def test_an_update_replaces_what_was_there(make: Make) -> None:
    index = make([TIERS])
    index.update([REFERRAL])
    assert [hit.id for hit in index.search("gold levels introductions")] == ["referral"]


def test_the_nearest_come_with_falling_similarity(make: Make) -> None:
    near = make(ALL).nearest("introductions from customers", 2)
    assert near[0][0] == "referral"
    assert near[0][1] >= near[-1][1]


def test_the_part_of_a_text_that_says_it_weighs_most_and_a_foreign_part_nothing(make: Make) -> None:
    parts = ["Our board decided on gold levels in March.", "Introductions from customers start everything.", "Resellers get a margin."]
    both = entry("both", " ".join(parts[:2]))
    levels, introductions, foreign = make([both, REFERRAL]).weigh("introductions from customers", "both", parts)
    assert introductions > levels
    assert foreign == 0
