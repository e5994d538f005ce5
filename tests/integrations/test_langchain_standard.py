"""LangChain's own standard tests, for each tool and the retriever."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool
from langchain_tests.integration_tests import RetrieversIntegrationTests, ToolsIntegrationTests
from langchain_tests.unit_tests import ToolsUnitTests

from advisor.integrations.capabilities import CAPABILITIES, Capability
from advisor.integrations.desk import Desk
from advisor.integrations.langchain import AdvisorRetriever, AdvisorTool

DESK = Desk()


class Each:
    """Each row of the table in its turn."""

    row: Capability

    @pytest.fixture(params=CAPABILITIES, ids=lambda each: each.name, autouse=True)
    def capability(self, request: pytest.FixtureRequest) -> None:
        type(self).row = request.param

    @property
    def tool_constructor(self) -> type[BaseTool]:
        return AdvisorTool

    @property
    def tool_constructor_params(self) -> dict[str, Any]:
        return {"capability": self.row.name, "desk": DESK}

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return dict(self.row.example)


class TestToolUnit(Each, ToolsUnitTests): ...


class TestTool(Each, ToolsIntegrationTests): ...


class TestRetriever(RetrieversIntegrationTests):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return AdvisorRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"retriever": DESK.advisor}

    @property
    def retriever_query_example(self) -> str:
        return "win rate of deals with partners"


for group in (TestTool, TestRetriever):  # coroutines run on anyio, which is installed anyway
    for owner in group.__mro__:
        for name, test in vars(owner).items():
            if name.startswith("test_") and inspect.iscoroutinefunction(test):
                setattr(group, name, pytest.mark.anyio(test))
