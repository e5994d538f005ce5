"""Entries of data files that are read one by one, each when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from advisor.datafiles import name_of, parse_toml, read_text
from advisor.library.checked import Problems, build

M = TypeVar("M", bound=BaseModel)
_ID = re.compile(r'^id = "([^"]+)"', re.MULTILINE)


class Unread(Mapping[str, M], Generic[M]):
    """The entries of files that hold `[[name]]` tables, by id. Raises DataError when one that is asked for is broken."""

    def __init__(self, paths: Sequence[Path], name: str, model: type[M]) -> None:
        self._paths, self._head, self._model = paths, f"[[{name}]]", model
        self._read: dict[str, M] = {}

    def __getitem__(self, id_: str) -> M:
        if id_ not in self._read:
            file, text = self._texts[id_]
            found: Problems = []
            (table,) = parse_toml(text, file)[self._head.strip("[]")]
            entry = build(self._model, table, file, id_, found)
            if entry is None:
                raise found[0]
            self._read[id_] = entry
        return self._read[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    @cached_property
    def _texts(self) -> dict[str, tuple[str, str]]:
        """The file and the text of each entry."""
        found: dict[str, tuple[str, str]] = {}
        for path in self._paths:
            for text in re.split(rf"^(?={re.escape(self._head)})", read_text(path), flags=re.MULTILINE):
                if (id_ := _ID.search(text)) is not None and text.startswith(self._head):
                    found[id_[1]] = (name_of(path), text)
        return found
