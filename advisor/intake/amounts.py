"""Finds numbers that are, or may be, amounts of money, in any ordinary spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from advisor.domain.money import LARGEST, UNNAMED
from advisor.domain.numbers import DIGITS, SCALE_PATTERN, scale_of, scaled
from advisor.domain.regex import Regex
from advisor.intake import currencies, numerals
from advisor.intake.message import Message
from advisor.intake.patterns import lexicon
from advisor.intake.tables import table

_RANGE = Regex(r"^\s?(?:-|to|bis(?: zu)?|or|and|oder|ou|und|et|à|auf|/|through|up to)\s?$")
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre) $")
_FROM = Regex(r"\b(?:from|von|(?:pass|grimp|progress|augment|mont|all|grandi|évolu|evolu)\w*(?: son arr| notre arr| l'arr)? de)\s$")
_ABOUT = r"(?:\s(?:is|was|of|at|around|about|roughly|approx\.?|currently|now|ca\.?|maybe)|\s?[:=~])*\s?"
_NUMBER = r"[1-9]\d{0,2}(?:[.,]\d)?"
_ENDS = r"(?![.,]?\d)(?=\s*(?:[.,;!?)]|$|(?:and|but|with|so)\b))"
_SHORT = re.compile(
    rf"(?<!\w)(?:\barr{_ABOUT}(?P<arr>{_NUMBER}){_ENDS}|(?<![\w.,-])(?P<before>{_NUMBER})\sarr\b|\bacv{_ABOUT}(?P<acv>{_NUMBER}){_ENDS}|\b(?:(?:currently|now|today|it's|it is|es sind|sind es|we're at|we are at|aktuell|derzeit|momentan|heute|jetzt|inzwischen|aujourd'hui|actuellement|maintenant)(?: (?:sind|liegen|stehen) wir| on est| nous sommes| on en est| nous en sommes)?(?: (?:bei|at|à))?|(?:liegen|sind|stehen) wir (?:aktuell |derzeit |jetzt |heute )?bei)\s(?P<now>{_NUMBER}){_ENDS}"
    rf"|\b(?:at|bei|à)\s(?P<then>{_NUMBER})(?=\s(?:now|today|currently|right now|jetzt|aktuell|heute|derzeit|aujourd'hui|actuellement|maintenant)\b))"
)


_LEAST, _MOST = 1000, 10**6  # of a price that names no currency
_BEHIND = Regex(r"(?: arr| mrr| acv| revenue| umsatz)?,? (?:all |alles )?in ([^\W\d_]+(?:[ -][^\W\d_]+){0,2})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARLY = Regex(r"\s?(?:/ ?|a |per |p\.|im |pro |par )\s?(?:year|yr|annum|a\.|jahr|an)\b")
_TO_PRICE = Regex(r"[\s:=~]*(?:(?:is|of|at|about|around|roughly|so|um|die|ca\.?|rund|etwa|bei|liegt|ist|von|de|environ|autour|est|à|currently|some)[\s:=~]+)*")


class Amount(NamedTuple):
    """An amount in characters `start` to `end`; `high` is set for a range, `before` for a growth from one value to another.

    `foreign_code` is a currency that is named by a word of several, `short` says that the scale was left out: `ARR around 10`.
    """

    start: int
    end: int
    value: Decimal
    currency: str | None = None
    high: Decimal | None = None
    before: Decimal | None = None
    minus: bool = False
    scale: Decimal = Decimal(1)
    foreign_code: str | None = None
    short: bool = False

    @property
    def absurd(self) -> bool:
        """No company turns over this much."""
        return self.value >= LARGEST

    @property
    def is_money(self) -> bool:
        return bool(self.currency or self.foreign_code or self.scale > 1 or self.value >= 100_000)


_LONG_SCALE = "|".join(word for word in SCALE_PATTERN.split("|") if word.isalpha() and len(word) > 3)
_SIGNS = 12  # characters that may stand before the digits of an amount beside its currency
_SPOKEN = re.compile(rf"[^\W\d_](?:[\s-](?:{SCALE_PATTERN})(?:eur|usd|gbp|chf|\b)|{_LONG_SCALE}|mio|mrd|tsd)")
"""Where an amount in words could stand: few messages write one, and its pattern is long."""


@cache
def _pattern(*, in_words: bool, usual: bool) -> re.Pattern[str]:
    parts = "|".join(sorted(map(re.escape, table("numbers")["parts"]), key=len, reverse=True))
    spoken = rf"{numerals.spoken()}|(?:{parts})(?=[ -]?\w\w)" if in_words else "(?!)"
    code = currencies.usual() if usual else currencies.pattern()
    scale = rf"(?:{SCALE_PATTERN})(?={currencies.glued()}|[^\w]|$)(?:(?<=mio)\.|(?<=mrd)\.|(?<=tsd)\.)?"
    near = "" if in_words else rf"(?=\D{{0,{currencies.longest() + _SIGNS}}}\d)"  # all other places are passed over
    return re.compile(
        rf"(?<![\w.,%]){near}(?P<minus>minus |-)?(?:(?P<prescale>[mkt])(?=€|eur|chf|usd))?(?P<pre>{code})?\s?(?P<minus2>-)?"
        rf"(?:(?P<digits>{DIGITS})(?:[\s-]?(?P<scale>{scale}))?|(?P<spoken>{spoken})[\s-]?(?P<scale2>{scale}))(?P<half> et demie?\b| and a half\b)?(?:-?ish)?(?:\s?(?:d'|de |of )?(?P<post>{code}))?"
    )


def find(message: Message) -> list[Amount]:
    """The amounts of a message in order; ranges and growths as one amount each."""
    singles = [amount for match in _pattern(in_words=_SPOKEN.search(message.text) is not None, usual=currencies.only_usual(message.text)).finditer(message.text) if (amount := _single(message, match))]
    full = [amount for amount in _joined(message.text, singles) if (amount.is_money or _is_price(message.text, amount)) and not _counts(message.text, amount)]
    places = {amount.start for amount in full}
    return [_named_behind(message, amount) for amount in sorted([*full, *(amount for amount in _short(message.text, full) if amount.start not in places)])]


def _named_behind(message: Message, amount: Amount) -> Amount:
    """The amount in the currency that stands behind the word for what it is: `780k ARR in GBP`, `120 Mio. Umsatz in türkischer Lira`."""
    match = None if amount.currency else _BEHIND.match(message.text, amount.end)
    code = currencies.said(match[1], message.raw[match.start(1) : match.end(1)], told=True) if match else None
    return amount._replace(currency=code, foreign_code=match[1].upper() if match and code == UNNAMED else None) if code else amount


def _is_price(text: str, amount: Amount) -> bool:
    """Whether a plain number is a price: `24.000 par an`, or a deal size named right before it, `ACV so um die 24.000`."""
    if not _LEAST <= amount.value < _MOST or _YEAR.fullmatch(text, amount.start, amount.end):
        return False
    if _YEARLY.match(text, amount.end):
        return True
    lead = text[max(0, amount.start - 40) : amount.start]
    return any(hit.key == "acv" and _TO_PRICE.fullmatch(lead, hit.end) for hit in lexicon("money", "role").find(lead))


def _short(text: str, full: list[Amount]) -> Iterator[Amount]:
    """Numbers whose scale goes without saying: `ARR around 10`, `of which 11 ARR`, `ACV about 20`, and `now 7.2` after an amount in millions."""
    for match in _SHORT.finditer(text):
        digits = next(name for name in ("arr", "before", "acv", "now", "then") if match[name])
        if digits not in {"now", "then"} or any(amount.scale >= 10**6 for amount in full) and "partner" not in text[max(0, match.start() - 60) : match.start()]:
            scale = Decimal(1000 if digits == "acv" else 10**6)
            yield Amount(match.start(digits), match.end(digits), Decimal(match[digits].replace(",", ".")) * scale, scale=scale, short=True)


def _single(message: Message, match: re.Match[str]) -> Amount | None:
    text = message.text
    scale_word = (match["scale"] or match["scale2"] or match["prescale"] or "").rstrip(".") or None
    if match["digits"]:
        try:
            value = scaled(match["digits"], scale_word)
        except ValueError:
            return None
    elif scale_word:
        value = _spoken(match["spoken"]) * (scale_of(scale_word) or 1)
    else:
        return None
    if match["half"]:
        value += (scale_of(scale_word) or 1) / Decimal(2) if scale_word else Decimal("0.5")
    number = match.start("digits") if match["digits"] else match.start("spoken")
    side, word, end = currencies.beside(message, match, value)
    code = currencies.code_of(word)
    minus = bool(match["minus2"] or match["minus"]) and _is_minus(text, match.start())
    scale = (scale_of(scale_word) or Decimal(1)) if scale_word else Decimal(1)
    return Amount(match.start("pre") if side == "pre" else number, end, value, code, minus=minus, scale=scale, foreign_code=word.upper() if code == UNNAMED else None)


def _is_minus(text: str, place: int) -> bool:
    """Whether a dash right before a number is a minus: not the dash of a range or of a list of items."""
    if text.startswith("minus", place):
        return True
    line = text[text.rfind("\n", 0, place) + 1 : place]
    listed = not line.strip() and "\n-" in f"\n{text[:place]}{text[place + 1 :]}"
    return text[place + 1 : place + 2] != " " and not listed and not re.search(r"\d[a-z]{0,8}\s?$", line)


def _spoken(words: str) -> Decimal:
    """`eight and a half`, `eine halbe`: a number in words, or a part of a million."""
    parts = table("numbers")["parts"]
    return Decimal(str(parts[words])) if words in parts else numerals.value(words)


def _joined(text: str, singles: list[Amount]) -> list[Amount]:
    joined: list[Amount] = []
    for amount in singles:
        first = joined[-1] if joined else None
        if first and first.high is None and first.before is None and (pair := _pair(text, first, amount)):
            joined[-1] = pair
        else:
            joined.append(amount)
    return joined


def _pair(text: str, first: Amount, second: Amount) -> Amount | None:
    """Two numbers as a range (`8 to 10M`) or a growth (`from 6 to 9M`), or None when they do not belong together."""
    gap = text[first.end : second.start]
    lead = text[max(0, first.start - 24) : first.start]
    if not _RANGE.match(gap) or not second.is_money or second.scale == 1 and first.scale > 1:
        return None
    if gap.strip() in {"and", "und", "et"} and not _BETWEEN.search(lead) or gap.strip() == "auf" and not _FROM.search(lead):
        return None
    value = first.value * (second.scale if first.scale == 1 and first.value < 1000 else 1)
    currency, code = second.currency or first.currency, second.foreign_code or first.foreign_code
    both = Amount(first.start, second.end, second.value, currency, scale=second.scale, foreign_code=code)
    if _FROM.search(lead):
        return both._replace(before=value)
    if value >= second.value or second.value > value * 20:
        return None
    return both._replace(value=value, high=second.value)


def _counts(text: str, amount: Amount) -> bool:
    """Whether the number counts things (`5k users`) instead of money."""
    if amount.currency or amount.foreign_code:
        return False
    after = re.match(r"\s?(?:[a-z]+-?\s)?([a-z-]+)", text[amount.end : amount.end + 40])
    words = text[amount.end : amount.end + 40].split()[:2]
    nouns = _nouns()
    if words and words[0].strip(".,;:!?()") in nouns:
        return True
    active = words[:1] and words[0] in {"active", "paying", "free", "monthly", "registered", "small", "total", "new", "weekly", "daily", "signed"}
    return bool(after and active and len(words) > 1 and words[1].strip(".,;:!?()") in nouns)


@cache
def _nouns() -> frozenset[str]:
    return frozenset(table("numbers")["counted"]["nouns"])
