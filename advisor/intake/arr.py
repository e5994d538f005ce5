"""Annual recurring revenue: what the client turns over now, apart from targets, pasts, and other people's figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from advisor.domain import Money
from advisor.domain.client import Confidence
from advisor.domain.regex import Regex
from advisor.errors import InputError
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import lexicon
from advisor.intake.roles import Read
from advisor.intake.tables import table

_GROWING = Regex(r"\b(?:going|growing|grow|move|moving|scale|scaling|get|getting|jump|double|heading)\s(?:us )?from\s$")
_ASKED = Regex(r"(?:sollen|sollten|soll|sollte|können|müssen|dürfen|werden|wollen) (?:wir|ich|sie)\b.*\b(?:bei|mit)")  # `sollen wir bei 11 Mio.` asks of now
_STRENGTH = {"arr": 3, "mrr": 2, "revenue": 1, "bare": 1}
_MAKES = Regex(r"\b(?:we|company|client|they) (?:make|do|bill|earn|turn over|take in)(?:s|es)?\s(?:about |around |roughly |some |~)?$")
_LARGE = 10**6  # an amount said in millions
_SAME = Decimal("1.05")
_ON = Regex(r"\b(?:and|to|und|auf|et|à)\b")  # between a word of the past and an amount: the amount is what came of it
_FROM_THEM = Regex(
    r"\s?(?:in |an )?(?:arr|mrr|revenue|umsatz|new arr|neu-arr)?\s?(?:(?:from|out of|aus|von)\s(?:our |the |all |unseren? |den |allen )?(?:partner|reseller|channel|agenc|msp|affiliate|referral|händler|systemh|agentur|kanal|vermittler)\w*"
    r"|(?:from|through|via|über|durch)\s(?:(?:him|her|them|ihn|sie|ihnen|denen)\b|(?:this|that|one|diesen|den einen|diese|dieses) (?:partner|reseller|agency|msp|händler|agentur|systemhaus)))"
)  # `190k ARR from partners`, `310k ARR through him`
_HE_MADE = Regex(r"\b(?:he|she|(?:that|this|the|our|one|a) (?:partner|reseller|agency|dealer|msp|distributor))\b[^.;?!]{0,70}\b(?:made|makes|did|does|generated|sold|turned over)\s(?:about |around |roughly |some )?[€$£]?$")
_WITH_THEM = Regex(r"\b(?:umsatz|revenue|turnover|sales|business)\s(?:mit|durch|von|with|from|through)\s(?:ihm|ihr|ihnen|denen|diesem|him|her|them|(?:that|this|the) (?:partner|reseller|agency))\b[^.!?]{0,24}$")
_SOMETHING_ELSE = Regex(r"\b(?:renewals?|invoices?|refunds?|verlängerung|rechnung|pipeline (?:is|of|at|von|beträgt|liegt bei))\b[^.,;!?]{0,16}$")  # what an amount right behind it is of
_OPEN = Regex(r"\s(?:offen|open|in (?:the )?pipeline|in der pipeline)\b")
_STANDS_AT = Regex(r"\b(?:pipeline|sourced|quota|bookings target)\b(?:(?!\b(?:arr|revenue|turnover|umsatz)\b)[^.!?]){0,70}\b(?:currently|now|today|we are|we're|aktuell|derzeit|stand heute|sind) (?:at|bei)\s?[€$£]?$")
_OR_AMOUNT, _AMOUNT_OR = Regex(r"\s(?:or|oder|ou)\s[€$£]?\d"), Regex(r"\d\s?\w{0,4}\s(?:or|oder|ou)\s[€$£]?$")
_LEAD = 70  # characters beside an amount in which those stand who bring it
_OF_THESE = Regex(r"\s(?:behind|from|through|via|out of|with|target|share)\b")
_BY_PARTNERS = Regex(r"\b(?:partner|reseller|referral|channel|programme|program|agenc|affiliate|integrator|distributor|vertriebspartner|systemh|msps?\b|vars?\b)")


class Statement(NamedTuple):
    """One statement of the client's turnover: the amount for a year, and how it was said."""

    read: Read
    value: Decimal
    high: Decimal | None
    past: bool
    corrects: bool


class ArrRead(NamedTuple):
    """The ARR that holds, other statements that contradict it, and the upper end of a range."""

    statement: Statement | None = None
    rivals: tuple[Statement, ...] = ()
    found: Found | None = None


