"""How the value of a record is written for readers: `46 %`, `25–40 % or more`, `about $150`, `2.5–3 times`, `June 2024`.

The words stand under `units` in the phrases; only digits and their order are made here.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from advisor.domain import Benchmark, BenchmarkKind, Unit
from advisor.errors import DataError
from advisor.library.spelling import marked

Units = Mapping[str, str]
_MILLION, _BILLION = Decimal(10) ** 6, Decimal(10) ** 9


def figure_text(record: Benchmark, units: Units, case: str = "") -> str:
    """The whole figure with unit, currency, period and open end, without a sign. `units` are the phrases below `units.`.

    `case` is how its unit is inflected in the sentence: `dative`, where the language has a form of its own for it.
    """
    if record.kind is BenchmarkKind.DATE:
        return _date(record, units)
    low, high = _bounds(record)
    text = _with_unit(record, low, high, units, case)
    if record.per:
        text = units[f"per.{record.per}"].format(figure=text)
    text = _opened(record, text, low, high, units)
    return units["about"].format(figure=text) if record.approximate else text


def number_text(record: Benchmark, number: Decimal, units: Units) -> str:
    """One end of a record as a plain number, with the marks of the language."""
    return marked(_digits(number, money=record.unit is Unit.MONEY), units)


def _bounds(record: Benchmark) -> tuple[Decimal, Decimal]:
    """Lowest and highest number as written; the validator of Benchmark holds that one of them is there."""
    low = record.low if record.low is not None else record.high
    high = record.high if record.high is not None else record.low
    if low is None or high is None:
        raise DataError("benchmarks", record.id, "low, high", found="neither", allowed="low, high or both")
    return low, high


def _with_unit(record: Benchmark, low: Decimal, high: Decimal, units: Units, case: str) -> str:
    if record.unit is Unit.MONEY:
        return _money(record.currency or "", low, high, units)
    form = "one" if low == high == 1 else case
    template = units.get(f"{record.unit}.{form}") or units.get(f"{record.unit}", "{n}")
    return template.format(n=_range(low, high, units))


def _opened(record: Benchmark, text: str, low: Decimal, high: Decimal, units: Units) -> str:
    """Open ends: a threshold is strict (`more than 20`), any other record includes its edge (`25–40 % or more`)."""
    if record.open == "below":
        return units["fewer" if record.unit is Unit.COUNT else "below"].format(figure=text)
    if record.open == "above":
        strict = record.kind is BenchmarkKind.THRESHOLD and low == high
        return units["above" if strict else "or_more"].format(figure=text)
    return text


def _money(currency: str, low: Decimal, high: Decimal, units: Units) -> str:
    factor, scale = (_BILLION, "billion") if low >= _BILLION else (_MILLION, "million") if low >= _MILLION else (Decimal(1), "")
    amount = _range(low / factor, high / factor, units, money=not scale)
    if scale:
        amount = units[scale].format(n=amount)
    return units.get(f"money.{currency}", "{n} " + currency).format(n=amount)


def _range(low: Decimal, high: Decimal, units: Units, *, money: bool = False) -> str:
    cents = money and any(number != number.to_integral_value() for number in (low, high))
    ends = [marked(_digits(number, money=cents), units) for number in (low, high)]
    return ends[0] if low == high else f"{ends[0]}–{ends[1]}"


def _digits(number: Decimal, *, money: bool = False) -> str:
    if money and number != number.to_integral_value():
        return f"{number:,.2f}"
    return f"{number.normalize():,f}"


def _date(record: Benchmark, units: Units) -> str:
    """A year (unit years: 2026) or a month (unit months: 202406 is June 2024)."""
    number = int(_bounds(record)[0])
    if record.unit is Unit.MONTHS:
        return f"{units[f'month.{number % 100}']} {number // 100}"
    return str(number)
