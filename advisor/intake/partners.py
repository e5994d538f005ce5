"""How many partners are signed, active by the client's own word, and connected for account mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from advisor.domain import Metric, Unit
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, count_of, lexicon


_OF_PARTNERS = re.compile(r"[\s-](?:sourced|deals?|leads?|referrals?|revenue|brought|closed|sent|delivered|won|has|is|was|produced|programme|program|manager|tool)\b")
_PEOPLE = re.compile(r"\s(?:people|persons?|ftes?|heads|employees|full|half|colleagues|managers?|team|levels|tiers|types)\b")


def find(message: Message) -> Iterator[Found]:
    """Every count that is stated; several kinds of partners add up to the signed ones where no total is given."""
    mapped = _counts(message, "mapped", "some")
    active = [hit for hit in _counts(message, "active", "some") if not _overlap(hit, mapped)]
    signed = [hit for hit in _counts(message, "signed", "total") if not _overlap(hit, mapped) and not _is_active(message, hit, active)]
    kinds = _by_noun(message, [hit for hit in _counts(message, "signed", "kinds") if not _overlap(hit, mapped)])
    if signed:
        first = signed[0]
        yield Found("partners.signed", count_of(first.value or "0"), first.start, first.end)
    elif kinds:
        total = sum(count_of(hit.value or "0") for hit in kinds)
        yield Found("partners.signed", total, kinds[0].start, kinds[-1].end, "stated" if len(kinds) == 1 else "inferred")
    else:
        yield from _nothing(message, "signed")
    if signed and active:
        yield from _activation(message, signed[0], active[0])
    for name, hits in (("active", active), ("mapped", mapped)):
        if hits:
            yield Found(f"partners.{name}", count_of(hits[0].value or "0"), hits[0].start, hits[0].end)
        else:
            yield from _nothing(message, name)


def _activation(message: Message, signed: Hit[str], active: Hit[str]) -> Iterator[Found]:
    """The share of signed partners who are called active, worked out where both numbers were said."""
    whole, part = count_of(signed.value or "0"), count_of(active.value or "0")
    start, end = min(signed.start, active.start), max(signed.end, active.end)
    if 0 <= part <= whole and whole and "activ" in message.text[active.start : active.end] and end - start < 160:
        share = (Decimal(100 * part) / whole).quantize(Decimal("0.1"))
        yield Found("metrics.activation_rate", Metric(value=share, unit=Unit.PERCENT, quote=message.quote(start, end)), start, end, "inferred")


def _counts(message: Message, section: str, part: str) -> list[Hit[str]]:
    hits = [hit for hit in lexicon("partners", section).find(message.text) if hit.key == part and hit.value and _holds(message, hit)]
    kept: list[Hit[str]] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _holds(message: Message, hit: Hit[str]) -> bool:
    clause = message.clause_at(hit.start)
    lead = message.text[max(clause.start, hit.start - 24) : hit.start].rstrip(" ~(")
    if hit.value in {"no", "a dozen of"} or count_of(hit.value or "0") > 100_000:
        return False
    if _PEOPLE.match(message.text, hit.end):
        return False
    if re.search(r"(?:\d\s?[-/]|\d[.,]|\bor|\bto)$", lead) or message.text[hit.end : hit.end + 1] == "-":
        return False
    if any(len(lead) - found.end <= 1 for found in lexicon("partners", "shut").find(lead)):
        return False
    owned = re.search(r"\b(?:have|has|got|our|with|only|just|we're at|signed|the|my|of)\s?(?:only |just |about |already |around |some |our |these |those |all |now )?$", lead + " ")
    even = {"question"} if owned else set()
    return message.states(hit.start, even=even)


def _overlap(hit: Hit[str], others: list[Hit[str]]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)


def _is_active(message: Message, hit: Hit[str], active: list[Hit[str]]) -> bool:
    """Whether the same number was already read as the active ones: `6 active partners`."""
    return any(other.start == hit.start and "active" in message.text[other.start : other.end][: hit.end - hit.start + 8] for other in active if other.start == hit.start)


def _by_noun(message: Message, hits: list[Hit[str]]) -> list[Hit[str]]:
    nouns: dict[str, Hit[str]] = {}
    for hit in hits:
        nouns.setdefault(message.text[hit.start : hit.end].split()[-2 if message.text[: hit.end].endswith("partners") else -1], hit)
    first = next(iter(nouns.values()), None)
    return [hit for hit in nouns.values() if first and message.clause_at(hit.start).sentence == message.clause_at(first.start).sentence]


def _nothing(message: Message, section: str) -> Iterator[Found]:
    hits = [hit for hit in lexicon("partners", section).find(message.text) if hit.key == "nothing" and message.states(hit.start, even={"question"} if section == "signed" else ()) and not _OF_PARTNERS.match(message.text, hit.end)]
    if hits:
        hit = min(hits, key=lambda hit: hit.start)
        yield Found(f"partners.{section}", 0, hit.start, hit.end)
