"""The carried model and the retriever with the faces that LangChain expects; both work without a key or a network."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from advisor.adapters.embedder import MiniLM
from advisor.ports import Only


class AdvisorEmbeddings(Embeddings):
    """all-MiniLM-L6-v2 as it ships with partner-advisor: vectors of unit length, 384 dimensions."""

    def __init__(self, model: MiniLM | None = None) -> None:
        self._model = model or MiniLM()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class AdvisorRetriever(BaseRetriever):
    """What the knowledge and the user's documents hold on a query, as LangChain documents.

    `retriever` is anything with the `search` of `advisor.ports.Retriever`, an `Advisor` too. A document's metadata has the
    keys of `advisor search --json`; with `above_floor` hits below the relevance floor are left out.
    """

    retriever: Any
    k: int = 8
    only: Only | None = None
    above_floor: bool = True

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.retriever.search(query, self.k, self.only)
        kept = [hit for hit in hits if not self.above_floor or hit.score >= self.retriever.floor]
        return [Document(id=hit.id, page_content=hit.text, metadata=hit.model_dump(mode="json", exclude={"text"})) for hit in kept]
