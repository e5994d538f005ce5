"""Knowledge packs: a folder with `pack.toml` and a `knowledge/` like ours, which adds to it and supersedes single entries of it.

What a pack may hold is narrower than what we may: sources, figures, passages, rule tables and their sentences. The tables that place
a client, the words by which messages are read and the program's own sentences stay ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, ValidationError

from advisor.datafiles import PACK, files, name_of, read_toml, root
from advisor.domain.base import Value, Words
from advisor.errors import DataError

M = TypeVar("M", bound=Value)
Kind = Literal["benchmark", "passage", "rule"]
HOLDS = ("sources.toml", "benchmarks/*.toml", "skill/*.md", "rules/*.toml", "phrases/en/*.toml", "phrases/de/*.toml", "translations/de/*.toml")


class Superseded(Value):
    """An entry of the knowledge that a pack's entry of the same id takes the place of: since when, and why."""

    kind: Kind
    id: Words
    on: date
    because: Words


class Manifest(Value):
    """`pack.toml`. `as_of` is the day up to which the pack's authors stand by it."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
    title: Words
    as_of: date
    supersedes: tuple[Superseded, ...] = ()


@dataclass(frozen=True)
class Pack:
    """A pack as found: its manifest, the folder that holds `knowledge/`, and the distribution that brought it."""

    manifest: Manifest
    folder: Path
    distribution: str = ""

    def __hash__(self) -> int:
        return hash((self.manifest.name, self.folder))

    @property
    def name(self) -> str:
        return self.manifest.name

    @property
    def file(self) -> str:
        """The manifest as messages name it."""
        return name_of(self.folder / PACK)

    def supersedes(self, kind: Kind, id_: str) -> Superseded | None:
        """The declaration by which the pack takes an entry's place, if there is one."""
        return self._declared.get((kind, id_))

    @cached_property
    def _declared(self) -> dict[tuple[str, str], Superseded]:
        return {(each.kind, each.id): each for each in self.manifest.supersedes}


def read_pack(folder: Path, name: str = "", distribution: str = "") -> Pack:
    """The pack in a folder. Raises DataError when its manifest is missing or wrong, or it holds what a pack may not hold.

    `name` is the one under which it was announced; the manifest must give the same.
    """
    if not (folder / PACK).is_file():
        raise DataError(f"pack {name or folder.name}: {PACK}", found="no such file", allowed="one in the package that the entry point names, beside knowledge/")
    table = read_toml(folder / PACK)
    manifest = shaped(Manifest, table, name_of(folder / PACK))
    if name and manifest.name != name:
        raise DataError(name_of(folder / PACK), field="name", found=repr(manifest.name), allowed=f"the name of its entry point, {name!r}")
    pack = Pack(manifest, folder, distribution)
    _refuse_others(pack)
    return pack


def layered(folder: str, suffix: str, base: Path | None, packs: Sequence[Pack]) -> Iterator[tuple[Path, Pack | None]]:
    """The files of a data folder: ours, then those of each pack, each with the pack that it belongs to."""
    yield from ((path, None) for path in files(folder, suffix, base=base))
    for pack in packs:
        yield from ((path, pack) for path in files(folder, suffix, base=pack.folder))


def shaped(model: type[M], table: object, file: str, entry: str = "") -> M:
    """A table of a pack as the value it should be. Raises DataError naming the first field that is not as it should be."""
    if not isinstance(table, dict):
        raise DataError(file, entry, found=repr(table)[:80], allowed="a table")
    try:
        return model(**table)
    except ValidationError as error:
        first = error.errors()[0]
        field, kind = ".".join(map(str, first["loc"])), first["type"]
        found = {"missing": "nothing", "extra_forbidden": "an unknown key"}.get(kind, repr(first["input"])[:80])
        known = ", ".join(model.model_fields) if len(first["loc"]) == 1 else "a key that is read there"
        allowed = {"missing": "a value", "extra_forbidden": known}.get(kind, first["msg"].removeprefix("Value error, "))
        raise DataError(file, entry, field, found=found, allowed=allowed) from None


def _refuse_others(pack: Pack) -> None:
    """A file that nobody would read is a mistake; one of ours that a pack may not replace is more than that."""
    knowledge = pack.folder / "knowledge"
    if not knowledge.is_dir():
        raise DataError(pack.file, found="no folder 'knowledge' beside it", allowed="a folder with sources.toml and what rests on them")
    for path in sorted(knowledge.rglob("*")):
        if path.is_file() and path.suffix in {".toml", ".md", ".yaml", ".json", ".npz"} and not any(path.relative_to(knowledge).match(each) for each in HOLDS):
            raise DataError(name_of(path), found="a file that a knowledge pack may not hold", allowed=", ".join(HOLDS))
    declared = [(each.kind, each.id) for each in pack.manifest.supersedes]
    if twice := next((each for each in declared if declared.count(each) > 1), None):
        raise DataError(pack.file, twice[1], "supersedes", found="an entry that stands twice", allowed="each id once")
    if knowledge.resolve() == (root() / "knowledge").resolve():
        raise DataError(pack.file, found="our own knowledge folder", allowed="a folder of the pack")
