"""Function schemas for the SDKs of model makers, and the dispatcher behind them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from pydantic import TypeAdapter

from advisor import AdvisorError
from advisor.integrations.capabilities import CAPABILITIES, Capability, call
from advisor.integrations.desk import Desk
from advisor.integrations.functions import answer, anthropic_tools, dispatch, openai_chat_tools, openai_tools, table

STRICT_KEYS = {"type", "properties", "required", "additionalProperties", "items", "enum", "description", "anyOf", "$ref", "$defs"}


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema and "type" in schema:
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


def test_every_object_of_a_strict_function_is_closed_and_requires_all() -> None:
    for tool in openai_tools():
        assert tool["strict"] is True
        found = list(objects(tool["parameters"]))
        assert found
        assert all(each["additionalProperties"] is False and each["required"] == list(each["properties"]) for each in found)


def test_strict_functions_use_only_what_strict_mode_knows() -> None:
    def keys(schema: Any, names: bool = False) -> Iterator[str]:
        if isinstance(schema, dict):
            for key, value in schema.items():
                if not names:
                    yield key
                yield from keys(value, names=not names and key in {"properties", "$defs"})
        elif isinstance(schema, list):
            for value in schema:
                yield from keys(value)

    assert {key for tool in openai_tools() for key in keys(tool["parameters"])} <= STRICT_KEYS


def test_functions_have_the_types_of_the_official_sdks() -> None:
    anthropic = pytest.importorskip("anthropic.types")
    responses = pytest.importorskip("openai.types.responses")
    chat = pytest.importorskip("openai.types.chat")
    for tool in openai_tools():
        assert responses.FunctionTool.model_validate(tool).strict is True
        TypeAdapter(responses.FunctionToolParam).validate_python(tool)
    for tool in openai_chat_tools():
        TypeAdapter(chat.ChatCompletionFunctionToolParam).validate_python(tool)
    for tool in anthropic_tools():
        TypeAdapter(anthropic.ToolParam).validate_python(tool)


@pytest.mark.parametrize("capability", CAPABILITIES, ids=lambda each: each.name)
def test_examples_fit_the_schemas_and_run(capability: Capability) -> None:
    (shown,) = [each for each in anthropic_tools() if each["name"] == capability.tool]
    jsonschema.Draft202012Validator.check_schema(shown["input_schema"])
    jsonschema.validate(dict(capability.example), shown["input_schema"])
    value = dispatch(capability.tool, capability.example)
    (row,) = [each for each in table()["tools"] if each["name"] == capability.tool]
    jsonschema.validate(value, row["output_schema"])


@pytest.mark.parametrize("tool", openai_tools(), ids=lambda each: each["name"])
def test_what_strict_mode_sends_is_understood(tool: dict[str, Any]) -> None:
    """Strict mode sends every field; what is not stated is null."""
    sent: dict[str, Any] = dict.fromkeys(tool["parameters"]["properties"])
    (capability,) = [each for each in CAPABILITIES if each.tool == tool["name"]]
    plain = {name: value for name, value in capability.example.items() if name not in {"facts", "what_if"}}
    if "sum" in plain:
        (asked,) = [each for each in tool["parameters"]["properties"]["sum"]["anyOf"] if each["properties"]["kind"]["enum"] == [plain["sum"]["kind"]]]
        plain["sum"] = {**dict.fromkeys(asked["properties"]), **plain["sum"]}
    if "facts" in sent:
        facts = ["arr=8.2M EUR", "owner=none"] if capability is not CAPABILITIES[0] else {**dict.fromkeys(tool["parameters"]["$defs"]["Facts"]["properties"]), "arr": "8.2M EUR"}
        plain["facts"] = facts
    arguments = {**sent, **plain}
    jsonschema.validate(arguments, tool["parameters"])
    assert dispatch(tool["name"], json.dumps(arguments))


def test_the_same_call_gives_the_same_value_everywhere() -> None:
    arguments = {"facts": {"arr": "8.2M EUR"}}
    assert dispatch("advisor_assess", json.dumps(arguments)) == call("assess", arguments, Desk()).as_json()


@pytest.mark.parametrize("arguments", ["{", "[1]", '"text"', '{"question": '])
def test_arguments_that_are_no_object_are_answered_with_what_to_send(arguments: str) -> None:
    with pytest.raises(AdvisorError, match="Send one JSON object"):
        dispatch("advisor_ask", arguments)


def test_an_error_comes_back_as_the_text_of_a_tool_result() -> None:
    text, failed = answer("advisor_ask", "{}")
    assert failed
    assert "question is missing" in text
    text, failed = answer("advisor_search", {"query": "win rate"})
    assert not failed
    assert json.loads(text)["results"]

