"""What the client already runs (`in_place`) and what its side has decided, whatever the advice says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from advisor.domain import Decision, Move
from advisor.domain.regex import Regex
from advisor.intake.found import Found
from advisor.intake.message import Message, unquoted
from advisor.intake.moves import Mention
from advisor.intake.patterns import Hit, lexicon
from advisor.intake.tables import table

_NAME = 2  # a clause of so few words names what the one before speaks of
_NEAR = 60
_OPENING = 5  # characters at which a move's own words may hold one: `have tiers`
_OFFERED = Regex(r"\b(?:promised|offered|offers? (?:from|by)|quotes? (?:from|by)|proposals? (?:from|by)|demos? (?:of|from|with)|trials? of|pitch(?:ed)? (?:from|by)|asked for|asks for|asking for|angebote? (?:von|über)|demo (?:von|mit))\b")
_COUNTED, _SIGNED = re.compile(r"\d\s(?:[\w-]+\s)?$"), re.compile(r"\s?signed")  # `40 resellers signed` counts partners


def find(message: Message, mentioned: Iterable[Mention]) -> Iterator[Found]:
    """A fact for each move that is said to exist or to be decided; wishes and questions are neither."""
    seen: set[tuple[str, Move]] = set()
    can_exist = set(table("decisions")["can_exist"]["moves"])
    for mention in mentioned:
        decided = _decided(message, mention)
        if decided is None and (mention.move.value not in can_exist or not _exists(message, mention)):
            continue
        field = "decided" if decided else "in_place"
        if (field, mention.move) not in seen:
            seen.add((field, mention.move))
            start = message.clause_at(mention.start).start
            yield Found(field, decided or mention.move, start, mention.end)
    for hit in sorted(lexicon("decisions", "practice").find(unquoted(message.text)), key=lambda hit: hit.start):
        move = Move(hit.key)
        if not seen & {("in_place", move), ("decided", move)} and _practised(message, hit):
            seen.add(("in_place", move))
            yield Found("in_place", move, hit.start, hit.end)


def _practised(message: Message, hit: Hit[str]) -> bool:
    """Whether the words say so of the client, and nobody denies or drops it."""
    return message.states(hit.start) and not message.meant_as("unsure", hit.start) and not message.negated(hit.start, 16)


def _decided(message: Message, mention: Mention) -> Decision | None:
    first, _ = message.sentence_at(mention.start)
    clause = message.clause_at(mention.start)
    words = lexicon("decisions", "decided")
    before = words.within(message.text, max(first, mention.start - 80), mention.start)
    after = words.within(message.text, mention.end, min(clause.end, mention.end + 40))
    hits = [hit for hit in before if hit.key == "before"] + [hit for hit in after if hit.key == "after"]
    if not hits or mention.against or any(hit.key == "not_yet" for hit in before):
        return None
    if any(message.meant_as(zone, mention.start) for zone in ("assumed", "foreign")) or message.text[first : mention.start].lstrip().startswith(("should", "can ", "has ", "have ", "is ", "did ")):
        return None
    who = lexicon("decisions", "by").first(message.text[first : clause.end])
    return Decision(move=mention.move, by=who.key if who else None, reason=message.quote(max(first, clause.start), clause.end))


def _exists(message: Message, mention: Mention) -> bool:
    clause = message.clause_at(mention.start)
    if mention.against or not message.states(mention.start) or _OFFERED.search(message.text, clause.start, mention.start):
        return False
    first = message.sentence_at(mention.start)[0] if len(message.text[clause.start : clause.end].split()) <= _NAME else clause.start  # `the contract, two years, Impartner`
    begin = max(first, mention.start - _NEAR)
    end, after = _behind(message, mention, clause.end)
    before = message.text[begin : mention.start]
    if _COUNTED.search(before) and _SIGNED.match(after):
        return False
    words = lexicon("decisions", "in_place")
    said, follows = words.within(message.text, begin, mention.start), words.within(message.text, end, end + len(after))
    if any(hit.key == "other" and hit.start - end <= 1 for hit in follows) or any(hit.key == "gone" for hit in said):
        return False
    doing = table("decisions")["doing"]
    if mention.move.value in doing["moves"] and any(hit.key == "before" and not message.text[hit.end : mention.start].strip() for hit in lexicon("decisions", "doing").within(message.text, begin, mention.start)):
        return True
    there = [hit for hit in words.within(message.text, begin, mention.end) if hit.start < mention.start + _OPENING]
    near = any(hit.key == "before" and len(message.text[hit.end : mention.start].split()) <= 3 for hit in there)
    return (near and not message.negated(mention.start, _NEAR)) or any(hit.key == "after" and hit.start - end <= 12 and not message.negated(hit.start, hit.start - end) for hit in follows)


def _behind(message: Message, mention: Mention, last: int) -> tuple[int, str]:
    """Where the words right behind a name begin, and they up to the end of its clause; where it stands in brackets or before some, those behind them: `levels (Gold, Silver) exist`."""
    first, end = message.sentence_at(mention.start)
    inside = message.text.count("(", first, mention.end) > message.text.count(")", first, mention.end)
    close = message.text.find(")", mention.end, end) if inside or message.text.startswith(" (", mention.end) else -1
    begin = close + 1 if close >= 0 else mention.end
    return begin, message.text[begin : begin + 30 if close >= 0 else min(last, begin + 30)]
