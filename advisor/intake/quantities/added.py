"""A rate that comes on top of another one for the same work: `30% plus 5% rebate on 50k deals`."""

from __future__ import annotations

from advisor.domain.regex import Regex
from advisor.intake.message import Message
from advisor.intake.patterns import lexicon
from advisor.intake.quantities.quantity import PERCENT, Quantity

ADDED = "added"
"""The role of such a rate; the one before it keeps its own, and a sum takes both."""

_WORDS = r"(?:\s[a-zäöüß'’-]+){0,4}?"
_PLUS = Regex(rf"{_WORDS}(?:\s?\+\s?|,?\s(?:plus|zuzüglich|zzgl\.?|on top of)\s(?:(?:a|an|another|further|extra|up to|eine[mnrs]?|weitere[nrs]?|noch)\s)*)")
_AND = Regex(rf"{_WORDS},?\s(?:and|with|und|mit|sowie)\s(?:(?:a|an|another|further|extra|additional|eine[mnrs]?|weitere[nrs]?|noch|zusätzlich)\s)*")
_ON_BASE = Regex(r"\s(?:on|of|auf|von)\s(?:a |an |the |our |einen |einem |die |den |unsere )?[€$£]?\d")
_ONLY_IF = Regex(r"[^.;?!]{0,40}?\b(?:if|when|once|above|over|beyond|after|from the|wenn|falls|sobald|ab|über|oberhalb|bei erreich\w*)\b")
_PAID = frozenset({"", "commission", "reseller"})
_APART = frozenset({"once", "yearly", "second", "sourced", "influenced", "direct"})


def added(message: Message, found: list[Quantity]) -> list[Quantity]:
    """The numbers with each further rate known as such; one that is due only under a condition keeps no role."""
    numbers = list(found)
    for index in range(1, len(numbers)):
        before, number = numbers[index - 1], numbers[index]
        if before.kind != PERCENT or number.kind != PERCENT or before.sentence != number.sentence or not _together(message.text, before, number):
            continue
        if _ONLY_IF.match(message.text, number.end):
            numbers[index] = number._replace(role="")
            continue
        role = "reseller" if "reseller" in {before.role, number.role} else "commission"
        numbers[index - 1] = before._replace(role=before.role if before.role == ADDED else role)
        numbers[index] = number._replace(role=ADDED)
    return numbers


def _together(text: str, before: Quantity, number: Quantity) -> bool:
    """Whether two rates are paid for the same: the second is named as a share somebody gets, or stands before what both are taken of."""
    if before.role not in _PAID | {ADDED} or number.role not in _PAID or not (before.role or number.role) or {before.qualifier, number.qualifier} & _APART:
        return False
    gap = text[before.end : number.start]
    behind = {hit.key for hit in lexicon("sums", ADDED).within(text, number.end, number.end + 40) if not text[number.end : hit.start].strip()}
    if _PLUS.fullmatch(gap):
        return bool(behind) or _ON_BASE.match(text, number.end) is not None
    return "extra" in behind and _AND.fullmatch(gap) is not None
