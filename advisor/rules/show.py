"""Amounts and ranges of the tables as readers see them."""

from __future__ import annotations

from decimal import Decimal

from advisor.domain import Money
from advisor.domain.conditions import INFINITY, Range
from advisor.domain.money import SIGNS

SCALES = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "K"))


def amount(number: Decimal, currency: str | None = "EUR") -> str:
    """`€9.4M`, `CHF 12.5M`, or the bare number when nobody named a currency."""
    size, letter = next(((size, letter) for size, letter in SCALES if number >= size), (Decimal(1), ""))
    digits = plain(number / size) + letter
    if currency is None:
        return digits
    return SIGNS[currency] + digits if currency in SIGNS else f"{currency} {digits}"


def money(value: Money) -> str:
    return amount(value.amount, value.currency)


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def bounds(stretch: Range, *, euro: bool) -> dict[str, str]:
    """The parts `low`, `high` and `range` of a range; an open end has no part."""
    show = amount if euro else plain
    parts = {}
    if abs(stretch.low) != INFINITY:
        parts["low"] = show(stretch.low)
    if abs(stretch.high) != INFINITY:
        parts["high"] = show(stretch.high)
    parts["range"] = _range(stretch, parts, euro)
    return parts


def _range(stretch: Range, parts: dict[str, str], euro: bool) -> str:
    if "low" not in parts:
        return f"up to {parts['high']}" if stretch.high_in else f"below {parts['high']}"
    if "high" not in parts:
        return f"{parts['low']} or more" if stretch.low_in else f"above {parts['low']}"
    low = parts["low"]
    if euro and low[-1] == parts["high"][-1] and low[-1].isalpha():
        low = low[:-1]
    return low if stretch.low == stretch.high else f"{low}–{parts['high'].removeprefix('€')}"
