"""The client's own amounts as readers see them."""

from __future__ import annotations

from decimal import Decimal

from advisor.domain import Money
from advisor.domain.money import SIGNS
from advisor.toolbox.parts import shown

_MILLION = Decimal(1_000_000)


def money_text(money: Money) -> str:
    """`€9.4M`, `$24,000`, `CHF 3M`, or a bare `9.4M` when nobody said a currency."""
    return currency_text(money.amount, money.currency)


def currency_text(amount: Decimal, currency: str | None, places: int = 2) -> str:
    """An amount with its currency; millions as M when nothing is lost by it."""
    in_millions = amount / _MILLION
    text = f"{shown(in_millions)}M" if amount >= _MILLION and in_millions == round(in_millions, 2) else shown(amount, places)
    if currency is None:
        return text
    return f"{SIGNS[currency]}{text}" if currency in SIGNS else f"{currency} {text}"
