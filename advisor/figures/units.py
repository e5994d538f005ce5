"""What stands around a number: units, currencies after it, open ends, hedges, and what it is per."""

from __future__ import annotations

import re
from decimal import Decimal

from advisor.domain import Unit
from advisor.figures.spelling import CURRENCY_AFTER

_GAP = r"[\s-]?"
_ADJECTIVE = r"(?:(?:working|business|calendar|full|consecutive|straight|whole|more|additional)[ -])?"
_UNITS: tuple[tuple[str, str], ...] = (
    (Unit.PERCENTAGE_POINTS, rf"\s?(?:pps?|ppts?|p\.p\.)(?![A-Za-z])|\s?%[ -]?points?\b|{_GAP}(?:percent|percentage|per cent)[ -]points?\b|{_GAP}(?:points?|pts)\b|{_GAP}(?:points? de (?:pourcentage|pour cent|%)|Prozentpunkte?n?)\b|\s?%-Punkte?n?\b"),
    ("basis_points", rf"{_GAP}(?:bps|basis points?)\b"),
    (Unit.PERCENT, rf"\s?%|{_GAP}(?:percent|per cent|pct|Prozent|pour ?cent)\b"),
    (Unit.MULTIPLE, rf"\s?[xX×](?![\w])(?!\s?[0-9($€£])|\s?[xX×](?= )(?!\s?[0-9($€£])|{_GAP}times\b(?! (?:an?|per|each|every)\b)|-?\s?fold\b|\sfois\b(?! (?:par|l'an)\b)|-?\s?fache[nrsm]?\b|-?\s?fach\b|-?\s?mal\b(?! (?:pro|im|am|in|je)\b)"),
    (Unit.FTE, rf"{_GAP}(?:FTEs?\b|full[- ]time(?: (?:equivalents?|hires?|people|employees?|roles?|staff))?\b|Vollzeitstellen?\b|Vollzeitkr[aä]fte?n?\b|ETP\b|VZÄ\b)"),
    (Unit.HOURS, rf"{_GAP}{_ADJECTIVE}(?:hours?|hrs?|Stunden?|Std\.?|heures?)\b|\s?h\b"),
    (Unit.DAYS, rf"{_GAP}{_ADJECTIVE}(?:days?|Tage?n?|Arbeitstage?n?|Werktage?n?|jours?)\b"),
    (Unit.WEEKS, rf"{_GAP}{_ADJECTIVE}(?:weeks?|wks?|Wochen?|semaines?)\b"),
    (Unit.MONTHS, rf"{_GAP}{_ADJECTIVE}(?:months?|mos?|Monate?n?|mois)\b"),
    (Unit.QUARTERS, rf"{_GAP}{_ADJECTIVE}(?:quarters?|qtrs?|Quartale?n?|trimestres?)\b"),
    (Unit.YEARS, rf"{_GAP}{_ADJECTIVE}(?:years?|yrs?|Jahre?n?|ans|années?)\b"),
)
_NAMES = [f"u{index}" for index in range(len(_UNITS))]
TAIL = re.compile(
    r"(?P<plus>\+(?![0-9])|-plus\b)?"
    rf"(?:(?:\s?|\sd'|\sde )(?P<currency>{CURRENCY_AFTER}))?"
    r"(?P<plus2>\+(?!\s?[0-9]))?"
    rf"(?:{'|'.join(f'(?P<{name}>{pattern})' for name, (_, pattern) in zip(_NAMES, _UNITS, strict=True))})?"
    r"(?P<plus3>\+(?!\s?[0-9])|-plus\b|\splus\b(?=\s*(?:[).,;:]|$)))?",
    re.IGNORECASE,
)
TIMES = frozenset({Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.QUARTERS, Unit.YEARS})
SHARES = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.PERCENT_UNSPECIFIED, Unit.MULTIPLE, Unit.RATIO})


def unit_of(match: re.Match[str]) -> str | None:
    """The unit that TAIL found, or None: money is told by its currency, a count by neither."""
    return next((str(unit) for found, (unit, _) in zip(match.group(*_NAMES), _UNITS, strict=True) if found), None)


FACTOR = re.compile(r"\b(?:factor of|faktor(?: von)?|facteur(?: de)?)\s(?:about |around |rund |etwa |environ )?$", re.I)
"""Before a bare number that is how many times something is."""
_MORE = r"plus|davantage|mehr|darüber|länger|größer|höher|more|above|over|higher|greater|longer|up|upwards?|larger|older|beyond|later"
_LESS = r"moins|weniger|darunter|kürzer|kleiner|niedriger|less|fewer|below|under|lower|shorter|smaller|younger|earlier"
OPEN_AFTER = re.compile(rf"(?:\s[A-Za-z][\w-]*){{0,2}}?,?\s(?:or|and|oder|und|ou|et)\s(?:(?P<above>{_MORE})|(?P<below>{_LESS}))\b(?!\s(?:than|time|als))", re.I)
SO = re.compile(r"(?:\s[A-Za-z]+)?\s?(?:or so\b|-?ish\b|-odd\b)", re.I)

