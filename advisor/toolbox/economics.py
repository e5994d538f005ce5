"""Does a partner earn enough? The return on a partner's effort, held against the opportunity cost of the same hours.

The method and the 2.5–3x rule come from document 002, "Building Financial Models That Make Partners Profitable"; the
multiple itself is passed in, read from its record.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from advisor.domain import Computation, Value

CENT = Decimal("0.01")


class Worked(Value):
    """A value worked out, with its formula as a reader would check it."""

    value: Decimal
    formula: str
    unit: str

    def as_computation(self, *inputs: str) -> Computation:
        return Computation(formula=self.formula, inputs=inputs, result=self.value, unit=self.unit)


class PartnerReturn(Value):
    """A partner's side of one deal, in the currency of the fee.

    `hourly` is what the fee pays per hour; `worth_low` and `worth_high` are the hourly returns that make a partner
    prioritise; `fee_low`/`fee_high` the fees that reach them, `hours_low`/`hours_high` the effort at which the present fee
    reaches them; `share_low`/`share_high` those fees in percent of the contract value. None where an input is missing.
    """

    hourly: Worked
    worth_low: Worked | None = None
    worth_high: Worked | None = None
    fee_low: Worked | None = None
    fee_high: Worked | None = None
    hours_low: Worked | None = None
    hours_high: Worked | None = None
    share_now: Worked | None = None
    share_low: Worked | None = None
    share_high: Worked | None = None

    @property
    def enough(self) -> bool | None:
        """Whether the fee reaches the lower bound; None when the partner's own rate is not known."""
        return None if self.worth_low is None else self.hourly.value >= self.worth_low.value


def partner_return(
    fee: Decimal,
    hours: Decimal,
    *,
    hourly_rate: Decimal | None = None,
    multiple: tuple[Decimal, Decimal] | None = None,
    contract_value: Decimal | None = None,
) -> PartnerReturn:
    """Work out a partner's return on effort.

    `fee` is what the partner earns per deal, `hours` the effort per deal (above zero), `hourly_rate` what the same hours
    earn elsewhere, `multiple` the low and high factor on that rate, `contract_value` the first-year value of a deal.
    Raises ValueError for hours, rate or contract value of zero or less.
    """
    for name, number in (("hours", hours), ("hourly_rate", hourly_rate), ("contract_value", contract_value)):
        if number is not None and number <= 0:
            raise ValueError(f"{name} must be above zero, not {number}")
    hourly = _worked(fee / hours, f"{shown(fee)} ÷ {shown(hours)}", "money per hour")
    share_now = _share(fee, contract_value)
    if hourly_rate is None or multiple is None:
        return PartnerReturn(hourly=hourly, share_now=share_now)
    worth = [_worked(factor * hourly_rate, f"{shown(factor)} × {shown(hourly_rate)}", "money per hour") for factor in multiple]
    fees = [_worked(each.value * hours, f"{shown(each.value)} × {shown(hours)}", "money per deal") for each in worth]
    efforts = [_worked(fee / each.value, f"{shown(fee)} ÷ {shown(each.value)}", "hours per deal") for each in worth]
    return PartnerReturn(
        hourly=hourly,
        worth_low=worth[0],
        worth_high=worth[1],
        fee_low=fees[0],
        fee_high=fees[1],
        hours_low=efforts[1],
        hours_high=efforts[0],
        share_now=share_now,
        share_low=_share(fees[0].value, contract_value),
        share_high=_share(fees[1].value, contract_value),
    )


def _share(part: Decimal, whole: Decimal | None) -> Worked | None:
    if whole is None:
        return None
    return _worked(part / whole * 100, f"{shown(part)} ÷ {shown(whole)} × 100", "percent")


def _worked(value: Decimal, formula: str, unit: str) -> Worked:
    return Worked(value=value.quantize(CENT, ROUND_HALF_UP), formula=formula, unit=unit)


def shown(number: Decimal, places: int = 2) -> str:
    """A number as formulas and sentences show it: thousands with commas, no trailing zeros, at most `places` decimals."""
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
