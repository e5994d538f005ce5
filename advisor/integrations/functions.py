"""The capabilities as functions for the SDKs of model makers, and the dispatcher that answers their calls; needs none of these SDKs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from advisor.errors import AdvisorError, InputError
from advisor.integrations.capabilities import CAPABILITIES, Capability, call, instructions, named
from advisor.integrations.desk import Desk
from advisor.integrations.schemas import short_input, short_output, strict_input

if TYPE_CHECKING:
    from advisor.wiring import Advisor

__all__ = ["answer", "answer_over", "anthropic_tools", "dispatch", "exported", "instructions", "openai_chat_tools", "openai_tools", "table"]

Format = Literal["openai", "anthropic", "json"]
FORMATS: tuple[Format, ...] = ("openai", "anthropic", "json")


def openai_tools() -> list[dict[str, Any]]:
    """For the Responses API and the Agents SDK, strict: `tools=openai_tools()`."""
    return [{"type": "function", "name": each.tool, "description": each.description, "parameters": strict_input(each), "strict": True} for each in CAPABILITIES]


def openai_chat_tools() -> list[dict[str, Any]]:
    """The same for Chat Completions, which wants them one level deeper."""
    return [{"type": "function", "function": {key: value for key, value in each.items() if key != "type"}} for each in openai_tools()]


def anthropic_tools() -> list[dict[str, Any]]:
    """For the Messages API: `tools=anthropic_tools()`."""
    return [{"name": each.tool, "description": each.description, "input_schema": short_input(each)} for each in CAPABILITIES]


def table() -> dict[str, Any]:
    """Everything a host may want to know, in no maker's format."""
    return {"instructions": instructions(), "tools": [_row(each) for each in CAPABILITIES]}


def _row(capability: Capability) -> dict[str, Any]:
    return {
        "name": capability.tool,
        "title": capability.title,
        "description": capability.description,
        "read_only": capability.read_only,
        "input_schema": short_input(capability),
        "output_schema": short_output(capability),
        "example": dict(capability.example),
    }


def exported(form: Format) -> list[dict[str, Any]] | dict[str, Any]:
    """The tools in one of the formats of `advisor tools --format`."""
    makers: dict[Format, Callable[[], Any]] = {"openai": openai_tools, "anthropic": anthropic_tools, "json": table}
    made: list[dict[str, Any]] | dict[str, Any] = makers[form]()
    return made


def dispatch(name: str, arguments: Mapping[str, Any] | str | None = None, *, desk: Desk | None = None) -> dict[str, Any]:
    """The value of one call, as JSON; what is empty is left out.

    `arguments` are a table, or its JSON as models send it. Raises AdvisorError, whose text tells a model how to repair the call;
    `answer` gives that text back instead.
    """
    capability = named(name)
    return call(capability.tool, table_of(arguments, capability.tool), desk or _desk()).as_json()


def answer(name: str, arguments: Mapping[str, Any] | str | None = None, *, desk: Desk | None = None) -> tuple[str, bool]:
    """The text for the model, and whether it is an error: the two halves of a tool result."""
    try:
        return json.dumps(dispatch(name, arguments, desk=desk), ensure_ascii=False, separators=(",", ":")), False
    except AdvisorError as error:
        return str(error), True


def answer_over(advisor: Advisor, name: str, arguments: Mapping[str, Any] | str) -> tuple[str, bool]:
    """The same over an advisor that is there already."""
    return answer(name, arguments, desk=Desk(make=lambda: advisor))


def table_of(arguments: Mapping[str, Any] | str | None, tool: str) -> Mapping[str, Any]:
    """The arguments of a call as a table. Raises InputError for a text that is no JSON object."""
    if not isinstance(arguments, str):
        return arguments or {}
    try:
        found = json.loads(arguments or "{}")
    except (ValueError, RecursionError) as error:
        raise InputError(f"{tool}: the arguments are not JSON: {error}.", hint="Send one JSON object.") from None
    if not isinstance(found, dict):
        raise InputError(f"{tool}: the arguments are not an object.", hint="Send one JSON object.")
    return found


@cache
def _desk() -> Desk:
    return Desk()
