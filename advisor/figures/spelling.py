"""How numbers are written: digits with any marks, number words, currencies; and a plain copy of a text to search in."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from advisor.domain.money import SYMBOLS, WORDS
from advisor.domain.numbers import parse_digits, scale_of

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " ")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_PLAIN = {**_SPACES, **_DASHES, ord("’"): "'", ord("％"): "%", ord("﹪"): "%", ord("＋"): "+"}
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_LONG_DASH = re.compile(r"(?<=[0-9%kKmM])—(?=[0-9$€£])")


def plain(text: str) -> str:
    """The text with plain spaces, dashes, apostrophes and digits; every character keeps its place.

    A long dash ends a clause and becomes `;`, except between two numbers, where it is a range.
    """
    text = _LONG_DASH.sub("-", text.translate(_PLAIN)).replace("—", ";")
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
VALUES = {
    **{word: index for index, word in enumerate(UNITS + TEENS)},
    **{word: 10 * index for index, word in enumerate(TENS, start=2)},
}
_ONE = rf"(?:{'|'.join(UNITS[1:])})"
_SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[ -]{_ONE}(?![a-z]))?|{'|'.join(TEENS)}|{'|'.join(UNITS)})(?![a-z])"
_HUNDRED = rf"(?:(?:{_SMALL}|a)[ -]hundred(?:(?: and[ -]|[ -]){_SMALL})?|{_SMALL})"
WORDED = rf"(?:(?:{_HUNDRED}|a)[ -](?:thousand|million|billion)(?:,?(?: and)? {_HUNDRED})?|{_HUNDRED}(?: point(?: {_SMALL})+)?)(?: and a half)?"
SMALL = rf"(?:{_SMALL})"

_CODES = "|".join(sorted((word.upper() for word in WORDS if len(word) == 3 and word not in {"eur.", "fr."}), key=str))
CURRENCY_BEFORE = rf"(?:US\$|USD\$|C\$|A\$|[$€£¥₹]|\b(?:{_CODES}))"
CURRENCY_AFTER = rf"(?:[$€£¥₹]|(?:{_CODES})\b|(?:US )?dollars?\b|euros?\b|pounds?\b|bucks\b|quid\b|(?i:eur|usd|gbp|chf)\b)"
DIGITED = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|[0-9]{1,3}\.[0-9]{3},[0-9]+|[0-9]+(?:[.,][0-9]+)?)(?![0-9])"
)
SCALE = (
    r"(?:(?:k|K|m|M|mn|bn|B|b|MM|Mio|mio|mln|Mrd|tn)(?![A-Za-z0-9])| (?:K|M|MM|mn|bn|B|Mio|mio|mln|Mrd)(?![A-Za-z0-9])"
    r"|[ -]?(?i:thousand|million|billion|trillion)s?\b)"
)


def currency_of(text: str) -> str:
    """The ISO code of a currency sign, word or code that CURRENCY_BEFORE or CURRENCY_AFTER matched."""
    lower = text.strip().lower()
    return SYMBOLS.get(lower) or WORDS.get(lower) or WORDS.get(lower.removeprefix("us ")) or lower.upper()


def scale(text: str) -> Decimal:
    """The factor of a scale that SCALE matched."""
    word = text.strip(" -").lower()
    if word.startswith(("tn", "trillion")):
        return Decimal(10) ** 12
    return scale_of(word) or scale_of(word.rstrip("s")) or Decimal(1)


@lru_cache(maxsize=512)
def worded(text: str) -> Decimal:
    """The value of a number in words that WORDED matched: `forty-six`, `two hundred and ten`, `two and a half`."""
    words = text.lower().replace("-", " ").replace(",", " ")
    half = words.endswith(" and a half")
    words = words.removesuffix(" and a half")
    whole, _, decimals = words.partition(" point ")
    total, part = Decimal(0), Decimal(0)
    for word in whole.split():
        if word in {"a", "and"}:
            part = part or Decimal(word == "a")
        elif word == "hundred":
            part = (part or Decimal(1)) * 100
        elif word in VALUES:
            part += VALUES[word]
        else:
            total, part = total + (part or Decimal(1)) * scale(word), Decimal(0)
    fraction = Decimal("0." + "".join(str(VALUES[word]) for word in decimals.split())) if decimals else Decimal(0)
    return total + part + fraction + (Decimal("0.5") if half else 0)


def digited(text: str, *, share: bool = False) -> Decimal:
    """The value of digits. In a `share` (percent, points, multiples) a point before three digits is decimal: 2.125 %."""
    if share and re.fullmatch(r"[0-9]+\.[0-9]{3}", text):
        return Decimal(text)
    return parse_digits(text)
