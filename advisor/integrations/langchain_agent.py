"""Keeps an agent of LangChain within the rules: its final text is held against what is forbidden for the client before anybody reads it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from langchain.agents.middleware import AgentMiddleware, hook_config
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from advisor import intake, library
from advisor.adapters.calling import converted, written_call
from advisor.integrations.capabilities import call, named
from advisor.integrations.conscience import again, mended, oversteps, ruled_out
from advisor.integrations.desk import Desk, Outcome
from advisor.integrations.inputs import LONGEST_TEXT
from advisor.ports import Step

NAME = "partner_advisor"


class WrittenCalls(AgentMiddleware[Any, Any]):
    """For `create_agent(..., middleware=[WrittenCalls(), StageGate()])` with a small model: a call that it writes out as text is made.

    Many small models know the form of a call and miss the marks around it, so that their server passes it on as an answer.
    """

    def wrap_model_call(self, request: Any, handler: Any) -> Any:
        return as_calls(handler(request), request.tools, request.messages)

    async def awrap_model_call(self, request: Any, handler: Any) -> Any:
        return as_calls(await handler(request), request.tools, request.messages)


class CallsFirst(AgentMiddleware[Any, Any]):
    """For `create_agent(..., middleware=[CallsFirst(), WrittenCalls(), StageGate()])`: what a user says leads to a call before it leads to an answer.

    A small model is told to call first and answers out of its own head all the same. Where an agent has nothing to say without its tools, its first turn after each
    word of the user has to be a call; every later turn is free. The gate's own words are none of the user's.
    """

    def wrap_model_call(self, request: Any, handler: Any) -> Any:
        return handler(_calling(request))

    async def awrap_model_call(self, request: Any, handler: Any) -> Any:
        return await handler(_calling(request))


def _calling(request: Any) -> Any:
    """A request that has to be answered with a call, where the user had the last word."""
    last = request.messages[-1] if request.messages else None
    asked = isinstance(last, HumanMessage) and last.name != NAME
    return request.override(tool_choice="any") if asked and request.tools else request


def as_calls(response: Any, tools: Sequence[Any], read: Sequence[AnyMessage] = ()) -> Any:
    """What a model answered to what it had to `read`, with the calls that it wrote out as text."""
    names = [each["name"] if isinstance(each, dict) else each.name for each in tools]
    return replace(response, result=[as_call(each, names, read) for each in response.result])


def as_call(message: Any, tools: Collection[str], read: Sequence[AnyMessage] = ()) -> Any:
    """A message whose text is a call of one of the tools as the call that it is; any other, and one that quotes what the model had to `read`, as it stands."""
    said = [each.text for each in read if not isinstance(each, AIMessage)]
    found = written_call(message.text, tools, said) if isinstance(message, AIMessage) and not message.tool_calls else None
    if found is None:
        return message
    (made,) = converted([Step("assistant", "", (found._replace(id=f"written-{uuid4().hex[:8]}"),))])
    return made


class StageGate(AgentMiddleware[Any, Any]):
    """For `create_agent(..., middleware=[StageGate()])`.

    A final text that goes on with a forbidden move goes back to the model `retries` times, with the sentences and what would change the
    verdict; after that they are left out, and the text says so. What is forbidden is decided by the facts that the people of the conversation
    gave: arguments that a model made up can forbid more, never less. Tool results of `advisor_assess` decide where people gave no ARR.

    With `figures`, what `advisor_verify` finds goes back likewise: figures that neither the knowledge nor the people's own words hold. Leave it off
    where the agent has figures from tools of yours, which the knowledge cannot hold.
    """

    def __init__(self, desk: Desk | None = None, *, retries: int = 1, figures: bool = False) -> None:
        super().__init__()
        self.desk, self.retries, self.figures = desk or Desk(), retries, figures

    @hook_config(can_jump_to=["model"])
    def after_model(self, state: Any, runtime: Any) -> dict[str, Any] | None:
        messages: Sequence[AnyMessage] = state["messages"]
        last = messages[-1]
        if not isinstance(last, AIMessage) or last.tool_calls:
            return None
        forbidden = self.forbidden(messages)
        found, unheld = oversteps(last.text, forbidden), self._unheld(last.text, messages)
        if not found and unheld is None:
            return None
        language = library.spoken(intake.language_of(last.text))
        if sum(isinstance(each, HumanMessage) and each.name == NAME for each in messages) < self.retries:
            told = [again(found, forbidden, language) if found else "", unheld.text if unheld else ""]
            return {"messages": [HumanMessage("\n\n".join(filter(None, told)), name=NAME)], "jump_to": "model"}
        kept = last.text if unheld is None else unheld.as_json().get("mended", "")
        return {"messages": [AIMessage(mended(kept, forbidden, self.desk.advisor.titles_in(language), language), id=last.id)]}

    @hook_config(can_jump_to=["model"])
    async def aafter_model(self, state: Any, runtime: Any) -> dict[str, Any] | None:
        from langchain_core.runnables import run_in_executor

        return await run_in_executor(None, self.after_model, state, runtime)

    def forbidden(self, messages: Sequence[AnyMessage]) -> Mapping[str, str]:
        """The moves forbidden for the client of a conversation, each with what would change that."""
        return ruled_out(self.desk, _said(messages), _last_assessed(messages))

    def _unheld(self, text: str, messages: Sequence[AnyMessage]) -> Outcome | None:
        """What does not hold of a text's figures, or nothing."""
        if not self.figures or not text.strip():
            return None
        checked = call(named("verify").tool, {"text": text[:LONGEST_TEXT], "client": "\n\n".join(_said(messages))[-LONGEST_TEXT:]}, self.desk)
        return checked if checked.as_json().get("failing") else None


def _said(messages: Sequence[AnyMessage]) -> list[str]:
    """What the people of a conversation said."""
    return [each.text for each in messages if isinstance(each, HumanMessage) and each.name != NAME]


def _last_assessed(messages: Sequence[AnyMessage]) -> dict[str, str] | None:
    """What the last call of advisor_assess forbade; none when there was no call."""
    tool = named("assess").tool
    values = (each.artifact for each in reversed(messages) if isinstance(each, ToolMessage) and each.name == tool and isinstance(each.artifact, dict))
    value = next(values, None)
    return None if value is None else {**value.get("forbidden", {})}
