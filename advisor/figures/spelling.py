"""How numbers are written: digits with any marks, number words, currencies; and a plain copy of a text to search in."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
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
_GERMAN_UNITS = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_GERMAN_TEENS = ("zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn")
_GERMAN_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
GERMAN: dict[str, int | Decimal] = {
    **{word: index for index, word in enumerate(_GERMAN_UNITS + _GERMAN_TEENS, start=1) if index > 1},
    **{word: 10 * index for index, word in enumerate(_GERMAN_TENS, start=2)},
    **{f"{one}und{ten}": 10 * index + unit for index, ten in enumerate(_GERMAN_TENS, start=2) for unit, one in enumerate(_GERMAN_UNITS, start=1)},
    "hundert": 100, "einhundert": 100, "zweihundert": 200, "dreihundert": 300, "fünfhundert": 500, "tausend": 1000, "eintausend": 1000,
    "eineinhalb": Decimal("1.5"), "anderthalb": Decimal("1.5"), "zweieinhalb": Decimal("2.5"), "dreieinhalb": Decimal("3.5"),
}
"""German number words: written in one word, they are looked up and never put together. `ein` is an article, `eins` a figure nobody writes."""
_FRENCH_UNITS = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf")
_FRENCH_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


def _french() -> dict[str, int]:
    """French number words below a hundred, with hyphens; `soixante-douze` and `quatre-vingt-treize` count on from their tens."""
    found = {word: number for number, word in enumerate(_FRENCH_UNITS, start=1)}
    for ten, word in _FRENCH_TENS.items():
        found[word + ("s" if ten == 80 else "")] = ten
        for unit in range(1, 20 if ten in {60, 80} else 10):
            found[f"{word}-{'et-' if unit in {1, 11} and ten != 80 else ''}{_FRENCH_UNITS[unit - 1]}"] = ten + unit
    return found


_FRENCH = _french()
_ALSO_OTHER = frozenset({"sept", "neuf", "seize", "dix"})  # a month, "new", an English verb: numbers only before what is counted in French
_FRENCH_COUNTED = r"(?= (?:pour ?cent|%|fois|mois|jours?|semaines?|ans|années?|heures?|euros?|points?|mille|cents?|millions?|milliards?|partenaires?|entreprises?|clients?|trimestres?|personnes?)\b)"
_F9, _F19 = "un|deux|trois|quatre|cinq|six|sept|huit|neuf", "un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:[- ](?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize"
_FRENCH_BIG = rf"quatre[- ]vingt(?:s\b|[- ](?:{_F19}))|soixante(?:[- ](?:et[- ])?(?:{_F19})\b)?|(?:vingt|trente|quarante|cinquante)(?:[- ](?:et[- ])?(?:{_F9})\b)?"
_FRENCH_ONE = rf"(?:{_FRENCH_BIG}|dix[- ](?:sept|huit|neuf)|deux|trois|quatre|cinq|huit|onze|douze|treize|quatorze|quinze)"
_FRENCH_WORD = rf"(?=[cdhnoqstv])(?:{_FRENCH_ONE}|(?:{'|'.join(sorted(_ALSO_OTHER))}){_FRENCH_COUNTED})(?![a-zà-ÿ-])"
_FRENCH_ANY = rf"(?:{_FRENCH_BIG}|{_F19})"
_FRENCH_LARGE = rf"(?=[cdhmnoqstuv])(?:(?:{_FRENCH_ANY}) cents?(?: (?:{_FRENCH_ANY}))?|(?:{_FRENCH_ANY}|cent|deux cent) mille|cent (?:{_FRENCH_ANY})|(?<!per )(?<!pour )cent(?= (?:pour|mille|euros|partenaires|entreprises|jours|clients)\b)|mille(?= [a-zà-ÿ]))(?![a-zà-ÿ-])"
_ONE = rf"(?:{'|'.join(UNITS[1:])})"
_SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[ -]{_ONE}(?![a-z]))?|{'|'.join(TEENS)}|{'|'.join(UNITS)})(?![a-z])"
_HUNDRED = rf"(?:(?:{_SMALL}|a)[ -]hundred(?:(?: and[ -]|[ -]){_SMALL})?|{_SMALL})"
_WORD = rf"(?:{'|'.join(sorted(GERMAN, key=len, reverse=True))})(?![a-zäöüß])"
_LARGE = r"(?:Tausend|Millionen|Million|Milliarden|Milliarde)"


def _begun_by(words: Iterable[str]) -> str:
    """A look ahead for a word that begins as one of these does: what is no number is passed over without trying each of them."""
    beginnings: dict[str, set[str]] = defaultdict(set)
    for word in words:
        beginnings[word[0]].add(word[1:3])
    ways = (f"[{first}{first.upper()}](?i:{'|'.join(sorted(rest))})" for first, rest in sorted(beginnings.items()))
    return f"(?={'|'.join(ways)})"


_ARTICLED = tuple(f"a{joint}{large}" for joint in " -" for large in ("hundred", "thousand", "million", "billion"))
BEGINNING = _begun_by((*VALUES, *_ARTICLED, *GERMAN, "eine ", *_FRENCH, "cent", "mille"))
"""What WORDED and SMALL begin with."""
WORDED = (
    rf"(?:(?:{_HUNDRED}|a)[ -](?:thousand|million|billion)(?:,?(?: and)? {_HUNDRED})?|{_HUNDRED}(?: point(?: {_SMALL})+)?)(?: and a half)?"
    rf"|(?:{_WORD}|eine)[ -]{_LARGE}(?![a-zäöüß])|{_WORD}|{_FRENCH_LARGE}|{_FRENCH_WORD}"
)
SMALL = rf"(?:{BEGINNING}(?:{_SMALL}|{_WORD}|{_FRENCH_WORD}))"

_CODES = "|".join(sorted((word.upper() for word in WORDS if len(word) == 3 and word not in {"eur.", "fr."}), key=str))
CURRENCY_BEFORE = rf"(?:US\$|USD\$|C\$|A\$|[$€£¥₹]|\b(?:{_CODES}))"
CURRENCY_AFTER = rf"(?:[$€£¥₹]|(?:{_CODES})\b|(?:US )?dollars?\b|euros?\b|pounds?\b|bucks\b|quid\b|(?i:eur|usd|gbp|chf)\b)"
DIGITED = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|[0-9]{1,3}\.[0-9]{3},[0-9]+|[0-9]+(?:[.,][0-9]+)?)(?![0-9])"
)
SCALE = (
    r"(?:(?:k|K|m|M|mn|bn|B|b|MM|mln|tn)(?![A-Za-z0-9])| (?:K|M|MM|mn|bn|B|mln)(?![A-Za-z0-9])| k(?=€|\$|£)| ?(?:Mio|mio|Mrd|mrd|Tsd|tsd)(?![A-Za-z0-9])(?:\.(?!\s[A-ZÄÖÜ][a-zäöü]|$))?"
    r"|[ -]?(?i:thousand|million|billion|trillion)s?\b|[ -]?(?:Millionen|Milliarden|Milliarde|Tausend|tausend|milliards?|milliers|mille)\b)"
)


def currency_of(text: str) -> str:
    """The ISO code of a currency sign, word or code that CURRENCY_BEFORE or CURRENCY_AFTER matched."""
    lower = text.strip().lower()
    return SYMBOLS.get(lower) or WORDS.get(lower) or WORDS.get(lower.removeprefix("us ")) or lower.upper()


def scale(text: str) -> Decimal:
    """The factor of a scale that SCALE matched."""
    word = text.strip(" -.").lower()
    if word.startswith(("tn", "trillion")):
        return Decimal(10) ** 12
    return scale_of(word) or scale_of(word.rstrip("s")) or Decimal(1)


def _worded_in_french(text: str) -> Decimal | None:
    """The value of a French number: `quarante-six`, `deux cents`, `dix mille`; None when it is none."""
    if (plain_number := _FRENCH.get(text.replace(" ", "-"))) is not None:
        return Decimal(plain_number)
    if not re.search(r"\b(?:cents?|mille)\b", text):
        return None
    thousands, mark, rest = text.rpartition("mille")
    if mark:
        return (_worded_in_french(thousands.strip()) or Decimal(1)) * 1000 + (_worded_in_french(rest.strip()) or Decimal(0))
    hundreds, _, rest = re.sub(r"\bcents\b", "cent", text).partition("cent")
    return (_worded_in_french(hundreds.strip()) or Decimal(1)) * 100 + (_worded_in_french(rest.strip()) or Decimal(0))


@lru_cache(maxsize=512)
def worded(text: str) -> Decimal:
    """The value of a number in words that WORDED matched: `forty-six`, `two hundred and ten`, `two and a half`."""
    if (french := _worded_in_french(text.lower())) is not None:
        return french
    words = text.lower().replace("-", " ").replace(",", " ")
    first, _, large = words.partition(" ")
    if first in GERMAN or large in {"million", "milliarde"} and first == "eine":
        return Decimal(GERMAN.get(first, 1)) * (scale(large) if large else 1)
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
