"""How long the partner programme has run, from a length of time or from when it began."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from advisor.domain.regex import Regex
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, count_of, lexicon

_MONTHS = "january february march april may june july august september october november december".split()
_SEASONS = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}
_WHEN = Regex(
    rf"\b(?:(?P<season>{'|'.join(_SEASONS)})|(?P<month>{'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?|q(?P<quarter>[1-4])|(?P<half>h[12])|(?P<last>last year|this year))?"
    r"(?:\s?(?:of |in )?(?P<year>20[0-3]\d)\b)?"
)

_ROW = Regex(r"\s(?:in a row|running|straight|consecutive)\b")


def find(message: Message) -> Iterator[Found]:
    """The age of the programme in months, at most one; the company's own age does not count."""
    yield from [*_lengths(message), *_beginnings(message)][:1]


def _lengths(message: Message) -> Iterator[Found]:
    factors = {"years": 12, "months": 1}
    for hit in sorted(lexicon("age", "length").find(message.text), key=lambda hit: (hit.start, hit.end)):
        if _of_programme(message, hit):
            months = round(_length(message.text, hit) * factors.get(hit.key, 1)) if hit.value else {"one_year": 12, "half_year": 6}.get(hit.key, 0)
            if 0 < months <= 480:
                yield Found("programme_age_months", months, hit.start, hit.end, "stated")


def _length(text: str, hit: Hit[str]) -> float:
    """The number of a length of time, with what stands before its decimal point: `1.5 years`."""
    match = re.search(r"(\d+)[.,]$", text[max(0, hit.start - 3) : hit.start])
    count = count_of(hit.value or "1")
    return float(f"{match[1]}.{count}") if match and text[hit.start : hit.start + 1].isdigit() else count


def _beginnings(message: Message) -> Iterator[Found]:
    today = message.today
    if today is None:
        return
    for hit in sorted(lexicon("age", "started").find(message.text), key=lambda hit: (hit.start, -hit.end)):
        match = _WHEN.match(message.text, _skip(message.text, hit.end))
        began = _began(match, today) if match and match[0] else None
        if began and match and _of_programme(message, hit):
            months = (today.year - began.year) * 12 + today.month - began.month
            if 0 <= months <= 480:
                yield Found("programme_age_months", months, hit.start, match.end(), "inferred")


def _skip(text: str, place: int) -> int:
    match = re.compile(r"[\s]*(?:in |last |this |early |late |mid-?|the |our |with |partnerships? |partners |partnering |(?:partner |referral )?(?:programme|program) |channel |resellers |it |back |since )*").match(text, place)
    skipped = match.end() if match else place
    return place + 1 if text.startswith(("last year", "this year"), place + 1) else skipped


def _of_programme(message: Message, hit: Hit[str]) -> bool:
    named = re.search(r"\bour\b|programm?e?\b", message.text[max(0, hit.start - 12) : hit.end]) is not None
    if not message.states(hit.start, even={"question"} if named else ()):
        return False
    first, last = message.sentence_at(hit.start)
    words = message.text[max(0, first - 120) : last]
    clause = message.clause_at(hit.start)
    if _ROW.match(message.text, hit.end):
        return False
    if message.text.startswith("since", hit.start):
        words = message.text[clause.start : clause.end]
    if lexicon("age", "other").first(message.text[clause.start : clause.end]) is not None:
        return False
    return lexicon("age", "programme").first(words) is not None


def _began(match: re.Match[str], today: date) -> date | None:
    """The first day of the time named; without a year the latest such time that has passed."""
    year = int(match["year"]) if match["year"] else None
    if match["last"]:
        return date(today.year - (match["last"] == "last year"), 7 if match["last"] == "last year" else 1, 1)
    month = _month(match)
    if month is None:
        return date(year, 7 if year < today.year else 1, 1) if year and year <= today.year else None
    if year is None:
        year = today.year if month <= today.month else today.year - 1
    return date(year, month, 1) if date(year, month, 1) <= today else None


def _month(match: re.Match[str]) -> int | None:
    if match["season"]:
        return _SEASONS[match["season"]]
    if match["month"]:
        return next(index for index, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
    if match["quarter"]:
        return int(match["quarter"]) * 3 - 2
    return {"h1": 1, "h2": 7}[match["half"]] if match["half"] else None
