"""A talk with calls of tools, as LangChain writes it and as the port does."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from advisor.ports import Step, ToolCall

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage


_WRITTEN = re.compile(r'\s*(?:```\w*\s*)?(?:<tool_call>\s*)?\{\s*"name"\s*:\s*"(?P<tool>\w+)"\s*,\s*"(?:arguments|parameters)"\s*:\s*')


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
    """What a model said, with the calls that it makes; `message` are the pieces of it together, None where nothing came."""
    return Step("assistant", text, tuple(_calls(message)) if message is not None else ())


def _calls(message: Any) -> Iterator[ToolCall]:
    """The calls with their arguments as they were written: LangChain would complete those that broke off."""
    for n, call in enumerate(message.tool_call_chunks, 1):
        yield ToolCall(call.get("id") or f"call-{n}", call.get("name") or "", call.get("args") or "{}")


def _table(arguments: str) -> dict[str, Any]:
    try:
        found = json.loads(arguments)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def written_call(text: str, tools: Collection[str]) -> ToolCall | None:
    """The call that a small model wrote out as text in place of making it; none for other texts, and tools that there are not."""
    found = _WRITTEN.match(text)
    if found is None or found["tool"] not in tools:
        return None
    rest = text[found.end() :]
    try:
        table, _ = json.JSONDecoder().raw_decode(rest)
    except (ValueError, RecursionError):
        return ToolCall("", found["tool"], rest)
    return ToolCall("", found["tool"], json.dumps(table, ensure_ascii=False))
