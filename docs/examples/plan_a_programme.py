"""A LangGraph agent that plans a client's partner programme with the advisor's tools, and stays within what the rules allow.

    python plan_a_programme.py anthropic:claude-sonnet-4-5 "We're at 8M EUR ARR, mid-touch. Plan our first year with partners."

The graph assesses first, without asking the model. The model then plans with the tools as long as it likes. Its plan is held against the
assessment: what the rules forbid goes back once with the reason, and is left out, with a sentence that says so, if it comes again.
"""

from __future__ import annotations

import sys
from typing import Any, Literal

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition

from advisor.domain import Move
from advisor.integrations.conscience import mended, oversteps
from advisor.integrations.desk import Desk
from advisor.integrations.langchain import AdvisorToolkit

REVISIONS = 1


class Planning(MessagesState):
    """`forbidden` are the moves that the rules forbid for the client, with what would change that; `revised` how often a plan went back."""

    forbidden: dict[str, str]
    revised: int


def programme_agent(model: BaseChatModel, desk: Desk | None = None) -> Any:
    """The compiled graph: assess → plan ⇄ tools → check."""
    toolkit = AdvisorToolkit(desk=desk or Desk())
    tools = toolkit.get_tools()
    planner = model.bind_tools(tools)

    def assess(state: Planning) -> dict[str, Any]:
        """The client's own words decide, before the model says anything."""
        call = {"name": "advisor_assess", "args": {"text": state["messages"][-1].text}, "id": "assess", "type": "tool_call"}
        result = tools[0].invoke(call)
        return {"messages": [AIMessage("", tool_calls=[call]), result], "forbidden": result.artifact["forbidden"], "revised": 0}

    def plan(state: Planning) -> dict[str, Any]:
        return {"messages": [planner.invoke([SystemMessage(toolkit.instructions), *state["messages"]])]}

    def check(state: Planning) -> dict[str, Any]:
        last, found = state["messages"][-1], oversteps(state["messages"][-1].text, state["forbidden"])
        if found and state["revised"] < REVISIONS:
            reasons = "\n".join(f"- {each.text} ({each.move}: {state['forbidden'][each.move]})" for each in found)
            return {"messages": [HumanMessage(f"The rules forbid this for the client now; plan without it:\n{reasons}")], "revised": state["revised"] + 1}
        titles = {move: move.replace("_", " ") for move in Move}
        return {"messages": [AIMessage(mended(last.text, state["forbidden"], titles), id=last.id)]}

    def after_check(state: Planning) -> Literal["plan", "__end__"]:
        return "plan" if isinstance(state["messages"][-1], HumanMessage) else END

    graph = StateGraph(Planning)
    graph.add_node("assess", assess)
    graph.add_node("plan", plan)
    graph.add_node("tools", ToolNode(tools))
    graph.add_node("check", check)
    graph.add_edge(START, "assess")
    graph.add_edge("assess", "plan")
    graph.add_conditional_edges("plan", tools_condition, {"tools": "tools", END: "check"})
    graph.add_edge("tools", "plan")
    graph.add_conditional_edges("check", after_check)
    return graph.compile()


if __name__ == "__main__":
    name, words = sys.argv[1:]
    done = programme_agent(init_chat_model(name)).invoke({"messages": [HumanMessage(words)]})
    print(done["messages"][-1].text)
