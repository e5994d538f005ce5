"""Exchange rates said in words, as euro per unit of a currency: `take 0.90 euro for a dollar`, `1 EUR = 1.08 USD`."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

from advisor.domain.money import UNNAMED
from advisor.domain.regex import Regex
from advisor.intake import currencies
from advisor.intake.message import Message

_LEAST, _MOST = Decimal("0.0005"), Decimal(2000)
_PLACES = Decimal("0.0000000001")
_AMOUNT = re.compile(r"\d\s?(?:[a-z]{1,8}\s?)?$")


class Rate(NamedTuple):
    """Euro per unit of a currency, with the characters it was read from."""

    currency: str
    value: Decimal
    start: int
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    code = currencies.pattern()
    number = r"\d{1,4}(?:[.,]\d{1,5})?"
    money = rf"(?:(?P<@pre>{code})\s?(?P<@first>{number})|(?P<@second>{number})\s?(?P<@post>{code}))"
    one = rf"(?:(?:1|one|a|an|each|every|per)\s?)?(?P<@unit>{code})(?:\s?1(?![\d.,]))?"
    fill = r"(?:a |an |one |1 |each |every |the )?"
    equals = r"\s?(?:=|:|is worth|is|are|equals|makes|to|at|gives|->|buys)\s?(?:about |around |roughly |ca\.? )?"
    return re.compile(
        rf"(?<![\w.,])(?:{one.replace('@', 'a')}{equals}{money.replace('@', 'a')}|{money.replace('@', 'b')}\s?(?:per|for|to|on|a|an|each|=|equals?)\s?{fill}1?\s?(?P<bunit>{code}))(?!\s?\d)",
    )


_WORD_OR_SIGN = Regex(r"[^\W\d_]+|[^\w\s.,;:!?()'\"-]")


def _names_two(message: Message) -> bool:
    """Whether a text names the euro and another currency: a rate has one of each."""
    codes = {code for match in _WORD_OR_SIGN.finditer(message.text) if (code := currencies.said(match[0], message.raw[match.start() : match.end()]))}
    return "EUR" in codes and len(codes) > 1


def find(message: Message) -> tuple[Rate, ...]:
    """Every rate between the euro and another currency; pairs such as `EUR/USD` are left open, for they are read both ways."""
    if not _names_two(message):
        return ()
    rates = []
    for match in _pattern().finditer(message.text):
        part = "a" if match["aunit"] else "b"
        unit, said = currencies.code_of(match[f"{part}unit"]), currencies.code_of(match[f"{part}pre"] or match[f"{part}post"])
        number = match[f"{part}first"] or match[f"{part}second"]
        if unit and said and UNNAMED not in {unit, said} and (unit == "EUR") != (said == "EUR") and not message.meant_as("foreign", match.start()):
            value = _value(number, inverse=unit == "EUR")
            start = match.start()
            if part == "a" and _AMOUNT.search(message.text[max(0, start - 14) : start]):  # `6M GBP at 1.15 EUR`: the first belongs to an amount
                start = match.start("afirst" if match["apre"] else "asecond")
                value = value if re.search(r"\bat\b", message.text[match.start() : start]) else None
            if value is not None:
                rates.append(Rate(said if unit == "EUR" else unit, value, start, match.end()))
    return tuple(rates)


def _value(number: str, *, inverse: bool) -> Decimal | None:
    try:
        value = Decimal(number.replace(",", "."))
        value = (1 / value).quantize(_PLACES) if inverse else value
    except (InvalidOperation, ZeroDivisionError):
        return None
    return value if _LEAST <= value <= _MOST else None
