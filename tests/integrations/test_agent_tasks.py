"""Three client tasks through a real agent loop, over MCP as a process and over LangChain, by a model that is scripted: this shows the protocol, not the wit of a model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from advisor.integrations.desk import Desk

TOOL = Path(__file__).parents[2] / "scripts" / "agent_tasks.py"
SAYS = {
    "tiers": "Not yet: no tiered programme now. Keep your referral partners active.",
    "first-steps": "Start with a few referral partners, and no partner manager yet.",
    "win-rate": "Win rates differ by source; put the question of a portal to your partners first.",
}


@pytest.fixture(scope="module")
def tasks(load_tool: Callable[[Path], ModuleType]) -> ModuleType:
    return load_tool(TOOL)


def wanted(tool: str, **arguments: Any) -> AIMessage:
    return AIMessage("", tool_calls=[{"name": tool, "args": arguments, "id": tool, "type": "tool_call"}])


@pytest.mark.parametrize("host", ["MCP", "LangChain"])
@pytest.mark.parametrize("name", list(SAYS))
def test_a_task_goes_through_assessing_and_checking_to_an_answer(tasks: ModuleType, desk: Desk, scripted: Any, host: str, name: str) -> None:
    (task,) = (each for each in tasks.TASKS if each.name == name)
    model = scripted([wanted("advisor_assess", text=task.words), wanted("advisor_verify", text=SAYS[name], client=task.words), AIMessage(SAYS[name])])
    found = tasks.done(task, tasks.HOSTS[host](model, task.words), desk)
    assert [(call["tool"], call["refused"]) for call in found["calls"]] == [("advisor_assess", False), ("advisor_verify", False)]
    assert (found["text"], found["solved"]) == (SAYS[name], True)


@pytest.mark.parametrize("host", ["MCP", "LangChain"])
def test_a_model_that_is_given_few_tools_has_to_begin_with_a_call(tasks: ModuleType, desk: Desk, scripted: Any, host: str) -> None:
    task = tasks.TASKS[0]
    model = scripted([wanted("advisor_ask", question=task.words), AIMessage(SAYS["tiers"])])
    assert tasks.done(task, tasks.HOSTS[host](model, task.words, ["ask"]), desk)["solved"]
    assert "any" in model.choices


@pytest.mark.parametrize("host", ["MCP", "LangChain"])
def test_a_refused_call_and_one_written_out_as_text_lead_on(tasks: ModuleType, desk: Desk, scripted: Any, host: str) -> None:
    task = tasks.TASKS[0]
    model = scripted([wanted("advisor_assess", facts={"size": "big"}), AIMessage('```json\n{"name": "advisor_assess", "arguments": {"text": "8M EUR ARR"}}\n```'), AIMessage(SAYS["tiers"])])
    found = tasks.done(task, tasks.HOSTS[host](model, task.words), desk)
    assert [(call["tool"], call["refused"]) for call in found["calls"]] == [("advisor_assess", True), ("advisor_assess", False)]
    assert found["solved"]


def test_forbidden_advice_does_not_solve_a_task_and_the_gate_of_langchain_sends_it_back(tasks: ModuleType, desk: Desk, scripted: Any) -> None:
    task, rash = tasks.TASKS[0], AIMessage("Launch the tiered programme now.")
    script = [wanted("advisor_assess", text=task.words), rash, AIMessage(SAYS["tiers"])]
    over_mcp = tasks.done(task, tasks.over_mcp(scripted(script), task.words), desk)
    assert (over_mcp["forbidden"], over_mcp["solved"]) == (["tiered_programme"], False)
    gated = tasks.done(task, tasks.over_langchain(scripted(script), task.words), desk)
    assert (gated["sent_back"], gated["solved"]) == (1, True)


def test_a_model_that_calls_to_the_end_solves_nothing(tasks: ModuleType, desk: Desk, scripted: Any) -> None:
    task = tasks.TASKS[0]
    found = tasks.done(task, tasks.over_langchain(scripted([wanted("advisor_assess", text=task.words) for _ in range(30)]), task.words), desk)
    assert (found["text"], found["solved"]) == ("", False)
    assert len(found["calls"]) > 5
