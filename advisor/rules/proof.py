"""Proves a decision table: every input has a row (no gap), none has two (no clash), and every row is reached (not dead)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from math import prod

from advisor.errors import DataError
from advisor.rules.cells import Axis, witness
from advisor.rules.tables import Row, Table

MOST_CELLS = 200_000


def prove(table: Table) -> list[DataError]:
    """What is wrong with a table; empty when it is complete, disjoint and alive. Each error names rows and a witness."""
    if prod(axis.size for axis in table.axes.values()) > MOST_CELLS:
        return [DataError(table.file, found="too many cases to prove", allowed=f"at most {MOST_CELLS}; split the table")]
    return [] if _sound(table) else [*_dead(table), *_clashes(table), *_gaps(table)]


def _sound(table: Table) -> bool:
    """Whether rows that take in something share no cell and together have as many as there are: then nothing is wrong."""
    axes = table.axes.values()
    rows = [[_of(row, axis) for axis in axes] for row in table.rows]
    apart = all(any(not mask & other for mask, other in zip(one, two, strict=True)) for one, two in combinations(rows, 2))
    return apart and all(map(all, rows)) and sum(prod(map(int.bit_count, row)) for row in rows) == prod(axis.size for axis in axes)


def _clashes(table: Table) -> Iterator[DataError]:
    for one, other in combinations(table.rows, 2):
        shared = _shared(table.axes, one, other)
        if shared is not None:
            yield DataError(
                table.file, one.name, found=f"a clash with row {other.name!r}: both hold for {witness(table.axes, shared)}",
                allowed="at most one row for each input",
            )


def _shared(axes: Mapping[str, Axis], one: Row, other: Row) -> dict[str, int] | None:
    both = {name: _of(one, axes[name]) & _of(other, axes[name]) for name in axes}
    return both if all(both.values()) else None


def _gaps(table: Table) -> Iterator[DataError]:
    """The first input that no row takes in."""
    names = list(table.axes)
    covers = [[_of(row, table.axes[name]) for name in names] for row in table.rows]
    for cell in product(*([1 << index for index in range(table.axes[name].size)] for name in names)):
        if not any(all(mask & bit for mask, bit in zip(cover, cell, strict=True)) for cover in covers):
            missing = witness(table.axes, dict(zip(names, cell, strict=True)))
            yield DataError(table.file, found=f"a gap: no row holds for {missing}", allowed="a row for each input, unknown included")
            return


def _dead(table: Table) -> Iterator[DataError]:
    """Rows that no input reaches: a test takes in nothing, or an earlier row takes in the same and more."""
    for index, row in enumerate(table.rows):
        empty = [name for name, mask in row.masks.items() if mask == 0]
        if empty:
            yield DataError(
                table.file, row.name, f"when.{empty[0]}", found=f"a dead row: {row.when[empty[0]]!r} holds for nothing",
                allowed="a test that some value passes",
            )
        for earlier in table.rows[:index]:
            inside = all(not _of(row, axis) & ~_of(earlier, axis) for axis in table.axes.values())
            if inside and not empty:
                yield DataError(
                    table.file, row.name, found=f"a dead row: row {earlier.name!r} takes in all its inputs",
                    allowed="a row that some input reaches",
                )


def _of(row: Row, axis: Axis) -> int:
    return row.masks.get(axis.name, axis.everything)
