"""Amounts as the program writes them, in the spelling of a language: `€9.4M` is `9,4 Mio. €` in German, `above €150M` `über 150 Mio. €`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from advisor.domain.money import SIGNS
from advisor.domain.regex import Regex

_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_AMOUNT = Regex(rf"(?:(?P<sign>[€$£])|(?P<code>[A-Z]{{3}}) )?(?P<low>{_NUMBER})(?:–(?P<high>{_NUMBER}))?(?P<scale>bn|M|K)?(?![A-Za-z0-9])")
_EDGES = tuple((key, re.compile(pattern)) for key, pattern in (("below", "below (.+)"), ("above", "above (.+)"), ("or_more", "(.+) or more"), ("up_to", "up to (.+)")))
_CODES = {sign: code for code, sign in SIGNS.items()}
_SCALES = {"M": "million", "bn": "billion"}
_THOUSAND = 1000


def marked(text: str, units: Mapping[str, str]) -> str:
    """English digits with the marks of a language: `1,355.90` is `1.355,90` in German."""
    return text.translate({ord(","): units["mark.group"], ord("."): units["mark.decimal"]})


def respelled(text: str, units: Mapping[str, str]) -> str:
    """An amount, range, threshold or formula of the program as the language of the units writes it. English stays as it is."""
    if units["mark.decimal"] == ".":
        return text
    for key, pattern in _EDGES:
        if match := pattern.fullmatch(text):
            return units[f"span.{key}"].format(figure=respelled(match[1], units))
    return _AMOUNT.sub(lambda match: _amount(match, units), text)


def _amount(match: re.Match[str], units: Mapping[str, str]) -> str:
    ends = [end for end in (match["low"], match["high"]) if end]
    if match["scale"] == "K":
        ends = [f"{Decimal(end.replace(',', '')) * _THOUSAND:,f}".removesuffix(".0") for end in ends]
    text = "–".join(marked(end, units) for end in ends)
    if scale := _SCALES.get(match["scale"] or ""):
        text = units[scale].format(n=text)
    code = _CODES.get(match["sign"] or "", match["code"])
    return units.get(f"money.{code}", "{n} " + code).format(n=text) if code else text
