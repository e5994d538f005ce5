"""The advisor with the faces that LangChain expects: tools, toolkit, retriever and embeddings; all work without a key or a network.

Tools are made from the table of capabilities. The text of a result is for the model; the artifact is the typed value, citations included.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool, BaseToolkit, ToolException
from pydantic import Field, PrivateAttr

from advisor.adapters.embedder import MiniLM
from advisor.errors import AdvisorError
from advisor.integrations.capabilities import CAPABILITIES, Capability, call, instructions, named
from advisor.integrations.desk import Desk
from advisor.integrations.schemas import FactsTold, factual, short_input
from advisor.ports import Only


class AdvisorTool(BaseTool):
    """One capability, by its name with the prefix or without: `AdvisorTool("assess")`.

    With `small`, facts are read from the words of the call alone, and results are brief: a small model fills every field with what nobody said, and loses its way in a long text.
    A call that does not fit comes back as an error text that says how to repair it, so that the model can call again. Async calls run on a
    thread.
    """

    response_format: Literal["content", "content_and_artifact"] = "content_and_artifact"
    handle_tool_error: bool = True
    desk: Any = Field(default_factory=Desk, exclude=True)  # a Desk; its type names rooms that are not loaded
    _capability: Capability = PrivateAttr()
    _small: bool = PrivateAttr(default=False)

    def __init__(self, capability: str, *, facts: FactsTold | None = None, small: bool = False, **fields: Any) -> None:
        found = named(capability)
        told = {"name": found.tool, "description": found.description, "args_schema": short_input(found, "none" if small else facts), "metadata": {"read_only": found.read_only}}
        super().__init__(**{**told, **fields})
        self._capability, self._small = found, small

    def _run(self, **arguments: Any) -> tuple[str, dict[str, Any]]:
        brief = {"detail": "brief"} if self._small and "detail" in self._capability.takes.model_fields else {}
        try:
            outcome = call(self._capability.tool, {**arguments, **brief}, self.desk)
        except AdvisorError as error:
            raise ToolException(str(error)) from error
        return outcome.text, outcome.as_json()


class AdvisorToolkit(BaseToolkit):
    """All capabilities at one desk: `create_agent(model, AdvisorToolkit().get_tools(), system_prompt=AdvisorToolkit().instructions)`.

    Conversations of `advisor_ask` belong to the desk's owner: `Desk(owner="customer-7")` finds nobody else's.
    """

    desk: Any = Field(default_factory=Desk, exclude=True)  # a Desk; its type names rooms that are not loaded
    only: Sequence[str] | None = None
    small: bool = False

    def get_tools(self) -> list[BaseTool]:
        """The tools in the order of the table; with `only`, those of these names. Raises InputError for a name that is none.

        Facts are written out in the first that takes them; with `small`, in none.
        """
        wanted = [named(name) for name in self.only] if self.only is not None else list(CAPABILITIES)
        chosen = [each for each in CAPABILITIES if each in wanted]
        first = next((each for each in chosen if factual(each)), None)
        return [AdvisorTool(each.name, desk=self.desk, facts="spelt" if each is first else "named", small=self.small) for each in chosen]

    @property
    def instructions(self) -> str:
        """What an agent's system prompt should say about the tools."""
        return instructions()


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

    `retriever` is anything with the `search` of `advisor.ports.Retriever`, an `Advisor` too; left out, it is the advisor of the user's
    settings. A document's metadata has the keys of `advisor search --json`; with `above_floor` hits below the relevance floor are left out.
    """

    retriever: Any = Field(default_factory=lambda: Desk().advisor)
    k: int = Field(8, ge=1)
    only: Only | None = None
    above_floor: bool = True

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        hits = self.retriever.search(query, self.k if k is None else k, self.only)
        kept = [hit for hit in hits if not self.above_floor or hit.score >= self.retriever.floor]
        return [Document(id=hit.id, page_content=hit.text, metadata=hit.model_dump(mode="json", exclude={"text"})) for hit in kept]
