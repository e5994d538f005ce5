"""Works a shown formula out again: numbers, + − × ÷ and brackets, exactly, in decimal."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation, localcontext

from advisor.domain.money import WORDS
from advisor.domain.numbers import parse_digits, scale_of
from advisor.figures.spelling import plain

_TOKEN = re.compile(r"\s*(?:(?P<number>[0-9]+(?:[,' ][0-9]{3})*(?:\.[0-9]+)?)\s?(?P<scale>k|K|M|m|bn|B)?(?![A-Za-z0-9])\s?(?P<percent>%)?|(?P<sign>[-+*/()]))")
_NAMES = {"×": "*", "x": "*", "·": "*", "÷": "/", ":": "/", "[": "(", "]": ")"}
_DEEPEST, _LONGEST = 20, 400


def recompute(formula: str) -> Decimal:
    """The value of a formula such as `1,500 ÷ 6` or `(2700 ÷ 24000) × 100`; `20 %` is 0.2, currency signs are read over.

    What follows an `=` is the result as shown and is left out. Raises ValueError with one sentence when it is no formula.
    """
    tokens = _tokens(formula.split("=")[0])
    try:
        with localcontext(prec=28):
            value, rest = _sum(tokens, 0)
    except (DivisionByZero, InvalidOperation):
        raise ValueError(f"{formula!r} divides by zero") from None
    if rest:
        raise ValueError(f"{formula!r} is not a formula; expected an operator before {rest[0]!r}")
    return value


def numbers(formula: str) -> tuple[Decimal, ...]:
    """The numbers that a formula starts from, as written: `20 %` counts as 20."""
    return tuple(token[1] for token in _tokens(formula.split("=")[0]) if isinstance(token, tuple))


def rounds_to(value: Decimal, shown: Decimal) -> bool:
    """Whether `shown` is `value` rounded to as many decimals as it shows; both ways of rounding a half are accepted."""
    exponent = shown.as_tuple().exponent
    places = Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))
    with localcontext(prec=40):
        return shown in {value.quantize(places, ROUND_HALF_UP), value.quantize(places, ROUND_HALF_EVEN)}


_Token = str | tuple[Decimal, Decimal]


def _tokens(formula: str) -> list[_Token]:
    if len(formula) > _LONGEST:
        raise ValueError(f"a formula may have {_LONGEST} characters; this one has {len(formula)}")
    text = re.sub(r"[$€£]|\b(?:" + "|".join(re.escape(word) for word in WORDS if word.isalpha()) + r")\b", "", plain(formula), flags=re.I)
    text = "".join(_NAMES.get(char, char) for char in text)
    tokens: list[_Token] = []
    position = 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"{formula!r} is not a formula; {text[position:].strip()[0]!r} is neither number nor operator")
        if match["number"]:
            number = _number(match["number"]) * (scale_of(match["scale"]) or 1 if match["scale"] else 1)
            tokens.append((number / 100 if match["percent"] else number, number))
        else:
            tokens.append(match["sign"])
        position = match.end()
    if not tokens:
        raise ValueError("an empty formula has no value")
    return tokens


def _number(text: str) -> Decimal:
    return parse_digits(text) if any(mark in text for mark in ",' ") else Decimal(text)


def _sum(tokens: list[_Token], depth: int) -> tuple[Decimal, list[_Token]]:
    value, rest = _product(tokens, depth)
    while rest and rest[0] in {"+", "-"}:
        sign = rest[0]
        right, rest = _product(rest[1:], depth)
        value = value + right if sign == "+" else value - right
    return value, rest


def _product(tokens: list[_Token], depth: int) -> tuple[Decimal, list[_Token]]:
    value, rest = _factor(tokens, depth)
    while rest and rest[0] in {"*", "/"}:
        sign = rest[0]
        right, rest = _factor(rest[1:], depth)
        value = value * right if sign == "*" else value / right
    return value, rest


def _factor(tokens: list[_Token], depth: int) -> tuple[Decimal, list[_Token]]:
    if depth > _DEEPEST:
        raise ValueError("the formula is nested too deeply")
    if not tokens:
        raise ValueError("the formula ends where a number is expected")
    first, rest = tokens[0], tokens[1:]
    if isinstance(first, tuple):
        return first[0], rest
    if first == "-":
        value, rest = _factor(rest, depth + 1)
        return -value, rest
    if first == "(":
        value, rest = _sum(rest, depth + 1)
        if not rest or rest[0] != ")":
            raise ValueError("the formula opens a bracket that it does not close")
        return value, rest[1:]
    raise ValueError(f"the formula has {first!r} where a number is expected")
