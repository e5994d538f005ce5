"""What is read of data files when it is first asked for: their entries as values one by one, phrases file by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from advisor.datafiles import name_of, read_toml
from advisor.library.checked import Problems, build
from advisor.library.phrases import own_file, read_phrases

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


class UnreadPhrases(Mapping[str, tuple[str, ...]]):
    """The phrases of a language. A file that alone holds keys of a kind is read by itself, all others together. Raises DataError for a broken one."""

    def __init__(self, base: Path | None, language: str) -> None:
        self._base, self._language = base, language
        self._read: dict[str, Mapping[str, tuple[str, ...]]] = {}

    def __getitem__(self, key: str) -> tuple[str, ...]:
        return self.of(own_file(key) or ".toml")[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.of(".toml"))

    def __len__(self) -> int:
        return len(self.of(".toml"))

    def of(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """The phrases of the files whose names end so."""
        if name not in self._read:
            found: Problems = []
            phrases, _ = read_phrases(self._base, found, self._language, name=name)
            if found:
                raise found[0]
            self._read[name] = phrases
        return self._read[name]
