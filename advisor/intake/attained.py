"""What numbers show of whether direct sales are predictable, under a house rule: attainments, distances from plan, quarters on plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from advisor.domain.regex import Regex
from advisor.intake import numerals
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.metrics import attainment
from advisor.intake.patterns import lexicon
from advisor.intake.tables import table

_QUARTERS = ("quarter", "quartal", "trimestre")
_OFTEN = {"once": 1, "twice": 2, "einmal": 1, "ein mal": 1, "zweimal": 2, "zwei mal": 2, "dreimal": 3, "une fois": 1, "deux fois": 2}
_PARTS = {"half": 50, "third": 33, "quarter": 25, "hälfte": 50, "drittel": 33, "viertel": 25}
_OTHERS = Regex(
    r"\b(?:partner|reseller|channel|referral|distributor|affiliate|alliance|indire[ck]t|hiring|recruit|product|roadmap|rollout|migration|marketing|churn|renewal|retention|cost|discount|commission|bonus|margin|price"
    r"|einstellung|produkt|kosten|kündigung|rabatt|provision|marge|preis)"
)
_OWN = Regex(r"\b(?:direct|direkt\w*|own sales|our sales|unser vertrieb)\b")
_AMOUNT = (
    r"(?:(?:(?P<most>under|below|less than|up to|at most|no more than|max(?:imum|imal)?\.?|unter|weniger als|bis zu|höchstens|<)|(?P<least>over|more than|above|at least|über|mehr als|mindestens|>)"
    r"|about|around|some|roughly|only|just|a|etwa|rund|gut|nur|knapp|environ|die|ein|einem)\s?)*"
    rf"(?<![\d.,])(?:(?P<number>\d{{1,3}}(?:[.,]\d)?)\s?(?:%|percent\b|per cent\b|prozent\b)|(?P<part>{'|'.join(_PARTS)})\b)"
)
_GOAL = r"(?:plan|target|targets|quota|quotas|forecast|ziel|soll|prognose|quote)"
_IS = r"(?:\s?[:=]\s?|\s(?:is|are|was|of|at|around|stands at|liegt bei|liegt|von|beträgt|ist|war|bei)\b){0,2}\s?"
_OFF = r"(?:deviation|error|variance|deviates|\w*abweichung|\w*fehler|weicht)"
_HIT_RATE = r"(?:accuracy|genauigkeit|trefferquote|treffsicherheit)"
_SELLERS = r"(?:reps|aes|sellers|salespeople|account executives|sales team|sales reps|direct|direct sales|vertriebler|vertriebsteam|vertrieb|direktvertrieb)"
_ATTAINMENT = r"(?:attainment|\w*erreichung)\b[^.;!?\d%]{0,40}?"
_ENDS = r"(?P<low>\d{2,3})\s?%?\s?(?:-|to|and|und|bis)\s?(?P<high>\d{2,3})\s?(?:%|percent\b|prozent\b)"
_NUMBERED = Regex(rf"%|\b(?:percent|per cent|prozent|{'|'.join(_PARTS)})\b")


class _Way(NamedTuple):
    """One way of telling how far off plan the results are: `reached`, that its number is what was reached of plan; `once`, that it tells of a single time."""

    pattern: Regex
    reached: bool = False
    once: bool = False


_WAYS = (
    _Way(Regex(rf"(?:\b(?:miss|misses|missed|missing|off|short|wrong)(?: \w+){{0,2}} (?:by|of) |\bwithin |\b(?:verfehlt|verfehlen|daneben)(?: \w+){{0,3}} um |\binnerhalb von |(?:\+\s?/\s?-|±|plus[/ -]{{1,3}}minus)\s?){_AMOUNT}")),
    _Way(Regex(rf"{_AMOUNT} (?:behind|below|under|short of|hinter|unter) (?:the |our |its |dem |unserem )?{_GOAL}\b(?! (?:on|with|in|for|bei|beim|mit|im) (?!direct|sales|new|revenue|bookings|vertrieb|direkt|neugeschäft|umsatz|the|q\d))"), once=True),
    _Way(Regex(rf"\b{_OFF}(?: (?:vom|zum|from|to|vs\.?|against) (?:the |our )?{_GOAL})?{_IS}{_AMOUNT}")),
    _Way(Regex(rf"\b(?:forecast|forecasting|prognose|vorhersage)s?[ -]?{_HIT_RATE}{_IS}{_AMOUNT}"), reached=True),
    _Way(Regex(rf"\b{_HIT_RATE} (?:of|der|des|unserer|unseres|in|im|beim) (?:the |our |unserer )?(?:forecast|prognose|vorhersage)s?{_IS}{_AMOUNT}"), reached=True),
    _Way(Regex(rf"{_AMOUNT} (?:forecast|prognose)[ -]?{_HIT_RATE}\b"), reached=True),
    _Way(Regex(rf"(?<!new )(?<!neue )\b{_SELLERS} (?:\w+ ){{0,2}}?(?:at|reach|hit|make|average|bei|erreichen|erreicht) {_AMOUNT} (?:of |des |der |ihrer |vom )(?:their |the |our )?{_GOAL}s?\b"), reached=True, once=True),
)
_RANGE = Regex(rf"\b{_ATTAINMENT}(?<![\d.,]){_ENDS}")
_RANGE_OF = Regex(rf"(?<![\d.,]){_ENDS} (?:of|des|vom|der) (?:the |our |unserer )?{_GOAL}s?\b")


def measured(message: Message) -> Found | None:
    """What a list of attainments of plan shows: all near plan is predictable, any far off is not, else unknown."""
    listed = attainment(message)
    if listed is None or _of_others(message, listed[1]):
        return _distance(message) or _quarters(message)
    numbers, start, end = listed
    return _shown([abs(number - 100) for number in numbers], start, end)


def _of_others(message: Message, place: int) -> bool:
    """Whether a clause is about partners and not about the client's own sales."""
    clause = message.clause_at(place)
    return _OTHERS.search(message.text, clause.start, clause.end) is not None and _OWN.search(message.text, clause.start, clause.end) is None


