"""A talk with calls of tools, as LangChain writes it and as the port does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from advisor.ports import Step, ToolCall

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage


def converted(steps: Sequence[Step]) -> list[BaseMessage]:
    """The steps as messages. A call whose arguments are no object goes back without them: services refuse them, and the tool's answer says what was wrong."""
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

    def message(step: Step) -> BaseMessage:
        if step.role == "tool":
            return ToolMessage(step.text, tool_call_id=step.answers)
        if step.role == "assistant":
            return AIMessage(step.text, tool_calls=[{"name": call.tool, "args": _table(call.arguments), "id": call.id, "type": "tool_call"} for call in step.calls])
        return SystemMessage(step.text) if step.role == "system" else HumanMessage(step.text)

    return [message(step) for step in steps]


def step(message: Any, text: str) -> Step:
    """What a model said, with the calls that it makes; `message` may be None where nothing came."""
    return Step("assistant", text, tuple(_calls(message)) if message is not None else ())


def _calls(message: Any) -> Iterator[ToolCall]:
    whole = [(call, json.dumps(call["args"], ensure_ascii=False)) for call in message.tool_calls]
    broken = [(call, call["args"] or "") for call in message.invalid_tool_calls]
    for n, (call, arguments) in enumerate([*whole, *broken], 1):
        yield ToolCall(call.get("id") or f"call-{n}", call.get("name") or "", arguments)


def _table(arguments: str) -> dict[str, Any]:
    try:
        found = json.loads(arguments)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
