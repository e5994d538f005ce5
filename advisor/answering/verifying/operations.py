"""What can be worked out of two figures or a column of them, and whether a figure as written is the result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation, localcontext

from advisor.domain import Unit
from advisor.figures import Figure
from advisor.figures.quantity import in_base, kind_of

_SUM = r"total\w*|sums?|combined|together|altogether|in all|overall|jointly|add(?:s|ed)? up|zusammen|insgesamt|summe|gesamt\w*|alles in allem|au total|ensemble|en tout|cumul\w*"
_GAP = (
    r"difference|gap|more|fewer|less|higher|lower|above|below|ahead|behind|longer|shorter|larger|smaller|bigger|greater|faster|slower|heavier|lighter|older|younger|by|up|down|rose|rises?|risen|fell|falls?|fallen|grew|grows?|grown|"
    r"increas\w*|decreas\w*|drop\w*|declin\w*|gain\w*|lost|loss|extra|additional|sav\w+|exceed\w*|changed?|growth|unterschied\w*|differenz|mehr|weniger|höher|niedriger|länger|kürzer|größer|kleiner|um|stieg\w*|gestiegen|sank|gesunken|gewachsen|wuchs|"
    r"plus|moins|écart|différence|hausse|baisse|augment\w*|diminu\w*"
)
_SHARE = r"of|shares?|proportion|portion|accounts?|makes? up|represents?|anteil\w*|von|der|des|entspricht|entsprechen|part|représente\w*|stellt|stellen|rates?|quote"
_MEAN = r"average\w*|mean|durchschnitt\w*|mittel|schnitt|moyenne|en moyenne"
_MEDIAN = r"median\w*|zentralwert|médiane"
_REST = r"rest|remain\w*|others?|not|don't|doesn't|without|no|übrig\w*|restlich\w*|ander\w*|nicht|kein\w*|reste|autres?|ne|pas"
_EACH = r"each|per|apiece|times|at|makes?|costs?|comes? to|gives?|je|pro|chacun\w*|macht|ergibt|kostet|kosten|par"
_MOST = r"most|highest|largest|biggest|longest|maximum|max|peak|top|up to|at most|höchste\w*|größte\w*|längste\w*|maximal|höchstens|meisten|maximum|plus (?:grand|haut|long)\w*"
_LEAST = r"least|fewest|lowest|smallest|shortest|minimum|min|bottom|niedrigste\w*|kleinste\w*|kürzeste\w*|mindestens|minimal|wenigsten|minimum|plus (?:petit|bas|court)\w*"
_CUES = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I) for name, words in {
    "sum": _SUM, "gap": _GAP, "share": _SHARE, "mean": _MEAN, "median": _MEDIAN, "rest": _REST, "each": _EACH, "most": _MOST, "least": _LEAST}.items()}  # fmt: skip
_YEARLY = {"year": 1, "quarter": 4, "month": 12, "week": 52}
_SHARES = frozenset({Unit.PERCENT, Unit.PERCENT_UNSPECIFIED})
_FINEST = Decimal("0.1")  # a multiple is rounded no further: 2.6 is not "three times"
_ROUGH, _CLOSE = Decimal("0.05"), Decimal("0.1")  # how far "about" and "over" may lie from what they round


@dataclass(frozen=True, slots=True)
class Result:
    """What comes out of a calculation: its value in the smallest unit of its kind, that kind, and the formula as shown.

    `sign` of a difference says which way it goes, from what it is compared with: 1 up, -1 down, 0 where that is not known.
    """

    value: Decimal
    kind: str
    formula: str
    sign: int = 0
    change: bool = False


def cues(sentence: str) -> frozenset[str]:
    """What a sentence may have worked out: its words for sums, gaps, shares, means, rests and products."""
    return frozenset(name for name, pattern in _CUES.items() if pattern.search(sentence))


def quantity_kind(figure: Figure) -> str:
    """What a figure is a number of; figures of one kind can be added."""
    if figure.unit in _SHARES:
        return "%"
    if figure.unit is Unit.PERCENTAGE_POINTS:
        return "points"
    if figure.unit in {Unit.MULTIPLE, Unit.RATIO}:
        return "times"
    if figure.unit is Unit.MONEY:
        return f"money {figure.currency}"
    return kind_of(figure) or ("number" if figure.unit in {Unit.COUNT, Unit.FTE} else str(figure.unit))


def of_pair(first: Figure, second: Figure, told: frozenset[str], *, ordered: bool = False) -> Iterator[Result]:
    """Differences, ratios, changes and shares of two figures, as far as the sentence speaks of such.

    With `ordered` the first is said of the second, as what it is compared with, measured by or came from; else either may be.
    """
    one, other = number(first), number(second)
    kind = quantity_kind(first)
    if one is None or other is None:
        return
    if kind != quantity_kind(second):
        if "each" in told:
            yield from _product(first, second)
        return
    a, b = first.text.strip(), second.text.strip()
    sign = (one > other) - (one < other) if ordered else 0
    if "gap" in told:
        yield Result(abs(one - other), "points" if kind == "%" else kind, f"{a} − {b}" if one >= other else f"{b} − {a}", sign, True)
    if "sum" in told and kind != "times":
        yield Result(one + other, kind, f"{a} + {b}")
    if "mean" in told:
        yield Result((one + other) / 2, kind, f"({a} + {b}) ÷ 2")
    for value, base, x, y, way in ((one, other, a, b, sign), (other, one, b, a, -sign)):
        if base and (not ordered or x is a):
            yield from _relative(value, base, x, y, way, kind, told)


def _relative(value: Decimal, base: Decimal, x: str, y: str, way: int, kind: str, told: frozenset[str]) -> Iterator[Result]:
    """What one figure is of another: a multiple, a change, a share."""
    yield Result(value / base, "times", f"{x} ÷ {y}")
    if "gap" in told and kind != "%":
        yield Result(abs(value - base) / abs(base) * 100, "%", f"({x} − {y}) ÷ {y}", way, True)
    if "share" in told and 0 < value < base and kind != "%":
        yield Result(value / base * 100, "%", f"{x} ÷ {y}")


def _product(first: Figure, second: Figure) -> Iterator[Result]:
    """So many at so much each; a share of something."""
    one, other = number(first), number(second)
    for count, value, rest in ((one, other, second), (other, one, first)):
        counted = first if rest is second else second
        if quantity_kind(counted) == "number" and quantity_kind(rest) != "%" and count is not None and value is not None:
            yield Result(count * value, quantity_kind(rest), f"{first.text.strip()} × {second.text.strip()}")
        if quantity_kind(counted) == "%" and count is not None and value is not None:
            yield Result(count * value / 100, quantity_kind(rest), f"{counted.text.strip()} × {rest.text.strip()}")


def of_many(figures: Sequence[Figure], told: frozenset[str], *, whole: bool = False) -> Iterator[Result]:
    """Sums, means, medians of three figures or more of one kind; of a `whole` column its extent too."""
    numbers = [value for figure in figures if (value := number(figure)) is not None]
    kinds = {quantity_kind(figure) for figure in figures}
    if len(kinds) != 1 or len(numbers) != len(figures) or len(numbers) < 2:
        return
    (kind,) = kinds
    shown = " + ".join(figure.text.strip() for figure in figures[:6]) + (" + …" if len(figures) > 6 else "")
    if kind != "times" and ("sum" in told or whole):
        yield Result(sum(numbers, Decimal(0)), kind, shown)
    if "mean" in told:
        yield Result(sum(numbers, Decimal(0)) / len(numbers), kind, f"({shown}) ÷ {len(numbers)}")
    ordered = sorted(numbers)
    if "most" in told:
        yield Result(ordered[-1], kind, f"max({shown.replace(' + ', ', ')})")
    if "least" in told:
        yield Result(ordered[0], kind, f"min({shown.replace(' + ', ', ')})")
    if "median" in told:
        yield Result((ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2, kind, f"median({shown.replace(' + ', ', ')})")


def of_one(figure: Figure, told: frozenset[str], per: str | None) -> Iterator[Result]:
    """The rest of a share, and an amount told for another stretch of time."""
    value = number(figure)
    if value is None:
        return
    if "rest" in told and figure.unit in _SHARES and 0 < value < 100:
        yield Result(100 - value, "%", f"100 % − {figure.text.strip()}")
    if per in _YEARLY and figure.per in _YEARLY and per != figure.per:
        mine, theirs = _YEARLY[per], _YEARLY[figure.per]
        yield Result(value * theirs / mine, quantity_kind(figure), f"{figure.text.strip()} × {theirs} ÷ {mine}".replace(" ÷ 1", "").replace(" × 1 ", " "))


def number(figure: Figure) -> Decimal | None:
    """The one number of a figure that is neither range nor open nor date, in the smallest unit of its kind."""
    low, high = in_base(figure)
    return low if figure.kind == "value" and low == high and figure.open == "none" else None


def comes_to(figure: Figure, result: Result) -> bool:
    """Whether a figure as written is a result: of its kind, and equal when rounded to what the figure shows."""
    if quantity_kind(figure) != result.kind or _turned(figure, result):
        return False
    low, high = in_base(figure)
    shown = high if low is None else low
    if shown is None or (low is not None and high is not None and low != high):
        return False
    with localcontext(prec=30):
        try:
            return _near(figure, shown, result.value)
        except (InvalidOperation, DivisionByZero):
            return False


def _turned(figure: Figure, result: Result) -> bool:
    """Whether a figure is no change where the result is one, a change where it is none, or one that goes the other way."""
    frame = figure.frame
    if result.change and frame.role in {"to", "from"} or not result.change and frame.role == "by":
        return True
    if not result.change or not result.sign or frame.polarity is None:
        return False
    kind, way = frame.polarity
    if kind == "speed" and result.kind in {"clock", "calendar", "%"}:
        way = -way
    return way != result.sign


def _near(figure: Figure, shown: Decimal, value: Decimal) -> bool:
    if figure.approximate and figure.open == "below":  # almost
        return shown * (1 - _CLOSE) <= value < shown
    if figure.open == "above":
        return shown < value <= shown * (1 + _CLOSE)
    if figure.open == "below":
        return shown * (1 - _CLOSE) <= value < shown
    if figure.approximate:
        return abs(value - shown) <= _ROUGH * abs(value)
    step = _step(figure, shown)
    return shown / step in {(value / step).quantize(Decimal(1), ROUND_HALF_UP), (value / step).quantize(Decimal(1), ROUND_HALF_EVEN)} or _is_fraction(shown, value)


def _step(figure: Figure, shown: Decimal) -> Decimal:
    """The last place that a figure shows, in its own size: 0.1 million for `€1.4 million`."""
    digits = re.search(r"[0-9][0-9.,' \u00a0\u202f]*", figure.text)
    if digits is None:
        return _FINEST
    places = re.search(r"[.,]([0-9]{1,2}|[0-9]{4,})$", digits[0].strip())
    plain = Decimal(re.sub(r"[^0-9]", "", digits[0]) or 0) / Decimal(10) ** (len(places[1]) if places else 0)
    step = (shown / plain if plain else Decimal(1)) * Decimal(10) ** -(len(places[1]) if places else 0)
    return min(step, _FINEST) if quantity_kind(figure) == "times" else abs(step)


def _is_fraction(shown: Decimal, value: Decimal) -> bool:
    return shown != round(shown, 6) and abs(shown - value) < Decimal("0.000001")
