"""A figure found in text, the words around it, and the outcome of holding it against evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from advisor.domain import Unit
from advisor.figures.terms import EDGES, PERIODS

Open = Literal["none", "above", "below"]
Kind = Literal["value", "date"]
Fault = Literal["none", "value", "unit", "range", "hedge", "per", "direction", "subject", "date", "negated", "nothing"]


_ENOUGH = 3
Limit = tuple[str, Decimal, Decimal]
"""A figure that limits another ("with one to five partners"): its unit or currency, lowest and highest number."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a figure is about: the stemmed content words around it, nearest ones apart.

    `left` and `right` are the nearest content words of the clause, nearest first; `noun` those that directly follow
    ("5–10 partners"), `of` what a share is taken of, `subject` the words before the sentence's first figure, `versus` what it is compared with. `conditions` are the other figures of
    the clause and `around` those of the sentence, spelled alike however they were written. `limits` are those of them that say for whom
    or when, as numbers. `ways` are the directions that any word of the clause names. `bag` is all
    content words of the sentence, repeated ones too; `names` those written as proper names; `labels` are "level 3",
    "week 4", "Partner A" and the like; `setting` is the example that the sentence belongs to ("In one sample scorecard"). `skeleton` is the
    sentence with every figure as `#`, `position` the figure's place among them. `polarity` is the way the figure points ("speed" up
    for "faster"), `pointed` that the word or sign stands at the figure itself. `role` is what a change makes of it: "rose by", "to", "from".
    `tabled` that it stands in the body of a table.
    """

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    of: frozenset[str] = frozenset()
    versus: frozenset[str] = frozenset()
    clause: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    sentence: frozenset[str] = frozenset()
    bag: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    setting: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    limits: tuple[Limit, ...] = ()
    ways: frozenset[tuple[str, int]] = frozenset()
    skeleton: str = ""
    position: int = 0
    words: str = ""
    polarity: tuple[str, int] | None = None
    pointed: bool = False
    role: Literal["", "by", "to", "from"] = ""
    negated: bool = False
    lacking: frozenset[str] = frozenset()
    negative: bool = False
    client: bool = False
    tabled: bool = False

    @property
    def words_only(self) -> str:
        """The words of the clause without its numbers."""
        return " ".join(re.findall(r"[a-zà-öø-ÿ]{2,}", self.words.lower()))

    @property
    def scope(self) -> frozenset[str]:
        """The words that say what it is about: the nearest ones; in a short clause all of them, and the sentence's first word."""
        near = frozenset(self.left[:_ENOUGH] + self.right[:_ENOUGH]) - PERIODS
        return near if len(near) >= _ENOUGH else (self.clause | frozenset(self.bag[:1] if self.subject or not self.position else ())) - PERIODS


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `start` to `end` are its characters; `outer` also covers hedges ("more than 46 %", "50 or more").

    `low` and `high` are those of a record: equal for a single value, one of them None at an open end ("50+" has no high,
    "25–40 %+" is 25 to 40 and open above). `strict` tells "more than" from "or more". `within` marks deadlines, `from_`
    thresholds written with "from". `measure` is a count's unit outside the closed set: km, t, °C. A `date` has its digits in `date` and no value.
    """

    text: str
    start: int
    end: int
    outer: tuple[int, int]
    low: Decimal | None
    high: Decimal | None
    unit: Unit
    currency: str | None = None
    per: str | None = None
    measure: str | None = None
    open: Open = "none"
    strict: bool = False
    approximate: bool = False
    within: bool = False
    from_: bool = False
    sign: Literal["", "+", "-"] = ""
    kind: Kind = "value"
    date: str = ""
    frame: Frame = Frame()

    @property
    def is_edge(self) -> bool:
        """Whether it is a size of company or contract that limits a statement: €15M ARR, deals above €50K ACV."""
        frame = self.frame
        return self.unit is Unit.MONEY and bool(EDGES & {*frame.noun, *frame.right[:2], *frame.left[:2]})

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Lowest and highest number as written, whatever is open."""
        return (self.high if self.low is None else self.low, self.low if self.high is None else self.high)

    @property
    def key(self) -> str:
        """The same text for every spelling of the same figure: what a condition such as "50 or more" is recognised by."""
        if self.kind == "date":
            return self.date
        low, high = self.bounds
        numbers = "–".join(format(number.normalize(), "f") for number in (low, high) if number is not None)
        return f"{numbers}{self.open if self.open != 'none' else ''}:{self.currency or self.measure or self.unit}"


@dataclass(frozen=True, slots=True)
class Match:
    """Whether evidence supports a figure; `fault` names what disagrees, `nearest` the words of the evidence it was held against."""

    ok: bool
    fault: Fault = "none"
    reason: str = ""
    nearest: str = ""
    evidence: str = ""

    def __bool__(self) -> bool:
        return self.ok
