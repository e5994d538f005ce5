"""An agent in fifty lines over the Model Context Protocol: the official client starts the advisor's server, and a chat model works with its tools.

    python agent_over_mcp.py anthropic:claude-sonnet-4-5 "We're at 8M EUR ARR, mid-touch. Should we launch partner tiers?"

The model gets the server's own instructions, calls what it likes, and gets every result and every refusal back as the server words it.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from typing import Any

import anyio
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, SystemMessage, ToolMessage
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from advisor.integrations.langchain_agent import as_call
from advisor.integrations.schemas import plain

TURNS = 8


async def talk(model: BaseChatModel, words: str, environment: Mapping[str, str] | None = None, only: Collection[str] | None = None, told: str = "") -> list[AnyMessage]:
    """The whole talk: instructions, question, calls, results, and what the model says in the end.

    A small model is best given the tools in `only`, with words of your own on what to do with them (`told`) in place of the server's. It is then offered no
    facts to fill in, which it would make up, gets brief results, and has to begin with a call: told to, it may answer out of its own head all the same.
    """
    server = StdioServerParameters(command=sys.executable, args=["-m", "advisor", "mcp"], env=dict(environment) if environment is not None else None)
    async with stdio_client(server) as (reading, writing), ClientSession(reading, writing) as session:
        offered = json_of(await session.initialize())["instructions"]
        tools = [each for each in json_of(await session.list_tools())["tools"] if only is None or each["name"] in only]
        brief = {each["name"]: {"detail": "brief"} for each in tools if only is not None and "detail" in each["inputSchema"]["properties"]}
        functions = [{"type": "function", "function": {"name": each["name"], "description": each["description"], "parameters": each["inputSchema"] if only is None else plain(each["inputSchema"])}} for each in tools]
        able, first = model.bind_tools(functions), model.bind_tools(functions, tool_choice=None if only is None else "any")
        messages: list[AnyMessage] = [SystemMessage(told or offered), HumanMessage(words)]
        for turn in range(TURNS):
            said: AIMessage = as_call(await (able if turn else first).ainvoke(messages), [each["name"] for each in tools], messages)
            messages.append(said)
            if not said.tool_calls:
                break
            for call in said.tool_calls:
                result = json_of(await session.call_tool(call["name"], {**call["args"], **brief.get(call["name"], {})}))
                text = "\n".join(part["text"] for part in result["content"])
                messages.append(ToolMessage(text, tool_call_id=call["id"], name=call["name"], status="error" if result.get("isError") else "success"))
        return messages


def json_of(value: Any) -> Any:
    """A result of the SDK, of either major, as the protocol's JSON."""
    return value.model_dump(mode="json", by_alias=True, exclude_none=True)


if __name__ == "__main__":
    name, words = sys.argv[1:]
    print(anyio.run(talk, init_chat_model(name), words)[-1].text)
