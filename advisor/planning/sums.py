"""Amounts that follow from the client's own numbers and a record, worked out with their formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from advisor.domain import ClaimKind, Client, Computation, DraftClaim
from advisor.planning.writing import Writer
from advisor.toolbox import economics
from advisor.toolbox.parts import number, percent, shown

_REFERRAL, _RESELLER, _INFLUENCED = "referral-commission-first-year", "reseller-margin", "influenced-commission-share"


def _of_contract(record: str, key: str, writer: Writer, *, of: str = "") -> DraftClaim | None:
    """A share of the client's contract value, as a record gives it, or the part of that share that the record `of` names; None without a contract value."""
    acv, share, part = writer.assessment.client.acv, writer.library.benchmarks[record], writer.library.benchmarks[of].low if of else 100
    if acv is None or share.low is None or share.high is None or part is None or acv.currency is None:
        return None
    factors = [number(acv.amount), *([percent(part)] if of else [])]
    low, high = (economics.worked(economics.product([*factors, percent(each)]), "money") for each in (share.low, share.high))
    amounts = {"low": _amount(low.value, acv.currency, writer), "high": _amount(high.value, acv.currency, writer), "least": writer.wording.amount(shown(low.value, 0))}
    return writer.line(
        key, [record, *([of] if of else [])], kind=ClaimKind.FIGURE, computed=[low.as_computation(), high.as_computation()],
        slots={"acv": _amount(acv.amount, acv.currency, writer), **amounts},
    )  # fmt: skip


def _amount(value: Decimal, currency: str, writer: Writer) -> str:
    return writer.wording.amount(f"{shown(value, 0)} {currency}")


def active(client: Client) -> dict[str, Computation]:
    """The share of signed partners that are active, where both numbers are known."""
    signed, count = client.partners.signed, client.partners.active
    if not signed or count is None or count > signed:
        return {}
    return {"active_share": economics.worked(number(Decimal(count)) / number(Decimal(signed)) * number(Decimal(100)), "percent").as_computation()}


WORKED: Mapping[str, Callable[[Writer], DraftClaim | None]] = {
    "referral_fee": lambda writer: _of_contract(_REFERRAL, "worked.referral_fee", writer),
    "reseller_margin": lambda writer: _of_contract(_RESELLER, "worked.reseller_margin", writer),
    "referral_sum": lambda writer: _of_contract(_REFERRAL, "worked.referral_sum", writer),
    "influenced_sum": lambda writer: _of_contract(_REFERRAL, "worked.influenced_sum", writer, of=_INFLUENCED),
    "reseller_sum": lambda writer: _of_contract(_RESELLER, "worked.reseller_sum", writer),
}
"""The sums that budget lines name."""
