"""How the client sells: named, or told from a description of its selling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.domain import Motion
from advisor.domain.regex import Regex
from advisor.intake import numerals
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, lexicon


_SHARE = Regex(r"(\d{1,3}(?:[.,]\d)?)\s?(?:%|percent|per cent|prozent|pour cent)")
_PARTNERS = Regex(r"\b(?:partners?|affiliates?|resellers?|referrers?|vermittler|partnern|empfehler)\s$")  # who signs up there buys nothing
_FOR_PARTNERS = Regex(r"[\s-](?:tiers?|levels?|tracks?|portals?|partners?|resellers?|partnerportal|stufe|partnerstufe)\b")  # what serves partners sells nothing
_OTHERS = re.compile(r"\b(?:dealer|distributor|reseller|agency|integrator|consultancy|partner|telco|vendor|händler|systemhaus|agentur)s? (?:with|who has|that has|mit) (?:\w+ )?$")  # whose people sell for somebody else
_IN_A_MARKET = Regex(r"\s*(?:(?:and|but|so|also|only|currently|today|und|aber|nur|derzeit|aktuell|heute) )*(?:in|for|outside|across|im|für|auf|außerhalb(?: von)?) (?:the |den |der |die |dem )?")  # what opens a clause about one market
_IN_A_SEGMENT = Regex(r"\s*(?:(?:and|but|so|und|aber) )*(?:in|for|to|im|für|an|bei) (?:the |our |den |die |unsere |unseren )?(?:smbs?|smes?|mid-?market|small(?:er)? \w+|public sector|mittelstand|kmus?|kleine\w* \w+)\b")
_BEFORE = 90  # characters in which a share stands before its way of selling
_HALF = 50  # percent: what less than half of the sales goes through is not the way of selling


def find(message: Message) -> Iterator[Found]:
    """The motion, at most one: a name wins over a description unless it is hearsay, "mostly" over the rest; a tie stays unknown."""
    described = any(_holds(message, hit, "inferred") and not message.meant_as("hearsay", hit.start) for hit in lexicon("motion", "inferred").longest(message.text))
    for section in ("stated", "inferred"):
        hits = [hit for hit in lexicon("motion", section).longest(message.text) if _holds(message, hit, section)]
        hits = [hit for hit in hits if not (described and message.meant_as("hearsay", hit.start))]
        best = _one(message, hits)
        if best is not None:
            yield Found("motion", Motion(best.key), best.start, best.end, "stated" if section == "stated" else "inferred")
        if hits:
            return


def rivals(message: Message) -> tuple[Hit[str], ...]:
    """Two statements of how the client sells that exclude each other: all self-serve, and field sales or resellers."""
    named = {section: lexicon("motion", section).longest(message.text) for section in ("stated", "inferred")}
    if not any({"plg"} < {hit.key for hit in hits} for hits in named.values()):
        return ()
    for section, found in named.items():
        hits = [hit for hit in found if _holds(message, hit, section)]
        if hits:
            first = {hit.key: hit for hit in reversed(hits)}
            clash = len(first) > 1 and "plg" in first and _one(message, hits) is None
            return tuple(sorted(first.values(), key=lambda hit: hit.start))[:2] if clash else ()
    return ()


def _holds(message: Message, hit: Hit[str], section: str) -> bool:
    if hit.value in {"no", "zero", "0"}:
        return False
    if hit.key == "plg" and _FOR_PARTNERS.match(message.text, hit.end):
        return False
    share = _SHARE.search(message.text, max(message.clause_at(hit.start).start, hit.start - _BEFORE), hit.end) if hit.key == "channel" else None
    if share and numerals.value(share[1]) < _HALF:
        return False
    if hit.key == "channel" and _of_one_market(message, hit):
        return False
    even = {"question"} if section == "stated" else set()
    clause = message.clause_at(hit.start)
    lead = message.text[max(clause.start, hit.start - 26) : hit.start]
    if section == "inferred" and message.meant_as("question", hit.start):
        even = {"question"} if lead.rstrip().endswith(("our", "with", "for a", "as a", "by", "for our")) else set()
    if message.text.startswith("our ", hit.start):
        even = {*even, "foreign"}
    if not message.states(hit.start, even=even) or message.negated(hit.start, 20) or message.denied(hit.end):
        return False
    if hit.key == "plg" and _PARTNERS.search(lead):
        return False
    if message.text[hit.end : hit.end + 16].lstrip().startswith(("at the bottom", "on top", "at the top", "originally", "at first")):
        return False
    if hit.key != "channel" and _OTHERS.search(lead):
        return False
    first = hit.start - len(lead)
    return not any(first + len(lead.rstrip()) - found.end <= 1 for found in lexicon("motion", "change").within(message.text, first, hit.start))


def _of_one_market(message: Message, hit: Hit[str]) -> bool:
    """Whether a clause opens with the only market or segment of which it tells: `In Italy we sell only through 3 resellers`."""
    start = message.clause_at(hit.start).start
    places = lexicon("place", "named").within(message.text, start, hit.start)
    return _IN_A_SEGMENT.match(message.text, start, hit.start) is not None or any(place.key == "geographic" and _IN_A_MARKET.fullmatch(message.text, start, place.start) for place in places)


def _one(message: Message, hits: list[Hit[str]]) -> Hit[str] | None:
    """The hit of the only motion named, or of the one called the main one, or of the one with more words for it."""
    if not hits:
        return None
    words = lexicon("motion", "main")
    main = [hit for hit in hits if words.within(message.text, max(message.clause_at(hit.start).start, hit.start - 45), hit.start)]
    if len({hit.key for hit in main}) == 1:
        return main[0]
    votes = {hit.key: sum(other.key == hit.key for other in hits) for hit in hits}
    most = max(votes.values())
    if len(votes) > 1 and "plg" in votes:
        return None
    leading = [key for key, count in votes.items() if count == most]
    return next(hit for hit in hits if hit.key == leading[0]) if len(leading) == 1 else None
