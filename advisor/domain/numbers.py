"""One number in any ordinary spelling: 8.2M, 8,2 Mio, 1.355,90, 1 355,90, 1,200,000."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

SCALES: dict[str, Decimal] = {
    **dict.fromkeys(("hundred", "hundert"), Decimal(100)),
    **dict.fromkeys(("k", "t", "tsd", "thousand", "tausend", "mille", "grand"), Decimal(10) ** 3),
    **dict.fromkeys(("lakh", "lakhs"), Decimal(10) ** 5),
    **dict.fromkeys(("crore", "crores"), Decimal(10) ** 7),
    **dict.fromkeys(("m", "mm", "mn", "mio", "mln", "mil", "mill", "million", "millions", "millionen", "mios"), Decimal(10) ** 6),
    **dict.fromkeys(("b", "bn", "bln", "billion", "billions", "mrd", "milliarde", "milliarden", "milliard", "milliards", "md", "mds"), Decimal(10) ** 9),
}

_SPACES = " \u00a0\u202f\u2009"
DIGITS = rf"(?:\d{{1,3}}(?:[{_SPACES}'’]\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,'’]\d+)*)"
_GROUPED = re.compile(r"^\d{1,3}(?:([.,' ’])\d{3})(?:\1\d{3})*$")


@lru_cache(maxsize=512)
def parse_digits(text: str) -> Decimal:
    """The value of a digit string with any thousands and decimal marks.

    With both marks the last one is the decimal mark. A single mark followed by exactly three digits groups thousands
    (1.200 and 1,200 are twelve hundred) unless the number starts with 0; any other single mark is decimal.

    Raises ValueError when the string is not a number in any of these spellings.
    """
    plain = re.sub(rf"[{_SPACES}]", " ", text.strip())
    marks = [mark for mark in plain if mark in ".,"]
    if len(set(marks)) == 2:
        decimal_mark = marks[-1]
        if plain.count(decimal_mark) > 1:
            raise ValueError(f"{text!r} is not a number")
        whole, _, fraction = plain.rpartition(decimal_mark)
        return Decimal(re.sub(r"[.,' ’]", "", whole) + "." + fraction)
    if _GROUPED.match(plain) and not plain.startswith("0"):
        return Decimal(re.sub(r"[.,' ’]", "", plain))
    if len(marks) > 1:
        raise ValueError(f"{text!r} is not a number")
    compact = re.sub(r"[' ’]", "", plain).replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?", compact):
        raise ValueError(f"{text!r} is not a number")
    return Decimal(compact)


def scale_of(word: str) -> Decimal | None:
    """The factor that a scale word or letter stands for, or None: `Mio` is a million, `k` a thousand."""
    return SCALES.get(word.strip().rstrip(".").lower())


def scaled(digits: str, word: str | None) -> Decimal:
    """The value of a digit string with its scale word, if any: `8.200 M` is 8.2 million, `1.200 k` is 1.2 million.

    Before a million or more a single mark is always decimal: nobody writes 8,200 million in thousands.

    Raises ValueError when either part cannot be read.
    """
    factor = Decimal(1) if word is None else scale_of(word)
    if factor is None:
        raise ValueError(f"{word!r} is not a scale known here")
    marks = sum(digits.count(mark) for mark in ".,")
    if factor >= 10**6 and marks == 1 and re.fullmatch(r"\d+[.,]\d+", digits.strip()):
        return Decimal(digits.strip().replace(",", ".")) * factor
    return parse_digits(digits) * factor


SCALE_PATTERN = "|".join(word if word != "t" else "t(?=eur|€|chf|usd)" for word in sorted(SCALES, key=len, reverse=True))  # `420 TEUR`, but not `420 t`
