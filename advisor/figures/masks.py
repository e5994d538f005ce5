"""Digits that are no quantities: labels, citation markers, list numbers; and dates, which are checked as dates."""

from __future__ import annotations

import calendar
import re

from advisor.domain.labels import LABELS

_N = r"[0-9]{1,3}(?:\s?[-/]\s?[0-9]{1,3}|,? (?:and|to|or) [0-9]{1,3})?"
_NAMED = "slide|folie|kapitel|seite|abschnitt|tabelle|abbildung|diapo|annexe|option|table|section|chapter|figure|part|version|appendix|note|item|turn|round|priority|example|scenario|article|art\\.|clause|page|p\\.|line"
# Words of which a text must hold one, in lower case, and the pattern.
_NAMES: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (tuple(_NAMED.replace("\\", "").split("|")), re.compile(rf"\b(?:{_NAMED})s? {_N}(?![0-9%]|[.,][0-9]|\s?(?:percent|per cent|times|x\b)|\s(?:an?|per|each|every) (?:hour|day|week|month|quarter|year|partner|deal|lead|customer|account|seat|user)s?\b)", re.I)),
    (("[", "#"), re.compile(r"\[\^?[0-9]+(?:[\s,-]+[0-9]+)*\]|#\s?[0-9]+\b")),
    (
        ("iso", "rfc", "office", "dynamics", "microsoft", "fortune", "global", "inc.", "article", "art."),
        re.compile(r"\b(?:ISO(?:/IEC)?|RFC|Office|Dynamics|Microsoft|Fortune|Global|Inc\.|Article|Art\.)[ -]?[0-9]{2,}(?::[0-9]{4})?(?![0-9]|\s?%)"),
    ),
    (("80/20", "360", "one-", "0-"), re.compile(r"\b80/20 (?:rule|principle)|\b360[- ]degree|\bone-(?:to|on)-one\b|\b0-(?:to-)?1\b", re.I)),
    (
        ("ninety", "90"),
        re.compile(r"\bninety[- ]day (?:\w+ ){0,2}?(?:programme|plan)s?\b|\b(?:90|ninety)[- ]day (?:\w+ ){0,2}?programs?\b", re.I),
    ),
    (("00",), re.compile(r"(?<![0-9][ ,.'])\b00[0-9]\b(?![.,]?[0-9])")),
    ((".",), re.compile(r"\b(?![0-9]{1,3}(?:\.[0-9]{3})+\b)v?[0-9]+\.[0-9]+\.[0-9]+\b(?!,)")),
    ((":",), re.compile(r"\b[0-2]?[0-9]:[0-5][0-9] ?(?:am|pm|h|CET|UTC|o'clock)\b", re.I)),
)
_NO_LIST = re.compile(r" (?:points?|percentage|of|in|to|and|or|the|per|percent|times|hours?|days?|weeks?|months?|quarters?|years?|partners?|deals?|types|companies|teams)\b", re.I)
_NO_STAGE = re.compile(r"(?:stages?|stufen?) (?:[5-9]|[0-9]{2})", re.I)
_RATE_BEFORE = re.compile(r"\b(?:per|an?|pro|je|par|every|each) $", re.I)  # "calls per day 48" is a number and no day
_RATIO = re.compile(r"(?:[0-9.,]|\b(?:ratio|is|of|or|to)\b[^.]*)$", re.I)
_RANGE_BEFORE = re.compile(r"(?:[0-9a-z]\s?[-–/]\s?|[0-9][.,]|[0-9] (?:to|or|and) |\b(?:one|two|three|four|five|six) (?:to|or|and) |than |least |[<>~$€£+])$", re.I)


