"""Numbers in words, of three languages: `twenty-two`, `fünfundzwanzig`, `quatre-vingt-dix-sept`, `zweieinhalb`.

The words stand in `knowledge/intake/numbers.toml` and its German and French twins; here is how each language puts them
together. Libraries were tried: one joins numbers that stand apart and knows no halves, one knows no scales; see the design note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from advisor.intake.tables import spelt, table

_HALVES = ("and a half", "et demi", "et demie")
_HUNDREDS = {100}
_JOINTS = {"und": 0, "and": 0, "et": 0}
_POINT = r"(?:point|komma|virgule)"


@cache
def words() -> Mapping[str, int]:
    """The value of each number word, in every spelling."""
    return {form: value for word, value in table("numbers")["words"].items() for form in spelt(word)}


@cache
def _joined() -> Mapping[str, int]:
    """The same with those that are numbers only inside another."""
    return {**words(), **table("numbers")["joined"]}


def _any(values: Mapping[str, int]) -> str:
    return "|".join(sorted(map(re.escape, values), key=len, reverse=True))


@cache
def below_hundred() -> str:
    """The pattern of a whole number in words: one word, or tens and ones joined as a language joins them."""
    known = _joined()
    ones = _any({word: value for word, value in known.items() if 0 < value < 20 and " " not in word})
    tens = _any({word: value for word, value in known.items() if 20 <= value < 100 and value % 10 == 0 and " " not in word})
    return rf"(?:(?:{ones})und(?:{tens})|(?:{tens})(?:-et-| et |[ -])(?:{ones})(?![\w-])|(?:{_any(words())})(?!-(?!(?:year|month)-old)\w))"


@cache
def whole() -> str:
    """The same with hundreds before it: `two hundred`, `zweihundert`, `deux cent cinquante`."""
    known = _joined()
    ones = _any({word: value for word, value in known.items() if 0 < value < 10 and " " not in word})
    return rf"(?:(?:(?:{ones})[ -]?)?(?:hundred|hundert|cents?)(?:(?: and|und)?[ -]?{below_hundred()}|\b|(?=tausend))|{below_hundred()})"


@cache
def half() -> str:
    """The pattern of a German number with its half: `anderthalb`, `zweieinhalb`."""
    ones = _any({word: value for word, value in _joined().items() if 0 < value < 20 and " " not in word})
    return rf"(?:anderthalb|(?:{ones})einhalb)"


@cache
def spoken() -> str:
    """The pattern of a number with a fraction: `eight and a half`, `acht Komma fünf`, `half a`, `eine halbe`, `un demi-`."""
    return rf"(?:{half()}|{whole()}(?: and a half| et demie?| {_POINT} {below_hundred()})?)"


@cache
def _atoms() -> re.Pattern[str]:
    return re.compile(_any({**_joined(), **_JOINTS}))


def value(said: str) -> Decimal:
    """The number that words or digits say. Raises ValueError for anything else."""
    text = said.strip().rstrip("+")
    if text in words():
        return Decimal(words()[text])
    if text[:1].isdigit():
        return _digits(text)
    if text == "anderthalb":
        return Decimal("1.5")
    before, _, decimals = re.sub(rf" {_POINT} ", " , ", text).partition(" , ")
    if decimals:
        digits = value(decimals)
        return value(before) + digits / (10 if digits < 10 else 100)
    for ending in (*_HALVES, "einhalb"):
        if before.endswith(ending):
            return value(before.removesuffix(ending)) + Decimal("0.5")
    return _summed(before)


def _digits(text: str) -> Decimal:
    plain = text.replace(" ", "").replace("'", "")
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):
        return Decimal(re.sub("[.,]", "", plain))
    return Decimal(plain.replace(",", "."))


def _summed(text: str) -> Decimal:
    known, total = {**_joined(), **_JOINTS}, 0
    atoms = _atoms().findall(text)
    if not atoms:
        raise ValueError(f"{text!r} is no number")
    for atom in atoms:
        number = known[atom]
        total = total * number if number in _HUNDREDS and 0 < total < number else total + number
    return Decimal(total)
