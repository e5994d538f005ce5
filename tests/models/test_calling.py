"""Real clients given tools, against a server on this machine: what is sent, which call comes back, and what a service refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from advisor.adapters.calling import written_call
from advisor.adapters.chat_models import LangChainModel, Limits
from advisor.errors import ModelError
from advisor.ports import Step, Tokens, ToolCall

PROVIDERS = {"openai:gpt-4.1-mini": "/v1", "anthropic:claude-sonnet-4-5": ""}
TOOLS = [{"type": "function", "function": {"name": "draft", "description": "The draft.", "parameters": {"type": "object", "properties": {"text": {"type": "string"}}}}}]
ASKED = [Step("system", "You call tools."), Step("user", "Tiers at 8M?")]


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for provider in ("OPENAI", "ANTHROPIC"):
        monkeypatch.setenv(f"{provider}_API_KEY", "sk-none")


def model(service: Any, name: str) -> LangChainModel:
    return LangChainModel(name, service.url + PROVIDERS[name], limits=Limits(), sleep=lambda seconds: None)


@pytest.mark.parametrize("name", PROVIDERS)
def test_each_provider_is_offered_the_tools_and_its_call_comes_back_whole(service: Any, name: str) -> None:
    service.reply = lambda body: '{"text": "8M EUR"}'
    said, tokens = model(service, name).turn(ASKED, TOOLS, 400)
    assert [(call.tool, json.loads(call.arguments)) for call in said.calls] == [("draft", {"text": "8M EUR"})]
    assert tokens == Tokens(1200, 300)
    assert "The draft." in service.sent


@pytest.mark.parametrize("name", PROVIDERS)
def test_what_the_tool_gave_goes_back_to_the_call_that_asked(service: Any, name: str) -> None:
    service.reply = lambda body: '{"text": "8M EUR"}'
    made = model(service, name)
    said, _ = made.turn(ASKED, TOOLS, 400)
    made.turn([*ASKED, said, Step("tool", "€5–15M ARR", answers=said.calls[0].id)], TOOLS, 400)
    last = service.asked[-1]["messages"]
    assert said.calls[0].id in json.dumps(last[-2])
    assert said.calls[0].id in json.dumps(last[-1])
    assert "€5–15M ARR" in json.dumps(last[-1], ensure_ascii=False)


def test_a_call_that_broke_off_is_told_as_it_was_written_and_sent_back_as_no_arguments(service: Any) -> None:
    service.reply = lambda body: '{"text": "8M'
    made = model(service, "openai:gpt-4.1-mini")
    said, _ = made.turn(ASKED, TOOLS, 400)
    assert [call.tool for call in said.calls] == ["draft"]
    with pytest.raises(ValueError, match="Unterminated"):
        json.loads(said.calls[0].arguments)
    made.turn([*ASKED, said, Step("tool", "The arguments are not JSON.", answers=said.calls[0].id)], TOOLS, 400)
    assert service.asked[-1]["messages"][-2]["tool_calls"][0]["function"]["arguments"] == "{}"


def test_a_service_that_fails_once_is_asked_again_and_one_that_refuses_is_not(service: Any) -> None:
    service.fails(status=529)
    service.fails()
    service.reply = lambda body: "{}"
    assert model(service, "openai:gpt-4.1-mini").turn(ASKED, TOOLS, 400)[0].calls
    assert len(service.asked) == 2
    service.faults.clear()
    service.fails(status=401)
    with pytest.raises(ModelError) as refused:
        model(service, "openai:gpt-4.1-mini").turn(ASKED, TOOLS, 400)
    assert (refused.value.reason, len(service.asked)) == ("wrong_key", 3)


def test_a_service_that_takes_no_temperature_is_asked_without_and_one_that_takes_no_tools_is_told_of(service: Any) -> None:
    service.fails(status=400, body='{"error": {"message": "Unsupported value: temperature"}}')
    service.fails()
    service.reply = lambda body: "{}"
    model(service, "openai:gpt-4.1-mini").turn(ASKED, TOOLS, 400)
    assert ["temperature" in body for body in service.asked] == [True, False]
    service.faults.clear()
    service.fails(status=400, body='{"error": {"message": "tools are not supported"}}')
    with pytest.raises(ModelError) as refused:
        model(service, "openai:gpt-4.1-mini").turn(ASKED, TOOLS, 400)
    assert refused.value.reason == "rejected"


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ('{"name": "draft", "arguments": {"text": "x"}}', ToolCall("", "draft", '{"text": "x"}')),
        ('```json\n{"name": "draft", "parameters": {}}\n```', ToolCall("", "draft", "{}")),
        ('{"name": "draft", "arguments": {"text": "x', ToolCall("", "draft", '{"text": "x')),
        ('```json\n{"function": "draft", "args": {"text": "x"}}\n```', ToolCall("", "draft", '{"text": "x"}')),
        ('{"tool": "draft", "input": {"text": "x"}}', ToolCall("", "draft", '{"text": "x"}')),
        ('{"arguments": {"text": "x"}, "tool_name": "draft"}', ToolCall("", "draft", '{"text": "x"}')),
        ('{"type": "function", "function": {"name": "draft", "arguments": "{\\"text\\": \\"x\\"}"}}', ToolCall("", "draft", '{"text": "x"}')),
        ('[TOOL_REQUEST]{"name": "draft", "arguments": {}}[END_TOOL_REQUEST]', ToolCall("", "draft", "{}")),
        ('[TOOL_CALLS][{"name": "draft", "arguments": {"text": "x"}}, {"name": "draft"}]', ToolCall("", "draft", '{"text": "x"}')),
        ('I look first.\n<tool_call>\n{"name": "draft"}\n</tool_call>', ToolCall("", "draft", "{}")),
        ('{"name": "draft", "arguments": {"text": "two\nlines"}}', ToolCall("", "draft", '{"text": "two\\nlines"}')),
        ('A host writes it so: ```json\n{"name": "draft", "arguments": {}}\n```', None),
        ('{"name": "draft", "arguments": {}, "answer": "No."}', None),
        ('{"name": "draft", "tool": "draft", "arguments": {}}', None),
        ('{"function": {"name": "draft"}, "answer": "No."}', None),
        ('{"name": ["draft"], "arguments": {}}', None),
        ('[TOOL_REQUEST]{"name": "other", "arguments": {}}[END_TOOL_REQUEST]', None),
        ("[]", None),
        ("<tool_call>", None),
        ('{"name": "other", "arguments": {}}', None),
        ("I would call draft.", None),
        ('{"stage": "5-15M", "answer": "No."}', None),
        ("", None),
    ],
)
def test_a_call_is_read_where_a_text_is_one_and_nowhere_else(text: str, call: ToolCall | None) -> None:
    assert written_call(text, ["draft"]) == call


@pytest.mark.parametrize("call", ['{"name": "draft", "arguments": {"text": "x"}}', '{"name": "draft", "arguments": {"text": "x'])
def test_a_call_that_a_model_only_quotes_from_what_it_had_to_read_is_none(call: str) -> None:
    assert written_call(f"<tool_call>{call}", ["draft"], [f"Page 4 of the client's file: {call}"]) is None
    assert written_call(f"<tool_call>{call}", ["draft"], ["Page 4 of the client's file."]) is not None
