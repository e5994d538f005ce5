"""How many of the signed partners are active, worked out from two counts, from a fraction, or from those that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from advisor.domain import Metric, Unit
from advisor.domain.regex import Regex
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, count_of, lexicon

_CALLED = re.compile(r"a[ck]tiv|actif")
_NEAR = 160
_OF_DEALS = Regex(r"\b(?:opps?|opportunit\w+|deals?|leads?|accounts?|customers?|integrations?|kunden|chancen)\b[^.?!]{0,40}$")  # what those are of which it is said


def find(message: Message, signed: Hit[str] | None, active: Hit[str] | None) -> Iterator[Found]:
    """The activation rate and, where nobody gave it, the number of active partners."""
    if signed and active:
        yield from _rate(message, signed, active)
    if not active:
        yield from _fraction(message, signed)
        yield from _left_over(message, signed) if signed else ()


def _rate(message: Message, signed: Hit[str], active: Hit[str]) -> Iterator[Found]:
    """The share of signed partners who are called active, where both numbers were said; who did something within 90 days is active too."""
    whole, part = count_of(signed.value or "0"), count_of(active.value or "0")
    start, end = min(signed.start, active.start), max(signed.end, active.end)
    called = _CALLED.search(message.text, active.start, active.end + 7) or lexicon("partners", "activated").first(message.text[slice(*message.sentence_at(active.start))])
    if 0 <= part <= whole and whole and called and end - start < _NEAR:
        yield _metric(message, Decimal(100 * part) / whole, start, end)


def _metric(message: Message, share: Decimal, start: int, end: int) -> Found:
    value = Metric(value=share.quantize(Decimal("0.1")), unit=Unit.PERCENT, quote=message.quote(start, end))
    return Found("metrics.activation_rate", value, start, end, "inferred")


def _fraction(message: Message, signed: Hit[str] | None) -> Iterator[Found]:
    """The share said as a fraction, `a third of them active`, and the number where it comes out even."""
    hits = (hit for hit in lexicon("partners", "share").find(message.text) if message.states(hit.start) and not message.negated(hit.start))
    hit = next(hits, None)
    if hit is None:
        return
    yield _metric(message, Decimal(100) / int(hit.key), hit.start, hit.end)
    whole = count_of(signed.value or "0") if signed else 0
    if signed and whole and whole % int(hit.key) == 0:
        yield Found("partners.active", whole // int(hit.key), min(hit.start, signed.start), max(hit.end, signed.end), "inferred")


def _left_over(message: Message, signed: Hit[str]) -> Iterator[Found]:
    """The active ones where the client says how many are not: `60 partners, 50 of them never did anything`."""
    whole = count_of(signed.value or "0")
    for hit in lexicon("partners", "inactive").find(message.text):
        idle = Decimal(whole) / 2 if hit.key == "half" else count_of(hit.value or "0")
        if 0 < idle < whole and idle == int(idle) and not _OF_DEALS.search(message.text, message.sentence_at(hit.start)[0], hit.start):
            yield Found("partners.active", whole - int(idle), min(hit.start, signed.start), max(hit.end, signed.end), "inferred")
            return