_BEFORE: tuple[tuple[str, str], ...] = (
    ("near", r"presque|pas tout à fait|fast|beinahe|nahezu|knapp|almost|nearly|close to|just (?:under|below|short of)|not quite"),
    ("above_in", r"au moins|au minimum|pas moins de|mindestens|wenigstens|nicht weniger als|at least|no (?:less|fewer) than|not (?:less|fewer) than|upwards? of|a minimum of|minimum(?: of)?|min\.?|≥|>=|starting (?:at|from)"),
    ("below_in", r"jusqu'à|au plus|au maximum|pas plus de|bis zu|höchstens|maximal|nicht mehr als|up to|at (?:the )?most|no (?:more|higher|longer) than|not (?:more|longer) than|a maximum of|maximum(?: of)?|max\.?|≤|<=|as (?:much|many|high) as|capped at"),
    ("above", r"plus de|au-dessus de|(?:mehr|größer|höher|länger|älter) als|über|oberhalb von|jenseits von|(?:more|greater|higher|larger|longer|older|bigger) than|(?:just |well )?over|above|exceed(?:s|ing)?|in excess of|north of|beyond|upward of|>"),
    ("below", r"moins de|au-dessous de|(?:weniger|kleiner|niedriger|kürzer|jünger) als|unter|unterhalb von|(?:less|fewer|lower|smaller|shorter|younger) than|(?:just |well )?under|below|south of|<"),
    ("approx", r"environ|autour de|près de|à peu près|rund|etwa|ungefähr|gut|circa|zirka|about|around|roughly|approximately|approx\.?|circa|ca\.?|some|an estimated|estimated|or so|~|≈|±"),
    ("within", r"binnen|en(?= \S+ (?:jours?|mois|semaines?|ans)\b)|sous(?= \S+ (?:jours?|heures?)\b)|innerhalb von|innerhalb der|within|inside(?: of)?"),
    ("from", r"à partir de|dès|from|as of|ab"),
)
BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _BEFORE)
    + r"))\s?(?:the (?:first |next |last )?|an? |only |another |d(?:as|en|ie|er|em) (?:ersten |nächsten |letzten )?|nur |ein(?:e[nmrs]?)? )?$", re.I
)

_PER_NOUN = r"[A-Za-z]+"
PER = re.compile(
    rf"\s?/\s?(?P<slash>{_PER_NOUN})|(?:\s[A-Za-z][\w-]*){{0,2}}?\s(?:per|each|every)\s(?P<word>{_PER_NOUN})(?:[ -](?P<next>{_PER_NOUN}))?"
    r"|(?:\s[A-Za-z][\w-]*){0,1}?\san?\s(?P<article>hour|day|week|month|quarter|year|deal|partner|referral|customer|lead|seat|user)\b"
    r"|(?:\s[A-Za-zÄÖÜäöü][\w-]*){0,1}?\s(?:pro|je)\s(?P<german>[A-Za-zÄÖÜäöüß]+)|\spar\s(?P<french>[A-Za-zà-ÿ]+)|\s(?:im|am|in der)\s(?P<german2>Jahr|Quartal|Monat|Tag|Woche|Stunde)\b"
    r"|(?:\s[A-Za-z][\w-]*){0,1}?\s(?P<adverb>annually|yearly|monthly|hourly|quarterly|weekly)\b",
    re.I,
)
ADJECTIVE_PER = re.compile(r"\b(?:(annual(?:ly)?|yearly|jährlich(?:e[nrsm]?)?)|(quarterly|vierteljährlich)|(monthly|monatlich(?:e[nrsm]?)?)|(weekly|wöchentlich)|(hourly|stündlich))\b", re.I)
_ADJECTIVES = frozenset({"qualified", "converted", "closed", "new", "active", "single", "booked", "paying", "extra", "further", "additional"})
_SHORT = {"yr": "year", "mo": "month", "h": "hour", "hr": "hour", "qtr": "quarter", "wk": "week", "annum": "year",
          "annually": "year", "yearly": "year", "monthly": "month", "hourly": "hour", "quarterly": "quarter", "weekly": "week"}


_GERMAN = {
    "jahr": "year", "quartal": "quarter", "monat": "month", "woche": "week", "tag": "day", "stunde": "hour", "abschluss": "deal", "geschäft": "deal",
    "an": "year", "année": "year", "trimestre": "quarter", "mois": "month", "semaine": "week", "jour": "day", "heure": "hour", "client": "customer", "partenaire": "partner",
    "empfehlung": "referral", "kunde": "customer", "kunden": "customer", "stunden": "hour", "nutzer": "user",
}


def per_of(match: re.Match[str]) -> str:
    """The unit of time or thing that PER found, in the singular: `/mo` is month, `per qualified referral` is referral."""
    german = match["german"] or match["german2"] or match["french"]
    if german:
        return _GERMAN.get(german.lower(), german.lower())
    word = (match["slash"] or match["word"] or match["article"] or match["adverb"]).lower()
    if match["next"] and word in _ADJECTIVES:
        word = match["next"].lower()
    word = _GERMAN.get(word, _SHORT.get(word, word))
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


