"""Annual recurring revenue: what the client turns over now, apart from targets, pasts, and other people's figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from advisor.domain import BANDS, Money
from advisor.domain.client import Confidence
from advisor.domain.regex import Regex
from advisor.errors import InputError
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import lexicon
from advisor.intake.roles import Read
from advisor.intake.whose import own, partners_told, short_of

_GROWING = Regex(r"\b(?:going|growing|grow|move|moving|scale|scaling|get|getting|jump|double|heading)\s(?:us )?from\s$")
_ASKED = Regex(r"(?:sollen|sollten|soll|sollte|können|müssen|dürfen|werden|wollen) (?:wir|ich|sie)\b.*\b(?:bei|mit)")  # `sollen wir bei 11 Mio.` asks of now
_STRENGTH = {"arr": 3, "mrr": 2, "revenue": 1, "bare": 1}
_MAKES = Regex(r"\b(?:we|company|client|they) (?:make|do|bill|earn|turn over|take in)(?:s|es)?\s(?:about |around |roughly |some |~)?$")
_LARGE = 10**6  # an amount said in millions
_SAME = Decimal("1.05")
_ON = Regex(r"\b(?:and|to|und|auf|et|à)\b")  # between a word of the past and an amount: the amount is what came of it
_NO = Regex(r"(?:^|[.?!,;\n])\s?(?:no|nein|nope|nee)[,:.]?\s(?:no |wait |sorry |it's |es sind )?[€$£]?$")  # `30M ARR. No, 3M`
_YEAR = Regex(r"\b(20[0-3]\d)\s?[:=]?\s(?:eur |€\s?|\$\s?|usd )?$")
_UNTOLD = Regex(r"\s(?:was |is |been )?(?:told|given|known|stated|figure|number|disclosed|shared|available)\b")
_OF_THESE = Regex(r"\s(?:behind|from|through|via|out of|with|target|share)\b")


class Statement(NamedTuple):
    """One statement of the client's turnover: the amount for a year, and how it was said."""

    read: Read
    value: Decimal
    high: Decimal | None
    past: bool
    corrects: bool
    short: str = ""


class ArrRead(NamedTuple):
    """The ARR that holds, other statements that contradict it; `below` is the highest amount below an edge that is said not to be reached."""

    statement: Statement | None = None
    rivals: tuple[Statement, ...] = ()
    found: Found | None = None
    below: Money | None = None


def band(amount: Decimal) -> int:
    """How many edges of stages an amount in euro has reached."""
    return sum(amount >= edge for edge in _edges())


@cache
def _edges() -> tuple[int, ...]:
    return tuple(sorted({int(edge) * 10**6 for each in BANDS for edge in re.findall(r"\d+", each.value)}))


def statements(message: Message, reads: Sequence[Read]) -> list[Statement]:
    """Every statement of the client's own turnover, in order.

    Raises InputError for a negative ARR.
    """
    found = []
    for read in _with_lone(message, reads):
        read = read._replace(role="mrr") if read.unit == "month" and read.role in {"bare", "unknown"} and _MAKES.search(message.text, message.clause_at(read.start).start, read.start) else read
        corrects = read.role in {"bare", "unknown"} and _corrects(message, read)
        if (read.role in _STRENGTH or corrects) and own(message, read):
            if read.amount.minus and _taken_off(message, read, reads):
                continue
            if read.amount.minus and read.role in {"arr", "mrr", "revenue"}:
                raise InputError(f"ARR cannot be negative: {message.quote(max(0, read.start - 1), read.end)!r}.", hint="Give it like 8.2M EUR.")
            statement = _statement(message, read, corrects)
            if statement and _tells(statement):
                found.append(statement)
    return found


def _taken_off(message: Message, read: Read, reads: Sequence[Read]) -> bool:
    """Whether an amount is taken off one before it in its sentence, and is no loss of turnover: `16M minus 3M churn`."""
    first, _ = message.sentence_at(read.amount.start)
    return any(first <= other.amount.start < read.amount.start for other in reads)


