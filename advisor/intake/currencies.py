"""The currencies that amounts name, in every language: ISO codes, signs and names, and words that several currencies share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from itertools import groupby

from advisor.domain.money import ISO_4217, SYMBOLS, UNNAMED, WORDS
from advisor.domain.regex import Regex
from advisor.intake.message import Message
from advisor.intake.tables import spelt, table

_PREFIXED = r"(?![kmtb]\$)[a-z]{1,3}\$"
"""A dollar of a country that is not known: `X$`; `M$` are millions."""
_NEXT = Regex(r"\s([a-z]+)")
_SHORT = 4
_DOLLARS = re.compile(r"[^\W\d_]\$")  # of some country: `NT$`
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]")
_SCALES = frozenset("kmbt")
_THOUSAND, _MILLION = Decimal(10) ** 3, Decimal(10) ** 6


@cache
def named() -> Mapping[str, str]:
    """The code of each sign, code and name, in small letters; that of no currency where several are called so."""
    known = table("currencies")
    shared = dict.fromkeys(known["ambiguous"]["words"], UNNAMED)
    names = {form: code for code, words in known["names"].items() for word in words for form in spelt(word)}
    codes = {code.lower(): code for code in ISO_4217 if code.lower() not in known["weak"]["not_codes"]}
    return {**shared, **codes, **names, **known["signs"], **WORDS, **SYMBOLS}


@cache
def pattern() -> str:
    """What names a currency, longest first and by first letter."""
    return _of(named(), prefixed=rf"{_PREFIXED}|")


@cache
def usual() -> str:
    """What names one of the currencies that most messages speak of: a pattern of a tenth the length."""
    return _of({**WORDS, **SYMBOLS})


def only_usual(text: str) -> bool:
    """Whether no word or sign of a text can name another currency than the usual ones; words right behind a scale count, as in `20mkr`."""
    if _DOLLARS.search(text):
        return False
    words = {*_TOKEN.findall(text)}
    return not (words | {word[1:] for word in words if word[0] in _SCALES}) & _other_words()


@cache
def _other_words() -> frozenset[str]:
    return frozenset(token for name in named().keys() - {*WORDS, *SYMBOLS} if not name.endswith("$") for token in _TOKEN.findall(name)[:1])


@cache
def glued() -> str:
    """What is written right behind a scale, `20mkr`, `30MEUR`: signs and short words that are no others."""
    return _of([word for word in named() if len(word) <= _SHORT and not _is_rare(word)])


def _of(words: Iterable[str], *, prefixed: str = "") -> str:
    """The pattern of signs, and of words that end where a word does."""
    ends: dict[bool, list[str]] = {True: [], False: []}
    for word in words:
        ends[word[-1].isalpha()].append(word)
    return rf"(?:{_by_letter(ends[False])}|{prefixed}{_by_letter(ends[True])}(?![^\W\d_]))"


def said(text: str, raw: str, *, told: bool = False) -> str | None:
    """The code of the currency whose name is all of a text, or begins it up to a blank; None for what may be another word, unless it is `told` to be one."""
    words = text.split(" ")
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        in_capitals = name.upper() in ISO_4217 and raw[: len(name)].isupper()
        if name in named() and (in_capitals or not (_is_rare(name) or (_is_weak(name) and not told))):
            return named()[name]
    return None


def _by_letter(words: Iterable[str]) -> str:
    groups = groupby(sorted(words, key=lambda word: (word[0], -len(word), word)), key=lambda word: word[0])
    return "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(re.escape(word[1:]) for word in group)})" for first, group in groups) + ")"


@cache
def longest() -> int:
    return max(map(len, named()))


def code_of(word: str) -> str | None:
    """The code that a sign, code or name stands for; that of no currency for a dollar of an unknown country."""
    lower = word.strip().lower()
    return named().get(lower) or (UNNAMED if lower.endswith("$") else None)


def beside(message: Message, match: re.Match[str], value: Decimal) -> tuple[str, str, int]:
    """The side, `pre` or `post`, on which an amount names its currency, the word, and where the amount ends."""
    behind = message.text[match.end() : match.end() + 24]
    side = next((side for side in ("pre", "post") if match[side] and _meant(match[side], message.raw[slice(*match.span(side))], value, behind if side == "post" else None)), "")
    end = match.end() if side == "post" else max(match.end(name) for name in match.re.groupindex if name != "post" and match[name])
    return side, match[side] if side else "", end


def _meant(word: str, raw: str, value: Decimal, behind: str | None) -> bool:
    """Whether a word beside an amount is its currency: what may be another word is one beside a thousand or more, a rare code in capitals alone.

    `behind` is the text that follows a word behind its amount, None for one before it.
    """
    weak = table("currencies")["weak"]
    if word in weak["verbs"] and not raw.isupper():
        return behind is not None and value >= _MILLION and not ((match := _NEXT.match(behind)) and match[1] in weak["not_before"])
    if _is_rare(word):
        return raw.isupper() and value >= _THOUSAND
    return value >= _THOUSAND or not _is_weak(word)


def _is_rare(word: str) -> bool:
    """Whether a code is one that few write and many read as a word."""
    return len(word) == 3 and word.upper() in ISO_4217 and word not in WORDS and word not in table("currencies")["weak"]["small"]


def _is_weak(word: str) -> bool:
    weak = table("currencies")["weak"]
    return word in weak["words"] or word in weak["verbs"]
