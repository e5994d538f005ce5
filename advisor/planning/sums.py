"""Amounts that follow from the client's own numbers and a record, worked out with their formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from advisor.domain import ClaimKind, DraftClaim
from advisor.planning.writing import Writer
from advisor.toolbox import economics
from advisor.toolbox.parts import number, percent, shown

_REFERRAL, _RESELLER = "referral-commission-first-year", "reseller-margin"


def _of_contract(record: str, key: str, writer: Writer) -> DraftClaim | None:
    """A share of the client's contract value, as a record gives it; None without a contract value."""
    acv, share = writer.assessment.client.acv, writer.library.benchmarks[record]
    if acv is None or share.low is None or share.high is None or acv.currency is None:
        return None
    low, high = (economics.worked(economics.commission(None, number(acv.amount), percent(each)), "money") for each in (share.low, share.high))
    amounts = {"low": _amount(low.value, acv.currency, writer), "high": _amount(high.value, acv.currency, writer)}
    return writer.line(
        key, [record], kind=ClaimKind.FIGURE, computed=[low.as_computation(), high.as_computation()],
        slots={"acv": _amount(acv.amount, acv.currency, writer), **amounts},
    )  # fmt: skip


def _amount(value: Decimal, currency: str, writer: Writer) -> str:
    return writer.wording.amount(f"{shown(value, 0)} {currency}")


WORKED: Mapping[str, Callable[[Writer], DraftClaim | None]] = {
    "referral_fee": lambda writer: _of_contract(_REFERRAL, "worked.referral_fee", writer),
    "reseller_margin": lambda writer: _of_contract(_RESELLER, "worked.reseller_margin", writer),
}
"""The sums that budget lines name."""
