"""Two win rates beside each other, with partners and without: `partner deals win 41, direct 22`, `41% vs 22% for direct`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from advisor.intake.message import Message
from advisor.intake.tables import spelt, table

_RATE = r"(?P<@>\d{1,2}(?:[.,]\d)?)(?![\d.,]*\d|\s?(?:k|m|bn|pp|points?|partners?|deals?|days|months|of)\b)\s?(?:%|percent|prozent|pour cent)?(?:\s?\(n\s?=\s?\d+\))?"
_END = re.compile(r"[.;]\s(?=\S)")
_GAP = r"[^.;?\d]{0,28}?"


def _words(name: str) -> str:
    words = {form for word in table("metrics")["pair"][name] for form in spelt(word)}
    return "|".join(re.escape(word).replace(r"\-", "[ -]?") for word in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    by_partners, alone, against = rf"(?:{_words('with_partners')})", rf"(?:{_words('alone')})", rf"(?:{_words('against')})"
    with_rate, alone_rate = _RATE.replace("@", "with"), _RATE.replace("@", "alone")
    shapes = (
        rf"\b{with_rate}\s(?:{_words('topic')})\s(?:with (?:our |a )?partners?|mit (?:unseren |einem )?partnern?)\s{against}\s?{alone_rate}\s(?:for |on |in |im )?{alone}",
        rf"\b{by_partners}\b[^.;?\d]{{0,48}}?\b{with_rate}(?:[^.;?\d]{{1,12}}?\b{alone}\b{_GAP}|\s?{against}\s(?:the )?){alone_rate}",
        rf"\b{with_rate}\s?(?:(?:of (?:our |the )?deals|der deals|des affaires|de nos affaires)\s)?(?:with (?:a )?partners?\s|mit (?:einem )?partnern?\s|avec (?:un )?partenaires?\s)?{against}\s?{alone_rate}\s?(?:for |on |in |im |en )?{alone}",
        rf"\b{alone}\b{_GAP}\b{alone_rate}[^.;?\d]{{1,12}}?\b(?:with |mit |avec )?{by_partners}\b{_GAP}{with_rate}",
        rf"\b{alone_rate}\s(?:on |for |in |im |en )?{alone}[^.;?\d]{{1,12}}?\b{with_rate}\s(?:(?:with|for|on|in|mit|bei|avec|via) (?:our |the |a |unseren |nos |un )?)?{by_partners}",
        rf"\b{with_rate}\s(?:of (?:our |the |all )?(?:deals|opportunities) )?(?:(?:with|for|on|in|mit|bei|avec|via) (?:our |the |a |unseren |nos |un )?)?{by_partners}[^.;?\d]{{1,16}}?\b{alone_rate}\s(?:on |for |in |im |en )?{alone}",
    )
    return tuple(re.compile(shape) for shape in shapes)


@cache
def _topic() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('topic')})\b")


class Pair(NamedTuple):
    """The win rate with partners and the one without, in percent, with the place of the words."""

    with_partners: Decimal
    alone: Decimal
    start: int
    end: int


def find(message: Message) -> Iterator[Pair]:
    """Every such pair in a sentence that speaks of winning or closing."""
    for first, last in message.sentences():
        words = message.text[first:last]
        if not _topic().search(words):
            continue
        for pattern in _patterns():
            match = pattern.search(words)
            if match:
                yield Pair(_number(match["with"]), _number(match["alone"]), first + match.start(), first + match.end())
                break


def across(text: str) -> Pair | None:
    """The first pair in words whose topic is known to be win rates, over the ends of sentences."""
    joined = _END.sub(", ", text)
    found = (pattern.search(joined) for pattern in _patterns())
    match = next((match for match in found if match), None)
    return Pair(_number(match["with"]), _number(match["alone"]), match.start(), match.end()) if match else None


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "."))
