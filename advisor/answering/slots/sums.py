"""Sums with the client's own numbers: what a partner earns for the effort, what it would take, what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from advisor.answering.amounts import currency_text
from advisor.answering.brief import Brief
from advisor.domain import Benchmark, ClaimKind, Computation, DraftClaim, Stance
from advisor.toolbox.economics import PartnerReturn, Worked, partner_return, shown

_MULTIPLE, _SHARE, _FLAT = "opportunity-cost-multiple", "referral-commission-first-year", "referral-fee-flat"


def _value(brief: Brief, name: str) -> Decimal | None:
    metric = brief.client.metrics.get(name)
    return metric.value if metric else None


def _multiple(brief: Brief) -> tuple[Decimal, Decimal]:
    record = brief.shelf.library.benchmarks[_MULTIPLE]
    return record.low or Decimal(1), record.high or Decimal(1)


def worked(brief: Brief) -> PartnerReturn | None:
    """The partner's return, as far as the client's numbers allow; None without fee or effort, or when currencies cannot be compared."""
    fee, hours = _fee(brief), _value(brief, "partner_hours")
    if fee is None or hours is None or hours <= 0:
        return None
    acv = brief.client.acv.amount if brief.client.acv and brief.client.acv.currency in {None, _currency(brief)} else None
    return partner_return(fee, hours, hourly_rate=_value(brief, "partner_hourly_rate") or None, multiple=_multiple(brief), contract_value=acv or None)


def _fee(brief: Brief) -> Decimal | None:
    """The fee in the currency of the sum; None when it stands in another one and nobody stated a rate."""
    fee = brief.client.metrics.get("partner_fee")
    if fee is None:
        return None
    rate = _rate(brief)
    return None if rate is None else fee.value * rate


def _rate(brief: Brief) -> Decimal | None:
    """What one unit of the fee's currency is in the currency of the sum; None when nobody stated it."""
    own, target = brief.client.metrics["partner_fee"].currency, _currency(brief)
    if own is None or own == target:
        return Decimal(1)
    into_euro = {"EUR": Decimal(1), **brief.client.fx}
    if own not in into_euro or target not in into_euro:
        return None
    return into_euro[own] / into_euro[target]


def mixed(brief: Brief) -> bool:
    """Whether fee and hourly rate stand in currencies that nobody gave a rate for."""
    return "partner_fee" in brief.client.metrics and _rate(brief) is None


def _currency(brief: Brief) -> str | None:
    """The currency of the sum: that of the partner's hourly rate, else of the fee, else of the deals."""
    metrics = brief.client.metrics
    own = next((metrics[name].currency for name in ("partner_hourly_rate", "partner_fee") if name in metrics and metrics[name].currency), None)
    return own or (brief.client.acv.currency if brief.client.acv else None)


def _money(brief: Brief, amount: Decimal, places: int = 0) -> str:
    return currency_text(amount, _currency(brief), places)


def _span(brief: Brief, low: Worked, high: Worked) -> str:
    """`€450–540`: the currency stands once."""
    return f"{_money(brief, low.value)}–{shown(high.value, 0)}"


def sum_lead(brief: Brief) -> Iterator[DraftClaim]:
    """Whether the partner earns enough, with the sum."""
    result = worked(brief)
    if result is None:
        yield brief.claim("sum.mixed" if mixed(brief) else "sum.missing", kind=ClaimKind.QUESTION, block="lead")
        return
    key = {None: "sum.hourly", True: "sum.enough", False: "sum.not_enough"}[result.enough]
    hourly = _hourly(brief, result)
    yield brief.claim(
        key, kind=ClaimKind.FIGURE, computed=[hourly], block="lead", hourly=_money(brief, result.hourly.value, 2), formula=hourly.formula
    )
    conversion = _conversion(brief)
    if conversion is not None:
        yield _converted(brief, conversion)
    yield brief.record_claim(brief.shelf.library.benchmarks[_MULTIPLE])
    if result.worth_low is None or result.worth_high is None:
        return
    yield brief.claim(
        "sum.worth",
        kind=ClaimKind.FIGURE,
        evidence=[_MULTIPLE],
        computed=[each.as_computation("partner_hourly_rate") for each in (result.worth_low, result.worth_high)],
        span=_span(brief, result.worth_low, result.worth_high),
        low=result.worth_low.formula,
        high=result.worth_high.formula,
    )


def _hourly(brief: Brief, result: PartnerReturn) -> Computation:
    """The return per hour, from the fee as the client gave it."""
    conversion = _conversion(brief)
    if conversion is None:
        return result.hourly.as_computation("partner_fee", "partner_hours")
    formula = f"{conversion.formula} ÷ {shown(_value(brief, 'partner_hours') or Decimal(1))}"
    return Computation(formula=formula, inputs=("partner_fee", "fx", "partner_hours"), result=result.hourly.value, unit=result.hourly.unit)


def _conversion(brief: Brief) -> Computation | None:
    """The fee in the currency of the sum, at the rate somebody stated; None when it stands in that currency."""
    fee, rate = brief.client.metrics["partner_fee"], _rate(brief)
    if rate is None or rate == 1:
        return None
    return Computation(formula=f"{shown(fee.value)} × {shown(rate, 4)}", inputs=("partner_fee", "fx"), result=fee.value * rate, unit="money per deal")


