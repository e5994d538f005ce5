"""Runs `calculate`: the sums of the toolbox with the caller's own numbers, each result with its formula."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import singledispatch

from advisor.errors import InputError
from advisor.integrations import inputs, results
from advisor.integrations.desk import Desk, Outcome
from advisor.integrations.inputs import CalculateInput
from advisor.toolbox import economics
from advisor.toolbox.economics import Worked, whole, worked
from advisor.toolbox.parts import Part, number, percent, shown

MULTIPLE = "opportunity-cost-multiple"
_MONEY, _DEALS, _PERCENT = "money", "deals", "percent"
Named = Iterator[tuple[str, Worked]]


def calculate(desk: Desk, given: CalculateInput) -> Outcome:
    """The results of one sum."""
    standing, cited = None, []
    if isinstance(given.sum, inputs.PartnerReturn):
        found = _return(desk, given.sum)
        standing, cited, named = found.verdict, [desk.advisor.library.say_record(MULTIPLE)] if found.worth else [], _returned(found)
    else:
        named = worked_out(given.sum)
    figures = tuple(results.Figure(name=name, value=each.value, unit=each.unit, formula=each.formula) for name, each in named)
    if not figures:
        raise InputError("Nothing is left of a deal after the commission, so no number of deals ever covers this.", hint="Give a lower rate or a higher margin.")
    value = results.CalculateResult(results=figures, standing=standing, cited=tuple(cited))
    lines = [f"{item.name}: {shown(Decimal(item.value))} {item.unit} = {item.formula}" for item in figures]
    return Outcome(value, "\n".join([*lines, *([f"standing: {standing}"] if standing else []), *cited]))


@singledispatch
def worked_out(asked: object) -> Named:
    """The named results of a sum."""
    raise TypeError(f"no sum: {type(asked).__name__}")


@worked_out.register
def _(asked: inputs.BreakEven) -> Named:
    left = economics.contribution(number(asked.deal_size), margin=_share(asked.margin_percent), rate=_share(asked.rate_percent))
    deals = economics.break_even(number(asked.fixed_cost), left)
    yield from [("left_of_a_deal", worked(left, _MONEY)), ("deals", whole(deals, _DEALS))] if deals else []


@worked_out.register
def _(asked: inputs.Payback) -> Named:
    found = economics.payback(number(asked.cost), number(asked.revenue), percent(asked.margin_percent))
    yield "gross_profit", worked(found.profit, _MONEY)
    if found.months:
        yield "months_to_cover_the_cost", worked(found.months, "months")
    yield "return_on_cost", worked(found.back * economics.HUNDRED, _PERCENT)


@worked_out.register
def _(asked: inputs.RateChange) -> Named:
    size, margin = _amount(asked.deal_size), _share(asked.margin_percent)
    found = economics.rate_change(percent(asked.old_percent), percent(asked.new_percent), number(asked.revenue), size=size, margin=margin)
    yield "extra_cost", worked(found.extra, _MONEY)
    if found.extra.value > 0:
        yield from [("further_deals", whole(found.deals, _DEALS))] if found.deals else []
        yield from [("further_revenue", worked(found.volume, _MONEY))] if found.volume else []


@worked_out.register
def _(asked: inputs.NetOfChannel) -> Named:
    yield "net_price", worked(economics.net_of_channel(number(asked.price), [percent(each) for each in asked.margins_percent]), _MONEY)


@worked_out.register
def _(asked: inputs.RecurringCommission) -> Named:
    size, rate = number(asked.deal_size), percent(asked.rate_percent)
    total = economics.recurring(size, rate, years=asked.years, churn=_share(asked.churn_percent))
    yield from [("commission_per_customer", worked(total, _MONEY))] if total else []


def _return(desk: Desk, asked: inputs.PartnerReturn) -> economics.Return:
    size, rate = _amount(asked.deal_size), _share(asked.rate_percent)
    pay = number(asked.fee) if asked.fee is not None else economics.commission(None, size, rate) if size and rate else number(0)
    record = desk.advisor.library.benchmarks[MULTIPLE]
    multiple = (number(record.low), number(record.high)) if record.low is not None and record.high is not None else None
    return economics.partner_return(pay, number(asked.hours), close=_share(asked.close_percent), rate=_amount(asked.own_hourly_rate), multiple=multiple)


def _returned(found: economics.Return) -> Named:
    per_hour = "money per hour"
    yield "earned_per_hour", worked(found.hourly, per_hour)
    if found.times:
        yield "times_own_rate", worked(found.times, "multiple")
    for name, pair, unit in (("worth_it_per_hour", found.worth, per_hour), ("fee_needed", found.fees, _MONEY), ("hours_it_may_take", found.efforts, "hours")):
        if pair:
            yield f"{name}_low", worked(pair[0], unit)
            yield f"{name}_high", worked(pair[1], unit)


def _amount(value: Decimal | None) -> Part | None:
    return None if value is None else number(value)


def _share(value: Decimal | None) -> Part | None:
    return None if value is None else percent(value)
