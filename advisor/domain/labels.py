"""Numbers that are names, not figures: Level 2, week 4, T1, "three plays", 2024. One table for all who check text.

A figure needs evidence; a label does not. Text of the knowledge folder may hold labels, and every other number only as a
reference to a record.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember"
_SMALL = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_N = r"\d{1,3}"
_SPAN = rf"{_N}(?:\s?[–/-]\s?{_N}|(?:,? (?:and|to|or) {_N}))?"
_NAMED = "level|layer|play|phase|step|stage|tier|week|day|month|question|rule|row|column|diagnosis"
_GERMAN_NAMED = "woche|monat|tag|stufe|schritt|ebene|schicht|frage|zeile|spalte|regel"
_LISTED = (
    "plays|questions|layers|steps|phases|levels|types|kinds|categories|groups|dimensions|tests|reasons|points|things|ways|parts|lines|"
    "rules|columns|rows|stages|bands|sources|documents|options|cautions|causes|conditions|facts|criteria|answers|sides|teams|products|"
    "companies|clocks|lists|forms|measures|events|signals|readings|schemes|scales|plans|motions|problems|paths|roles|files|halves|figures|statements|numbers|amounts"
)


class Label(NamedTuple):
    """One pattern of label, with what it is called in the table of `knowledge/README.md`.

    `words` are such that a text without any of them, in lower case, holds no such label; none when that cannot be told.
    """

    name: str
    source: str
    flags: re.RegexFlag
    words: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.source, self.flags)

    def spans(self, text: str, low: str) -> list[tuple[int, int]]:
        """The characters of such labels in a text; `low` is the text in lower case."""
        if self.words and not any(map(low.__contains__, self.words)):
            return []
        return [match.span() for match in self.pattern.finditer(text)]


@cache
def _compiled(source: str, flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(source, flags)


def _label(name: str, pattern: str, flags: re.RegexFlag = re.IGNORECASE, words: str = "") -> Label:
    return Label(name, pattern, flags, tuple(words.split("|")) if words else ())


LABELS: tuple[Label, ...] = (
    _label("Level N, week N, weeks N–M, step N, phase N, Play N", rf"\b(?:{_NAMED})s? {_SPAN}(?![\d%]|[.,]\d|\s?(?:%|percent|times))", words=_NAMED),
    _label("Woche 1, Stufe 2, Schritt 3", rf"\b(?:{_GERMAN_NAMED}) {_N}(?:(?:\s?[–/-]\s?|\sbis\s){_N})?(?![\d%]|[.,]\d|\s?(?:%|€|\$|prozent|mal|mio|mrd|tsd))", words=_GERMAN_NAMED),
    _label("in den Wochen 1–2, den Monaten 1–3", rf"\bden (?:wochen|monaten|tagen) {_N}(?:\s?[–-]\s?|\sbis\s){_N}(?![\d%]|[.,]\d)", words="den wochen|den monaten|den tagen"),
    _label("Level two, phase three", rf"\b(?:{_NAMED})s? (?:one|{_SMALL})\b", words=_NAMED),
    _label("T1, T1/T2/T3", r"\bT\d(?:\s?[/–-]\s?T?\d)*\b", re.RegexFlag(0), "t0|t1|t2|t3|t4|t5|t6|t7|t8|t9"),
    _label("ordinals", r"\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b"),
    _label("list counts: three plays, five diagnostic questions", rf"\b(?:{_SMALL}|\d)(?: [a-z-]+){{0,2}} (?:{_LISTED})\b"),
    _label("90-day programme, 90-day plan", r"\b90-day (?:[a-z]+ ){0,2}(?:programme|plan)s?\b|\b90-Tage-(?:Programm|Plan)(?:e?s)?\b", words="90-day|90-tage"),
    _label("years: in 2024, June 2024, 2022 annual report, FY2025", rf"\b(?:in|since|of|until|by|early|mid|late|im Jahr|Geschäftsjahr|seit|bis|für|von|Anfang|Mitte|Ende|{_MONTH}|FY) ?(?:19|20)\d\d(?:[–-](?:19|20)?\d\d)?\b(?!\s?(?:%|€|\$))"),
    _label("years of a publication", r"\((?:19|20)\d\d\)|\b(?:19|20)\d\d (?:annual report|report|survey|study|edition)\b", words="19|20"),
    _label("quarters and halves: Q1, H2", r"\b[QH][1-4]\b(?: 20\d\d)?", re.RegexFlag(0), "q1|q2|q3|q4|h1|h2|h3|h4"),
    _label("names: B2B, ISO27001, SOC 2, 24/7, 1:1", r"\bB2[BCG]\b|\bISO ?\d{4,5}\b|\bSOC ?\d\b|\b24/7\b|\b1:1\b", words="b2|iso|soc|24/7|1:1"),
    _label("compounds: three-layer, two-sided, half-year", rf"\b(?:{_SMALL})-(?:layer|tier|step|part|page|way|sided|person|column|phase|level)\b|\bhalf-years?\b", words="-"),
    _label("citation markers and list numbers: [1], 2.", r"\[\d+\]|^[ \t]*\d{1,2}[.)](?= )", re.IGNORECASE | re.MULTILINE, "[|. |) "),
)

_WORDS = f"{_SMALL}|dozens?|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|half|twice|thrice|tenfold"
_GERMAN = (
    "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend|"
    "millionen|milliarden|doppelte?[nrs]?|dreifache?[nrs]?|halbe?[nrs]?|hälfte|dutzende?"
)
_NUMBER = rf"(?<![A-Za-z])\d+(?:[.,]\d+)*|\b(?:{_WORDS}|{_GERMAN})\b"


def labels(text: str) -> tuple[tuple[int, int], ...]:
    """The characters of a text that belong to labels, as (start, end) pairs; pairs may overlap."""
    low = text.lower()
    return tuple(span for label in LABELS for span in label.spans(text, low))


def bare_numbers(text: str) -> tuple[str, ...]:
    """Numbers of a text, in digits or words, that are no labels. `one` is left out: it is a pronoun more often than a number."""
    spans = labels(text)
    return tuple(
        match[0] for match in _compiled(_NUMBER, re.IGNORECASE).finditer(text) if not any(start <= match.start() and match.end() <= end for start, end in spans)
    )
