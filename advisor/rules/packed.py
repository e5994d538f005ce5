"""What a knowledge pack may do to the decision tables: add tables and rows, take a row's place, and never forbid less.

A pack's file under the name of a table of ours holds rows for it. What comes of both is proved whole, as any table, and held against
ours input by input: what is forbidden there stays forbidden. The tables that place a client, from which others decide, stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from advisor.datafiles import Table as Data
from advisor.datafiles import files, name_of, read_toml
from advisor.domain import Business, Move, Value, Verdict
from advisor.errors import DataError
from advisor.extensions import Pack, shaped
from advisor.rules.cells import Axis, axis_of, witness
from advisor.rules.proof import prove
from advisor.rules.tables import RULES, Row, RowVerdict, Table, closed, parse_table

Test = str | bool | int | float


class PackVerdict(Value):
    """A verdict of a pack's row."""

    verdict: Verdict
    move: Move | None = None
    say: str = ""
    text: str = ""
    because: str = ""
    change: str = ""
    provisional: bool = False


class Outputs(Value):
    """What a row may say besides verdicts: partner types to begin with, and to add later."""

    start_with: tuple[Move, ...] = ()
    add_later: tuple[Move, ...] = ()


class PackRow(Value):
    """A row of a pack, as written."""

    id: Annotated[str, Field(pattern=r"^[^.\s]{1,64}$")]
    when: dict[str, Test | list[Test]]
    then: Outputs = Outputs()
    source: str
    because: str = ""
    verdict: tuple[PackVerdict, ...] = ()


class PackTable(Value):
    """A rule file of a pack, as written; for rows of a table of ours, `id`, `inputs` and `row` alone."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    title: str = ""
    rank: int = 50
    scope: tuple[Business, ...] = ()
    inputs: Mapping[str, str | list[str]] = {}
    row: tuple[PackRow, ...]


Tables = Mapping[str, Table]
Masks = Mapping[str, int]


def joined(ours: Mapping[str, Data], tables: Tables, packs: Sequence[Pack], fixed: Sequence[str], wrong: list[DataError]) -> dict[str, Table]:
    """Our tables with what the packs add; what is wrong with a pack joins the list, and its file is left out.

    `ours` are the same tables as read; `fixed` are names that no pack may use.
    """
    content, found = dict(ours), dict(tables)
    taken: dict[str, str] = {}
    for pack in packs:
        before = len(wrong)
        for path in files(RULES.folder, ".toml", base=pack.folder):
            try:
                _take(read_toml(path), name_of(path), pack, content, found, taken, fixed)
            except DataError as error:
                wrong.append(error)
        if len(wrong) == before:
            wrong += [error for name, table in tables.items() for error in _weakened(table, found[name], ours[name], content[name])]
            wrong += _undone(pack, taken)
    return found


def _take(data: Data, file: str, pack: Pack, content: dict[str, Data], found: dict[str, Table], taken: dict[str, str], fixed: Sequence[str]) -> None:
    """One file of a pack into the tables. Raises the first DataError."""
    if data.get("id") in [*fixed]:
        raise DataError(file, field="id", found=repr(data["id"]), allowed=f"a table that decides about moves, or a new one; never {', '.join(fixed)}")
    name = shaped(PackTable, data, file).id
    old = content.get(name)
    if old is not None:
        data = _merged(old, data, file, pack, taken)
    table = parse_table(data, file, RULES)
    _refuse_unknown_values(data["inputs"], file, content)
    own = {f"{name}.{row.get('id')}" for row in data["row"]} if old is None else {id_ for id_, owner in taken.items() if owner == pack.name}
    table = replace(table, rows=tuple(replace(row, pack=_owner(row, found.get(name), pack.name if row.id in own else "")) for row in table.rows))
    if faults := prove(table):
        raise faults[0]
    content[name], found[name] = data, table


def _refuse_unknown_values(inputs: Data, file: str, content: Mapping[str, Data]) -> None:
    """A value that no table of ours knows for an input would be a row that never holds."""
    for name, domain in inputs.items():
        known = dict.fromkeys(value for each in content.values() if isinstance(has := each.get("inputs", {}).get(name), list) for value in has)
        if isinstance(domain, list) and known and (strange := next((value for value in domain if value not in known), None)):
            raise DataError(file, field=f"inputs.{name}", found=repr(strange), allowed=", ".join(known))


def _owner(row: Row, before: Table | None, name: str) -> str:
    """The pack that a row belongs to: this one, or the one that brought it before."""
    return name or next((each.pack for each in before.rows if each.id == row.id), "") if before else name


def _merged(ours: Data, theirs: Data, file: str, pack: Pack, taken: dict[str, str]) -> Data:
    """A table of ours with a pack's rows in it, in place of the rows that the pack says it supersedes."""
    closed(theirs, ("id", "inputs", "row"), file, required=("id", "row"))
    inputs = {**ours["inputs"], **theirs.get("inputs", {})}
    for name, domain in ours["inputs"].items():
        if inputs[name] != domain:
            raise DataError(file, field=f"inputs.{name}", found=repr(inputs[name]), allowed=f"{domain!r}, as in the table")
    rows = {str(row["id"]): row for row in ours["row"]}
    for row in theirs["row"]:
        id_ = str(row.get("id", ""))
        rule = f"{ours['id']}.{id_}"
        if rule in taken:
            raise DataError(file, id_, found=f"a row of pack {taken[rule]}", allowed="each row once, one pack for each")
        if id_ in rows and pack.supersedes("rule", rule) is None:
            raise DataError(file, id_, "id", found="the id of a row of ours", allowed=f"an id of its own, or {rule!r} under [[supersedes]] of pack.toml")
        rows[id_], taken[rule] = row, pack.name
    return {**ours, "inputs": inputs, "row": [*rows.values()]}


