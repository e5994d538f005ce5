"""Whom a text names for a figure: "according to Crossbeam", "(Forrester, 2023)", "laut Destatis", and the line "Source: ..." below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_NAME = r"(?-i:[A-ZÄÖÜÉ][\w&.'’-]*(?:[ /](?:of |for |the |für |der |des |de |du )?[A-ZÄÖÜÉ0-9][\w&.'’-]*){0,4})"
_WORK = r"(?:study|survey|report|data|research|index|benchmarks?|analysis|figures?|numbers?|census|statistics|Studie|Umfrage|Bericht|Daten|Erhebung|étude|enquête|rapport)"
_SAYS = r"(?:says?|said|found|finds|claims?|claimed|reports?|reported|shows?|showed|states?|stated|estimates?|estimated|puts|measured|observed|notes?|calculates?|berichtet|meldet|schätzt|nennt|zeigt|misst|indique|estime|rapporte)"
_YEAR = r"(?:19|20)\d\d"
_FORMS = (
    re.compile(rf"\b(?:according to|as reported by|reported by|published by|measured by|quoted by|cited by|per data from|data from|figures from|research (?:by|from)|(?:study|survey|report|analysis) (?:by|from|of)|source:|sources:|quelle:|quellen:|source :|laut|gemäß|nach angaben (?:von|der|des)|selon|d['’]après|von einer studie von) (?:the |a |an |der |die |das |dem |den |le |la |l['’])?(?P<name>{_NAME})", re.I),
    re.compile(rf"(?P<name>{_NAME})(?:['’]s?)?(?: {_YEAR})?(?: (?:own|latest|annual|recent|[a-z]+ impact))? (?:{_WORK})\b(?: (?:of |from )?(?:{_YEAR}))?(?: (?:{_SAYS})\b)?(?: that)?"),
    re.compile(rf"(?P<name>{_NAME}),?(?: in {_YEAR})? (?:{_SAYS})\b(?: that)?"),
    re.compile(rf"[(\[](?:source: |quelle: |see |cf\. |vgl\. )?(?P<name>{_NAME})(?:,? (?:{_YEAR}))?[)\]]", re.I),
    re.compile(rf"(?P<name>{_NAME}) (?:\((?:{_YEAR})\)|zufolge\b)(?: {_SAYS}\b)?(?: that)?"),
    re.compile(rf"(?:[—–;]|\s-)\s*(?P<name>{_NAME}),? (?:{_YEAR})\s*[.)]?\s*$", re.M),
)
_SOURCE_LINE = re.compile(rf"^[\s>*_|-]*(?:sources?|quellen?)\s?:\s*(?P<name>{_NAME})[^\n]*$", re.I | re.M)
_NOBODY = frozenset("""
We Our Us I You Your They Their It Its This That These Those He She The A An In On At By For From With And But Or If When While As Of To Data Study Studies Research Survey Report Reports
Sources Source Management Sales Marketing Finance Internal Board Team Slide Table Figure Chart Appendix Section Page Note Notes See Each Every Most Many Some All No One Both Two Three
Wir Unser Unsere Ich Sie Ihr Ihre Er Es Das Die Der Den Dem Ein Eine Diese Dieser Dieses Laut Nach Nous Notre Nos Vous Votre Il Elle Ils Ce Cette Le La Les Un Une Selon
Today Now Currently Also However Overall Typically Industry Market Customers Partners Partner Companies Company Vendors People Experts Analysts CEO CFO CRO VP Annual Quarterly Monthly Our
January February March April May June July August September October November December Januar Februar März Mai Juni Juli Oktober Dezember Q1 Q2 Q3 Q4 H1 H2 ARR ACV CAC LTV KPI B2B SaaS ELG EQL PRM CRM EUR USD GBP
""".split())  # fmt: skip
_ENDINGS = re.compile(rf"(?:['’]s?|\.|,)$|\s(?:{_WORK})$")


class Named(NamedTuple):
    """A name that a text gives for a figure, the years beside it, and the characters of the whole remark."""

    name: str
    start: int
    end: int
    years: frozenset[int] = frozenset()


def named(text: str, publishers: Iterable[str] = ()) -> tuple[Named, ...]:
    """The names that a piece of text gives as its sources, each once; `publishers` are names known to be such."""
    found: dict[str, Named] = {}
    for pattern in _FORMS:
        for match in pattern.finditer(text):
            name = _clean(match["name"])
            if name and not any(each.start < match.end() and match.start() < each.end for each in found.values()):
                found[name.lower()] = Named(name, match.start(), match.end(), _years(match[0]))
    for name in publishers:
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            if not any(each.start < match.end() and match.start() < each.end for each in found.values()) and _beside_year(text, match):
                found.setdefault(name.lower(), Named(name, match.start(), match.end(), _years(text[match.end() : match.end() + 12])))
    return tuple(sorted(found.values(), key=lambda each: each.start))


def below(text: str) -> Named | None:
    """The name on a line "Source: ..." that stands for all the figures above it in one block; None where there are several."""
    lines = list(_SOURCE_LINE.finditer(text))
    if len(lines) != 1:
        return None
    (match,) = lines
    return Named(_clean(match["name"]), match.start(), match.end(), _years(match[0])) if _clean(match["name"]) else None


def without(text: str, names: Iterable[Named]) -> str:
    """The text with these remarks blanked: every other character keeps its place, and a sentence that began with one still begins."""
    for each in names:
        opens = "It" if each.end - each.start > 1 and not re.search(r"[^.!?\n\s]\s*$", text[max(0, each.start - 3) : each.start]) else ""
        text = f"{text[: each.start]}{opens}{' ' * (each.end - each.start - len(opens))}{text[each.end :]}"
    return text


def _beside_year(text: str, match: re.Match[str]) -> bool:
    return bool(re.match(rf"[^.\n]{{0,2}}\(?{_YEAR}", text[match.end() : match.end() + 8]))


def _clean(name: str) -> str:
    words = _ENDINGS.sub("", name.strip(" .,'’")).split()
    while words and (words[0] in _NOBODY or re.fullmatch(_YEAR, words[0])):
        words.pop(0)
    while words and (words[-1] in _NOBODY or re.fullmatch(_YEAR, words[-1])):
        words.pop()
    return " ".join(words) if words and not words[0][0].isdigit() else ""


def _years(text: str) -> frozenset[int]:
    return frozenset(int(year) for year in re.findall(rf"\b{_YEAR}\b", text))