def _distance(message: Message) -> Found | None:
    """What the usual distance from plan shows: `the forecast misses by 30 % each quarter`, `within 5 %`, `attainment between 55 and 130 %`."""
    if not _NUMBERED.search(message.text) or not lexicon("direct", "measured").find(message.text):
        return None
    for way in _WAYS:
        for match in way.pattern.finditer(message.text):
            if _tells(message, match) and (found := _shown_by(message, way, match)) is not None:
                return found
    for pattern in (_RANGE, _RANGE_OF):
        for match in pattern.finditer(message.text):
            if _tells(message, match):
                return _shown([abs(Decimal(match[name]) - 100) for name in ("low", "high")], match.start(), match.end())
    return None


def _tells(message: Message, match: re.Match[str]) -> bool:
    """Whether a distance is one from plan, of the client's own sales, and as it is now."""
    clause = message.clause_at(match.start())
    end = max(clause.end, match.end())
    plain = not lexicon("direct", "partner_sales").within(message.text, clause.start, end) and not _of_others(message, match.start())
    return plain and bool(lexicon("direct", "measured").within(message.text, clause.start, end)) and message.states(match.start()) and not message.meant_as("unsure", match.start())


def _shown_by(message: Message, way: _Way, match: re.Match[str]) -> Found | None:
    """What a distance shows; one told of a single time, or without an upper end, cannot speak for, and one that may be anything below not against."""
    amount = Decimal(match["number"].replace(",", ".")) if match["number"] else Decimal(_PARTS[match["part"]])
    most, least = (match["least"], match["most"]) if way.reached else (match["most"], match["least"])
    found = _shown([100 - amount if way.reached else amount], min(message.clause_at(match.start()).start, match.start()), match.end())
    if found is None or (least or way.once if found.value else most):
        return None
    return found


def _shown(distances: Sequence[Decimal], start: int, end: int) -> Found | None:
    near, far = (Decimal(table("tolerances")["attainment"][name]) for name in ("near", "far"))
    off = max(distances)
    if near < off <= far:
        return None
    return Found("direct_predictable", off <= near, start, end, "inferred")


def _quarters(message: Message) -> Found | None:
    """What a count of quarters shows: `hit plan in 7 of 8 quarters`."""
    if not any(word in message.text for word in _QUARTERS):
        return None
    rules = table("tolerances")["quarters"]
    for match in _quarters_pattern().finditer(message.text):
        part, whole = _part_of(match)
        first, last = message.sentence_at(match.start())
        told = lexicon("direct", "quarters").first(message.text[first:last])
        if told is None or whole < rules["least"] or part > whole or _of_others(message, match.start()) or not message.states(match.start(), even=("wish",)):
            continue
        share = (part if told.key == "on" else whole - part) / whole
        holds = share >= Decimal(str(rules["most"])) and whole >= rules["proven"]
        if holds or share <= Decimal(str(rules["few"])):
            start, end = min(first + told.start, match.start()), max(first + told.end, match.end())
            return Found("direct_predictable", holds, start, end, "inferred")
    return None


def _part_of(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """How many quarters out of how many: `7 of the last 8`, `einmal in drei`."""
    often, *numbers = match["often"], *(number for number in match.groups() if number and number != match["often"])
    part = Decimal(_OFTEN[often]) if often else numerals.value(numbers.pop(0))
    return part, numerals.value(numbers[0])


@cache
def _quarters_pattern() -> re.Pattern[str]:
    number = rf"(\d{{1,2}}|{numerals.below_hundred()})"
    last = r"(?:the |our |den |unseren |les |nos )?(?:last |past |letzten |vergangenen |derniers )?"
    times = r"(?:times? |mal |fois )?"
    often = "|".join(_OFTEN)
    return re.compile(rf"\b(?:(?P<often>{often})|{number}) {times}(?:in|of|out of|von|der|des|sur) {last}{number} (?:derniers )?(?:quarters|quartalen?|trimestres)\b|\b{number} (?:quarters|quartalen?|quartale|trimestres) (?:of|out of|von|sur) {number}\b")


