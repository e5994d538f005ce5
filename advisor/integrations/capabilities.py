"""The one table of what the advisor does for other programs; every host, function schema and manifest is made from it.

A capability that joins is one row here, its input in `inputs.py`, its result in `results.py` and the function of its name in `running.py` or a module beside it. The table itself imports
nothing of the advisor's rooms but the shapes: a host lists tools before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from advisor.domain.base import Value
from advisor.errors import AdvisorError, InputError
from advisor.integrations import inputs, results
from advisor.integrations.desk import Desk, Outcome
from advisor.integrations.refusing import checked

PREFIX = "advisor_"
_OPTION = re.compile(r"--([a-z][a-z-]+)")  # errors name options of the command line; arguments have their names with underscores


@dataclass(frozen=True)
class Capability:
    """One thing the advisor does: its name and words, what it takes and gives, and whether it leaves everything as it was.

    `rule` is what a host's model is told about when to call it. `example` are arguments that work. `module` has the function of its name that runs it.
    """

    name: str
    title: str
    description: str
    takes: type[Value]
    gives: type[Value]
    example: Mapping[str, Any]
    rule: str = ""
    read_only: bool = True
    module: str = "running"

    @property
    def tool(self) -> str:
        """The name under which hosts list it."""
        return f"{PREFIX}{self.name}"

    def run(self, desk: Desk, given: Value) -> Outcome:
        """The outcome for a checked input. Raises AdvisorError with a sentence that says how to mend the call."""
        outcome: Outcome = getattr(import_module(f"advisor.integrations.{self.module}"), self.name)(desk, given)
        return outcome


CAPABILITIES: tuple[Capability, ...] = (
    Capability(
        "assess",
        "Assess a client",
        "Stage, and which partner moves fit, come first or are forbidden now, by rules. Call first.",
        inputs.AssessInput,
        results.AssessResult,
        {"text": "We are at €8M ARR, sales-assisted; nobody owns partners.", "what_if": {"arr": "16M EUR"}},
        "Call advisor_assess first: it decides stage and moves. Never advise a move that it forbids; put its questions to the user.",
    ),
    Capability(
        "ask",
        "Ask a question",
        "Cited answer to a partner-strategy question. State what is known of the client.",
        inputs.AskInput,
        results.AskResult,
        {"question": "We are at €8M ARR, sales-assisted. Should we build a tiered partner programme?"},
        "advisor_ask answers with citations; keep its figures and [n] as they are, and say what it abstained on.",
        read_only=False,
    ),
    Capability(
        "search",
        "Search the knowledge",
        "Passages and figures on a topic.",
        inputs.SearchInput,
        results.SearchResult,
        {"query": "win rate of deals with partners", "limit": 3},
    ),
    Capability(
        "benchmarks",
        "Look up benchmarks",
        "Sourced figures: compare a metric's records, show one, or list.",
        inputs.BenchmarksInput,
        results.BenchmarksResult,
        {"metric": "win_rate_uplift", "facts": {"mapped_partners": 3}},
        "Quote figures only from these tools, with source, and only where they apply.",
    ),
    Capability(
        "plan",
        "Plan the work",
        "A dated plan of tasks, owners and gates that keeps to the rules.",
        inputs.PlanInput,
        results.PlanResult,
        {"facts": {"arr": "8M EUR", "motion": "mid_touch"}, "start": "2027-01-11"},
        module="planning",
    ),
    Capability(
        "calculate",
        "Work a sum out",
        "Partner economics with the client's own numbers, amounts in one currency; each result with its formula.",
        inputs.CalculateInput,
        results.CalculateResult,
        {"sum": {"kind": "partner_return", "fee": 1500, "hours": 12, "own_hourly_rate": 120}},
        module="calculating",
    ),
    Capability(
        "verify",
        "Check a text",
        "Checks your final text before you send it: figures without support and forbidden moves, with the text mended. Give the client's facts.",
        inputs.VerifyInput,
        results.VerifyResult,
        {"text": "ELG deals close 60% faster. Launch a tiered programme in May.", "facts": {"arr": "8M EUR"}},
        "Before you answer, call advisor_verify on your final text with the client's facts; send its mended text.",
        module="checking",
    ),
)


def named(name: str) -> Capability:
    """The capability of this name, with the prefix or without. Raises InputError naming those there are."""
    for capability in CAPABILITIES:
        if name in {capability.tool, capability.name}:
            return capability
    known = ", ".join(capability.tool for capability in CAPABILITIES)
    raise InputError(f"There is no tool {name!r:.80}.", hint=f"There are: {known}.")


def call(name: str, arguments: Mapping[str, Any] | None, desk: Desk) -> Outcome:
    """Check the arguments and run a capability.

    Raises AdvisorError, whose text says what was wrong, where, and how to call instead.
    """
    capability = named(name)
    given = checked(capability.takes, arguments or {}, capability.tool)
    try:
        return capability.run(desk, given)
    except AdvisorError as error:
        error.message, error.hint = (_OPTION.sub(lambda found: found[1].replace("-", "_"), said) for said in (error.message, error.hint))
        raise


def instructions() -> str:
    """What a host's model is told once about all of them."""
    head = "Partner strategy for B2B SaaS, decided by rules, every figure sourced. These tools decide and check; you choose words."
    return " ".join([head, *(capability.rule for capability in CAPABILITIES if capability.rule)])
