"""All tables of `knowledge/rules/` and `knowledge/decisions/` as one proved, read-only book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from advisor.datafiles import files, read_toml, root
from advisor.domain.conditions import Range, is_range
from advisor.errors import DataError, InputError
from advisor.extensions import Pack
from advisor.rules import show
from advisor.rules.currency import Corridor, read_corridor
from advisor.rules.maturity import Questionnaire, read_questionnaire
from advisor.rules.proof import prove
from advisor.rules.questions import Questions, read_questions
from advisor.rules.tables import DECISIONS, RULES, Family, Row, Table, read_table
from advisor.rules.tools import Tool, read_tools

OTHER_FILES = ("currency", "tools", "maturity", "questions")
NEEDED_TABLES = ("stage", "motion", "phase", "business", "freeze", "tool_compliance")
T = TypeVar("T")


@dataclass(frozen=True)
class RuleBook:
    """The tables by id in the order in which they speak, those about a single deal, partner or integration, and the lists beside them.

    `decisions` are read when one is first asked for: what is said of a client needs none.
    """

    tables: Mapping[str, Table]
    decisions: Mapping[str, Table]
    corridor: Corridor
    tools: tuple[Tool, ...]
    questionnaire: Questionnaire
    questions: Questions

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Every row that decides about a client, by its rule id."""
        return {row.id: row for table in self.tables.values() for row in table.rows}

    @cached_property
    def decision_rows(self) -> Mapping[str, Row]:
        """Every row that decides about a single deal, partner or integration, by its id `decision.TABLE.ROW`."""
        return {row.id: row for table in self.decisions.values() for row in table.rows}

    def decide(self, table: str, /, **inputs: Any) -> Row:
        """The one row of a decision table that these inputs lead to; an input left out is unknown.

        Raises InputError for a table, an input or a value that does not exist.
        """
        if table not in self.decisions:
            raise InputError(f"There is no decision table {table!r}.", hint=f"Known: {', '.join(self.decisions)}.")
        found = self.decisions[table]
        for name, value in inputs.items():
            _known(found, name, value)
        return found.row_for(inputs)

    @cached_property
    def thresholds(self) -> Mapping[str, str]:
        """Thresholds as readers see them: `stage.5-15M.low` is `€5M`, `.high` is `€15M`, `.range` is `€5–15M`.

        The parts belong to the first range that the row tests.
        """
        found: dict[str, str] = {}
        for row in self.rows.values():
            name = next((name for name, test in row.when.items() if is_range(test)), None)
            if name is not None:
                parts = show.bounds(Range.parse(row.when[name]), euro=name.endswith("_eur"))
                found |= {f"{row.id}.{part}": text for part, text in parts.items()}
        return found

    def title_of(self, rule: str) -> str:
        """The title of the table that a rule or decision stands in."""
        if rule in self.decision_rows:
            return self.decisions[self.decision_rows[rule].table].title
        return self.tables[rule.partition(".")[0]].title


class _Decisions(Mapping[str, Table]):
    """The tables of `knowledge/decisions/` by id, read and proved when one is first asked for. Raises the first DataError then."""

    def __init__(self, base: Path) -> None:
        self._base = base

    def __getitem__(self, id_: str) -> Table:
        return self._tables[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    @cached_property
    def _tables(self) -> dict[str, Table]:
        wrong: list[DataError] = []
        tables = _decision_tables(self._base, wrong)
        if wrong:
            raise wrong[0]
        return {table.id: table for table in tables}


def load(base: Path | None = None, packs: Sequence[Pack] = ()) -> RuleBook:
    """The rules with what packs add to them, every table proved that is read. Raises the first DataError when something is wrong with them."""
    return _load(base or root(), tuple(packs))


def decide(table: str, /, **inputs: Any) -> Row:
    """The row of a shipped decision table that these inputs lead to: `decide("deal_credit", closed=True)`."""
    return load().decide(table, **inputs)


@cache
def _load(base: Path, packs: tuple[Pack, ...]) -> RuleBook:
    book, wrong = _read(base, packs)
    if book is None or wrong:
        raise wrong[0]
    return book


def problems(base: Path | None = None, packs: Sequence[Pack] = ()) -> list[DataError]:
    """Everything that is wrong with the rules, all at once; empty when they can be used."""
    base = base or root()
    _, wrong = _read(base, packs)
    _decision_tables(base, wrong)
    return wrong


def _known(table: Table, name: str, value: Any) -> None:
    if name not in table.axes:
        raise InputError(f"{table.id} has no input {name!r}.", hint=f"Known: {', '.join(table.axes)}.")
    axis = table.axes[name]
    try:
        fits = value is None or axis.pieces_of(value) != axis.unknown
    except ArithmeticError:
        fits = False
    if not fits:
        raise InputError(f"{table.id}: {name} is {value!r}.", hint=f"Allowed: {', '.join(axis.values) or 'a number'}.")


def _read(base: Path, packs: Sequence[Pack]) -> tuple[RuleBook | None, list[DataError]]:
    wrong: list[DataError] = []
    folder = base / RULES.folder
    paths = [path for path in files(RULES.folder, ".toml", base=base) if path.stem not in OTHER_FILES]
    tables = _tables(paths, RULES, wrong)
    have = {table.id for table in tables} | {path.stem for path in paths}
    missing = [name for name in NEEDED_TABLES if name not in have]
    wrong += [DataError(f"{RULES.folder}/{name}.toml", found="no such file", allowed="this table") for name in missing]
    corridor = _try(read_corridor, folder / "currency.toml", wrong)
    tools = _try(read_tools, folder / "tools.toml", wrong)
    questionnaire = _try(read_questionnaire, folder / "maturity.toml", wrong)
    questions = _try(read_questions, folder / "questions.toml", wrong)
    if wrong or corridor is None or tools is None or questionnaire is None or questions is None:
        return None, wrong
    if packs:
        from advisor.rules import packed  # most processes have none

        ours = {path.stem: read_toml(path) for path in paths}
        by_name = {table.id: table for table in tables}
        tables = [*packed.joined(ours, by_name, packs, (*NEEDED_TABLES, *OTHER_FILES), wrong).values()]
    if wrong:
        return None, wrong
    ordered = sorted(tables, key=lambda table: (table.rank, table.id))
    return RuleBook({table.id: table for table in ordered}, _Decisions(base), corridor, tools, questionnaire, questions), wrong


def _decision_tables(base: Path, wrong: list[DataError]) -> list[Table]:
    return _tables(files(DECISIONS.folder, ".toml", base=base), DECISIONS, wrong)


def _tables(paths: Iterable[Path], family: Family, wrong: list[DataError]) -> list[Table]:
    """The tables of a family, read and proved; what is wrong with them joins the list."""
    read = partial(read_table, family=family)
    tables = [table for path in paths if (table := _try(read, path, wrong)) is not None]
    for table in tables:
        wrong += prove(table)
    return tables


def _try(read: Callable[[Path], T], path: Path, wrong: list[DataError]) -> T | None:
    try:
        return read(path)
    except DataError as error:
        wrong.append(error)
        return None
