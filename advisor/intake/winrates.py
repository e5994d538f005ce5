"""Two win rates beside each other, with partners and without: `partner deals win 41, direct 22`, `41% vs 22% for direct`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from advisor.domain.regex import Regex
from advisor.intake.message import Message

_RATE = r"(?P<@>\d{1,2}(?:[.,]\d)?)(?![\d.,]*\d|\s?(?:k|m|bn|pp|points?|partners?|deals?|days|months|of)\b)\s?(?:%|percent)?(?:\s?\(n\s?=\s?\d+\))?"
_BY_PARTNERS = r"(?:partner(?:s|ed)?|partner[- ](?:sourced|led|deals?)|sourced|co-sold|referred|registered)"
_ALONE = r"(?:direct(?:'s| is| ones| deals)?|without|on our own|alone|our own|everything else|otherwise|the rest|all others?)"
_GAP = r"[^.;?\d]{0,28}?"
_SHAPES = (
    rf"\b{_BY_PARTNERS}\b[^.;?\d]{{0,48}}?\b{_RATE.replace('@', 'with')}(?:[^.;?\d]{{1,12}}?\b{_ALONE}\b{_GAP}|\s?(?:vs\.?|versus|against|compared (?:to|with))\s(?:the )?){_RATE.replace('@', 'alone')}",
    rf"\b{_RATE.replace('@', 'with')}\s?(?:with partners?\s)?(?:vs\.?|versus|against|compared (?:to|with))\s?{_RATE.replace('@', 'alone')}\s?(?:for |on |in )?{_ALONE}",
    rf"\b{_ALONE}\b{_GAP}\b{_RATE.replace('@', 'alone')}[^.;?\d]{{1,12}}?\b(?:with )?{_BY_PARTNERS}\b{_GAP}{_RATE.replace('@', 'with')}",
    rf"\b{_RATE.replace('@', 'alone')}\s(?:on |for |in )?{_ALONE}[^.;?\d]{{1,12}}?\b{_RATE.replace('@', 'with')}\s(?:with|for|on|in) (?:our |the |a )?{_BY_PARTNERS}",
    rf"\b{_RATE.replace('@', 'with')}\s(?:with|for|on|in) (?:our |the |a )?{_BY_PARTNERS}[^.;?\d]{{1,16}}?\b{_RATE.replace('@', 'alone')}\s(?:on |for |in )?{_ALONE}",
)
_PATTERNS = tuple(map(Regex, _SHAPES))
_TOPIC = Regex(r"\b(?:win|wins|winning|win-rates?|close|closes|closing|closed|close-rates?)\b")


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
        if not _TOPIC.search(words):
            continue
        for pattern in _PATTERNS:
            match = pattern.search(words)
            if match:
                yield Pair(_number(match["with"]), _number(match["alone"]), first + match.start(), first + match.end())
                break


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "."))