def _tells(statement: Statement) -> bool:
    """Whether a statement tells a stage: whoever is below the first edge is so, but one far below a later edge may stand anywhere."""
    return statement.short != "below" or statement.value <= _edges()[0]


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
    usable = [statement for statement in _latest(message, usable) if not statement.past] or usable
    if not usable:
        return ArrRead(found=_pre_revenue(message))
    best = max(usable, key=lambda statement: _STRENGTH.get(statement.read.role, 1))
    level = _STRENGTH.get(best.read.role, 1)
    rivals = [other for other in usable if other is not best and _comparable(level, other) and _differ(best.value, other.value)]
    sure: Confidence = "stated" if best.read.role == "arr" and not best.past and best.high is None and not best.read.amount.short and best.read.unit != "month" and best.read.amount.before is None else "inferred"
    if best.read.role == "bare" and not best.past and best.high is None and _spoken_of_us(message, best.read):
        sure = "stated"
    money = Money.of(best.value, best.read.amount.currency)
    if best.short == "below" or (best.short and band(best.value) > band(best.value - 1)):
        return ArrRead(below=Money.of(best.value - 1, best.read.amount.currency))
    return ArrRead(best, tuple(rivals), Found("arr", money, best.read.start, best.read.end, sure))


def _latest(message: Message, said: Sequence[Statement]) -> list[Statement]:
    """Of amounts that each stand behind a year that of the last year alone, and what stands behind none."""
    dated = {statement: year[1] for statement in said if (year := _YEAR.search(message.text, max(0, statement.read.amount.start - 12), statement.read.amount.start))}
    last = max(dated.values(), default="")
    return [statement for statement in said if len(dated) < 2 or dated.get(statement, last) == last]


def _comparable(level: int, other: Statement) -> bool:
    strength = _STRENGTH.get(other.read.role, 1)
    return strength == level or {strength, level} == {2, 3}


def _differ(one: Decimal, other: Decimal) -> bool:
    low, high = sorted((one, other))
    return high > low * _SAME


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
    short = short_of(message, read)
    planned = read.role != "arr" and message.meant_as("planned", amount.start)
    if (targets and not (reached and all(hit.key != "after" for hit in targets))) or wished or planned:
        return None
    past = lexicon("money", "past")
    gone = any(hit.key == "before" and amount.start - hit.end <= 14 and _ON.search(text, hit.end, amount.start) is None for hit in past.within(text, first, amount.start))
    over = any(hit.key == "after" and hit.start - amount.end <= 14 for hit in past.within(text, amount.end, last))
    return Statement(read, amount.value * factor, amount.high * factor if amount.high else None, over or (gone and not reached), corrects, short)


def _corrects(message: Message, read: Read) -> bool:
    first, _ = message.sentence_at(read.amount.start)
    said = lexicon("clauses").within(message.text, max(first, read.amount.start - 40), read.amount.start)
    denied = _NO.search(message.text, max(0, read.amount.start - 24), read.amount.start) is not None
    return read.amount.scale >= _LARGE and (denied or any(hit.key == "correction" for hit in said))


def _spoken_of_us(message: Message, read: Read) -> bool:
    clause = message.clause_at(read.amount.start)
    return re.search(r"\b(?:we|we're|client|company|i'm|i)\b", message.text[clause.start : read.amount.start]) is not None


def _pre_revenue(message: Message) -> Found | None:
    for hit in lexicon("money", "none").find(message.text):
        first, last = message.sentence_at(hit.start)
        if "arr" not in message.text[hit.start : hit.end].split() and "pre-" not in message.text[hit.start : hit.end] and partners_told(message, first, last):
            continue
        if _OF_THESE.match(message.text, hit.end) or _UNTOLD.match(message.text, hit.end):
            continue
        if message.states(hit.start) and not re.match(r"[.,]?\d|\s?(?:k|m|bn|mio)\b", message.text[hit.end : hit.end + 6]):
            return Found("arr", Money.of(0, None), hit.start, hit.end)
    return None
