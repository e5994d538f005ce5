"""Which sum a message asks for: of those its numbers allow, the one that uses most of them and is asked for in its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from advisor.answering.computations import commissions, costs, effort, funnel
from advisor.answering.computations.inputs import Inputs
from advisor.answering.computations.lines import Outcome
from advisor.domain import Client
from advisor.intake import numbers
from advisor.library import Library

_ASKED = 2


class Computation(NamedTuple):
    """A sum: how it is worked out, and the intents (`knowledge/intake/sums.toml`) whose words ask for it."""

    work: Callable[[Inputs], Outcome | None]
    intents: tuple[str, ...]


# Of sums that fit equally well the first wins.
COMPUTATIONS = (
    Computation(effort.ours, ("ours", "left", "worth")),
    Computation(commissions.up_front, ("up_front",)),
    Computation(effort.worth, ("worth",)),
    Computation(effort.changed_effort, ("worth", "change")),
    Computation(effort.needed_fee, ("needed_fee", "worth")),
    Computation(commissions.owed, ("bill",)),
    Computation(commissions.rate_change, ("change",)),
    Computation(commissions.lifetime, ("lifetime",)),
    Computation(commissions.flat_or_percent, ("flat_or_percent",)),
    Computation(commissions.rep_pay, ("rep_pay",)),
    Computation(effort.trained, ("break_even",)),
    Computation(effort.saved_time, ("break_even",)),
    Computation(effort.onboarding, ("per_deal",)),
    Computation(costs.left_over, ("left",)),
    Computation(costs.points_left, ("left",)),
    Computation(costs.compare_sources, ("per_deal",)),
    Computation(costs.payback, ("payback",)),
    Computation(costs.compare_fees, ("change",)),
    Computation(commissions.bill, ("bill",)),
    Computation(costs.break_even, ("break_even",)),
    Computation(commissions.earnings, ("earnings",)),
    Computation(costs.cost_per_win, ("per_deal", "payback")),
    Computation(costs.cost_per_deal, ("per_deal",)),
    Computation(funnel.pipeline, ("pipeline",)),
    Computation(funnel.chain, ("chain",)),
    Computation(funnel.activation, ("activation",)),
    Computation(commissions.one_deal, ()),
)


def chosen(n: Inputs) -> Outcome | None:
    """The best sum that can be worked out, or None when the numbers allow none."""
    found = [(computation, done) for computation in COMPUTATIONS if (done := computation.work(n)) is not None]
    return max(found, key=lambda pair: _fit(n, *pair), default=(None, None))[1]


def adds_up(text: str, client: Client, library: Library) -> int:
    """How many numbers of a text a sum uses; 0 when they make none."""
    done = chosen(Inputs(tuple(numbers(text)), client, library, text))
    return len({start for _, start in done.uses if start >= 0}) if done else 0


def _fit(n: Inputs, computation: Computation, done: Outcome) -> int:
    said = {start for _, start in done.uses if start >= 0}
    return len(said) + _ASKED * any(n.says(intent) for intent in computation.intents)
