"""Turns a TOML table into a domain value, and every fault of the table into a DataError that names file, entry and field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from advisor.datafiles import name_of, read_toml
from advisor.domain import FACT_NAMES
from advisor.domain.conditions import problems as condition_problems
from advisor.errors import DataError

M = TypeVar("M", bound=BaseModel)
Problems = list[DataError]


def build(model: type[M], table: Any, file: str, entry: str, found: Problems) -> M | None:
    """The value of a table, or None with its faults added to `found`."""
    if not isinstance(table, dict):
        found.append(DataError(file, entry, found=repr(table), allowed="a table"))
        return None
    try:
        return model(**table)
    except ValidationError as error:
        found += [_data_error(model, file, entry, detail) for detail in error.errors()]
        return None


def _data_error(model: type[BaseModel], file: str, entry: str, detail: ErrorDetails) -> DataError:
    field = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        return DataError(file, entry, field, found="an unknown key", allowed=", ".join(model.model_fields))
    if detail["type"] == "missing":
        return DataError(file, entry, field, found="nothing", allowed="a value; the field is required")
    if detail["type"] == "value_error":
        return DataError(file, entry, field or "low, high", found=detail["msg"].removeprefix("Value error, "), allowed="low at most high; see README.md")
    allowed = str(detail.get("ctx", {}).get("expected", "")) or detail["msg"]
    return DataError(file, entry, field, found=repr(detail["input"]), allowed=allowed)


def check_condition(condition: Mapping[str, Any], file: str, entry: str, field: str, found: Problems) -> None:
    """Add what is wrong with a condition as written."""
    for fault in condition_problems(condition, FACT_NAMES):
        allowed = "facts of the client, tests such as '[5, 15)', '>=5', a list or one value"
        found.append(DataError(file, entry, field, found=fault, allowed=allowed))


def tables(path: Path, name: str, found: Problems) -> Iterator[tuple[str, Any]]:
    """The entries of a file that holds `[[name]]` tables, each with its id; other keys are faults."""
    file = name_of(path)
    try:
        content = read_toml(path)
    except DataError as error:
        found.append(error)
        return
    found += [DataError(file, field=key, found="an unknown key", allowed=f"[[{name}]] tables") for key in content if key != name]
    entries = content.get(name, [])
    if not isinstance(entries, list):
        found.append(DataError(file, field=name, found="one table", allowed=f"a list of [[{name}]] tables"))
        return
    for number, entry in enumerate(entries, 1):
        id_ = entry.get("id") if isinstance(entry, dict) else None
        yield (id_ if isinstance(id_, str) else f"{name} {number}"), entry
