"""A talk with calls of tools, as LangChain writes it and as the port does."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from advisor.ports import Step, ToolCall

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage


_NAMED, _GIVEN, _BESIDE = ("name", "function", "tool", "tool_name"), ("arguments", "parameters", "args", "input"), frozenset({"type", "id"})
_TAG = r"<tool_call>|<function_call>|<tools>|<\|python_tag\|>|\[TOOL_REQUEST\]|\[TOOL_CALLS\]"
_OPENING, _TAGGED = re.compile(rf"(?:\s|```\w*|{_TAG})*"), re.compile(rf"(?:{_TAG})\s*")
_BROKEN_OFF = re.compile(rf'\[?\s*\{{\s*"(?:{"|".join(_NAMED)})"\s*:\s*"(?P<tool>\w+)"\s*,\s*"(?:{"|".join(_GIVEN)})"\s*:\s*')
_LENIENT = json.JSONDecoder(strict=False)  # small models break lines within a string


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


def written_call(text: str, tools: Collection[str], read: Iterable[str] = ()) -> ToolCall | None:
    """The call that a small model wrote out as text in place of making it; none for other texts, and tools that there are not.

    A text is a call that begins with one, bare, in a fence or after a tag that marks calls; after other words only the tag counts. Of several the
    first is made: what comes back decides on the next. Nor is it a call where it stands word by word in what the model had to `read`: that is a quotation.
    """
    rest = text[_begins(text) :]
    if not rest.startswith(("{", "[")):
        return None
    try:
        found, end = _LENIENT.raw_decode(rest)
    except (ValueError, RecursionError):
        begun = _BROKEN_OFF.match(rest)
        return None if begun is None or begun["tool"] not in tools or _quoted(rest.strip(), read) else ToolCall("", begun["tool"], rest[begun.end() :])
    return None if _quoted(rest[:end], read) else _meant(found[0] if isinstance(found, list) and found else found, tools)


def _begins(text: str) -> int:
    opening = _OPENING.match(text)
    begins = opening.end() if opening is not None else 0
    tagged = None if text.startswith(("{", "["), begins) else _TAGGED.search(text)
    return begins if tagged is None else tagged.end()


def _quoted(call: str, read: Iterable[str]) -> bool:
    return any(call in each for each in read)


def _meant(found: Any, tools: Collection[str]) -> ToolCall | None:
    """The call that an object is in one of the forms in which models are taught to write them; none with anything besides."""
    if isinstance(found, dict) and isinstance(found.get("function"), dict) and found.keys() <= {"function", *_BESIDE}:
        found = found["function"]
    if not isinstance(found, dict):
        return None
    named, given = ([key for key in keys if key in found] for keys in (_NAMED, _GIVEN))
    if len(named) != 1 or len(given) > 1 or not found.keys() <= {*named, *given, *_BESIDE} or found[named[0]] not in list(tools):
        return None
    arguments = found[given[0]] if given else None
    written = arguments if isinstance(arguments, str) else json.dumps(arguments or {}, ensure_ascii=False)
    return ToolCall("", found[named[0]], written or "{}")
