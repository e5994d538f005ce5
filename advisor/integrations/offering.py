"""The tools as an agent of LangChain has them, for the suites that compare a model with them and without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from langchain_core.utils.function_calling import convert_to_openai_tool

from advisor.errors import AdvisorError
from advisor.evaluation.subjects import Offered
from advisor.integrations.desk import Desk
from advisor.integrations.functions import table_of
from advisor.integrations.langchain import AdvisorTool, AdvisorToolkit

if TYPE_CHECKING:
    from advisor.wiring import Advisor


def offered() -> Offered:
    """Instructions and tools as `create_agent` gets them in docs/how-to/langchain.md."""
    toolkit = AdvisorToolkit()
    return Offered(toolkit.instructions, tuple(convert_to_openai_tool(tool) for tool in toolkit.get_tools()), called)


def called(advisor: Advisor, name: str, arguments: Mapping[str, Any] | str) -> tuple[str, bool]:
    """The text that an agent's model gets back for a call over an advisor, and whether it is an error."""
    try:
        tool = AdvisorTool(name, desk=Desk(make=lambda: advisor))
        given = table_of(arguments, tool.name)
    except AdvisorError as error:
        return str(error), True
    message = tool.invoke({"name": tool.name, "args": dict(given), "id": "1", "type": "tool_call"})
    return str(message.content), message.status == "error"
