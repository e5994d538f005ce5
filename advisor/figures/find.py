"""Finds every figure in a text: numbers in any spelling with unit, range, open end and hedge. Labels are left out.

The text is scanned once for numbers (`_ATOM`) and once for figures without digits ("a third of", "twice"). Numbers joined
by a dash, `to`, or `between ... and` become one figure; in a list ("10, 15 or 20 %") all take the last one's unit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from advisor.domain import Unit
from advisor.figures import spelling, units
from advisor.figures.frames import framed
from advisor.figures.masks import dates, labels
from advisor.figures.model import Figure, Open
from advisor.figures.tables import typed
from advisor.figures.wholes import wholes

_ATOM = re.compile(
    rf"(?=[0-9+\-±]|{spelling.CURRENCY_BEFORE}|\b{spelling.BEGINNING})"  # with what a number or its currency begins: all other places are passed over
    rf"(?P<sign>(?<![\w%)\]+-])[+-](?=[$€£]?[0-9])|±)?(?:(?P<currency>{spelling.CURRENCY_BEFORE})\s?)?"
    rf"(?:(?<![A-Za-z0-9_.])(?<![0-9],)(?P<digits>{spelling.DIGITED})(?P<scale>{spelling.SCALE})?(?!(?:st|nd|rd|th)\b)"
    rf"|\b(?P<words>(?i:{spelling.WORDED})))"
)
_GLUED = re.compile(r"(?!(?:EUR|USD|GBP|CHF)\b)[A-Za-z_]")
_NOT_A_NUMBER = re.compile(r"-?(?:st|nd|rd|th|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b|[A-Za-zÄÖÜäöüß_]|(?:-[0-9]+){2}")
_JOIN = re.compile(r"\s?-\s?|\s?\.\.\.?\s?|\sbis\s(?!zu\b)(?:unter |knapp )?|\sà\s(?=[0-9a-z])|\s(?:to|until|through|till)\s(?:(?:just |well )?(?:below|under) )?|\s?to\s?")
_AND = re.compile(r"\s(?:and|und|et|&)\s")
_OR = re.compile(r"\s?(?:or|-or-)\s?|-to-|\s(?:oder|ou)\s")
_LIST = re.compile(r"\s?/\s?|,\s(?:and |or )?|\s(?:and|or|und|oder|et|ou|&)\s")
_BETWEEN = re.compile(r"\b(?:between (?:about |around |roughly )?|zwischen (?:rund |etwa )?|entre (?:environ )?)$", re.I)
_OPERATOR_BEFORE = re.compile(r"[×÷*/=]\s?[(]?$")
_OPERATOR_AFTER = re.compile(r"\s?[)]?\s?[×÷*=]\s?[0-9(]")
_RATIO = re.compile(r":(?P<second>[0-9]+(?:\.[0-9]+)?)(?![0-9])(?P<plus>\+(?![0-9]))?|\s?to\s(?P<one>1|one)\b(?![.,-]?[0-9]|-| (?:hundred|thousand|million))(?P<plus2>\+)?")
_MILLION = re.compile(r" m(?![A-Za-z0-9])")  # behind an amount: elsewhere it is a metre
_LARGEST, _FINEST = Decimal(10) ** 17, Decimal("1e-9")
_ONE_HOLDS = re.compile(r"\s(?:million|billion|thousand)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Atom:
    """A number as written, before its neighbours are known."""

    start: int
    end: int
    digits: str
    value: Decimal
    currency: str | None
    factor: Decimal | None
    sign: str
    worded: bool


@dataclass(frozen=True, slots=True)
class _Tail:
    """What follows a number: its end, unit, currency, and whether a plus makes it open."""

    end: int
    unit: str | None
    currency: str | None
    plus: bool
    measure: str | None = None


@lru_cache(maxsize=2048)
def find(text: str, *, counts: bool = False) -> tuple[Figure, ...]:
    """Every figure of a text in order, each with its characters, value, unit, open end, and the words around it.

    With `counts` a number that only announces a list ("three plays") is a figure too: another field counts its lines and teams.
    """
    flat = spelling.plain(text)
    found, numbers, dated = list(wholes(flat)), list(_atoms(flat)), dates(flat)
    if not (found or numbers or dated):
        return ()
    named = [(start, end) for start, end in labels(text, flat, counts=counts) if not units.unit_of(_tail_match(flat, end))]
    named = [span for span in named if not any(start <= span[0] and span[1] <= end for start, end, _ in dated)]
    taken = sorted([(figure.start, figure.end) for figure in found] + named)
    found += [_date(text, start, end, date) for start, end, date in dated if not _inside(taken, start, end)]
    taken = sorted([(figure.start, figure.end) for figure in found] + taken)
    atoms = [atom for atom in numbers if not _inside(taken, atom.start, atom.end)]
    found += _assembled(flat, atoms)
    found.sort(key=lambda figure: figure.start)
    return framed(flat, typed(flat, tuple(_hedged(text, flat, figure) for figure in found)))


def _inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_right(spans, (end, 0))
    return any(low < end and start < high for low, high in spans[max(0, index - 6) : index])


def _date(text: str, start: int, end: int, date: str) -> Figure:
    return Figure(text[start:end], start, end, (start, end), None, None, Unit.YEARS, kind="date", date=date)


def _atoms(flat: str) -> Iterator[_Atom]:
    for match in _ATOM.finditer(flat):
        end = match.end()
        if match["words"]:
            if _NOT_A_NUMBER.match(flat, end) or (match.start() and flat[match.start() - 1] in "-_" and flat[match.start() - 2 : match.start() - 1].isalpha() and not _range_before(flat, match.start())):
                continue
            yield _Atom(match.start(), end, match["words"], spelling.worded(match["words"]), match["currency"] and spelling.currency_of(match["currency"]), None, "", True)
            continue
        start = match.start()
        if start > 1 and flat[start - 1] == "-" and flat[start - 2].isalpha() and not _range_before(flat, start):
            continue
        if _GLUED.match(flat, end) and not units.unit_of(_tail_match(flat, end)) and not units.measure_at(flat, end):
            continue
        factor = spelling.scale(match["scale"]) if match["scale"] else None
        if factor is None and match["currency"] and (million := _MILLION.match(flat, end)):
            factor, end = Decimal(10) ** 6, million.end()
        value = spelling.digited(match["digits"])
        yield _Atom(start, end, match["digits"], value, match["currency"] and spelling.currency_of(match["currency"]), factor, match["sign"] or "", False)


_RANGE_WORD = re.compile(r"(?:[0-9%kKmMx]|\b(?:to|or|plus|" + "|".join(spelling.VALUES) + r")|hundred|thousand|million|FTE|" + "|".join(spelling.GERMAN) + r")-$", re.I)


def _range_before(flat: str, start: int) -> bool:
    return bool(_RANGE_WORD.search(flat, max(0, start - 12), start))


def _tail_match(flat: str, position: int) -> re.Match[str]:
    match = units.TAIL.match(flat, position)
    assert match is not None  # every part of TAIL is optional  # noqa: S101
    return match


@lru_cache(maxsize=64)  # a number is looked at by itself and as either end of a range
def _tail(flat: str, position: int) -> _Tail:
    match = _tail_match(flat, position)
    currency = match["currency"] and spelling.currency_of(match["currency"])
    unit, plus = units.unit_of(match), bool(match["plus"] or match["plus2"] or match["plus3"])
    if unit is None and currency is None and (measure := units.measure_at(flat, match.end())):
        return _Tail(measure.end(), None, None, plus, units.measure_of(measure))
    return _Tail(match.end(), unit, currency, plus)


def _assembled(flat: str, atoms: list[_Atom]) -> Iterator[Figure]:
    index = 0
    waiting: list[_Atom] = []
    while index < len(atoms):
        atom = atoms[index]
        figure, used = _ratio(flat, atoms, index) or _range(flat, atoms, index) or _single(flat, atom)
        bare = figure.unit is Unit.COUNT and used == 1
        following = atoms[index + used] if index + used < len(atoms) else None
        joins = following is not None and (link := _LIST.match(flat, figure.end)) is not None and link.end() == following.start
        if bare and joins and not figure.currency:
            waiting.append(atom)
        else:
            yield from (_inherits(flat, item, figure) for item in waiting if _countable(flat, item, figure.unit))
            waiting = []
            if figure.unit is not Unit.COUNT or _countable(flat, atom, figure.unit) or used > 1:
                yield figure
        index += used
    yield from (_single(flat, item)[0] for item in waiting)


def _countable(flat: str, atom: _Atom, unit: Unit) -> bool:
    """Whether a number is a quantity: the word `one` is one only with a unit ("one week"), else a pronoun or article."""
    return not (atom.worded and atom.digits.lower() == "one") or unit is not Unit.COUNT or bool(_ONE_HOLDS.match(flat, atom.end))


def _inherits(flat: str, atom: _Atom, last: Figure) -> Figure:
    value = _number(atom, last.unit)
    if last.currency and atom.factor is None:
        value *= _factor_of(flat, last)
    return replace(last, text=flat[atom.start : atom.end], start=atom.start, end=atom.end, outer=(atom.start, atom.end), low=value, high=value, open="none")


def _factor_of(flat: str, figure: Figure) -> Decimal:
    match = _ATOM.match(flat, figure.start)
    return spelling.scale(match["scale"]) if match and match["digits"] and match["scale"] else Decimal(1)


def _number(atom: _Atom, unit: str | None) -> Decimal:
    if atom.worded:
        return atom.value
    value = spelling.digited(atom.digits, share=unit in units.SHARES)
    return value * (atom.factor or 1)


def _single(flat: str, atom: _Atom) -> tuple[Figure, int]:
    tail = _tail(flat, atom.end)
    if tail.unit is None and not (tail.currency or atom.currency) and units.FACTOR.search(flat, max(0, atom.start - 28), atom.start):
        tail = replace(tail, unit=Unit.MULTIPLE, measure=None)
    return _figure(flat, atom.start, tail, _number(atom, tail.unit), _number(atom, tail.unit), atom.currency or tail.currency, atom.sign), 1


def _held(value: Decimal) -> Decimal:
    """A number that sums and rounding bear: one of more digits than anybody states is cut, and equals no figure either way."""
    value = min(value, _LARGEST)
    exponent = value.as_tuple().exponent
    return value.quantize(_FINEST) if isinstance(exponent, int) and exponent < -9 else value


def _figure(flat: str, start: int, tail: _Tail, low: Decimal, high: Decimal, currency: str | None, sign: str) -> Figure:
    unit, low, high = tail.unit, _held(low), _held(high)
    if unit == "basis_points":
        unit, low, high = Unit.PERCENTAGE_POINTS, low / 100, high / 100
    known = Unit(unit) if unit else Unit.MONEY if currency else Unit.COUNT
    return Figure(
        flat[start : tail.end], start, tail.end, (start, tail.end), low, high, known, currency=currency if known is Unit.MONEY else None,
        measure=tail.measure if known is Unit.COUNT else None, open="above" if tail.plus else "none", sign="+" if sign == "+" else "-" if sign == "-" else "",
    )


def _ratio(flat: str, atoms: list[_Atom], index: int) -> tuple[Figure, int] | None:
    first = atoms[index]
    match = _RATIO.match(flat, first.end)
    if match is None or first.currency or first.factor or (match["one"] and first.value <= 1):
        return None
    second = Decimal(1) if match["one"] else Decimal(match["second"])
    if second == 0:
        return None
    used = 1 + sum(1 for atom in atoms[index + 1 : index + 2] if atom.start < match.end())
    value = first.value / second
    tail = _Tail(match.end(), Unit.RATIO, None, bool(match["plus"] or match["plus2"]))
    return _figure(flat, first.start, tail, value, value, None, first.sign), used


def _range(flat: str, atoms: list[_Atom], index: int) -> tuple[Figure, int] | None:
    if index + 1 >= len(atoms):
        return None
    first, second = atoms[index], atoms[index + 1]
    tail, last = _tail(flat, first.end), _tail(flat, second.end)
    ends = {first.end: None, tail.end: tail.unit}
    for end, unit in ends.items():
        if (unit is not None and unit != last.unit) or (end != first.end and tail.measure != last.measure and tail.measure) or (end != first.end and tail.plus) or not _joined(flat, first, end, second):
            continue
        if _OPERATOR_BEFORE.search(flat, max(0, first.start - 3), first.start) or _OPERATOR_AFTER.match(flat, second.end):
            return None
        currency = first.currency or tail.currency or second.currency or last.currency
        if len({first.currency or currency, second.currency or last.currency or currency}) > 1:
            return None
        share = last.unit
        low, high = _number(first, share), _number(second, share)
        if first.factor is None and second.factor is not None and low * second.factor < high:
            low *= second.factor
        if low >= high:
            return None
        return _figure(flat, first.start, last, low, high, currency, first.sign), 2
    return None


def _joined(flat: str, first: _Atom, end: int, second: _Atom) -> bool:
    start = second.start
    if (match := _JOIN.match(flat, end)) and match.end() == start:
        return True
    if (match := _AND.match(flat, end)) and match.end() == start:
        return bool(_BETWEEN.search(flat, max(0, first.start - 24), first.start))
    if (match := _OR.match(flat, end)) and match.end() == start:
        return second.value - first.value == 1 and first.factor == second.factor
    if second.sign and flat[end:start] == "" and second.sign in "+-":
        return False
    return False


def _hedged(text: str, flat: str, figure: Figure) -> Figure:
    """The figure with what the words before and after it open or soften, in the characters of the text as written."""
    if figure.kind == "date":
        return figure
    after = units.OPEN_AFTER.match(flat, figure.end)
    outer_end = figure.outer[1]
    opened: Open = figure.open
    strict, approximate, within, from_ = False, figure.approximate, False, False
    if after:
        opened, outer_end = ("above" if after["above"] else "below"), after.end()
    if so := units.SO.match(flat, figure.end):
        approximate, outer_end = True, max(outer_end, so.end())
    position = figure.start
    for _ in range(2):
        before = units.BEFORE.search(flat, max(0, position - 32), position)
        if before is None:
            break
        position = before.start()
        name = before.lastgroup or ""
        if name == "approx":
            approximate = True
        elif name == "near":
            opened, approximate, strict = "below", True, True
        elif name == "within":
            within = True
        elif name == "from":
            from_ = True
        elif name in {"above", "above_in", "below", "below_in"} and opened == "none":
            opened, strict = ("above" if name.startswith("above") else "below"), not name.endswith("_in")
    low, high = figure.low, figure.high
    if low == high and not approximate and opened != "none":
        low, high = (low, None) if opened == "above" else (None, high)
    per = per_after(flat, figure)
    return replace(figure, text=text[figure.start : figure.end], low=low, high=high, open=opened, strict=strict, approximate=approximate, within=within, from_=from_,
                   outer=(position, outer_end), per=figure.per or per)


def per_after(flat: str, figure: Figure) -> str | None:
    """What the figure is per: `/h`, `per qualified referral`, `a month`; for money also `annual` beside it."""
    if figure.unit in units.SHARES and figure.unit is not Unit.MULTIPLE:
        return None
    if match := units.PER.match(flat, figure.end):
        return units.per_of(match)
    if figure.unit is Unit.MONEY:
        window = re.match(r"(?:\s[A-Za-zÄÖÜäöü][\w-]*){0,2}", flat[figure.end : figure.end + 30])
        near = flat[max(0, figure.start - 12) : figure.start] + " | " + (window[0] if window else "")
        if match := units.ADJECTIVE_PER.search(near):
            return next(name for name, group in zip(("year", "quarter", "month", "week", "hour"), match.groups(), strict=True) if group)
    return None