def _converted(brief: Brief, conversion: Computation) -> DraftClaim:
    fee = brief.client.metrics["partner_fee"]
    return brief.claim(
        "sum.converted",
        kind=ClaimKind.FIGURE,
        computed=[conversion],
        fee=currency_text(fee.value, fee.currency),
        converted=_money(brief, conversion.result, 2),
        formula=conversion.formula,
    )


def _steps(brief: Brief) -> list[Computation]:
    """Sums that later ones rest on."""
    conversion = _conversion(brief)
    return [] if conversion is None else [conversion]


def sum_need(brief: Brief) -> Iterator[DraftClaim]:
    """The fee that would be enough for this effort."""
    result = worked(brief)
    if result is None or result.enough or result.fee_low is None or result.fee_high is None:
        return
    yield brief.claim(
        "sum.fee",
        kind=ClaimKind.FIGURE,
        evidence=[_MULTIPLE],
        computed=[each.as_computation("partner_hours") for each in (result.fee_low, result.fee_high)],
        span=_span(brief, result.fee_low, result.fee_high),
        hours=shown(_value(brief, "partner_hours") or Decimal(0)),
        low=result.fee_low.formula,
        high=result.fee_high.formula,
    )


def _share_span(low: Worked, high: Worked) -> str:
    return f"{shown(low.value, 1)}–{shown(high.value, 1)} %"


def sum_share(brief: Brief) -> Iterator[DraftClaim]:
    """What that fee is of a contract, held against the usual commission."""
    result = worked(brief)
    if result is None or brief.client.acv is None:
        return
    usual, heading = brief.shelf.library.benchmarks[_SHARE], brief.heading("afford")
    acv = currency_text(brief.client.acv.amount, brief.client.acv.currency)
    if not result.enough and result.share_low is not None and result.share_high is not None:
        place = _against(usual, result.share_low.value, result.share_high.value)
        parts = [each.as_computation("acv") for each in (result.share_low, result.share_high)]
        yield brief.claim(
            f"sum.share.{place}",
            kind=ClaimKind.ADVICE,
            evidence=[_SHARE],
            computed=parts,
            section=heading,
            span=_share_span(result.share_low, result.share_high),
            acv=acv,
            low=result.share_low.formula,
            high=result.share_high.formula,
        )
    elif result.share_now is not None:
        place = _against(usual, result.share_now.value, result.share_now.value)
        yield brief.claim(
            f"sum.share_now.{place}",
            kind=ClaimKind.ADVICE,
            evidence=[_SHARE],
            computed=[result.share_now.as_computation("acv", "partner_fee")],
            section=heading,
            share=f"{shown(result.share_now.value, 1)} %",
            acv=acv,
            formula=result.share_now.formula,
        )
    yield from _flat(brief, heading)


def _flat(brief: Brief, heading: str) -> Iterator[DraftClaim]:
    yield brief.claim("sum.flat", kind=ClaimKind.ADVICE, evidence=[_FLAT], section=heading)


def _against(usual: Benchmark, low: Decimal, high: Decimal) -> str:
    """Where a fee stands against the usual share: a span that begins below and ends inside it is still affordable."""
    if usual.high is not None and high > usual.high:
        return "above" if low > usual.high else "partly"
    return "below" if usual.low is not None and low < usual.low else "inside"


def sum_effort(brief: Brief) -> Iterator[DraftClaim]:
    """The other lever: less effort at the present fee."""
    result = worked(brief)
    if result is None or result.enough is not False or result.hours_low is None or result.hours_high is None:
        return
    heading = brief.heading("effort")
    yield brief.claim(
        "sum.effort",
        kind=ClaimKind.FIGURE,
        evidence=[_MULTIPLE],
        computed=[*_steps(brief), *(each.as_computation("partner_fee") for each in (result.hours_low, result.hours_high))],
        section=heading,
        fee=_money(brief, _fee(brief) or Decimal(0)),
        hours=f"{shown(result.hours_low.value, 1)}–{shown(result.hours_high.value, 1)}",
        low=result.hours_low.formula,
        high=result.hours_high.formula,
    )
    yield brief.claim(
        "sum.effort_how", kind=ClaimKind.ADVICE, stance=Stance.ADVISE, evidence=brief.playbook.passages["effort"], section=heading
    )


def sum_ask(brief: Brief) -> Iterator[DraftClaim]:
    """What the sum still rests on."""
    heading, metrics = brief.heading("open"), brief.client.metrics
    keys = []
    if mixed(brief):
        keys.append("sum.ask_fx")
    elif "partner_fee" not in metrics or "partner_hours" not in metrics:
        keys.append("sum.ask_basics")
    elif "partner_hourly_rate" not in metrics:
        keys.append("sum.ask_rate")
    if brief.client.acv is None:
        keys.append("sum.ask_acv")
    if "partner_close_rate" not in metrics:
        keys.append("sum.ask_close")
    for key in keys[:2]:
        yield brief.claim(key, kind=ClaimKind.QUESTION, block="question", section=heading)


SLOTS = {"sum_lead": sum_lead, "sum_need": sum_need, "sum_share": sum_share, "sum_effort": sum_effort, "sum_ask": sum_ask}
