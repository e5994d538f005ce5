"""Every number of a message as an input of a sum: what kind of number it is and what it stands for.

A number is money, a percentage, a time, a count or plain. Its role is the telling word that stands nearest to it, each
kind of number with words of its own (`knowledge/intake/sums.toml`). A number without such a word keeps the role `""`:
it is never guessed at, and an answer can say that it was left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from advisor.domain.money import SYMBOLS, WORDS, currency_code
from advisor.domain.numbers import DIGITS, SCALE_PATTERN, scale_of, scaled
from advisor.domain.regex import Regex
from advisor.intake import fx
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, lexicon, number_words
from advisor.intake.tables import table

Kind = str
MONEY, PERCENT, TIME, COUNT, MULTIPLE, PLAIN = "money", "percent", "time", "count", "multiple", "plain"
_REACH = 44
_SHARED = 14
_WEAK = 8
_NEAR = 12
_BASE = Regex(r"\s(?:[a-z-]+\s){0,2}?(?:of|on|from|auf|von)\s(?:a |an |the |our |its |their |about )?(?:[a-z-]+\s)?")
_OF_RESELLER = Regex(r"\b(?:reseller|var|msp|dealer)s?\b[^.,;:0-9]{0,24}$")
_LIST = Regex(r",\s(?:and\s)?|\s(?:and|&|\+)\s")
_COUNTED_AT = Regex(r"\s(?:[a-z-]+\s){0,3}(?:a|à|@|x)\s?")
_SIZE = Regex(r"[^.;:?!0-9,]{0,34}?\s(?:a|at|of|for|x|@|each|worth|à)\s?")
_PER = {
    "hour": "hour", "hr": "hour", "h": "hour", "std": "hour", "stunde": "hour", "day": "day", "d": "day", "tag": "day", "week": "week", "wk": "week", "month": "month",
    "mo": "month", "quarter": "quarter", "year": "year", "yr": "year", "annum": "year", "a": "year", "jahr": "year",
}  # fmt: skip
_TIMES = {"hour": "hour", "hr": "hour", "h": "hour", "std": "hour", "minute": "minute", "min": "minute", "day": "day", "week": "week", "month": "month", "year": "year", "yr": "year"}
_PER_UNIT = Regex(r"\s?(?:/|per |an? |each |every |p\.\s?|pro |je )\s?(hour|hr|h|std|stunde|day|d|tag|week|wk|month|mo|quarter|year|yr|annum|a|jahr)s?\b(?! and a half)")
_ANNUALLY = Regex(r"\s?(hourly|daily|weekly|monthly|quarterly|yearly|annually)\b")
_EACH = Regex(r"(?:\s\w+){0,3}?\s(?:each|apiece|a pop|per (?:head|person|partner|reseller)|a head)\b")
_PERCENT = Regex(r"\s?(?:%|percent\b|per cent\b|pct\b|prozent\b|points?\b|pts?\b)")
_TIME = Regex(r"\s?-?(?:full |whole |working |work |solid |man-?)?(hours?|hrs?|h|std|minutes?|mins?|min|days?|weeks?|months?|years?|yrs?)\b(?:['’]s?)?")
_TIMES_AS_MUCH = Regex(r"\s?x\b(?!\s?\d)|\s(?:times|fold)\b(?!\s\d)")
_PART_OF = Regex(r" of (?:our |the |my )?\d{1,4} [a-z]")
_CALLS = Regex(r"\s(?:calls?|meetings?|sessions?|workshops?) of (?:an|one) hour\b")
_AGO = Regex(r"(?<!put )(?<!puts )\b(?:last|past|first|in|within|after|since|next|every)\s$")
_RANGE = Regex(r"\s?(?:to|->|→|-|bis|up to)\s?")
_OR = Regex(r"\s(?:or|vs\.?|versus)\s")
_YEAR = Regex(r"(?:in|since|from|by|q[1-4]|of|until|fy)\s?$")
_PARTS = {"half": 2, "a third": 3, "a quarter": 4, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "other": 2}


class Quantity(NamedTuple):
    """A number in characters `start` to `end`. A percentage is 8 for 8 %; a share said as `one in five` has 5 in `parts`.

    `per` is the unit of time it is said for, `each` that it is said of every one of several. A time is in `unit`: hour, day,
    minute, week, month or year.
    """

    kind: Kind
    value: Decimal
    start: int
    end: int
    role: str = ""
    currency: str | None = None
    per: str | None = None
    each: bool = False
    unit: str = ""
    parts: int | None = None
    quote: str = ""
    sentence: int = 0


@cache
def _pattern() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(SYMBOLS, key=len, reverse=True))
    codes = "|".join(re.escape(word) for word in sorted([*WORDS, *table("numbers")["currencies"]["unknown"]], key=len, reverse=True))
    words = "|".join(sorted((re.escape(word) for word in number_words() if word not in {"no", "zero"} and not word.startswith("a ")), key=len, reverse=True))
    values = number_words()
    tens = rf"(?:{'|'.join(word for word, value in values.items() if 20 <= value < 100 and value % 10 == 0)})"
    ones = "|".join(word for word, value in values.items() if 0 < value < 10 and " " not in word)
    ordinals = "|".join(word for word in _PARTS if " " not in word and word != "half")
    code = rf"(?:(?:{signs})|(?:{codes})(?![a-z]))"
    scale = rf"(?:{SCALE_PATTERN})(?=(?:{codes})(?![a-z])|[^\w]|$)"
    number = rf"(?:\d{{1,3}}|{words})"
    return re.compile(
        rf"(?P<share>\b(?:one|1)(?: (?:in|out of|of)(?: every)? |/)(?P<of>{number})\b(?!\s?(?:our|%))|\bevery (?P<every>{ordinals})\b|\b(?P<half>half|a quarter|a third|two thirds)(?= (?:of (?:those|them|these|it|that)|(?:of )?(?:the|my|our|their) \w+ (?:never|close|convert)|close|convert|never|come|a meeting)))"
        rf"|(?P<odd>\b(?:half an? (?:hour|day)|an? half[- ]day|an? (?:hour|day) and a half|half[- ]day|an? (?:full |whole |working )?(?:hour|day)(?! and)(?=(?:'s)? (?:of|work|each|per|on|for)\b)))"
        rf"|(?<![\w.,%])(?P<pre>{code})?\s?(?:(?P<digits>{DIGITS})(?:[\s-]?(?P<scale>{scale}))?|(?P<spoken>(?:{tens}[ -](?:{ones})|{words})(?![\w-])(?: and a half)?)(?:[\s-](?P<scale2>(?:hundred|thousand|grand|k|million)\b))?)(?:\s?(?P<post>{code}))?"
    )


def find(message: Message) -> list[Quantity]:
    """The numbers of a message in order, each with its role; exchange rates are none of them."""
    rates = fx.find(message)
    typed = [item for item in _typed(message) if not any(rate.start < item.end and item.start < rate.end for rate in rates)]
    return _roles(message, typed)


def _typed(message: Message) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _pattern().finditer(message.text):
        if found and match.start() < found[-1].end:
            continue
        quantity = _share(match) or _odd(match) or _number(message, match)
        if quantity is not None:
            sentence = message.clause_at(quantity.start).sentence
            found.append(quantity._replace(sentence=sentence, quote=message.quote(quantity.start, quantity.end)))
    return _ranges(message.text, found)


def _share(match: re.Match[str]) -> Quantity | None:
    """`one in five`, `every tenth`, `half of those`, as a percentage."""
    if match["share"] is None:
        return None
    word = match["of"] or match["every"] or match["half"]
    if word == "two thirds":
        return Quantity(PERCENT, Decimal(200) / 3, match.start(), match.end())
    parts = _PARTS.get(word) or (int(word) if word.isdigit() else number_words()[word])
    return Quantity(PERCENT, Decimal(100) / parts, match.start(), match.end(), parts=parts) if parts > 1 else None


def _odd(match: re.Match[str]) -> Quantity | None:
    """`half a day`, `a day and a half`, as a time."""
    words = match["odd"]
    if words is None:
        return None
    value = Decimal("1.5") if words.endswith("and a half") else Decimal("0.5") if "half" in words else Decimal(1)
    return Quantity(TIME, value, match.start(), match.end(), unit="day" if "day" in words else "hour")


def _number(message: Message, match: re.Match[str]) -> Quantity | None:
    """A number with what directly follows it: a percent sign, a unit of time, what it is said for."""
    value = _value(match)
    if value is None or value == 0 or match["spoken"] == "one":
        return None
    text, end = message.text, match.end()
    word = match["pre"] or match["post"] or ""
    scale = match["scale"] or match["scale2"]
    start = match.start("pre") if match["pre"] else match.start("digits") if match["digits"] else match.start("spoken")
    if tail := _PERCENT.match(text, end):
        return None if word else Quantity(PERCENT, value, start, tail.end())
    if tail := _CALLS.match(text, end):
        return Quantity(TIME, value, start, tail.end(), unit="hour")
    if not word and not scale and (tail := _TIME.match(text, end)):
        if _AGO.search(text[max(0, start - 10) : start]):
            return None
        rhythm = _PER_UNIT.match(text, tail.end())
        return Quantity(TIME, value, start, tail.end(), unit=_TIMES[tail[1].rstrip("s")], per=_PER[rhythm[1]] if rhythm else None)
    if not word and not scale and (_is_year(text, start, value) or _label(text, start, end)):
        return None
    if not word and not scale and (tail := _TIMES_AS_MUCH.match(text, end)):
        return Quantity(MULTIPLE, value, start, tail.end(), role="multiple")
    per = _per(text, end)
    each = _EACH.match(text, per[1]) is not None
    if word or (scale and not _many(text, end)):
        return Quantity(MONEY, value, start, end, currency=currency_code(word) or (word.upper() or None), per=per[0], each=each)
    if (_counted(text, end) and value < 5000) or (not scale and _PART_OF.match(text, end)):
        return Quantity(COUNT, value, start, end, per=_count_per(text, end), each=each)
    return Quantity(MONEY if per[0] in {"hour", "day"} else PLAIN, value, start, end, per=per[0], each=each)


def _per(text: str, end: int) -> tuple[str | None, int]:
    """What an amount is said for (`/h`, `a year`, `p.a.`), with the place where that ends."""
    if match := _PER_UNIT.match(text, end):
        return _PER[match[1]], match.end()
    if match := _ANNUALLY.match(text, end):
        return {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}.get(match[1], "year"), match.end()
    return None, end


def _value(match: re.Match[str]) -> Decimal | None:
    if match["digits"]:
        try:
            return scaled(match["digits"], (match["scale"] or "").rstrip(".") or None)
        except ValueError:
            return None
    plain = match["spoken"].removesuffix(" and a half")
    half = Decimal("0.5") if plain != match["spoken"] else Decimal(0)
    whole = sum(number_words()[word] for word in ([plain] if plain in number_words() else re.split("[ -]", plain)))
    return (Decimal(whole) + half) * (scale_of(match["scale2"]) or 1 if match["scale2"] else 1)


def _is_year(text: str, start: int, value: Decimal) -> bool:
    return 1990 <= value <= 2050 and value == int(value) and "," not in text[start : start + 5] and _YEAR.search(text[max(0, start - 6) : start]) is not None


def _many(text: str, end: int) -> bool:
    """Whether thousands are thousands of things: `5k users`."""
    word = re.match(r"\s([a-z-]+s)\b", text[end : end + 30])
    return word is not None and word[1] in table("numbers")["counted"]["nouns"]


def _label(text: str, start: int, end: int) -> bool:
    """Whether a number belongs to a name or to idle words: `Q1`, `24/7`, `no one`, `one of my partners`."""
    before, after = text[max(0, start - 3) : start], text[end : end + 12]
    return bool(re.search(r"\b[qtl]$|\d/$", before)) or bool(re.match(r"/\d|st\b|nd\b|rd\b|th\b|-(?:day|week|month|pager)\b", after))


_FILLED = r"(?:\s(?!(?:and|or|at|of|for|per|a|an|on|to|in|from|with|is|are|our|the|my|their|we|they|he|she|it)\b)[a-z'’-]+){0,3}?[\s-]"


@cache
def _counted_pattern() -> re.Pattern[str]:
    nouns = "|".join(re.escape(noun) for nouns in table("sums")["nouns"].values() for noun in nouns)
    return re.compile(rf"{_FILLED}({nouns})\b|\s(?:of (?:them|those|it)|closed|won|accepted|registered|times)\b")


def _counted(text: str, end: int) -> bool:
    return _counted_pattern().match(text, end) is not None


def _count_per(text: str, end: int) -> str | None:
    """The period a count is said for, within the words that follow: `2 referrals a month each`."""
    match = re.match(r"[^.,;:?!0-9]{0,40}?(?:\b(?:a|per|each|every)\s|/)(week|month|quarter|year)\b", text[end : end + 60])
    return match[1] if match else None


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """`from 10 to 15 percent`, `8 to 3 hours`, `between 8 and 60k`: the first number takes kind and scale of the second."""
    for index in range(len(found) - 1):
        first, second = found[index], found[index + 1]
        if first.kind in {PLAIN, COUNT} and second.kind in {PERCENT, TIME, MONEY} and _one_span(text, first, second):
            factor = Decimal(1000) if second.kind == MONEY and first.value < 1000 <= second.value else Decimal(1)
            found[index] = second._replace(value=first.value * factor, start=first.start, end=first.end, quote=first.quote)
    return found


def _one_span(text: str, first: Quantity, second: Quantity) -> bool:
    gap = text[first.end : second.start]
    between = gap.strip() == "and" and "between" in text[max(0, first.start - 12) : first.start]
    return between or _RANGE.fullmatch(gap) is not None or (second.kind == PERCENT and _OR.fullmatch(gap) is not None)


def _roles(message: Message, found: list[Quantity]) -> list[Quantity]:
    """Each number with the role of the telling word nearest to it; a word serves one number, or another at a price."""
    cues = {kind: _cues(message, kind) for kind in (MONEY, PERCENT, TIME, COUNT, MULTIPLE)}
    pairs = sorted(
        (cost, index, kind, place)
        for index, quantity in enumerate(found)
        for kind in _kinds(quantity)
        for place, cue in enumerate(cues[kind])
        if _plausible(quantity, kind, _role(cue)) and (cost := _cost(message, found, index, cue) + (4 if kind != quantity.kind else 0)) < (_NEAR if kind in {COUNT, PERCENT} and kind != quantity.kind else _REACH)
    )
    chosen: dict[int, tuple[Kind, str, int]] = {}
    claimed: set[tuple[Kind, int]] = set()
    for cost, index, kind, place in pairs:
        if index not in chosen and cost + (_SHARED if (kind, place) in claimed else 0) < _REACH:
            chosen[index] = (kind, _role(cues[kind][place]), cost)
            claimed.add((kind, place))
    return _by_place(message.text, [_settled(quantity, chosen.get(index)) for index, quantity in enumerate(found)], chosen)


def _role(cue: Hit[str]) -> str:
    return cue.key.partition(".")[2]


def _plausible(quantity: Quantity, kind: Kind, role: str) -> bool:
    """A rate of many thousands an hour and a deal of eight are misreadings."""
    if kind != MONEY:
        return True
    if role in {"rate", "day_rate"}:
        return quantity.value < 5000
    return role == "fee" or quantity.kind != PLAIN or quantity.value > 100


def _settled(quantity: Quantity, choice: tuple[Kind, str, int] | None) -> Quantity:
    kind, role, _ = choice or (quantity.kind, quantity.role, 0)
    if kind == PERCENT and quantity.kind == PLAIN:
        quantity = quantity._replace(value=quantity.value * 100 if quantity.value < 1 else quantity.value)
    if kind == MONEY and quantity.per in {"hour", "day"}:
        role = "rate" if quantity.per == "hour" else "day_rate"
    return quantity._replace(kind=kind, role=role)


def _by_place(text: str, found: list[Quantity], chosen: Mapping[int, tuple[Kind, str, int]]) -> list[Quantity]:
    """Roles that follow from the number before: both ends of a change, the base of a percentage, the size of counted deals."""
    for index, quantity in enumerate(found):
        if quantity.role == "margin" and _OF_RESELLER.search(text, max(0, quantity.start - 40), quantity.start) and "gross" not in text[quantity.end : quantity.end + 8]:
            quantity = found[index] = quantity._replace(role="reseller")
        before = found[index - 1] if index else None
        gap = text[before.end : quantity.start] if before else ""
        if before and before.kind == quantity.kind and before.kind in {PERCENT, MONEY, TIME} and (_RANGE.fullmatch(gap) or gap == " and "):
            found[index - 1], found[index] = _same(before, quantity, *(chosen.get(place, ("", "", _REACH))[2] for place in (index - 1, index)), spoken=_RANGE.fullmatch(gap) is not None)
        elif before and before.kind == PERCENT and quantity.kind in {MONEY, PLAIN} and _BASE.fullmatch(gap):
            found[index - 1] = before._replace(role=before.role or "commission")
            weak = chosen.get(index, ("", "", _REACH))[2] > _WEAK
            found[index] = quantity._replace(kind=MONEY, role="base") if weak and quantity.value > 100 else quantity
        elif before and before.kind == COUNT and not quantity.role and quantity.kind in {MONEY, PLAIN} and quantity.value > 100 and _SIZE.fullmatch(gap):
            found[index] = quantity._replace(kind=MONEY, role="deal")
        elif before and before.role == "deal" and quantity.kind == MONEY and not quantity.role and _LIST.fullmatch(gap):
            found[index] = quantity._replace(role="deal")
        elif before and before.kind == COUNT and quantity.kind == MONEY and not quantity.role and re.fullmatch(r"\s?(?:[a-z]+\s?)?[:\-]\s?", gap):
            found[index] = quantity._replace(role="deal")
        elif before and before.kind == COUNT and quantity.kind == MONEY and _COUNTED_AT.fullmatch(gap):
            found[index] = quantity._replace(role="cost" if before.role == "people" else "deal")
        elif quantity.kind == TIME and before and before.role == "day_rate" and re.fullmatch(r"\s?(?:for|per|of)\s?", gap):
            found[index] = quantity._replace(role="day_length")
        elif quantity.kind == TIME and not quantity.role and quantity.unit in {"hour", "day", "minute"}:
            found[index] = quantity._replace(role="effort")
        elif quantity.kind == COUNT and before and before.kind == COUNT and gap == " of ":
            found[index - 1] = before._replace(role="some" if quantity.role == "partners" else quantity.role)
            found[index] = quantity if quantity.role == "partners" else quantity._replace(role="whole")
    return found


def _same(first: Quantity, second: Quantity, cost_first: int, cost_second: int, *, spoken: bool) -> tuple[Quantity, Quantity]:
    """Both numbers of a span with the role of the one that stands nearer to its word."""
    if not spoken and first.role and second.role:
        return first, second
    role = (first if first.role and cost_first <= cost_second else second).role or first.role
    return first._replace(role=role), second._replace(role=role)


def _kinds(quantity: Quantity) -> tuple[Kind, ...]:
    """The kinds a number may turn out to be: a plain one is whatever the words beside it speak of."""
    if quantity.kind != PLAIN:
        return (quantity.kind,)
    if quantity.value < 1:
        return (PERCENT,)
    return (MONEY, PERCENT, COUNT) if quantity.value <= 100 else (MONEY, COUNT)


def _cues(message: Message, kind: Kind) -> list[Hit[str]]:
    """The telling words for one kind of number: `before.ROLE` stand before it, `after.ROLE` behind it."""
    if kind == MULTIPLE:
        return []
    hits = [Hit(f"{side}.{hit.key}", hit.start, hit.end, None) for side in ("before", "after") for hit in lexicon("sums", f"{kind}.{side}").find(message.text)]
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    return [hit for hit in hits if not any(_within(hit, other) for other in hits)]


def _within(hit: Hit[str], other: Hit[str]) -> bool:
    same = hit.key.partition(".")[0] == other.key.partition(".")[0]
    return same and other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start


def _cost(message: Message, found: list[Quantity], index: int, cue: Hit[str]) -> int:
    """How far a word stands from a number: marks, linking words and other numbers in between count as distance."""
    quantity, text = found[index], message.text
    before = cue.key.startswith("before")
    gap = text[cue.end : quantity.start] if before else text[quantity.end : cue.start]
    if (cue.end > quantity.start) if before else (cue.start < quantity.end) or len(gap) > _REACH or "\n" in gap:
        return _REACH
    if message.clause_at(cue.start).sentence != quantity.sentence:
        return _REACH
    low, high = (cue.end, quantity.start) if before else (quantity.end, cue.start)
    between = sum(other.kind != TIME and low <= other.start and other.end <= high for other in found)
    joined = -3 if re.fullmatch(r"\s?(?:is|are|of|at|:|=|about|around|roughly|ca\.?|~)?\s?", gap) else 0
    linked = 16 * len(re.findall(r"\b(?:and|but|with|while|which|for|on|from|of an?|at)\b", gap)) if not joined else 0
    if not before and gap == " ":
        joined = -5
    return len(gap) + 12 * sum(gap.count(mark) for mark in ",;(|:") + linked + 25 * between + joined + (0 if before else 1)


