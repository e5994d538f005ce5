"""What retrieval finds in the shipped knowledge, with the carried model."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from advisor import library
from advisor.adapters.index import open_index
from advisor.adapters.retrieval import Index
from advisor.adapters.synonyms import expanded

RELEVANCE = Path(__file__).resolve().parents[2] / "bench" / "relevance.toml"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return open_index(tmp_path_factory.mktemp("home"), library.load().entries())


def test_shipped_vectors_spare_the_first_build_the_model(index: Index) -> None:
    assert index._builder.embedded < len(library.load().entries()) / 4


def test_an_answering_entry_comes_first_for_most_questions_and_among_five_for_nearly_all(index: Index) -> None:
    cases = tomllib.loads(RELEVANCE.read_text(encoding="utf-8"))["case"]
    places = []
    for case in cases:
        found = [hit.id in case["answered_by"] for hit in index.search(case["question"], 10)]
        places.append(found.index(True) if any(found) else 10)
    assert sum(place == 0 for place in places) >= 0.7 * len(places)
    assert sum(place < 5 for place in places) >= 0.9 * len(places)


@pytest.mark.parametrize("question", ["win rate with many partners", "commission on influenced deals", "steps for account mapping"])
def test_what_the_knowledge_says_is_held(index: Index, question: str) -> None:
    assert index.holds(question)


@pytest.mark.parametrize("question", ["partner manager salary Munich", "Kubernetes hosting for partner portal", "best pasta in Rome", "qwertz asdf"])
def test_what_the_knowledge_never_speaks_of_is_not_held(index: Index, question: str) -> None:
    assert not index.holds(question)


@pytest.mark.parametrize("question", ["partner activation rate in dentistry", "average notice period of resellers", "price of a Kubernetes portal"])
def test_a_figure_that_the_knowledge_does_not_give_is_not_held(index: Index, question: str) -> None:
    assert not index.holds(question)


def test_the_floor_is_compared_with_the_best_score(index: Index) -> None:
    for question in ("win rate with many partners", "partner manager salary Munich"):
        assert index.holds(question) is (index.search(question, 1)[0].score >= index.floor)


def test_more_hits_do_not_change_the_order_of_the_first(index: Index) -> None:
    few, many = (index.search("tiers for partners", limit) for limit in (3, 40))
    assert [(hit.id, hit.score) for hit in few] == [(hit.id, hit.score) for hit in many[:3]]


def test_a_long_name_is_also_asked_by_its_term() -> None:
    assert expanded("our annual recurring revenue and ecosystem-led growth") == "our annual recurring revenue and ecosystem-led growth (ARR, ELG)"
    assert expanded("our ARR") == "our ARR"


@pytest.mark.parametrize("query", ['"gold" AND (silver', "NEAR(", "*", "a" * 5000, "Größe über Umsätze", "パートナー", "\ud83d broken"])
def test_any_text_can_be_searched(index: Index, query: str) -> None:
    index.search(query)


def test_threads_share_one_index(index: Index) -> None:
    questions = ["win rate with many partners", "first partner hire", "tiers", "account mapping"] * 6
    alone = [index.search(question) for question in questions]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(index.search, questions)) == alone
