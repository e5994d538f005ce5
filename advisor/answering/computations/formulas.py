"""Formulas as analysts write them (`knowledge/answers/sums.toml`), read once and checked."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from advisor import datafiles
from advisor.domain import Value
from advisor.errors import DataError

FILE = "knowledge/answers/sums.toml"
_SIGNS = (ast.Add, ast.Sub, ast.Mult, ast.Div)
Formula = ast.expr


class Sum(Value):
    """One way to answer what is asked for; the fields are told in the file itself. One without a name only tells what is missing."""

    asked: str
    name: str
    unit: str
    by: tuple[str, ...]
    up: bool = False
    rhythm: bool = False
    shy: bool = False
    below: str = ""
    notes: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


class Sums(Value):
    """`steps` gives a number from others, `together` adds up those that are known, `ask` names the question for a missing one, `instead`
    what a result takes the place of where both are named.
    """

    steps: Mapping[str, tuple[str, ...]]
    together: Mapping[str, tuple[str, ...]]
    ask: Mapping[str, str]
    instead: Mapping[str, tuple[str, ...]]
    sum: tuple[Sum, ...]

    def asked(self, names: Mapping[str, int]) -> list[Sum]:
        """The sums for what is asked, in the order in which it is asked for; `spend/deals` is so much per so many."""
        ratios = [_ratio(name) for name in names if "/" in name]
        less = {other for name in names for other in self.instead.get("ratio" if "/" in name else name, ())}
        return sorted([*ratios, *(item for item in self.sum if item.asked in names and item.asked not in less)], key=lambda item: names[item.asked])


def _ratio(name: str) -> Sum:
    over, _, under = name.partition("/")
    money = over not in {"deals", "leads", "accounts", "partners"}
    return Sum(asked=name, name="per" if money else "per_count", unit="money" if money else "count", by=(f"{over} / {under}",))


@cache
def load() -> Sums:
    """The formulas. Raises DataError when one cannot be read."""
    table: Any = datafiles.read_toml(datafiles.root() / FILE)
    try:
        sums = Sums.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(FILE, ".".join(map(str, first["loc"])), found=first["msg"], allowed="the fields of a sum") from None
    for text in (*(text for texts in (*sums.steps.values(), *sums.together.values()) for text in texts), *(text for item in sums.sum for text in item.by)):
        parsed(text)
    return sums


@cache
def parsed(text: str) -> Formula:
    """A formula as a tree of names, numbers and the four signs; anything else raises DataError."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        tree = ast.Constant(None)
    if not all(_allowed(node) for node in _nodes(tree)):
        raise DataError(FILE, "by", found=text, allowed="names, whole numbers, brackets and + - * /")
    return tree


def _nodes(tree: Formula) -> Iterator[Formula]:
    yield tree
    if isinstance(tree, ast.BinOp):
        yield from _nodes(tree.left)
        yield from _nodes(tree.right)


def _allowed(node: Formula) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, _SIGNS)
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)) or (isinstance(node, ast.Constant) and isinstance(node.value, int))


def names(tree: Formula) -> list[str]:
    """The names in a formula, in order: `size`, `close.direct`."""
    return [name_of(node) for node in _nodes(tree) if isinstance(node, ast.Name | ast.Attribute)]


def name_of(node: Formula) -> str:
    return ast.unparse(node)