def statements(message: Message, reads: Sequence[Read]) -> list[Statement]:
    """Every statement of the client's own turnover, in order.

    Raises InputError for a negative ARR.
    """
    found = []
    for read in _with_lone(message, reads):
        read = read._replace(role="mrr") if read.unit == "month" and read.role in {"bare", "unknown"} and _MAKES.search(message.text, message.clause_at(read.start).start, read.start) else read
        corrects = read.role in {"bare", "unknown"} and _corrects(message, read)
        if (read.role in _STRENGTH or corrects) and _own(message, read):
            if read.amount.minus and read.role in {"arr", "mrr", "revenue"}:
                raise InputError(f"ARR cannot be negative: {message.quote(max(0, read.start - 1), read.end)!r}.", hint="Give it like 8.2M EUR.")
            statement = _statement(message, read, corrects)
            if statement:
                found.append(statement)
    return found


def _with_lone(message: Message, reads: Sequence[Read]) -> Sequence[Read]:
    """The only large amount with a currency, where no other is called turnover and its clause does not say what else it is, is the turnover."""
    if any(read.role in _STRENGTH for read in reads):
        return reads
    large = [read for read in reads if read.amount.scale >= _LARGE and read.amount.currency]
    if len(large) != 1 or large[0].role != "unknown" or large[0].unit or not message.states(large[0].start):
        return reads
    first, last = message.sentence_at(large[0].start)
    if lexicon("money", "spent").first(message.text[first:last]) is not None:
        return reads
    return [read._replace(role="bare") if read is large[0] else read for read in reads]


def decide(message: Message, said: Sequence[Statement]) -> ArrRead:
    """The statement that holds: now before past, ARR before MRR before revenue; a correction replaces what stands before it."""
    corrected = [index for index, statement in enumerate(said) if statement.corrects]
    usable = list(said[corrected[-1] :]) if corrected else list(said)
    usable = [statement for statement in usable if not statement.past] or usable
    if not usable:
        return ArrRead(found=_pre_revenue(message))
    best = max(usable, key=lambda statement: _STRENGTH.get(statement.read.role, 1))
    level = _STRENGTH.get(best.read.role, 1)
    rivals = [other for other in usable if other is not best and _comparable(level, other) and _differ(best.value, other.value)]
    sure: Confidence = "stated" if best.read.role == "arr" and not best.past and best.high is None and not best.read.amount.short and best.read.unit != "month" and best.read.amount.before is None else "inferred"
    if best.read.role == "bare" and not best.past and best.high is None and _spoken_of_us(message, best.read):
        sure = "stated"
    money = Money.of(best.value, best.read.amount.currency)
    return ArrRead(best, tuple(rivals), Found("arr", money, best.read.start, best.read.end, sure))


def _comparable(level: int, other: Statement) -> bool:
    strength = _STRENGTH.get(other.read.role, 1)
    return strength == level or {strength, level} == {2, 3}


def _differ(one: Decimal, other: Decimal) -> bool:
    low, high = sorted((one, other))
    return high > low * _SAME


def _own(message: Message, read: Read) -> bool:
    place = read.amount.start
    if message.meant_as("foreign", place) or message.meant_as("assumed", place) or _brought(message, read) or _of_something_else(message, read) or _edge(message, place) or _alternative(message, read):
        return False
    return not re.search(r"(?:\bnot|n't|\bno longer|\bnever)\s(?:have |make |do |at |about |around |yet |quite )?$", message.text[max(0, place - 22) : place])


def _alternative(message: Message, read: Read) -> bool:
    """Whether a question holds an amount against another one: `do we show 100k or 70k revenue?`."""
    _, last = message.sentence_at(read.amount.start)
    asked = message.text[:last].rstrip().endswith("?") or message.text[last : last + 1] == "?"
    return asked and (_OR_AMOUNT.match(message.text, read.amount.end) is not None or _AMOUNT_OR.search(message.text, max(0, read.amount.start - 24), read.amount.start) is not None)


def _edge(message: Message, place: int) -> bool:
    """Whether an amount only tells when something is to be, as in `no tiers before 15M ARR`."""
    start = max(message.clause_at(place).start, place - _LEAD)
    return any(not message.text[hit.end : place].strip(" €$£") for hit in lexicon("money", "edge").within(message.text, start, place))


