"""How long the partner programme has run, from a length of time or from when it began."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from advisor.domain.regex import Regex
from advisor.intake import numerals
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, lexicon
from advisor.intake.tables import spelt, table

_HALF = Regex(r"\s(?:et demie?|and a half)\b")
_HALVED = Regex(r"\b(?:half a|halben|halbes|demi)\b")
_BACK = 34  # characters that a time and its verb span, `im Frühjahr 2024 gestartet`
_A_MONTH = {"weeks": 7 / 30.4, "days": 1 / 30.4}
_FACTORS = {"years": 12, "months": 1}
_WHOLE = {"one_year": 12, "half_year": 6, "year_and_half": 18}
_PERCENT = Regex(r"\d\s?(?:%|percent\b|per cent\b|prozent\b|pour cent\b)")
_NTH = {"years": 12, "quarters": 3, "months": 1}
_DIGITS = re.compile(r"\d+")
_THEN = Regex(r"\s(?:waren|hatten|war|hatte|lag|lagen|gab|noch)\b")  # what was so at that time: `vor einem halben Jahr waren es 33`
_ROW = Regex(r"\s(?:in a row|running|straight|consecutive|in folge|hintereinander|d'affilée)\b")
_PROGRAMME = r"(?:programm?e?s?|programs?|channel|kanal|partnerprogramm\w*|partnervertrieb|partnerschaften|partnerships?|partnering)"
_STRONG = Regex(rf"\b{_PROGRAMME}\b|\b(?:with|mit|have|haben|had|hatten|running|building) (?:our |the |some |unseren |den )?(?:partners|partnern|resellers|agencies)\b")
_ONE_PARTNER = Regex(
    r"\b(?:an?|the|our|my|one|this|that|each|every|t[1-3]|tier[ -]?\d|der|ein|einem|einen|unser|unserem|mein|dieser|jeder)[ -](?:\w+[ -])?(?:partner|reseller|agency|integrator|vertriebspartner|systemhaus|agentur)"
    r"(?![\w-]|\s(?:sourced|source|share|revenue|motion|business|work|side|thing|effort|umsatz|anteil|geschäft|thema))"
)
_IDLE = Regex(r"\b(?:silent|quiet|waiting|waits|inactive|dormant|behind|below|under target|missed|late|inaktiv|still|schweig\w+|wart\w+|unter (?:plan|ziel|pipeline\S*|soll)|hinter (?:plan|ziel)|stockt|ruht|offen|überfällig|krank)\b")
_PAUSED = Regex(r"\b(?:ruht|ruhte|pausiert|eingefroren|auf eis|eingestellt|tot|on hold|on ice|paused|frozen|dormant|dead|stalled)\b")
_THING = Regex(r"\b(?:registrations?|deals?|leads?|opportunit\w+|opps?|tickets?|invoices?|contracts?|agreements?|overlaps?|lists?|registrierung\w*|angebot\w*|vertrag|verträge|rechnung\w*|liste|anfrage\w*)\b")  # what is so old itself
_OF_OTHERS = Regex(r"(?<!client)(?<!company)(?<!firm)'s (?!(?:our|an?|the|my|been|now)\b)(?:\w+ ){0,2}(?:programme|program|channel)\b|programm (?:unserer|unseres|einer|eines|der|des|vom|von) (?!firma|unternehmens|kunden|mandanten|uns)\w+")
_WAS = Regex(r"\b(?:was|were|war|waren)\b")
_WHEN = Regex(r"\s(?:when|before|until|till|als|bevor|bis)\b")
_LAST = Regex(r"\b(?:last|letzte[nmrs]?|vorige[nmrs]?)\s$")
_IN_SEASON = 2  # months of a season in which `last summer` is that of the year before


def find(message: Message) -> Iterator[Found]:
    """The age of the programme in months, at most one; the company's own age does not count."""
    yield from [*_lengths(message), *_shorter(message), *_counted(message), *_beginnings(message)][:1]


def _lengths(message: Message) -> Iterator[Found]:
    beside = [hit for hit in lexicon("age", "beside_share").find(message.text) if _shared(message, hit)]
    for hit in sorted([*lexicon("age", "length").find(message.text), *beside], key=lambda hit: (hit.start, hit.end)):
        if _of_programme(message, hit) and _THEN.match(message.text, hit.end) is None:
            half = _HALF.match(message.text, hit.end)
            months = _months(message, hit, 0.5 if half else 0)
            if 0 < months <= 480:
                yield Found("programme_age_months", months, hit.start, half.end() if half else hit.end, "stated")


