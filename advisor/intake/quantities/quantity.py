"""A number of a message: what kind of number it is, what it stands for, and of whom and of which time it is said."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

Kind = str
MONEY, PERCENT, TIME, COUNT, MULTIPLE, PLAIN = "money", "percent", "time", "count", "multiple", "plain"


class Quantity(NamedTuple):
    """A number in characters `start` to `end`. A percentage is 8 for 8 %; a share said as `one in five` has 5 in `parts`.

    `per` is the unit of time it is said for, `each` that it is said of every one of several. A time is in `unit`: hour, day,
    minute, week, month or year. `qualifier` tells numbers of one role apart: sourced, influenced, direct, partner, once, yearly.
    """

    kind: Kind
    value: Decimal
    start: int
    end: int
    role: str = ""
    currency: str | None = None
    per: str | None = None
    each: bool = False
    unit: str = ""
    parts: int | None = None
    quote: str = ""
    sentence: int = 0
    qualifier: str = ""
