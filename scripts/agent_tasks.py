"""Writes docs/local-agent.md: three client tasks, each given to a real model on this machine over MCP and over LangChain's `create_agent`.

    python tests/models/weights.py qwen2.5-coder-1.5b      in another terminal, see the justfile
    python scripts/agent_tasks.py --model openai:qwen2.5-coder-1.5b [--only assess]

With `--only` the model is given these tools alone, as a small model takes them (no facts to fill in, brief results), and words for a small model on what to do with them, and has to begin with a call.

What was done once is kept below ADVISOR_HOME/evals/agents and not done again, so a run that was stopped goes on with the next task.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from advisor.errors import AdvisorError
from advisor.evaluation.versions import code_version, knowledge_version
from advisor.integrations.capabilities import named
from advisor.integrations.conscience import oversteps, ruled_out
from advisor.integrations.desk import Desk
from advisor.integrations.langchain import AdvisorToolkit
from advisor.integrations.langchain_agent import NAME, CallsFirst, StageGate, WrittenCalls
from advisor.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent
FILE, EXAMPLE = ROOT / "docs" / "local-agent.md", ROOT / "docs" / "examples" / "agent_over_mcp.py"
STEPS, WORDS = 20, 500  # steps of the graph of `create_agent`; tokens of a turn
HEAD = """# Three client tasks, done by a small local model with our tools

