"""The how-to on tools: each of its blocks does what the page says, with clients that are scripted."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import pytest

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
BLOCKS = re.findall(r"```python\n(.*?)```", HOW_TO.joinpath("tools.md").read_text(encoding="utf-8"), re.DOTALL)
BAD, GOOD = {"facts": {"arr": "bananas"}}, {"facts": {"arr": "8.2M EUR"}, "detail": "brief"}


def run(number: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    exec(compile(BLOCKS[number], "tools.md", "exec"), found)  # noqa: S102  # the page's own code
    return found


class Scripted:
    """A client of a model maker that gives these answers in turn and keeps what it was sent."""

    def __init__(self, answers: Sequence[Any]) -> None:
        self.sent: list[dict[str, Any]] = []
        self._answers = iter(answers)
        self.responses = self.messages = self

    def create(self, **request: Any) -> Any:
        self.sent.append({**request, **{name: list(request[name]) for name in ("input", "messages") if name in request}})
        return next(self._answers)


def test_the_dispatcher_answers_and_refuses_as_printed() -> None:
    run(0)


def test_the_loop_for_responses_hands_errors_back_until_the_model_answers() -> None:
    def calling(arguments: dict[str, Any]) -> Any:
        return SimpleNamespace(output=[SimpleNamespace(type="function_call", name="advisor_assess", arguments=json.dumps(arguments), call_id="1")])

    client = Scripted([calling(BAD), calling(GOOD), SimpleNamespace(output=[], output_text="Not yet.")])
    assert run(1)["run"](client, "Tiers at 8.2M?") == "Not yet."
    repair, value = (client.sent[turn]["input"][-1]["output"] for turn in (1, 2))
    assert "write it like '8.2M EUR'" in repair
    assert "tiered_programme" in json.loads(value)["forbidden"]


def test_the_loop_for_messages_hands_errors_back_until_the_model_answers() -> None:
    def calling(arguments: dict[str, Any]) -> Any:
        return SimpleNamespace(content=[SimpleNamespace(type="tool_use", name="advisor_assess", input=arguments, id="1")])

    client = Scripted([calling(BAD), calling(GOOD), SimpleNamespace(content=[SimpleNamespace(type="text", text="Not yet.")])])
    assert run(2)["run"](client, "Tiers at 8.2M?") == "Not yet."
    first, second = (client.sent[turn]["messages"][-1]["content"][0] for turn in (1, 2))
    assert (first["is_error"], second["is_error"]) == (True, False)


def test_the_agents_sdk_takes_the_functions() -> None:
    pytest.importorskip("agents")
    agent = run(3)["agent"]
    assess = agent.tools[0]
    assert (assess.name, assess.strict_json_schema) == ("advisor_assess", True)
    assert "tiered_programme" in json.loads(anyio.run(assess.on_invoke_tool, None, json.dumps(GOOD)))["forbidden"]


def test_pydantic_ai_calls_the_functions() -> None:
    pytest.importorskip("pydantic_ai")
    from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
    from pydantic_ai.models.function import AgentInfo, FunctionModel

    seen: list[str] = []

    def model(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        assert "Call advisor_assess first" in str(info.instructions)
        returned = [part for part in messages[-1].parts if isinstance(part, ToolReturnPart)]
        if not returned:
            return ModelResponse([ToolCallPart("advisor_assess", GOOD)])
        seen.append(str(returned[0].content))
        return ModelResponse([TextPart("Not yet.")])

    asked = partial(run(4)["agent"].run, "Tiers at 8.2M?", model=FunctionModel(model))
    assert anyio.run(asked).output == "Not yet."  # run_sync leaves its event loop open, which fails a later test
    assert "tiered_programme" in seen[0]


def test_the_table_of_the_how_to_names_every_tool() -> None:
    from advisor.integrations.capabilities import CAPABILITIES

    text = HOW_TO.joinpath("mcp.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(advisor_\w+)` \|", text, re.MULTILINE) == [each.tool for each in CAPABILITIES]