_MEASURES: dict[str, tuple[str, str, str]] = {
    # canonical: what it measures, how many of the smallest unit it is, how it is written
    "km/h": ("speed", "1", r"km/h|kmh|km/std|kilomet(?:er|re)s? (?:per|an) hour|stundenkilometer"), "mph": ("speed", "1.609344", r"mph"), "m/s": ("speed", "3.6", r"m/s"),
    "km²": ("area", "1000000", r"km²|km2|sq\.? ?km|square kilomet(?:er|re)s?|quadratkilometern?"), "ha": ("area", "10000", r"ha|hectares?|hektar|hectare"),
    "m²": ("area", "1", r"m²|m2|sqm|sq\.? ?m|qm|square met(?:er|re)s?|quadratmetern?|mètres? carrés?"), "acre": ("area", "4046.8564224", r"acres?"),
    "m³": ("volume", "1000", r"m³|m3|cbm|fm|cubic met(?:er|re)s?|kubikmetern?|festmetern?|mètres? cubes?"), "l": ("volume", "1", r"l|lit(?:er|re)s?|litern?"), "hl": ("volume", "100", r"hl|hectolit(?:er|re)s?"),
    "Ml": ("volume", "1000000", r"(?-i:Ml|ML)|megalit(?:er|re)s?"), "ml": ("volume", "0.001", r"(?-i:ml|mL)|millilit(?:er|re)s?"), "gal": ("volume", "3.785411784", r"gal|gallons?"),
    "km": ("length", "1000", r"km|kms|kilomet(?:er|re|ern|ers|res)|kilomètres?"), "cm": ("length", "0.01", r"cm|centimet(?:er|re)s?|zentimetern?"), "mm": ("length", "0.001", r"mm|millimet(?:er|re)s?|millimetern?"),
    "mi": ("length", "1609.344", r"mi|miles?|meilen?"), "ft": ("length", "0.3048", r"ft|feet"), "m": ("length", "1", r"(?-i:m)|met(?:er|re|ers|res|ern)|mètres?"),
    "kg": ("mass", "1000", r"kg|kgs|kilos?|kilograms?|kilogrammes?|kilogramm"), "mg": ("mass", "0.001", r"mg|milligrams?"), "t": ("mass", "1000000", r"(?-i:t)|tonnes?|tons?|tonnen"), "kt": ("mass", "1000000000", r"(?-i:kt)|kilotonnes?"),
    "lb": ("mass", "453.59237", r"lbs?"), "g": ("mass", "1", r"(?-i:g)|grams?|grammes?|gramm"),
    "kWh": ("energy", "1", r"kwh|kilowatt[- ]?hours?|kilowattstunden?"), "MWh": ("energy", "1000", r"mwh|megawatt[- ]?hours?|megawattstunden?"), "GWh": ("energy", "1000000", r"gwh|gigawatt[- ]?hours?|gigawattstunden?"), "TWh": ("energy", "1000000000", r"twh|terawatt[- ]?hours?"),
    "kW": ("power", "1000", r"kw|kilowatts?"), "MW": ("power", "1000000", r"(?-i:MW)|megawatts?"), "GW": ("power", "1000000000", r"(?-i:GW)|gigawatts?"), "W": ("power", "1", r"(?-i:W)|watts?"),
    "°C": ("celsius", "1", r"°c|degrees? celsius|grad celsius|degrés celsius"), "°F": ("fahrenheit", "1", r"°f|degrees? fahrenheit"), "°": ("degree", "1", r"°|degrees?|grad|degrés?"),
    "min": ("clock", "60", r"min\.?|mins|minutes?|minuten"), "s": ("clock", "1", r"(?-i:s)|secs?|seconds?|sekunden|secondes?"), "ms": ("clock", "0.001", r"ms|milliseconds?|millisekunden"),
    "GB": ("data", "1000", r"(?-i:GB)|gigabytes?"), "TB": ("data", "1000000", r"(?-i:TB)|terabytes?"), "MB": ("data", "1", r"(?-i:MB)|megabytes?"),
}  # fmt: skip
_MEASURE_NAMES = {f"m{index}": name for index, name in enumerate(_MEASURES)}
_MEASURE = re.compile(r"[\s-]?(?:" + "|".join(f"(?P<{group}>{_MEASURES[name][2]})" for group, name in _MEASURE_NAMES.items()) + r")(?![A-Za-z0-9À-ÿ²³'])(?!-(?:long|high|wide)\b)", re.I)


def measure_at(flat: str, position: int) -> re.Match[str] | None:
    """A unit of length, mass, area, energy and the like at a place of a text."""
    return _MEASURE.match(flat, position)


def measure_of(match: re.Match[str]) -> str:
    """The one name of a measure, however it is written: `km`, `t`, `°C`, `min`."""
    return _MEASURE_NAMES[match.lastgroup or ""]


def smallest(measure: str) -> tuple[str, Decimal]:
    """What a measure measures, and how many of the smallest unit of that it is."""
    kind, factor, _ = _MEASURES[measure]
    return kind, Decimal(factor)