def _months(message: Message, hit: Hit[str], half: float) -> int:
    """The length that a phrase tells, with a half behind it: `a year and a half`."""
    if hit.value:
        return round((float(numerals.value(hit.value)) + half) * _FACTORS[hit.key])
    if _HALVED.search(message.text, hit.start, hit.end):
        return _WHOLE["half_year"]
    return _WHOLE[hit.key] + round(half * _FACTORS["years"])


def _shared(message: Message, hit: Hit[str]) -> bool:
    """Whether a share that partners bring stands in the sentence of a length: `after 30 months we get 14 % sourced`."""
    first, last = message.sentence_at(hit.start)
    words = message.text[first:last]
    return _PERCENT.search(words) is not None and lexicon("age", "share").first(words) is not None


def _shorter(message: Message) -> Iterator[Found]:
    """An age in weeks or days, rounded to months."""
    for hit in sorted(lexicon("age", "short").find(message.text), key=lambda hit: (hit.start, hit.end)):
        months = round(float(numerals.value(hit.value or "0")) * _A_MONTH[hit.key])
        if months > 0 and _of_programme(message, hit):
            yield Found("programme_age_months", months, hit.start, hit.end, "inferred")


def _counted(message: Message) -> Iterator[Found]:
    """An age told by the year, quarter or month that runs, `in its third year`: those before it and half of it."""
    for hit in sorted(lexicon("age", "nth").find(message.text), key=lambda hit: (hit.start, hit.end)):
        words = message.text[hit.start : hit.end]
        digits, ordinals = _DIGITS.search(words), _ordinals()
        number = numerals.value(hit.value) if hit.value else digits[0] if digits else next((ordinals[word] for word in words.split() if word in ordinals), 0)
        unit = _NTH[hit.key]
        if int(number) > 0 and _of_programme(message, hit):
            yield Found("programme_age_months", (int(number) - 1) * unit + max(unit // 2, 1), hit.start, hit.end, "inferred")


@cache
def _ordinals() -> Mapping[str, int]:
    """The value of each word like `third`, in every spelling."""
    return {form: number for word, number in table("age")["ordinals"].items() for form in spelt(word)}


def _beginnings(message: Message) -> Iterator[Found]:
    """When it began, from a time right behind `since` or `started`, or right before a German participle."""
    today = message.today
    if today is None:
        return
    for hit in sorted(lexicon("age", "started").find(message.text), key=lambda hit: (hit.start, -hit.end)):
        match = _before(message, hit) if hit.key == "after" else _when().match(message.text, _filler().match(message.text, hit.end).end())  # type: ignore[union-attr]
        began = _began(match, today, last=_LAST.search(message.text, hit.start, match.start()) is not None) if match and match[0] else None
        if began and match and _of_programme(message, hit) and not _tells_a_share(message, hit):
            months = (today.year - began.year) * 12 + today.month - began.month
            if 0 <= months <= 480:
                yield Found("programme_age_months", months, min(hit.start, match.start()), max(match.end(), hit.end), "inferred")


def _tells_a_share(message: Message, hit: Hit[str]) -> bool:
    """Whether it is told what has been so since then, `since January 65 % of the leads come from one agency`, and not how long the programme runs."""
    _, last = message.sentence_at(hit.start)
    return _PERCENT.search(message.text[hit.end : min(last, hit.end + _BACK)]) is not None


def _before(message: Message, hit: Hit[str]) -> re.Match[str] | None:
    start = max(message.clause_at(hit.start).start, hit.start - _BACK)
    matches = [match for match in _when().finditer(message.text, start, hit.start) if match[0]]
    return matches[-1] if matches and hit.start - matches[-1].end() <= 1 else None


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?:{_words('filler')})(?:\s|(?<=['-])))*")


@cache
def _when() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?:(?P<season>{_words('seasons')})|(?P<month>{_words('months')})\b\.?|q(?P<quarter>[1-4])|(?P<half>h[12])|(?P<last>{_words('last_year')})|(?P<this>{_words('this_year')})))?"
        r"(?:\s?(?:of |in )?\b(?P<year>20[0-3]\d)\b)?"
    )


def _words(section: str) -> str:
    """The words of a table or list of `age.toml`, longest first."""
    entries = table("age")[section]
    words = {form for word in entries.get("words", entries) for form in spelt(word)}
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _of_programme(message: Message, hit: Hit[str]) -> bool:
    named = re.search(r"\b(?:our|unser|notre)\b|programm?e?\b", message.text[max(0, hit.start - 12) : hit.end]) is not None
    if not message.states(hit.start, even={"question"} if named else ()):
        return False
    first, last = message.sentence_at(hit.start)
    words = message.text[max(0, first - 120) : last]
    clause = message.clause_at(hit.start)
    if _ROW.match(message.text, hit.end) or _over(message, hit) or _of_something_else(message, hit):
        return False
    if message.text.startswith(("since", "seit", "depuis"), hit.start):
        words = message.text[clause.start : clause.end]
    runs = lexicon("age", "runs").first(message.text[hit.start : hit.end]) is not None
    if lexicon("age", "other").first(message.text[clause.start : hit.end if runs else clause.end]) is not None:
        return False
    return lexicon("age", "programme").first(words) is not None


def _over(message: Message, hit: Hit[str]) -> bool:
    """Whether a length is that of a programme that ended: `it was 4 years old when we shut it down`."""
    return _WAS.search(message.text, message.clause_at(hit.start).start, hit.end) is not None and _WHEN.match(message.text, hit.end) is not None


def _of_something_else(message: Message, hit: Hit[str]) -> bool:
    """Whether a length is that of a deal, of a pause, of what one partner does or leaves undone, or of somebody else's programme."""
    clause, (first, _) = message.clause_at(hit.start), message.sentence_at(hit.start)
    bracketed = message.text[max(0, clause.start - 1) : clause.start] == "("
    lead = message.text[first if bracketed else clause.start : hit.end]
    if _OF_OTHERS.search(lead) or _PAUSED.search(message.text, clause.start, clause.end):
        return True
    if _STRONG.search(message.text, first if bracketed else clause.start, clause.end):
        return False
    return _THING.search(lead) is not None or _ONE_PARTNER.search(lead) is not None or _IDLE.search(message.text, clause.start, clause.end) is not None


def told_month(text: str) -> int | None:
    """The first month that a text in lower case names as a time, not as a verb: `in March`, `starts 1 September`, `ab Oktober`."""
    for match in _naming().finditer(text):
        return _named_month(match["month"])
    return None


@cache
def _naming() -> re.Pattern[str]:
    return re.compile(rf"\b(?:in|from|on|since|by|this|next|starts?|starting|early|mid|late|end of|im|ab|seit|zum|am|anfang|mitte|ende|\d{{1,2}}(?:st|nd|rd|th|\.)?(?: of)?|until|of|kommenden|nächsten)\s(?:\d{{1,2}}\.?\s)?(?P<month>{_words('months')})\b")


def _named_month(name: str) -> int:
    return int(next(number for word, number in table("age")["months"].items() if name in spelt(word)))


def _began(match: re.Match[str], today: date, *, last: bool = False) -> date | None:
    """The first day of the time named; without a year the latest such time that has passed."""
    year = int(match["year"]) if match["year"] else None
    if match["last"] or match["this"]:
        return date(today.year - 1, 7, 1) if match["last"] else date(today.year, 1, 1)
    month = _month(match)
    if month is None:
        return date(year, 7 if year < today.year else 1, 1) if year and year <= today.year else None
    if year is None:
        running = last and match["season"] and 0 <= today.month - month < _IN_SEASON
        year = today.year if month <= today.month and not running else today.year - 1
    return date(year, month, 1) if date(year, month, 1) <= today else None


def _month(match: re.Match[str]) -> int | None:
    for group, section in (("season", "seasons"), ("month", "months")):
        if match[group]:
            return int(next(number for word, number in table("age")[section].items() if match[group] in spelt(word)))
    if match["quarter"]:
        return int(match["quarter"]) * 3 - 2
    return {"h1": 1, "h2": 7}[match["half"]] if match["half"] else None
