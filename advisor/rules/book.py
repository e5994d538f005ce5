"""All rules of `knowledge/rules/` as one proved, read-only book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from advisor.datafiles import files, root
from advisor.domain.conditions import Range, is_range
from advisor.errors import DataError
from advisor.rules import show
from advisor.rules.currency import Corridor, read_corridor
from advisor.rules.maturity import Questionnaire, read_questionnaire
from advisor.rules.proof import prove
from advisor.rules.questions import Questions, read_questions
from advisor.rules.tables import Row, Table, read_table
from advisor.rules.tools import Tool, read_tools

FOLDER = "knowledge/rules"
OTHER_FILES = ("currency", "tools", "maturity", "questions")
NEEDED_TABLES = ("stage", "motion", "phase", "business", "freeze", "tool_compliance")
T = TypeVar("T")


@dataclass(frozen=True)
class RuleBook:
    """The tables by id in the order in which they speak, and the lists beside them."""

    tables: Mapping[str, Table]
    corridor: Corridor
    tools: tuple[Tool, ...]
    questionnaire: Questionnaire
    questions: Questions

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Every row by its rule id."""
        return {row.id: row for table in self.tables.values() for row in table.rows}

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
        """The title of the table that a rule stands in."""
        return self.tables[rule.partition(".")[0]].title


def load(base: Path | None = None) -> RuleBook:
    """The rules, every table proved. Raises the first DataError when something is wrong with them."""
    return _load(base or root())


@cache
def _load(base: Path) -> RuleBook:
    book, wrong = _read(base)
    if book is None or wrong:
        raise wrong[0]
    return book


def problems(base: Path | None = None) -> list[DataError]:
    """Everything that is wrong with the rules, all at once; empty when they can be used."""
    return _read(base or root())[1]


def _read(base: Path) -> tuple[RuleBook | None, list[DataError]]:
    wrong: list[DataError] = []
    folder = base / FOLDER
    paths = [path for path in files(FOLDER, ".toml", base=base) if path.stem not in OTHER_FILES]
    tables = [table for path in paths if (table := _try(read_table, path, wrong)) is not None]
    for table in tables:
        wrong += prove(table)
    have = {table.id for table in tables} | {path.stem for path in paths}
    missing = [name for name in NEEDED_TABLES if name not in have]
    wrong += [DataError(f"{FOLDER}/{name}.toml", found="no such file", allowed="this table") for name in missing]
    corridor = _try(read_corridor, folder / "currency.toml", wrong)
    tools = _try(read_tools, folder / "tools.toml", wrong)
    questionnaire = _try(read_questionnaire, folder / "maturity.toml", wrong)
    questions = _try(read_questions, folder / "questions.toml", wrong)
    if wrong or corridor is None or tools is None or questionnaire is None or questions is None:
        return None, wrong
    ordered = sorted(tables, key=lambda table: (table.rank, table.id))
    return RuleBook({table.id: table for table in ordered}, corridor, tools, questionnaire, questions), wrong


def _try(read: Callable[[Path], T], path: Path, wrong: list[DataError]) -> T | None:
    try:
        return read(path)
    except DataError as error:
        wrong.append(error)
        return None
