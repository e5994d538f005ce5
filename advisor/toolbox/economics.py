"""The standard sums of a partner programme, from numbers that carry their formula.

The method of a partner's return and the 2.5–3x rule come from document 002, "Building Financial Models That Make Partners
Profitable"; cited factors are passed in, read from their records. Nothing here knows a currency, a default or a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from typing import NamedTuple

from advisor.domain import Computation, Value
from advisor.toolbox.parts import Part, number

EXACT = Decimal("0.000001")
HUNDRED, ONE, MONTHS, WEEKS = number(100), number(1), number(12), number(52)


class Worked(Value):
    """A value worked out, with its formula as a reader would check it; `up` says that it was rounded to the next whole."""

    value: Decimal
    formula: str
    unit: str
    up: bool = False
    inputs: tuple[str, ...] = ()

    def as_computation(self) -> Computation:
        return Computation(formula=self.formula, inputs=self.inputs, result=self.value, unit=self.unit, rounded="up" if self.up else "half")


def worked(part: Part, unit: str) -> Worked:
    """A part as a result, exact enough to be shown at any length."""
    return Worked(value=part.value.quantize(EXACT, ROUND_HALF_UP), formula=part.formula, unit=unit, inputs=_names(part))


def whole(part: Part, unit: str) -> Worked:
    """A part as a result that only comes whole: rounded up."""
    return Worked(value=part.up, formula=part.formula, unit=unit, up=True, inputs=_names(part))


def _names(part: Part) -> tuple[str, ...]:
    return tuple(sorted({name for name, _ in part.uses}))


class Return(NamedTuple):
    """A partner's side of one deal: what an hour earns, and what would make it worth his while.

    `worth` are the hourly returns that make a partner prioritise, `fees` what he would have to get per deal for them,
    `efforts` the hours at which the present pay reaches them, least effort first. None where his own rate is not known.
    """

    hourly: Part
    times: Part | None = None
    worth: tuple[Part, Part] | None = None
    fees: tuple[Part, Part] | None = None
    efforts: tuple[Part, Part] | None = None

    @property
    def verdict(self) -> str:
        """`enough` from the lower multiple on, `some` above the own rate, `loss` below it, `open` without one."""
        if self.times is None or self.worth is None:
            return "open"
        if self.hourly.value >= self.worth[0].value:
            return "enough"
        return "some" if self.times.value >= 1 else "loss"


def partner_return(pay: Part, effort: Part, *, close: Part | None = None, rate: Part | None = None, multiple: tuple[Part, Part] | None = None) -> Return:
    """What `pay` per closed deal is worth for the effort on each referral, of which the share `close` closes."""
    hourly = (pay * close if close else pay) / effort
    if rate is None or multiple is None:
        return Return(hourly)
    worth = (multiple[0] * rate, multiple[1] * rate)
    fees = fees_needed(effort, rate, multiple, close)
    per_referral = pay * close if close else pay
    return Return(hourly, hourly / rate, worth, fees, (per_referral / worth[1], per_referral / worth[0]))


def fees_needed(effort: Part, rate: Part, multiple: tuple[Part, Part], close: Part | None = None) -> tuple[Part, Part]:
    """What a partner would have to get per closed deal so that his hours earn the multiple of his own rate."""
    low, high = (factor * rate * effort for factor in multiple)
    return (low / close, high / close) if close else (low, high)


def in_percent(part: Part, of: Part) -> Part:
    return part / of * HUNDRED


def total(parts: Sequence[Part]) -> Part | None:
    """The sum of all parts; None when there are none."""
    return reduce(lambda left, right: left + right, parts) if parts else None


def product(parts: Sequence[Part]) -> Part:
    """The product of one or more parts."""
    return reduce(lambda left, right: left * right, parts)


def commission(deals: Part | None, size: Part, rate: Part) -> Part:
    return deals * size * rate if deals else size * rate


def contribution(size: Part, *, margin: Part | None = None, rate: Part | None = None) -> Part:
    """What one deal leaves: its gross profit less the commission, or its value less the commission when no margin is known."""
    gross = size * margin if margin else size
    return gross - size * rate if rate else gross


def break_even(fixed: Part, per_deal: Part) -> Part | None:
    """How many deals cover a fixed cost; None when a deal leaves nothing, so that no number ever does."""
    return fixed / per_deal if per_deal.value > 0 else None


class Change(NamedTuple):
    """A change of a rate: what it costs more on the same revenue, and what would make up for it."""

    extra: Part
    deals: Part | None
    volume: Part | None


def rate_change(old: Part, new: Part, revenue: Part, *, size: Part | None = None, margin: Part | None = None) -> Change:
    """The extra cost of a new rate on the same revenue; every further deal pays the new rate too."""
    extra = revenue * (new - old)
    kept = margin - new if margin else ONE - new
    volume = extra / kept if kept.value > 0 else None
    return Change(extra, break_even(extra, contribution(size, margin=margin, rate=new)) if size else None, volume)


class Payback(NamedTuple):
    """A programme's money back: gross profit of a year, months until it covers the cost, return on the cost."""

    profit: Part
    months: Part | None
    back: Part


def payback(cost: Part, revenue: Part, margin: Part) -> Payback:
    """ROPI is (gross profit − cost) ÷ cost; months are counted at the pace of that year."""
    profit = revenue * margin
    return Payback(profit, cost / profit * MONTHS if profit.value > 0 else None, (profit - cost) / cost)


def net_of_channel(price: Part, discounts: Sequence[Part]) -> Part:
    """What is left of a list price after the margin of each tier, one on the other."""
    return reduce(lambda left, margin: left * (ONE - margin), discounts, price)


def equal_size(fee: Part, rate: Part) -> Part:
    """The deal size at which a flat fee and a percentage pay the same."""
    return fee / rate


def recurring(size: Part, rate: Part, *, years: int | None = None, churn: Part | None = None) -> Part | None:
    """What a recurring commission costs per customer: over so many years, less those who leave, or over a life of 1 ÷ churn."""
    yearly = size * rate
    if years is None:
        return yearly / churn if churn and churn.value > 0 else None
    if churn is None:
        return yearly * number(years)
    kept = [product([yearly, *[ONE - churn] * year]) for year in range(years)]
    return total(kept)