def labels(text: str, flat: str, *, counts: bool = False) -> list[tuple[int, int]]:
    """Characters that belong to labels: the shared table, and names that hold digits.

    Two kinds of the table are read more narrowly than there. Years are dates here, and checked. "Three plays" is a list count,
    but "two or three types" and "5 of the companies" are quantities.
    """
    low = flat.lower()
    spans = [match.span() for words, pattern in _NAMES if any(map(low.__contains__, words)) for match in pattern.finditer(flat)]
    low = text.lower()
    for label in LABELS:
        if label.name.startswith("years") or (counts and label.name.startswith("list counts")):
            continue
        found = label.spans(text, low)
        if label.name.startswith("list counts"):
            found = [(start, end) for start, end in found if not _NO_LIST.search(text, start, end) and not _RANGE_BEFORE.search(text, max(0, start - 12), start)]
        found = [span for span in found if not _NO_STAGE.match(text, *span) and not (text[span[0]].isalpha() and _RATE_BEFORE.search(text, max(0, span[0] - 8), span[0]))]
        spans += [span for span in found if text[span[0] : span[1]] != "1:1" or not _RATIO.search(text, max(0, span[0] - 60), span[0])]
    return spans


_MONTHS = "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|Januar|Jän(?:ner)?|Februar|März|Mai|Juni|Juli|Okt(?:ober)?|Dez(?:ember)?"
_MONTH_NUMBERS = {name[:3].lower(): index for index, name in enumerate(calendar.month_name) if name} | {"jän": 1, "mär": 3, "mai": 5, "okt": 10, "dez": 12}
_YEAR = r"(?:19[5-9][0-9]|20[0-4][0-9])"
_NO_QUANTITY = r"(?![0-9A-Za-z%]|[.,][0-9]|\s?(?:%|percent|prozent|x\b|times\b|k\b|M\b|€|EUR|USD|dollars|euros?|hours|days|months|FTE|(?:kg|t|kt|ha|km|m|m²|m³|mm|cm|l|hl|kW|MW|GW|kWh|MWh|GWh|min|tonnes|hectares|kilomet(?:er|re)s|met(?:er|re)s|litres|liters)(?![A-Za-z]))|\+)"
_DATES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"\b(?P<y>{_YEAR})-(?P<n>0[1-9]|1[0-2])-(?P<d>[0-3][0-9])\b"),
    re.compile(rf"\b(?P<d>[0-3]?[0-9])(?:st|nd|rd|th|\.)?(?: of)? (?P<m>{_MONTHS})\.?\b(?:,? (?P<y>{_YEAR}))?"),
    re.compile(rf"\b(?P<m>{_MONTHS})\.? (?P<d>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])(?:,? (?P<y>{_YEAR})|(?=\s*(?:[,.;:)]|$)))"),
    re.compile(rf"\b(?P<m>{_MONTHS})\.? (?P<y>{_YEAR}){_NO_QUANTITY}"),
    re.compile(rf"(?<![0-9A-Za-z.,$€£])(?:FY ?)?(?P<y>{_YEAR})(?:[-/](?P<y2>{_YEAR}|[0-9][0-9]))?{_NO_QUANTITY}"),
)
_DIGIT = re.compile("[0-9]")
_BEFORE_ROUND = re.compile(r"\b(?:jahr|seit|bis|in|since|by|from|of|FY|year|until|till|before|after)\s?$", re.I)


def dates(flat: str) -> list[tuple[int, int, str]]:
    """Dates and years of a plain text as (start, end, spelled alike): `2024`, `2024–2026`, `2026-11-03`, `--11-03`."""
    found: list[tuple[int, int, str]] = []
    if _DIGIT.search(flat) is None:
        return found
    for pattern in _DATES:
        for match in pattern.finditer(flat):
            if any(match.start() < end and start < match.end() for start, end, _ in found):
                continue
            parts = match.groupdict()
            if "m" not in parts and "n" not in parts and parts["y"].endswith("00") and not _BEFORE_ROUND.search(flat, 0, match.start()):
                continue
            found.append((match.start(), match.end(), _canonical(parts)))
    return found


def _canonical(parts: dict[str, str | None]) -> str:
    year = parts.get("y")
    if second := parts.get("y2"):
        return f"{year}–{second if len(second) == 4 else str(year)[:2] + second}"
    month, day = parts.get("m"), parts.get("d")
    number = parts.get("n") or (f"{_MONTH_NUMBERS[month[:3].lower()]:02}" if month else None)
    if day and number:
        return f"{year or '-'}-{number}-{int(day):02}"
    return f"{year}-{number}" if number else str(year)
