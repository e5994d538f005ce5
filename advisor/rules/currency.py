"""The currency corridor: between which euro values one unit of a currency moved over the last ten years (a house rule).

It decides a stage where no rate was given; it never computes an amount that is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from advisor.datafiles import name_of, read_toml
from advisor.domain import Money
from advisor.domain.conditions import Span
from advisor.errors import DataError
from advisor.rules.tables import closed


class Corridor(NamedTuple):
    """Lowest and highest euro value of one unit by ISO code; `missing` is for an amount without a currency.

    `margin` is the share of an edge inside which a converted amount counts as near it; `as_of` dates the table.
    """

    rates: Mapping[str, Span]
    missing: Span
    margin: Decimal
    as_of: str
    source: str

    def euros(self, money: Money) -> Span | None:
        """Between which euro values an amount lies; None when its currency stands in no corridor."""
        if money.eur is not None:
            return Span(money.eur, money.eur)
        rate = self.missing if money.currency is None else self.rates.get(money.currency)
        return None if rate is None else Span(money.amount * rate.low, money.amount * rate.high)


def read_corridor(path: Path) -> Corridor:
    """The corridor from `currency.toml`. Raises DataError for unknown keys, upside-down or doubled rates."""
    data, file = read_toml(path), name_of(path)
    closed(data, ("as_of", "margin", "source", "missing", "rate"), file, required=("as_of", "margin", "source", "missing", "rate"))
    rates: dict[str, Span] = {}
    for entry in data["rate"]:
        code = str(entry.get("currency", ""))
        closed(entry, ("currency", "low", "high"), file, code, required=("currency", "low", "high"))
        if code in rates:
            raise DataError(file, code, "currency", found="a second corridor", allowed="each currency once")
        rates[code] = _span(entry["low"], entry["high"], file, code)
    closed(data["missing"], ("low", "high"), file, "missing", required=("low", "high"))
    missing = _span(data["missing"]["low"], data["missing"]["high"], file, "missing")
    return Corridor(rates, missing, _decimal(data["margin"], file, "", "margin"), data["as_of"], data["source"])


def _span(low: float | str, high: float | str, file: str, entry: str) -> Span:
    span = Span(_decimal(low, file, entry, "low"), _decimal(high, file, entry, "high"))
    if not 0 < span.low <= span.high:
        raise DataError(file, entry, "low", found=f"{low} to {high}", allowed="a positive low that is not above high")
    return span


def _decimal(number: float | str, file: str, entry: str, field: str) -> Decimal:
    try:
        value = Decimal(str(number))
    except ArithmeticError:
        value = Decimal("NaN")
    if not value.is_finite():
        raise DataError(file, entry, field, found=repr(number), allowed="a number, such as 0.92")
    return value