@cache
def _filled() -> re.Pattern[str]:
    """What may stand between those who bring an amount and the amount."""
    words = "|".join(re.escape(word) for word in sorted(table("money")["filled"]["words"], key=len, reverse=True))
    return re.compile(rf",?(?:\s(?:{words})(?!\w))*\s?[€$£]?$")


def _brought(message: Message, read: Read) -> bool:
    """Whether partners bring an amount: it is no turnover of the client's then, whatever it is called."""
    first, last = message.sentence_at(read.amount.start)
    start, end = read.amount.start, read.amount.end
    words = lexicon("money", "brought")
    if any(hit.key == "before" and _filled().match(message.text, hit.end, start) for hit in words.within(message.text, max(first, start - _LEAD), start)):
        return _BY_PARTNERS.search(message.text) is not None
    return any(hit.key == "after" and hit.start - end <= 1 for hit in words.within(message.text, end, min(last, end + _LEAD)))


def _of_something_else(message: Message, read: Read) -> bool:
    """Whether an amount tells where a pipeline stands, what a renewal is worth or what was sold with a partner: `I need pipeline of $2M, currently at 350k`."""
    start = read.amount.start
    first, _ = message.sentence_at(start)
    if _STANDS_AT.search(message.text, first, start) or _WITH_THEM.search(message.text, first, start) or _HE_MADE.search(message.text, first, start) or _FROM_THEM.match(message.text, read.amount.end):
        return True
    told = _SOMETHING_ELSE.search(message.text, max(first, start - _LEAD), start) or _OPEN.match(message.text, read.amount.end)
    return read.role not in {"arr", "mrr", "revenue"} and told is not None


def _statement(message: Message, read: Read, corrects: bool) -> Statement | None:
    amount, text = read.amount, message.text
    clause = message.clause_at(amount.start)
    first, last = max(clause.start, amount.start - 45), min(clause.end, amount.end + 40)
    before = text[first : amount.start]
    words = lexicon("money", "target")
    said, follows = words.within(text, first, amount.start), words.within(text, amount.end, last)
    targets = [hit for hit in said if hit.key == "before" and not (clause.asks and _ASKED.fullmatch(text[hit.start : hit.end]))] + [hit for hit in follows if hit.key == "after" and hit.start - amount.end <= 14]
    reached = any(hit.key == "reached" for hit in said)
    wished = message.meant_as("wish", amount.start) and bool(re.search(r"\b(?:to|at least|of|another)\s(?:about |around )?$", before))
    factor = 12 if read.role == "mrr" or read.unit == "month" else 1
    if amount.before is not None:
        now = amount.before if targets and not reached or message.meant_as("wish", amount.start) or _GROWING.search(before) else amount.value
        return Statement(read, now * factor, None, False, corrects)
    planned = read.role != "arr" and message.meant_as("planned", amount.start)
    if (targets and not (reached and all(hit.key != "after" for hit in targets))) or wished or planned:
        return None
    past = lexicon("money", "past")
    gone = any(hit.key == "before" and amount.start - hit.end <= 14 and _ON.search(text, hit.end, amount.start) is None for hit in past.within(text, first, amount.start))
    over = any(hit.key == "after" and hit.start - amount.end <= 14 for hit in past.within(text, amount.end, last))
    return Statement(read, amount.value * factor, amount.high * factor if amount.high else None, over or (gone and not reached), corrects)


def _corrects(message: Message, read: Read) -> bool:
    first, _ = message.sentence_at(read.amount.start)
    said = lexicon("clauses").within(message.text, max(first, read.amount.start - 40), read.amount.start)
    return read.amount.scale >= 1_000_000 and any(hit.key == "correction" for hit in said)


def _spoken_of_us(message: Message, read: Read) -> bool:
    clause = message.clause_at(read.amount.start)
    return re.search(r"\b(?:we|we're|client|company|i'm|i)\b", message.text[clause.start : read.amount.start]) is not None


def _pre_revenue(message: Message) -> Found | None:
    for hit in lexicon("money", "none").find(message.text):
        first, last = message.sentence_at(hit.start)
        if "arr" not in message.text[hit.start : hit.end].split() and "pre-" not in message.text[hit.start : hit.end] and _BY_PARTNERS.search(message.text[first:last]):
            continue
        if _OF_THESE.match(message.text, hit.end):
            continue
        if message.states(hit.start) and not re.match(r"[.,]?\d|\s?(?:k|m|bn|mio)\b", message.text[hit.end : hit.end + 6]):
            return Found("arr", Money.of(0, None), hit.start, hit.end)
    return None
