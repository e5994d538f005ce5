"""Figures written without a plain number: halves and thirds, one in three, twice, a dozen, thousands of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext

from advisor.domain import Unit
from advisor.figures.model import Figure
from advisor.figures.spelling import SMALL, worded

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_SPANS = {"hour": Unit.HOURS, "day": Unit.DAYS, "week": Unit.WEEKS, "month": Unit.MONTHS, "quarter": Unit.QUARTERS, "year": Unit.YEARS}
_TIMES = {"double": 2, "doubl": 2, "twice": 2, "twofold": 2, "triple": 3, "tripl": 3, "thrice": 3, "treble": 3, "quadruple": 4, "quadrupl": 4}
_COMPARED = r"(?:more|less|fewer|faster|slower|larger|smaller|higher|lower|shorter|longer|bigger|greater)\b"
_FOLD = {word: number for number, word in enumerate(("three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=3)}
_VAGUE = {"dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9}
_NUMBER = rf"(?:{SMALL}|[0-9]{{1,3}})"
_GERMAN_PARTS = {"hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "achtel": 8, "zehntel": 10}
_GERMAN_TIMES = {"doppel": 2, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10}
_GERMAN_VAGUE = {"dutzende": 12, "hunderte": 100, "tausende": 1000}
_FRENCH_PARTS = {"moitié": 2, "tiers": 3, "quart": 4, "cinquième": 5, "dixième": 10}
_FRENCH_TENS = {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "cinquantaine": 50, "centaine": 100}
_ORDINALS = {"zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "sechste": 6, "siebte": 7, "achte": 8, "neunte": 9, "zehnte": 10}


def wholes(flat: str) -> Iterator[Figure]:
    """Figures of the kinds above in a plain text. Ordinals ("a third option"), "second half" and "double-check" are none."""
    taken: list[tuple[int, int]] = []
    low = flat.lower()
    for words, pattern, make in _KINDS:
        if not any(map(low.__contains__, words)):
            continue
        for match in pattern.finditer(flat):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if figure := make(match):
                taken.append((figure.start, figure.end))
                yield figure


def share(part: int | Decimal, whole: int | Decimal) -> Decimal:
    """A fraction as a percent; a third keeps so many digits that it equals no rounded percent."""
    with localcontext(prec=20):
        return Decimal(part) / Decimal(whole) * 100


def _figure(match: re.Match[str], value: Decimal, unit: Unit, group: str | int = 0, **more: object) -> Figure:
    start, end = match.span(group)
    return Figure(match[group], start, end, (start, end), value, value, unit, **more)  # type: ignore[arg-type]


def _read(word: str) -> Decimal:
    return Decimal(1) if word.lower() in {"a", "an", "un", "une"} else worded(word) if word[0].isalpha() else Decimal(word)


def _half_time(match: re.Match[str]) -> Figure:
    return _figure(match, Decimal("0.5"), _SPANS[match["span"].lower()])


def _dozen(match: re.Match[str]) -> Figure:
    count = match["count"].lower().strip()
    return _figure(match, 12 * (Decimal("0.5") if count.startswith("half") else _read(count)), Unit.COUNT)


def _fraction(match: re.Match[str]) -> Figure:
    word = match["count"].lower()
    return _figure(match, share(1 if word in {"a", "one"} else _read(word), _PARTS[match["part"].lower().rstrip("s")]), Unit.PERCENT, "body")


def _half(match: re.Match[str]) -> Figure:
    return _figure(match, Decimal(50), Unit.PERCENT)


def _odds(match: re.Match[str]) -> Figure | None:
    part, whole = _read(match["part"]), _read(match["whole"])
    if not part or part >= whole:
        return None
    return _figure(match, share(part, whole), Unit.PERCENT)


def _times(match: re.Match[str]) -> Figure:
    word = match["word"].lower()
    value = next(number for name, number in sorted(_TIMES.items(), key=lambda item: -len(item[0])) if word.startswith(name))
    if match.groupdict().get("how_often"):
        return _figure(match, Decimal(value), Unit.COUNT, "word")
    return _figure(match, Decimal(value), Unit.MULTIPLE, "word")


def _fold(match: re.Match[str]) -> Figure:
    return _figure(match, Decimal(_FOLD[match["word"].lower()]), Unit.MULTIPLE)


def _vague(match: re.Match[str]) -> Figure:
    return _figure(match, Decimal(_VAGUE[match["word"].lower()]), Unit.COUNT, "word", open="above", approximate=True)


def _german_share(match: re.Match[str]) -> Figure:
    count = (match["count"] or "ein").lower()
    part = 1 if count.startswith(("ein", "die", "der")) else _read(count)
    return _figure(match, share(part, _GERMAN_PARTS[match["part"].lower().removesuffix("n")]), Unit.PERCENT)


def _german_times(match: re.Match[str]) -> Figure:
    word = match["word"].lower()
    value = next(number for name, number in _GERMAN_TIMES.items() if word.startswith(name))
    often = "mal" in word and not re.match(r" (?:so|mehr|höher|größer|schneller)\b", match.string[match.end("word") :])
    return _figure(match, Decimal(value), Unit.COUNT if often else Unit.MULTIPLE, "word")


def _german_odds(match: re.Match[str]) -> Figure:
    return _figure(match, share(1, _ORDINALS[match["whole"].lower().removesuffix("r").removesuffix("n").removesuffix("s")]), Unit.PERCENT)


def _german_vague(match: re.Match[str]) -> Figure:
    return _figure(match, Decimal(_GERMAN_VAGUE[match["word"].lower().removesuffix("r")]), Unit.COUNT, "word", open="above", approximate=True)


def _french_share(match: re.Match[str]) -> Figure:
    count = (match["count"] or "un").lower()
    part = 1 if count in {"un", "une", "le", "la", "les"} else _read(count)
    return _figure(match, share(part, _FRENCH_PARTS[match["part"].lower() if match["part"].lower() in _FRENCH_PARTS else match["part"].lower().rstrip("s")]), Unit.PERCENT)


def _french_times(match: re.Match[str]) -> Figure:
    return _figure(match, Decimal({"d": 2, "t": 3, "q": 4}[match["word"][0].lower()]), Unit.MULTIPLE, "word")


def _french_dozen(match: re.Match[str]) -> Figure:
    return _figure(match, Decimal(_FRENCH_TENS[match["word"].lower()]), Unit.COUNT, approximate=match["word"].lower() != "douzaine")


def _halved(match: re.Match[str]) -> Figure:
    return _figure(match, Decimal(50), Unit.PERCENT)


def _slashed(match: re.Match[str]) -> Figure | None:
    part, whole = int(match["part"]), int(match["whole"])
    return _figure(match, share(part, whole), Unit.PERCENT, "body") if part < whole else None


# Words of which a text must hold one, the pattern, and what a match of it is.
_KINDS: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], Figure | None]], ...] = (
    (("hälfte", "tel"), re.compile(rf"(?:\b(?P<count>ein(?:e[mns]?)?|d(?:ie|er)|{SMALL}) )?\b(?P<part>hälfte|drittel|viertel|fünftel|sechstel|achtel|zehntel)n?\b(?!jahr|stunde)", re.I), _german_share),
    (("fach", "mal", "doppelt"), re.compile(r"\b(?P<word>(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)(?:fache?[nrsm]?|mal)|doppelte?[nrsm]?)\b", re.I), _german_times),
    (("jede",), re.compile(r"\bjede[rsn]? (?P<whole>(?:zwei|drit|vier|fünf|sechs|sieb|ach|neun|zehn)te[rns]?)\b(?! (?:quartal|monat|woche|jahr|tag))", re.I), _german_odds),
    (tuple(_GERMAN_VAGUE), re.compile(r"(?<![0-9] )\b(?P<word>(?:dutzende|hunderte|tausende)r?)\b", re.I), _german_vague),
    (("moitié", "tiers", "quart", "cinquième", "dixième"), re.compile(rf"\b(?P<count>une?|l[ea]s?|{SMALL}) (?P<part>moitié|tiers|quarts?|cinquièmes?|dixièmes?)\b(?! temps)", re.I), _french_share),
    (("le double", "le triple", "le quadruple", "doublé", "triplé"), re.compile(r"\b(?:le (?P<word>double|triple|quadruple)|(?P<verb>doublé|triplé)e?s?)\b", re.I), lambda match: _french_times(match) if match["word"] else _figure(match, Decimal(2 if match["verb"][0].lower() == "d" else 3), Unit.MULTIPLE)),
    (("aine",), re.compile(r"\bune (?P<word>" + "|".join(_FRENCH_TENS) + r")\b", re.I), _french_dozen),
    (("halved", "halbiert"), re.compile(r"\b(?:halved|halbiert)\b", re.I), _halved),
    (("dozen",), re.compile(r"\b(?P<count>half an? |an? |[0-9]+ |" + SMALL + r" )dozen\b", re.I), _dozen),
    (("half a", "half one"), re.compile(r"\bhalf (?:an?|one) (?P<span>hour|day|week|month|quarter|year)\b", re.I), _half_time),
    ((" in ", " out of ", " von ", " sur "), re.compile(rf"\b(?P<part>{_NUMBER}|une?) (?:in(?: every)?|out of(?: every)?|von|sur) (?P<whole>{_NUMBER})\b(?!\s?(?:%|percent|hour|day|week|month|quarter|year|minute|[-,.]?[0-9]))", re.I), _odds),
    ((" in ", " sur "), re.compile(rf"\b(?P<part>one|1|une?) [a-zà-ÿ]{{3,20}} (?:in|sur) (?P<whole>{_NUMBER})\b(?!\s?(?:%|percent|[a-zà-ÿ]+s\b|[-,.]?[0-9]))", re.I), _odds),
    (("/",), re.compile(r"(?<![\w./,-])(?P<body>(?P<part>[1-9])/(?P<whole>[2-9]|10))(?:rds?|ths?)?(?= (?:of|der|des|aller|unserer)\b)", re.I), _slashed),
    (tuple(_PARTS), re.compile(rf"(?P<body>\b(?P<count>an?|{SMALL})[ -](?P<part>half|third|quarter|fifth|sixth|eighth|tenth)s?)\b"
                rf"(?= (?:(?:or (?:more|less) )?of (?!(?:growth|data|results|sales|attainment|history|pipeline)\b)|the |as |{_COMPARED}))", re.I), _fraction),
    (tuple(_PARTS), re.compile(r"(?P<body>\b(?P<count>one|two|three|four)-(?P<part>third|quarter|fifth|tenth)s?)\b(?! party)", re.I), _fraction),
    (("third",), re.compile(r"(?P<body>\b(?P<count>one|two) (?P<part>third)s?)\b", re.I), _fraction),
    (("half",), re.compile(r"(?<!first )(?<!second )(?<!other )(?<!better )(?<!and a )(?<![\w-])(?:one[- ])?half\b(?!-(?!rate|price)|(?: an?)? (?:million|billion|dozen|time|year|way))", re.I), _half),
    (("twice", "thrice"), re.compile(r"\b(?P<word>twice|thrice)\b(?P<how_often> (?:an?|per|each|every) )?", re.I), _times),
    (("doubl", "tripl", "treble", "quadrupl", "twofold"), re.compile(r"\b(?P<word>(?:double|triple|treble|quadruple)[sd]?|(?:doubl|tripl|quadrupl)ing|twofold)\b(?!-| (?:check|count|digit|down|pay|dip|opt|book|entr|edge|side|blind|standard|click|bottom))", re.I), _times),
    (("fold",), re.compile(rf"\b(?P<word>{'|'.join(_FOLD)})-?fold\b", re.I), _fold),
    (tuple(_VAGUE), re.compile(r"(?<![0-9] )\b(?P<word>dozens|hundreds|thousands|millions|billions)\b(?= of)", re.I), _vague),
)