Written by `python scripts/agent_tasks.py`. Each task goes once over MCP, by the official client and the loop of [agent_over_mcp.py](examples/agent_over_mcp.py), and once over LangChain's `create_agent` with
`WrittenCalls` and `StageGate` (see [langchain.md](how-to/langchain.md)). A task is *solved* when the advisor assessed or answered it, the model said something in the end, and that keeps to what the rules forbid for the client.
A small model is a test of the way, not of the advice: one that passes on word by word what came back has called, read and answered, and no more. Whether the answer is a good one, the words below show: *solved* does not say it.
"""


TOLD = """Partner strategy for B2B SaaS, decided by rules. Call {tools} first, with the words of the user as they stand: it decides and answers. Then tell the user its verdict, what to do, what not yet and what is still open,
in at most 120 words. Say nothing that did not come back, and no number that is not there."""


class Task(NamedTuple):
    """What a client wants, in his words."""

    name: str
    words: str


TASKS = (
    Task("tiers", "We're a B2B SaaS at 8M EUR ARR, mid-touch, with 6 referral partners. Should we launch a Gold and Silver partner programme now?"),
    Task("first-steps", "We have 3M EUR ARR and no partners yet, and the founder looks after it. What should we do about partners in the next three months?"),
    Task("win-rate", "We're at 20M EUR ARR with 40 partners, sales-assisted. Our board asks how much partners lift win rates, and whether we need a partner portal. What can we say, with sources?"),
)


def over_mcp(model: Any, words: str, only: Sequence[str] | None = None) -> list[AnyMessage]:
    found = importlib.util.spec_from_file_location("agent_over_mcp", EXAMPLE)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    talked: list[AnyMessage] = _loop().run(module.talk(model, words, dict(os.environ), _names(only), _told(only)))
    return talked


@cache
def _loop() -> asyncio.Runner:
    """One loop for all talks: clients of services keep their connections, which end with the loop that they were opened in."""
    return asyncio.Runner()


def _names(only: Sequence[str] | None) -> list[str] | None:
    return None if only is None else [named(name).tool for name in only]


def _told(only: Sequence[str] | None) -> str:
    """The words for a model that is given a few tools; none where it is given all, with the instructions that come with them."""
    return TOLD.format(tools=" and ".join(_names(only) or ())) if only is not None else ""


def over_langchain(model: Any, words: str, only: Sequence[str] | None = None) -> list[AnyMessage]:
    from langchain.agents import create_agent
    from langgraph.errors import GraphRecursionError

    toolkit, first = AdvisorToolkit(only=only, small=only is not None), [] if only is None else [CallsFirst()]
    agent = create_agent(model, toolkit.get_tools(), system_prompt=_told(only) or toolkit.instructions, middleware=[*first, WrittenCalls(), StageGate(toolkit.desk)])
    messages: list[AnyMessage] = []
    try:
        for state in agent.stream({"messages": [HumanMessage(words)]}, {"recursion_limit": STEPS}, stream_mode="values"):
            messages = state["messages"]
    except GraphRecursionError:
        pass  # what was said up to there is told
    return messages


HOSTS: dict[str, Callable[..., list[AnyMessage]]] = {"MCP": over_mcp, "LangChain": over_langchain}


def done(task: Task, messages: Sequence[AnyMessage], desk: Desk | None = None) -> dict[str, Any]:
    """What a talk came to: the calls in order, the last word, and whether that solves the task."""
    asked = {call["id"]: call for each in messages if isinstance(each, AIMessage) for call in each.tool_calls}
    calls = [{"tool": each.name or "", "arguments": asked[each.tool_call_id]["args"], "refused": each.status == "error"} for each in messages if isinstance(each, ToolMessage)]
    last = messages[-1] if messages else None
    text = last.text if isinstance(last, AIMessage) and not last.tool_calls else ""
    broken = sorted({each.move.value for each in oversteps(text, ruled_out(desk or Desk(), [task.words]))})
    assessed = any(call["tool"] in {named("assess").tool, named("ask").tool} and not call["refused"] for call in calls)
    sent_back = sum(isinstance(each, HumanMessage) and each.name == NAME for each in messages)
    return {"calls": calls, "text": text, "forbidden": broken, "sent_back": sent_back, "solved": bool(assessed and text.strip() and not broken)}


def main() -> None:
    options = _arguments()
    folder = load_settings().home / "evals" / "agents"
    folder.mkdir(parents=True, exist_ok=True)
    rows = [(host, task, _kept(folder, host, task, options)) for task in TASKS for host in HOSTS]
    FILE.write_text("\n".join(_page([(host, task, found) for host, task, found in rows if found is not None], options)) + "\n", encoding="utf-8")
    told = [found for *_, found in rows if found is not None]
    sys.stdout.write(f"{FILE.name}: {sum(each['solved'] for each in told)} of {len(told)} solved\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="openai:qwen2.5-coder-1.5b")
    parser.add_argument("--base-url", default="http://127.0.0.1:8705/v1")
    parser.add_argument("--only", nargs="+", metavar="TOOL", help="give the model these tools alone")
    parser.add_argument("--kept", action="store_true", help="ask for nothing")
    return parser.parse_args()


def _kept(folder: Path, host: str, task: Task, options: argparse.Namespace) -> dict[str, Any] | None:
    """What a task came to over a host, now or earlier with the same program and model; none where nothing may be asked."""
    told = [code_version(), knowledge_version(), options.model, _told(options.only), host, *task]
    path = folder / f"{hashlib.sha256(json.dumps(told).encode()).hexdigest()[:24]}.json"
    if path.is_file():
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found
    if options.kept:
        return None
    began = time.monotonic()
    try:
        made = done(task, HOSTS[host](_model(options), task.words, options.only))
    except AdvisorError:
        raise
    except Exception as error:  # noqa: BLE001  a server that refuses ends this task and is told of it
        made = {"calls": [], "text": "", "forbidden": [], "sent_back": 0, "solved": False, "failed": type(error).__name__}
    made["seconds"] = round(time.monotonic() - began)
    path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    sys.stdout.write(f"{task.name} over {host}: {'solved' if made['solved'] else 'not solved'}, {made['seconds']} s\n")
    sys.stdout.flush()
    return made


def _model(options: argparse.Namespace) -> Any:
    from langchain.chat_models import init_chat_model

    provider, _, name = options.model.partition(":")
    return init_chat_model(name, model_provider=provider, base_url=options.base_url, api_key="none", temperature=0, max_tokens=WORDS, timeout=900, max_retries=1)


def _page(rows: Sequence[tuple[str, Task, dict[str, Any]]], options: argparse.Namespace) -> Iterator[str]:
    yield HEAD
    yield f"Model: `{options.model}` behind llama.cpp's server on loopback, one thread, temperature 0, {WORDS} tokens a turn; given {', '.join(f'`{name}`' for name in _names(options.only) or ['all tools'])}{' with words alone to fill in and brief results, and made to begin with a call' if options.only else ''}.\n"
    yield "| task | over | calls | refused | solved | seconds |"
    yield "|---|---|---|---:|---|---:|"
    for host, task, found in rows:
        calls = ", ".join(f"`{call['tool']}`" for call in found["calls"]) or "none"
        yield f"| {task.name} | {host} | {calls} | {sum(call['refused'] for call in found['calls'])} | {'yes' if found['solved'] else 'no'} | {found['seconds']} |"
    for task in TASKS:
        yield f"\n## {task.name}\n\n> {task.words}"
        for host, _, found in (row for row in rows if row[1] == task):
            yield f"\n**{host}**{_why(found)}\n\n{_quoted(found['text'])}"


def _why(found: dict[str, Any]) -> str:
    """What is to be said of a talk before its last word."""
    told = [f"the service failed ({found['failed']})"] if "failed" in found else []
    told += [f"advises {', '.join(found['forbidden'])}, which is forbidden"] if found["forbidden"] else []
    told += [f"sent back {found['sent_back']} times by the gate"] if found["sent_back"] else []
    told += ["no last word"] if not found["text"].strip() and "failed" not in found else []
    return f" ({'; '.join(told)})" if told else ""


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.replace("<", "&lt;").strip().splitlines())


if __name__ == "__main__":
    main()
