"""Entries of data files that become values one by one, each when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from advisor.datafiles import name_of, read_toml
from advisor.library.checked import Problems, build

M = TypeVar("M", bound=BaseModel)


class Unread(Mapping[str, M], Generic[M]):
    """The entries of files that hold `[[name]]` tables, by id. Raises DataError when one that is asked for is broken."""

    def __init__(self, paths: Sequence[Path], name: str, model: type[M]) -> None:
        self._paths, self._name, self._model = paths, name, model
        self._read: dict[str, M] = {}

    def __getitem__(self, id_: str) -> M:
        if id_ not in self._read:
            file, table = self._tables[id_]
            found: Problems = []
            entry = build(self._model, table, file, id_, found)
            if entry is None:
                raise found[0]
            self._read[id_] = entry
        return self._read[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    @cached_property
    def _tables(self) -> dict[str, tuple[str, Any]]:
        """The file and the table of each entry."""
        return {table["id"]: (name_of(path), table) for path in self._paths for table in read_toml(path).get(self._name, []) if "id" in table}
