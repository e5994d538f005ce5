"""From what is asked for back to the numbers of the message: the sum that uses most of them, or the inputs that are missing."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any, Protocol

from advisor.answering.computations.formulas import Formula, Sum, Sums, load, name_of, names, parsed
from advisor.answering.computations.inputs import Inputs
from advisor.answering.computations.known import Known
from advisor.answering.computations.lines import Line, Outcome, outcome
from advisor.toolbox.economics import whole, worked
from advisor.toolbox.parts import Part, number

_SIGNS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_YEARS = ("× 12", "× 4", "× 52")
_MISSING = 2  # more missing inputs than that say that another sum is meant
_NEARER, _BARE = 0.75, 0.5  # how much nearer a way is that uses a number of the message, and how much less it tells to ask for the result itself
_ROUNDED = Decimal("0.01")  # a result that somebody names is the same within rounding
_RHYTHM = {"month": 12, "quarter": 4, "week": 52}


@dataclass(frozen=True)
class Lack:
    """What a formula still lacks, and how many numbers of the message it would use."""

    names: tuple[str, ...]
    uses: int
    bare: bool = False

    @property
    def rank(self) -> tuple[float, int]:
        return len(self.names) + (_BARE if self.bare else 0) - (_NEARER if self.uses else 0), -self.uses


class Numbers(Protocol):
    """Numbers by the names that formulas have for them."""

    def said(self, name: str) -> Part | None:
        """The number that a name stands for; None where there is none."""
        ...


class Solver:
    """The numbers of one message, and everything that follows from them."""

    def __init__(self, known: Numbers, sums: Sums) -> None:
        self._known, self._sums = known, sums

    def value(self, name: str, seen: frozenset[str] = frozenset()) -> Part | None:
        """A number as it was said, or as it follows from others: the way that uses most numbers of the message."""
        found = [part for part in (self._known.said(name), *self._ways(name, seen)) if part is not None]
        return max([part for part in found if part.value > 0] or found, key=_uses, default=None)

    def _ways(self, name: str, seen: frozenset[str]) -> Iterator[Part | None]:
        if name in seen:
            return
        within = seen | {name}
        yield from (self.evaluate(parsed(way), within) for way in self._sums.steps.get(name, ()))
        if name in self._sums.together:
            parts = [part for way in self._sums.together[name] if (part := self.evaluate(parsed(way), within)) is not None]
            yield reduce(operator.add, parts) if parts else None

    def evaluate(self, tree: Formula, seen: frozenset[str] = frozenset()) -> Part | None:
        """What a formula comes to; None while a number is missing, and where a divisor is no positive number."""
        if isinstance(tree, ast.Constant):
            return number(tree.value)  # type: ignore[arg-type]
        if not isinstance(tree, ast.BinOp):
            return self.value(name_of(tree), seen)
        left = self.evaluate(tree.left, seen)
        right = self.evaluate(tree.right, seen) if left is not None else None
        if left is None or right is None or (isinstance(tree.op, ast.Div) and right.value <= 0):
            return None
        part: Part = _SIGNS[type(tree.op)](left, right)
        return part

    def lack(self, tree: Formula, seen: frozenset[str] = frozenset()) -> Lack:
        """What a formula lacks, by the way that lacks least and then uses most."""
        lacks = [self._lack(name, seen) for name in names(tree)]
        return Lack(tuple(dict.fromkeys(name for lack in lacks for name in lack.names)), sum(lack.uses for lack in lacks))

    def _lack(self, name: str, seen: frozenset[str]) -> Lack:
        part = self.value(name, seen)
        if part is not None:
            return Lack((), _uses(part))
        ways = [self.lack(parsed(way), seen | {name}) for way in self._sums.steps.get(name, ()) if name not in seen]
        plain = name.partition(".")[0]
        own = [Lack((plain,), 0, bare=True)] if plain in self._sums.ask else []
        near = [way for way in ways if way.names and (way.uses or not own)]
        return min([*own, *near], key=lambda lack: lack.rank, default=Lack((plain, "", ""), 0))


def _uses(part: Part) -> int:
    return len({start for _, start in part.uses if start >= 0})


def solved(n: Inputs) -> list[Outcome]:
    """What can be worked out of what is asked for; where several results are asked for, all of them in their order as the last."""
    sums = load()
    solver = Solver(Known(n), sums)
    found = [(item, part) for item in sums.asked(n.wish.asked) if item.name for part in [_best(solver, item)] if part is not None]
    told = [_said(n, solver, item, part) for item, part in found]
    best = {item.asked: max((outcome for other, outcome in zip((item for item, _ in found), told, strict=True) if other.asked == item.asked), key=lambda outcome: outcome.said) for item, _ in found}
    return [*told, _together(list(best.values()))] if len(best) > 1 else told


def _together(outcomes: list[Outcome]) -> Outcome:
    lines = tuple(dict.fromkeys(line.key for outcome in outcomes for line in outcome.lines))
    first = {line.key: line for outcome in reversed(outcomes) for line in outcome.lines}
    asks = tuple(dict.fromkeys(ask for outcome in outcomes for ask in outcome.asks))
    return Outcome(tuple(first[key] for key in lines), asks, frozenset().union(*(outcome.uses for outcome in outcomes)))


def lacking(n: Inputs) -> Outcome | None:
    """What the sum asked for still lacks; None when no sum is asked for, or nothing is near to it."""
    sums = load()
    solver = Solver(Known(n), sums)
    lacks = [(item, lack) for item in sums.asked(n.wish.asked) if not item.shy for way in item.by for lack in [solver.lack(parsed(way))] if lack.names and "" not in lack.names and len(lack.names) <= _MISSING]
    item, lack = min(lacks, key=lambda pair: pair[1].rank, default=(None, None))
    if item is None or lack is None or not n.quantities or not n.wish.is_question:
        return None
    what = "ratio" if "/" in item.asked else item.asked
    steps = list(_steps(solver, item, None))
    line = Line("lacking", terms={"what": (f"sum.what.{what}",), "missing": tuple(f"sum.noun.{name}" for name in lack.names)}, place="lead")
    asks = tuple(dict.fromkeys(sums.ask[name] for name in lack.names))
    return Outcome((line, *steps), asks, frozenset(), missing=lack.names, near=lack.uses)


def _best(solver: Solver, item: Sum) -> Part | None:
    """The way that uses most numbers; a number as it was said answers nothing."""
    found = [part for way in item.by if (part := solver.evaluate(parsed(way))) is not None and not part.atomic]
    return max(found, key=_uses, default=None)


def _said(n: Inputs, solver: Solver, item: Sum, part: Part) -> Outcome:
    part, name = _in_rhythm(n, item, part), item.name
    if item.below and part.value < 0:
        part, name = Part(-part.value, f"0 − ({part.formula})", part.uses), item.below
    shown = whole(part, item.unit) if item.up else worked(part, item.unit)
    used = {name for name, _ in part.uses}
    lines = [Line(f"solved.{name}", {"x": shown}, place="lead"), *_steps(solver, item, part)]
    lines += [Line(f"note.{key}") for when, _, key in (note.rpartition(":") for note in item.notes) if not when or (when[1:] not in used if when.startswith("!") else when in used)]
    if item.rhythm and n.counted_by_period and not n.wish.rhythm and not n.wish.of_a_year and any(sign in part.formula for sign in _YEARS):
        period = next(item.per for item in n.numbers if item.per in _RHYTHM)
        lines.append(Line("note.whole_year", {"x": worked(part / number(_RHYTHM[period]), item.unit)}, {"period": f"word.{period}"}))
    lines += [*_own_result(n, part, item.unit), *(Line("", record=record) for record in item.records)]
    return outcome(lines, [ask for ask in item.asks if ask not in used], part)


def _own_result(n: Inputs, part: Part, unit: str) -> Iterator[Line]:
    """What the client worked out by himself, beside the result."""
    own = n.one("result")
    if own is None or unit != "money":
        return
    apart = own - part if own.value >= part.value else part - own
    if apart.value <= abs(part.value) * _ROUNDED:
        yield Line("note.own_agrees", words={"own": n.money(own)}, said=(worked(own, unit),))
    else:
        yield Line("note.own_differs", {"apart": worked(apart, unit)}, {"own": n.money(own)}, said=(worked(own, unit),))


def _steps(solver: Solver, item: Sum, part: Part | None) -> Iterator[Line]:
    """Results on the way to a sum that are worth telling, or on the way to one that cannot be worked out."""
    for step in item.steps:
        way, _, key = step.partition(":")
        between = solver.evaluate(parsed(way))
        if between is not None and not between.atomic and (part is None or (between.formula != part.formula and between.uses <= part.uses)):
            yield Line(f"step.{key}", {"x": worked(between, "money" if key in _MONEY else "percent" if "share" in key else "deals")})


_COUNTED = frozenset({"deals", "leads"})
_MONEY = frozenset({"each_leaves", "after_channel", "all_on_list"})


def _in_rhythm(n: Inputs, item: Sum, part: Part) -> Part:
    """A year's result for the month or quarter that is asked for."""
    if item.rhythm and not item.up and n.period and not n.counted_by_period and n.wish.rhythm != n.period and any(name in _COUNTED for name, _ in part.uses):
        part = part * number(_RHYTHM[n.period])
    yearly = any(name in {"target", "target_share"} for name, _ in part.uses) if item.up else n.counted_by_period
    return part / number(_RHYTHM[n.wish.rhythm]) if item.rhythm and yearly and n.wish.rhythm in _RHYTHM else part
