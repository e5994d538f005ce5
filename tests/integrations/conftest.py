"""One desk for the run, a model that says what it is told, and a loop for coroutine tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest

from advisor.integrations.desk import Desk

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

Scripted = Callable[["Sequence[AIMessage]"], "BaseChatModel"]


@pytest.fixture(scope="session")
def desk() -> Desk:
    return Desk()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def scripted() -> Scripted:
    """A chat model of LangChain that gives these messages one after the other; `seen` holds what it was sent, `choices` how free it was to call."""
    from langchain_core.language_models import GenericFakeChatModel
    from langchain_core.messages import BaseMessage

    class ScriptedModel(GenericFakeChatModel):
        seen: list[list[BaseMessage]] = []  # noqa: RUF012  # pydantic copies it
        choices: list[str | None] = []  # noqa: RUF012

        def bind_tools(self, tools: Sequence[Any], **options: Any) -> Any:
            self.choices.append(options.get("tool_choice"))
            return self

        def _generate(self, messages: list[BaseMessage], *rest: Any, **options: Any) -> Any:
            self.seen.append(messages)
            return super()._generate(messages, *rest, **options)

    def make(messages: Sequence[AIMessage]) -> BaseChatModel:
        script: Iterator[AIMessage] = iter(messages)
        return ScriptedModel(messages=script)

    return make
