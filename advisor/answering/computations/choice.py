"""Which sum a message asks for: of those its numbers allow, the one that uses most of them and is asked for in its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from advisor.answering.computations import commissions, costs, effort, funnel
from advisor.answering.computations.inputs import Inputs
from advisor.answering.computations.lines import Line, Outcome
from advisor.answering.computations.solver import lacking, solved
from advisor.domain import Client
from advisor.intake import numbers
from advisor.intake.quantities import MONEY, PERCENT
from advisor.library import Library

# Results that no share and no count of deals may be left out of: each of them changes such a result.
_FLOWS = frozenset({"revenue", "more_revenue", "net", "bill", "earnings", "profit", "deals", "opportunities", "partners", "pipeline", "total_cost", "cost_of_sale"})
_COSTS = frozenset({"cac", "roi", "payback", "profit", "deals", "total_cost", "bill", "net", "cost_of_sale"})  # and no amount out of these
_BESIDE = frozenset({"arr", "pipeline"})  # save the company's size, and pipeline beside what was won
_COUNTED = frozenset({"deals", "sourced", "influenced_deals"})
_UNASKED, _BARE = 3, 8  # numbers of a message that make a sum although nothing in it asks for one; words of a message that is nothing but a sum
_LOOSE = frozenset({"total_cost"})  # so general that it means a sum of all the numbers


class Computation(NamedTuple):
    """A sum: how it is worked out, and the intents (`knowledge/intake/sums.toml`) whose words ask for it."""

    work: Callable[[Inputs], Outcome | None]
    intents: tuple[str, ...]


# Of sums that fit equally well the first wins.
COMPUTATIONS = (
    Computation(effort.ours, ("ours", "left", "worth")),
    Computation(commissions.up_front, ("up_front",)),
    Computation(effort.worth, ("worth", "hourly")),
    Computation(effort.changed_effort, ("worth", "change")),
    Computation(effort.needed_fee, ("needed_fee", "worth")),
    Computation(commissions.owed, ("bill", "total_cost")),
    Computation(commissions.rate_change, ("change", "extra", "total_cost", "bill")),
    Computation(commissions.lifetime, ("lifetime", "cheaper_source")),
    Computation(commissions.flat_or_percent, ("flat_or_percent", "cheaper_source")),
    Computation(commissions.rep_pay, ("rep_pay", "bill", "total_cost", "cost_of_sale", "earnings")),
    Computation(effort.trained, ("break_even", "deals")),
    Computation(effort.saved_time, ("break_even", "total_cost")),
    Computation(effort.onboarding, ("per_deal", "spend/active_partners")),
    Computation(costs.left_over, ("left", "net")),
    Computation(costs.points_left, ("left",)),
    Computation(costs.compare_sources, ("per_deal", "cheaper_source", "spend/revenue")),
    Computation(costs.compare_unit, ("cheaper_source",)),
    Computation(costs.compare_cac, ("payback", "roi", "cheaper_source", "cac", "per_deal", "profit")),
    Computation(costs.payback, ("payback", "roi")),
    Computation(costs.compare_fees, ("change",)),
    Computation(commissions.bill, ("bill",)),
    Computation(costs.break_even, ("break_even", "deals")),
    Computation(commissions.earnings, ("earnings",)),
    Computation(costs.cost_per_win, ("per_deal", "payback", "cac")),
    Computation(costs.cost_per_deal, ("per_deal", "cac")),
    Computation(funnel.pipeline, ("pipeline", "opportunities", "deals", "partners")),
    Computation(funnel.activation, ("activation",)),
    Computation(commissions.one_deal, ("bill",)),
)


def chosen(n: Inputs) -> Outcome | None:
    """The best sum that can be worked out of what is asked for; else what is missing for it; None when no sum is in sight.

    A sum that leaves out more numbers than it uses, or one that nobody could read, answers another question.
    """
    done = max(_candidates(n), key=lambda item: item.said, default=None)
    if done is None:
        return lacking(n)
    return _unsure(done) if _leaves_out(n, done) else done


def _candidates(n: Inputs) -> list[Outcome]:
    """The sums that the question asks for in its words, those made for one question first; without such words those that use every number."""
    made = [(item, done) for item in COMPUTATIONS if not n.wish.says_what or n.wish.asks(*item.intents) if (done := item.work(n)) is not None]
    if n.wish.says_what:
        named = [*(done for item, done in made if n.wish.asked.keys() & set(item.intents)), *solved(n)]
        return named if n.wish.asked else [done for _, done in made]
    told = [(item, done) for item, done in made if any(n.says(intent) for intent in item.intents)] or [(item, done) for item, done in made if item.work is effort.worth and _weighed(n)]
    return [done for _, done in told] or [done for _, done in made if not n.left_out(done.uses) and (done.said >= _UNASKED or len(n.question.split()) <= _BARE)]


def _weighed(n: Inputs) -> bool:
    """Whether a fee, the hours it is for and what they earn elsewhere are told: whoever tells all three wants to know whether it is worth it."""
    return effort.pay(n) is not None and n.effort is not None and n.rate(n.effort[1]) is not None


def _leaves_out(n: Inputs, done: Outcome) -> bool:
    """Whether a sum leaves out too much: more than it uses, an amount or share that nobody could read, or one that changes such a result."""
    left = n.left_out(done.uses)
    flows = n.wish.asked.keys() & _FLOWS and not any("/" in name for name in n.wish.asked)
    unread = any(not item.role and (flows or item.kind in {MONEY, PERCENT}) for item in left)
    missed = bool(flows or n.effort) and any(item.kind == PERCENT or item.role in _COUNTED for item in left)
    missed = missed or (bool(n.wish.asked.keys() & _COSTS) and any(item.kind == MONEY and item.role not in _BESIDE for item in left))
    loose = left and n.wish.asked and n.wish.asked.keys() <= _LOOSE
    return bool(unread or missed or loose) or len(left) > done.said


def _unsure(done: Outcome) -> Outcome:
    """What is said where a number that nobody could read may belong to the sum."""
    return Outcome((Line("unsure", place="lead"),), ("unread",), done.uses, missing=("unread",), near=done.said)


class Fit(NamedTuple):
    """How well the numbers of a text make a sum: how many of them it uses, and whether a result is asked for by name.

    `wanted` says that its words ask for a sum in any way, `missing` that an input is still missing, `compares` that the question wants to know what is usual or right.
    """

    uses: int = 0
    asked: bool = False
    wanted: bool = False
    missing: bool = False
    compares: bool = False


def fit(text: str, client: Client, library: Library) -> Fit:
    n = Inputs(numbers(text), client, library, text)
    done = chosen(n) if n.quantities else None
    if done is None:
        return Fit(compares=n.wish.compares)
    return Fit(done.near if done.missing else done.said, bool(n.wish.asked) or (_weighed(n) and not done.missing), n.wish.says_what, bool(done.missing), n.wish.compares)


def adds_up(text: str, client: Client, library: Library) -> int:
    """How many numbers of a text a sum uses; 0 when they make none."""
    found = fit(text, client, library)
    return 0 if found.missing or found.compares else found.uses
