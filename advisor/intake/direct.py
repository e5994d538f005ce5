"""Whether the direct sales motion is predictable: the client's word, or a list of attainments under a house rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from advisor.intake import numerals
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.metrics import attainment
from advisor.intake.patterns import Hit, lexicon
from advisor.intake.tables import table


_QUARTERS = ("quarter", "quartal", "trimestre")
_OFTEN = {"once": 1, "twice": 2, "einmal": 1, "ein mal": 1, "zweimal": 2, "zwei mal": 2, "dreimal": 3, "une fois": 1, "deux fois": 2}
_ABOUT = r"(?:about |around |over |more than |up to |some |roughly |etwa |rund |gut |über |environ )?"
_DISTANCE = re.compile(
    rf"\b(?:(?:miss|misses|missed|missing|off|short|wrong)(?: \w+){{0,2}} (?:by|of) |within |(?:verfehlt|verfehlen|daneben)(?: \w+){{0,3}} um |innerhalb von )"
    rf"{_ABOUT}(\d{{1,2}})\s?(?:%|percent\b|per cent\b|prozent\b)"
)
_THEIRS = re.compile(r"\b(?:its|their)\b")


def find(message: Message, *, spoken_of: bool = False) -> Iterator[Found]:
    """Each statement on predictability in order; two that differ are a contradiction for others to settle.

    `spoken_of` says that the conversation speaks of it already: `reliable it is not`.
    """
    words = [*_said(message, "true"), *_said(message, "false"), *(_said(message, "again") if spoken_of else ())]
    for hit in sorted(words, key=lambda hit: hit.start):
        value = hit.key == "true"
        if hit.key != "again" and _negated(message, hit):
            value = not value
            if value:  # "not lumpy" praises nothing
                continue
        yield Found("direct_predictable", value, hit.start, hit.end, "stated")


def measured(message: Message) -> Found | None:
    """What a list of attainments of plan shows: all near plan is predictable, any far off is not, else unknown."""
    listed = attainment(message)
    if listed is None:
        return _missed(message) or _quarters(message)
    numbers, start, end = listed
    return _shown([abs(number - 100) for number in numbers], start, end)


def _missed(message: Message) -> Found | None:
    """What the usual distance from plan shows: `the forecast misses by 30 % each quarter`, `within 5 %`."""
    for match in _DISTANCE.finditer(message.text):
        clause = message.clause_at(match.start())
        words = message.text[clause.start : clause.end]
        if lexicon("direct", "measured").first(words) and lexicon("direct", "partner_sales").first(words) is None and message.states(match.start()):
            return _shown([Decimal(match[1])], clause.start, match.end())
    return None


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
        if told is None or whole < rules["least"] or part > whole or not message.states(match.start(), even=("wish",)):
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


def _said(message: Message, section: str) -> list[Hit[str]]:
    hits = lexicon("direct", section).longest(message.text)
    return [found for hit in hits if _holds(message, found := hit._replace(key=section))]


def _holds(message: Message, hit: Hit[str]) -> bool:
    if not message.states(hit.start) or message.meant_as("unsure", hit.start):
        return False
    clause = message.clause_at(hit.start)
    first, last = message.sentence_at(hit.start)
    if _THEIRS.search(message.text[hit.start : hit.end]) and "partner" in message.text[first:last]:
        return False
    words = message.text[clause.start : clause.end]
    if lexicon("direct", "partner_sales").first(words) is not None:
        return False
    if lexicon("direct", "hedged").first(message.text[hit.end : clause.end][:16]) is not None:
        return False
    if hit.key == "again":
        return True
    if lexicon("direct", "weak").first(message.text[hit.start : hit.end]) is not None:
        return any(lexicon("direct", section).first(words) is not None for section in ("about_sales", "weak_about"))
    return lexicon("direct", "about_sales").first(words) is not None or lexicon("direct", "about_partners").first(words) is None


def _negated(message: Message, hit: Hit[str]) -> bool:
    words = message.text[hit.start : hit.end]
    return message.denied(hit.end) or message.negated(hit.start, 22) and not words.startswith(("no ", "never", "can't", "cannot"))
