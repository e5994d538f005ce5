"""The faces that LangChain sees."""

from __future__ import annotations

import numpy as np
import pytest

from advisor.adapters.embedder import MiniLM
from advisor.domain import Entry
from advisor.domain.vocabulary import EvidenceKind
from advisor.integrations.langchain import AdvisorEmbeddings, AdvisorRetriever
from advisor.testing import MemoryRetriever

TIERS = Entry(id="tiers", kind=EvidenceKind.PASSAGE, heading="Tiers", text="Gold and silver levels.", source_doc="000", locator="x")


def test_langchain_gets_the_vectors_of_the_carried_model() -> None:
    embeddings, texts = AdvisorEmbeddings(), ["gold levels", "first hire"]
    np.testing.assert_allclose(embeddings.embed_documents(texts), MiniLM().embed(texts), atol=1e-6)
    assert embeddings.embed_query("gold levels") == pytest.approx(embeddings.embed_documents(texts)[0], abs=1e-5)


def test_a_hit_is_a_document_with_the_keys_of_search() -> None:
    (found,) = AdvisorRetriever(retriever=MemoryRetriever([TIERS])).invoke("gold levels")
    assert (found.id, found.page_content) == ("tiers", "Gold and silver levels.")
    assert found.metadata == {
        "rank": 1, "score": 1.0, "kind": "passage", "id": "tiers", "source_doc": "000", "locator": "x", "heading": "Tiers",
    }  # fmt: skip


def test_hits_below_the_floor_are_left_out_unless_asked_for() -> None:
    memory = MemoryRetriever([TIERS], floor=0.9)
    assert AdvisorRetriever(retriever=memory).invoke("gold rush") == []
    assert len(AdvisorRetriever(retriever=memory, above_floor=False).invoke("gold rush")) == 1