def _undone(pack: Pack, taken: Mapping[str, str]) -> Iterator[DataError]:
    """Rows that a manifest says to supersede and the pack does not have."""
    for each in pack.manifest.supersedes:
        if each.kind == "rule" and taken.get(each.id) != pack.name:
            yield DataError(pack.file, each.id, "supersedes", found="a rule of which the pack has no row", allowed="TABLE.ROW of a row that the pack has")


def _weakened(old: Table, new: Table, old_data: Data, new_data: Data) -> Iterator[DataError]:
    """The inputs for which a table forbids less than it did, each with the row that would let it pass."""
    if new is old:
        return
    axes = {name: axis_of(name, domain, _tests(name, old_data, new_data)) for name, domain in new_data["inputs"].items()}
    for row in old.rows:
        was = _masks(row, axes)
        for move in (each for each in row.verdicts if each.verdict is Verdict.FORBID):
            for other in new.rows:
                shared = {name: was[name] & mask for name, mask in _masks(other, axes).items()}
                if all(shared.values()):
                    yield from _passing(move, row, other, new.file, axes, shared, was)


def _passing(move: RowVerdict, row: Row, other: Row, file: str, axes: Mapping[str, Axis], shared: Masks, was: Masks) -> Iterator[DataError]:
    kept = [each for each in other.verdicts if each.move is move.move and each.verdict is Verdict.FORBID and (move.provisional or not each.provisional)]
    if not kept:
        found = f"nothing that forbids {move.move} for {witness(axes, shared)}, where {row.id} forbids it"
        yield DataError(file, other.name, "verdict", found=found, allowed=f"forbid {move.move} there too: a pack may add to what is advised against, never take from it")
    if cut := next((axis for name, axis in axes.items() if not axis.values and _cuts(axis, was[name], shared[name])), None):
        found = f"a part of the range of {row.id}, which forbids {move.move}"
        yield DataError(file, other.name, f"when.{cut.name}", found=found, allowed="the whole range: a number known only roughly must find one row")


def _cuts(axis: Axis, was: int, shared: int) -> bool:
    """Whether a row takes in only a part of the numbers that another took in."""
    return shared & ~axis.unknown not in (0, was & ~axis.unknown)


def _masks(row: Row, axes: Mapping[str, Axis]) -> dict[str, int]:
    return {name: axis.mask(row.when[name]) if name in row.when else axis.everything for name, axis in axes.items()}


def _tests(name: str, *tables: Data) -> list[object]:
    return [row["when"][name] for table in tables for row in table["row"] if name in row["when"]]
