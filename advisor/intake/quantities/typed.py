"""Numbers with their kind: money, a percentage, a time, a count, a multiple or a plain number."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from advisor.domain.numbers import DIGITS, SCALE_PATTERN, scale_of, scaled
from advisor.domain.money import UNNAMED
from advisor.domain.regex import Regex
from advisor.intake import currencies
from advisor.intake.message import Message
from advisor.intake.patterns import number_words
from advisor.intake.tables import table
from advisor.intake.quantities.quantity import COUNT, MONEY, MULTIPLE, PERCENT, PLAIN, TIME, Quantity

_PER = {
    "hour": "hour", "hr": "hour", "h": "hour", "std": "hour", "stunde": "hour", "day": "day", "d": "day", "tag": "day", "week": "week", "wk": "week", "month": "month",
    "mo": "month", "quarter": "quarter", "year": "year", "yr": "year", "annum": "year", "a": "year", "jahr": "year", "monat": "month", "quartal": "quarter", "woche": "week",
}  # fmt: skip
_TIMES = {"hour": "hour", "hr": "hour", "h": "hour", "stunde": "hour", "stunden": "hour", "std": "hour", "minute": "minute", "min": "minute", "day": "day", "week": "week", "month": "month", "year": "year", "yr": "year", "jahre": "year", "jahren": "year"}
_PER_UNIT = Regex(r"\s?(?:/|per |an? |each |every |p\.\s?|pro |je )\s?(hour|hr|h|std|stunde|day|d|tag|week|wk|month|mo|quarter|year|yr|annum|a|jahr)s?\b(?! and a half)")
_ANNUALLY = Regex(r"\s?(hourly|daily|weekly|monthly|quarterly|yearly|annually)\b")
_THINGS = Regex(r" (?!deals?\b|licen[cs]es?\b|contracts?\b|projects?\b|customers?\b|clients?\b|seats?\b|subscriptions?\b|people\b|ftes?\b|[a-z]*managers?\b)[a-z]+s (?:at|for|à|@|x) (?:about )?[€$£]?\d[\d.,]*k? ?(?:€|eur|euros?|usd|dollars?)? (?:each|apiece|per)\b")
_BY_MONEY = Regex(r"\s?[x×*]\s?[€$£]?\d[\d.,]*\s?(?:k\b|€|eur|\d{2})")
_ONE_OF = Regex(r" (?:of|at|for|worth) (?:about |around )?[€$£]?\d")
_EACH_OF = Regex(r"\beach of (?:our|the|my|these|those|their)?\s?\d{1,4} [a-z]+ (?:[a-z]+ ){0,3}$")
_EACH = Regex(r"(?:\s\w+){0,3}?\s(?:each|apiece|a pop|per (?:head|person|partner|reseller)|a head)\b")
_PERCENT = Regex(r"\s?(?:%|percent\b|per cent\b|pct\b|prozent\b|points?\b|pts?\b)")
_TIME = Regex(r"\s?-?(?:full |whole |working |work |solid |man-?)?(hours?|hrs?|h|stunden?|std|minutes?|mins?|min|days?|weeks?|months?|years?|yrs?|jahren?)\b(?:['’]s?)?")
_TIMES_AS_MUCH = Regex(r"\s?x\b(?!\s?\d)|\s(?:times|fold)\b(?!\s\d)")
_PART_OF = Regex(r" (?:out )?of (?:our |the |my |all |these |those )?\d{1,4} [a-z]")
_PER_MONEY = Regex(r"\s?(?:[a-z]{3} )?(?:per|for every|for each|for|to win|to get|/)\s?(?:1\s|one\s|an?\s)?(?:euro|eur|€|dollar|usd|\$|pound)s?(?:1|\b)?(?!\d)(?: of\b)?")
_EACH_UNIT = Regex(r"\b(?:each|every|per) (?:euro|dollar|pound|€|\$)(?: spent| invested| we spend| in)?[^.,;?0-9]{0,26}\s$")
_CALLS = Regex(r"\s(?:calls?|meetings?|sessions?|workshops?) of (?:an|one) hour\b")
_AGO = Regex(r"(?<!put )(?<!puts )\b(?:last|past|first|in|within|after|since|next|every)\s$")
_DONE_IN = Regex(r"\b(?:clos\w+|won|done|signed|land|takes?)\s(?:with)?in\s$")
_RANGE = Regex(r"\s?(?:to|->|→|-|bis|up to)\s?")
_OR = Regex(r"\s(?:or|vs\.?|versus)\s")
_YEAR = Regex(r"(?:in|since|from|by|q[1-4]|of|until|fy)\s?$")
_COUNT_PER = Regex(r"[^.,;:?!0-9]{0,40}?(?:\b(?:a|per|each|every|im|pro|je)\s|/)(week|month|quarter|year|woche|monat|quartal|jahr)\b")
_NUMBERED = Regex(r"\b[qtl]$|\d/$|\b(?:in|im|for|of|after|by|ab) (?:year|jahr)\s$|\b(?:phase|step|option|level|all|alle|cut|fire)\s$")
_NO_NUMBER = Regex(r"/\d|st\b|nd\b|rd\b|th\b|-(?:day|week|month|pager)\b| (?:different|separate|unterschiedliche|verschiedene) (?:answers?|numbers?|results?|opinions?|versions?|antworten|zahlen|ergebnisse|meinungen)\b")
_BARE_YEAR = Regex(r"20[1-3]\d(?= [€$£]?\d| (?:we|kamen|kam|waren|hatten|brachten|they|partners|partner)\b)")  # `kamen 2024 1,6 Mio.`
_PARTS = {"half": 2, "quarter": 4, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "other": 2}
_SEVERAL = {"two thirds": Decimal(200) / 3, "three quarters": Decimal(75), "two fifths": Decimal(40), "three fifths": Decimal(60)}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted((re.escape(word) for word in number_words() if word not in {"no", "zero"} and not word.startswith("a ")), key=len, reverse=True))
    values = number_words()
    tens = rf"(?:{'|'.join(word for word, value in values.items() if 20 <= value < 100 and value % 10 == 0)})"
    ones = "|".join(word for word, value in values.items() if 0 < value < 10 and " " not in word)
    ordinals = "|".join(word for word in _PARTS if word not in {"half", "quarter"})
    happen = r"(?:actually |usually |then )?(?:close|convert|never|come|become|buy|bought|win|won|sign|turn|go on|get a|lead to|end |are active|accept|reply|register|bring|sell|are won|make it|take a|gets? |are |is |pass|qualif|stay|renew|go |goes |respond|show up|make it|drop)"
    taken = r"(?:(?<=rate\s)|(?<=rate is\s)|(?<=rate of\s)|(?<=margin\s)|(?<=margin is\s)|(?<=margin of\s)|(?<=takes\s)|(?<=wants\s)|(?<=keeps\s)|(?<=gets\s))(?:half|a (?:quarter|third|fifth))(?! (?:of )?(?:an? )?(?:day|hour|year|month|week)|[ -]day)"
    code = currencies.pattern()
    scale = rf"(?:{SCALE_PATTERN})(?={currencies.glued()}|[^\w]|$)"
    number = rf"(?:\d{{1,3}}|{words})"
    return re.compile(
        rf"(?P<split>\bsplit (?:it |the cost |the bill |costs |equally |evenly )?(?:half[ -](?:and[ -])?half|half|50[/:-]50|fifty[ -]fifty|in half|equally|evenly|down the middle)\b)"
        rf"|(?P<share>\b(?:one|1)(?: (?:in|out of|of)(?: every)? |/)(?P<of>{number})\b(?!\s?(?:our|%))|\bevery (?P<every>{ordinals})\b|\b(?P<half>half|(?:one |a )(?:quarter|third|fifth|sixth|tenth)|two (?:thirds|fifths)|three (?:quarters|fifths))(?= (?:of (?:those|them|these|it|that|which)|(?:of )?(?:the|my|our|their|all) \w+ (?:never|ever|close|convert|are|produce|sell|bring|actually)|{happen}))|(?P<taken>{taken}))"
        rf"|(?P<odd>\b(?:half an? (?:hour|day)|an? half[- ]day|an? (?:hour|day) and a half|half[- ]day|an? (?:full |whole |working )?(?:hour|day)(?! and)(?=(?:'s)? (?:of|work|each|per|on|for)\b)))"
        rf"|(?<![\w.,%])(?P<pre>{code})?\s?(?:(?P<digits>{DIGITS})(?:[\s-]?(?P<scale>{scale}))?|(?P<spoken>(?:{tens}[ -](?:{ones})|{words})(?![\w-])(?: and a half)?)(?:[\s-](?P<scale2>(?:hundred|thousand|grand|k|million)\b)(?:[\s-](?P<scale3>(?:thousand|grand|million)\b))?)?)(?:\s?(?P<post>{code}))?"
    )


def typed(message: Message) -> list[Quantity]:
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
    """`one in five`, `every tenth`, `half of those`, as a percentage; `split half half` is half of a cost."""
    if match["split"]:
        return Quantity(PERCENT, Decimal(50), match.start(), match.end(), role="cost_share")
    if match["share"] is None:
        return None
    word = match["of"] or match["every"] or match["half"] or match["taken"]
    if word in _SEVERAL:
        return Quantity(PERCENT, _SEVERAL[word], match.start(), match.end())
    parts = _PARTS.get(re.sub("^(?:one|a) ", "", word)) or _PARTS.get(word) or (int(word) if word.isdigit() else number_words()[word])
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
    value, text = _value(match), message.text
    if value is None or value == 0:
        return None
    side, word, end = currencies.beside(message, match, value)
    if match["spoken"] == "one" and not _ONE_OF.match(text, end):
        return None
    if not match["scale"] and (tail := _PER_MONEY.match(text, end)):
        return Quantity(MULTIPLE, value, match.start("digits") if match["digits"] else match.start(), tail.end(), role="unit_cost")
    if not match["scale"] and value < 100 and _EACH_UNIT.search(text[max(0, match.start() - 48) : match.start()]):
        return Quantity(MULTIPLE, value, match.start("digits") if match["digits"] else match.start(), end, role="multiple")
    scale = match["scale"] or match["scale2"]
    start = match.start("pre") if side == "pre" else match.start("digits") if match["digits"] else match.start("spoken")
    if tail := _PERCENT.match(text, end):
        of_time, _ = _per(text, tail.end())
        return None if word else Quantity(PERCENT, value, start, tail.end(), per=of_time if of_time in {"month", "quarter"} else None)
    if tail := _CALLS.match(text, end):
        return Quantity(TIME, value, start, tail.end(), unit="hour")
    if not word and not scale and (tail := _TIME.match(text, end)):
        if _AGO.search(text[max(0, start - 10) : start]) and not _DONE_IN.search(text[max(0, start - 18) : start]):
            return None
        rhythm = _PER_UNIT.match(text, tail.end())
        return Quantity(TIME, value, start, tail.end(), unit=_TIMES[tail[1].rstrip("s")], per=_PER[rhythm[1]] if rhythm else None)
    if not word and not scale and (_is_year(text, start, value) or _label(text, start, end)):
        return None
    if not word and not scale and (tail := _TIMES_AS_MUCH.match(text, end)):
        return Quantity(MULTIPLE, value, start, tail.end(), role="multiple")
    per = _per(text, end)
    each = _EACH.match(text, per[1]) is not None or _EACH_OF.search(text, max(0, start - 48), start) is not None
    if word or (scale and not _many(text, end)):
        return Quantity(MONEY, value, start, end, currency=_currency(word), per=per[0], each=each)
    if not word and not scale and value < 1000 and _BY_MONEY.match(text, end):
        return Quantity(COUNT, value, start, end, role="deals")
    if not scale and value < 1000 and _THINGS.match(text, end):
        return Quantity(COUNT, value, start, end, role="things")
    if (_counted(text, end) and value < 5000) or (not scale and _PART_OF.match(text, end)):
        return Quantity(COUNT, value, start, end, per=_count_per(text, end), each=each)
    return Quantity(MONEY if per[0] in {"hour", "day"} else PLAIN, value, start, end, per=per[0], each=each)


def _currency(word: str) -> str | None:
    """The code of what an amount stands in; the word itself where several currencies are called so."""
    code = currencies.code_of(word)
    return word.upper() if code == UNNAMED else code


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
    return (Decimal(whole) + half) * (scale_of(match["scale2"]) or 1 if match["scale2"] else 1) * (scale_of(match["scale3"]) or 1 if match["scale3"] else 1)


def _is_year(text: str, start: int, value: Decimal) -> bool:
    if 2015 <= value <= 2035 and value == int(value) and _BARE_YEAR.match(text, start) is not None:
        return True
    return 1990 <= value <= 2050 and value == int(value) and "," not in text[start : start + 5] and _YEAR.search(text[max(0, start - 6) : start]) is not None


def _many(text: str, end: int) -> bool:
    """Whether thousands are thousands of things: `5k users`; `15k licences` are licences at that price."""
    word = re.match(r"\s([a-z-]+s)\b", text[end : end + 30])
    return word is not None and word[1] in table("numbers")["counted"]["nouns"] and word[1] not in table("sums")["nouns"]["deal"]


def _label(text: str, start: int, end: int) -> bool:
    """Whether a number belongs to a name or to idle words: `Q1`, `24/7`, `year 1`, `all three`, `3 different answers`."""
    before, after = text[max(0, start - 12) : start], text[end : end + 24]
    return _NUMBERED.search(before) is not None or _NO_NUMBER.match(after) is not None


_FILLED = r"(?:\s(?!(?:and|or|at|of|for|per|a|an|on|to|in|from|with|is|are|our|the|my|their|we|they|he|she|it)\b)[a-z'’-]+){0,3}?[\s-]"


@cache
def _counted_pattern() -> re.Pattern[str]:
    nouns = "|".join(re.escape(noun) for nouns in table("sums")["nouns"].values() for noun in nouns)
    return re.compile(rf"{_FILLED}({nouns})\b|\s(?:of (?:them|those|it)|closed|won|accepted|registered|times)\b")


def _counted(text: str, end: int) -> bool:
    return _counted_pattern().match(text, end) is not None


def _count_per(text: str, end: int) -> str | None:
    """The period a count is said for, within the words that follow: `2 referrals a month each`."""
    match = _COUNT_PER.match(text, end)
    return _PER[match[1]] if match else None


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
