"""Decision tables as read from `knowledge/`: one file a table, one row a rule, unknown keys refused.

Two families share format and proof: `rules/` decide about a client by its facts, `decisions/` about one deal, partner,
integration or rep by inputs of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from advisor.datafiles import Table as Data
from advisor.datafiles import name_of, read_toml
from advisor.domain import FACT_NAMES, Business, Move, Verdict
from advisor.errors import DataError
from advisor.rules.cells import Axis, axis_of

DERIVED = ("win_rate_gap", "active_share", "partner_count", "exists_against_advice", "tier")
VERDICT_KEYS = ("move", "verdict", "say", "text", "because", "change", "provisional")


class Family(NamedTuple):
    """What sets a family of tables apart: folder, how ids and phrase keys begin, the keys read, and whether inputs are client facts."""

    folder: str
    prefix: str
    phrases: str
    table_keys: tuple[str, ...]
    row_keys: tuple[str, ...]
    needed: tuple[str, ...]
    of_client: bool


RULES = Family(
    "knowledge/rules", "", "rules", ("id", "title", "inputs", "row", "scope", "rank"), ("id", "when", "then", "source", "verdict", "because"),
    ("id", "when", "source"), of_client=True,
)
DECISIONS = Family(
    "knowledge/decisions", "decision.", "decisions", ("id", "title", "inputs", "row", "columns", "words", "moves"), ("id", "when", "then", "source"),
    ("id", "when", "then", "source"), of_client=False,
)


class RowVerdict(NamedTuple):
    """What a row says about one move; `text`, `because` and `change` are phrase keys."""

    move: Move | None
    verdict: Verdict
    text: str
    because: str
    change: str | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One rule. `id` is the rule id, `TABLE.ROW` or `decision.TABLE.ROW`; `says` the phrase key of what the row says, `columns` those of
    its single columns; `masks` holds for each tested input the pieces that the row takes in; `pack` the knowledge pack that brought the row."""

    id: str
    table: str
    says: str
    when: Mapping[str, Any]
    then: Mapping[str, Any]
    source: str
    verdicts: tuple[RowVerdict, ...]
    masks: Mapping[str, int]
    columns: Mapping[str, str] = field(default_factory=dict)
    pack: str = ""

    @property
    def name(self) -> str:
        return self.id.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table: its inputs, its rows, the businesses it is meant for, and its place among the tables.

    `words` are phrases by which a message asks for the table (`asked`) and names the values of its inputs; `moves` keep such cases clear.
    """

    id: str
    title: str
    file: str
    axes: Mapping[str, Axis]
    rows: tuple[Row, ...]
    scope: tuple[Business, ...] = (Business.B2B_SAAS,)
    rank: int = 50
    words: Data = field(default_factory=dict)
    moves: tuple[Move, ...] = ()

    def row_for(self, facts: Mapping[str, Any]) -> Row:
        """The one row that these facts lead to; a fact too vague to choose a row counts as unknown."""
        pieces = {name: axis.pieces_of(facts.get(name)) for name, axis in self.axes.items()}
        row = self._match(pieces)
        if row is None:
            vague = {name: self.axes[name].unknown for name, mask in pieces.items() if mask & (mask - 1)}
            row = self._match({**pieces, **vague})
        if row is None:  # pragma: no cover - the proof at load excludes it
            raise DataError(self.file, found=f"no row for {dict(facts)}", allowed="a complete table")
        return row

    def _match(self, pieces: Mapping[str, int]) -> Row | None:
        for row in self.rows:
            for name, mask in row.masks.items():  # written out, since assessing spends its time here
                if pieces[name] & ~mask:
                    break
            else:
                return row
        return None


def read_table(path: Path, family: Family = RULES) -> Table:
    """A table from its file. Raises DataError naming file, row, field, what stands there and what may."""
    return parse_table(read_toml(path), name_of(path), family)


def parse_table(data: Data, file: str, family: Family = RULES) -> Table:
    """A table from parsed TOML, checked against the schema but not yet proved."""
    closed(data, family.table_keys, file, required=("id", "title", "inputs", "row"))
    name, stem = data["id"], Path(file).stem
    if name != stem:
        raise DataError(file, field="id", found=repr(name), allowed=f"the file's name, {stem!r}")
    rows = data["row"]
    axes = {fact: _axis(fact, domain, rows, file, family) for fact, domain in data["inputs"].items()}
    parsed = tuple(_row(row, data, axes, file, family) for row in rows)
    twice = [row.id for row in parsed if [other.id for other in parsed].count(row.id) > 1]
    if twice:
        raise DataError(file, twice[0], "id", found="the id of two rows", allowed="each id once")
    scope = tuple(choice(Business, each, file, "", "scope") for each in data.get("scope", ["b2b_saas"]))
    moves = tuple(choice(Move, each, file, "", "moves") for each in data.get("moves", []))
    return Table(name, data["title"], file, axes, parsed, scope, int(data.get("rank", 50)), _words(data, axes, file), moves)


def closed(data: Data, keys: Iterable[str], file: str, entry: str = "", *, required: Iterable[str] = ()) -> None:
    """Refuse keys that nobody reads, and the absence of those that are needed."""
    allowed = tuple(keys)
    for key in data:
        if key not in allowed:
            raise DataError(file, entry, key, found="an unknown key", allowed=", ".join(allowed))
    for key in required:
        if key not in data:
            raise DataError(file, entry, key, found="nothing", allowed="a value for this key")


def choice(kind: Any, value: Any, file: str, entry: str, field: str) -> Any:
    """A word as a member of a closed set."""
    try:
        return kind(value)
    except ValueError:
        raise DataError(file, entry, field, found=repr(value), allowed=", ".join(each.value for each in kind)) from None


def _axis(name: str, domain: Any, rows: list[Data], file: str, family: Family) -> Axis:
    if family.of_client and not (name in FACT_NAMES or name in DERIVED or name.startswith("metric_")):
        raise DataError(file, field=f"inputs.{name}", found="an unknown fact", allowed=", ".join((*FACT_NAMES, *DERIVED, "metric_*")))
    try:
        return axis_of(name, domain, (row["when"][name] for row in rows if name in row.get("when", {})))
    except ValueError as error:
        raise DataError(file, field=f"inputs.{name}", found=str(error), allowed="'range', 'bool' or a closed list of values") from None


def _row(data: Data, table: Data, axes: Mapping[str, Axis], file: str, family: Family) -> Row:
    entry = str(data.get("id", "(a row without id)"))
    closed(data, family.row_keys, file, entry, required=family.needed)
    masks = {name: _mask(axes, name, test, file, entry) for name, test in data["when"].items()}
    rule = f"{table['id']}.{data['id']}"
    verdicts = tuple(_verdict(each, table["id"], data, file) for each in data.get("verdict", []))
    key = f"{family.phrases}.{rule}"
    columns = {name: f"{key}.{name}" for name in table.get("columns", [])}
    return Row(f"{family.prefix}{rule}", table["id"], f"{key}.says", data["when"], data.get("then", {}), data["source"], verdicts, masks, columns)


def _words(data: Data, axes: Mapping[str, Axis], file: str) -> Data:
    """The phrases of a table, each under an input and one of its values, or under `number` where the input is a range."""
    words: Data = data.get("words", {})
    for name, values in words.items():
        if name == "asked":
            continue
        if name not in axes:
            raise DataError(file, "words", name, found="words for what is no input of this table", allowed=", ".join(("asked", *axes)))
        closed(values, axes[name].values or ("number", "figure"), file, f"words.{name}")
    if words and "asked" not in words:
        raise DataError(file, "words", "asked", found="nothing", allowed="the phrases by which a message asks for this table")
    return words


def _mask(axes: Mapping[str, Axis], name: str, test: Any, file: str, entry: str) -> int:
    if name not in axes:
        raise DataError(file, entry, f"when.{name}", found="a fact that is no input of this table", allowed=", ".join(axes))
    try:
        return axes[name].mask(test)
    except ValueError as error:
        allowed = ", ".join(axes[name].values) or "a range like '[5e6, 15e6)', '>=5' or '<18'"
        raise DataError(file, entry, f"when.{name}", found=str(error), allowed=f"{allowed}, unknown") from None


def _verdict(data: Data, table: str, row: Data, file: str) -> RowVerdict:
    entry = str(row["id"])
    closed(data, VERDICT_KEYS, file, entry, required=("verdict",))
    move = choice(Move, data["move"], file, entry, "verdict.move") if "move" in data else None
    stem = f"rules.{table}.{data.get('say', row['id'])}.{move or 'note'}"
    return RowVerdict(
        move=move,
        verdict=choice(Verdict, data["verdict"], file, entry, "verdict.verdict"),
        text=data.get("text", f"{stem}.text"),
        because=data.get("because") or row.get("because") or f"{stem}.because",
        change=data.get("change"),
        provisional=bool(data.get("provisional", False)),
    )
