"""Finds and reads knowledge/, prompts/ and evals/; every failure names the file and what is wrong with it.

Parsing TOML takes fifty times as long as reading the same as JSON. The tables of the shipped files therefore lie beside them as
JSON, each under the hash of the text it was parsed from: a text that has changed has another hash and is parsed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from advisor.errors import DataError, InstallationError

Table = dict[str, Any]
FENCE = "+++"
PARSED = "knowledge/parsed.jsonl"
PACK = "pack.toml"  # lies beside the knowledge/ of a pack
_KEY = 32  # hexadecimal digits of a hash
_DATE = "$date"  # how a date, which JSON has not, stands there


@cache
def root() -> Path:
    """The folder that holds the data folders: `advisor/_data` in a wheel, the checkout in an editable install.

    Raises InstallationError when neither is there.
    """
    package = Path(__file__).resolve().parent
    if (package / "_data").is_dir():
        return package / "_data"
    manifest = package.parent / "pyproject.toml"
    if manifest.is_file() and 'name = "partner-advisor"' in manifest.read_text(encoding="utf-8"):
        return package.parent
    raise InstallationError("The knowledge folder is missing from this installation.", hint="Install partner-advisor again.")


def name_of(path: Path) -> str:
    """A path as messages show it: relative to the data root where it lies there, with the pack's name where it belongs to one."""
    base, whole = f"{root().as_posix()}/", path.as_posix()
    if whole.startswith(base):
        return whole.removeprefix(base)
    folder = _pack_of(path)
    return path.name if folder is None else f"pack {_pack_name(folder)}: {path.relative_to(folder).as_posix()}"


def _pack_of(path: Path) -> Path | None:
    """The folder of the pack that a file belongs to."""
    above = (folder.parent for folder in path.parents if folder.name == "knowledge")
    return next((folder for folder in (path.parent, *above) if (folder / PACK).is_file()), None)


@cache
def _pack_name(folder: Path) -> str:
    """The name that a pack gives itself, else that of its folder: messages about a broken manifest need one too."""
    try:
        name = re.search(r"""^name\s*=\s*["']([\w-]{1,64})["']""", (folder / PACK).read_text(encoding="utf-8"), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        name = None
    return name[1] if name else folder.name


def files(folder: str, suffix: str, *, base: Path | None = None) -> list[Path]:
    """All files below a data folder with a suffix, in a stable order."""
    return sorted((base or root()).joinpath(folder).rglob(f"*{suffix}"))


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(name_of(path), found="no such file", allowed="a file that comes with the installation") from None
    except OSError as error:
        raise DataError(name_of(path), found=f"a file that cannot be read: {error.strerror}", allowed="a readable file") from None
    except UnicodeDecodeError as error:
        raise DataError(name_of(path), found=f"bytes that are not UTF-8 at offset {error.start}", allowed="UTF-8 text") from None


def read_toml(path: Path) -> Table:
    """A TOML file as a table. Raises DataError with line and column when it does not parse (duplicate keys included)."""
    return _table(read_text(path), name_of(path))


def _table(text: str, name: str, *, first_line: int = 1) -> Table:
    """The table of a data file's text: as it was shipped parsed, else parsed now."""
    line = _shipped().get(_key(text))
    try:
        return _from_json(bytes(line)) if line else parse_toml(text, name, first_line=first_line)
    except ValueError:  # a damaged line
        return parse_toml(text, name, first_line=first_line)


def parse_toml(text: str, name: str, *, first_line: int = 1) -> Table:
    import tomllib  # here, because most processes find every table parsed

    try:
        return tomllib.loads("\n" * (first_line - 1) + text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(name, found=str(error), allowed="valid TOML, each key once") from None


def read_headed(path: Path) -> tuple[Table, str]:
    """A Markdown file that starts with a TOML head between `+++` lines: the head and the body.

    Line numbers in messages count from the file's top.
    """
    head, body = _split(read_text(path), name_of(path))
    return _table(head, name_of(path), first_line=2), body


def _split(text: str, name: str) -> tuple[str, str]:
    """The head and the body of a Markdown file, as text."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != FENCE or FENCE not in (line.strip() for line in lines[1:]):
        raise DataError(name, found="no TOML head", allowed=f"a file that starts with {FENCE}, TOML, {FENCE}")
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE)
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]).strip("\n")


@cache
def _shipped() -> Mapping[bytes, memoryview]:
    """The parsed tables as JSON, by the hash of their text; none where the file is missing.

    The file is mapped, not read: a process needs few of its lines.
    """
    try:
        with (root() / PARSED).open("rb") as file:
            mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError):  # ValueError: it is empty
        return {}
    tables: dict[bytes, memoryview] = {}
    begin, view = 0, memoryview(mapped)
    while (end := mapped.find(b"\n", begin)) >= 0:
        behind = begin + _KEY
        tables[mapped[begin:behind]] = view[behind + 1 : end]
        begin = end + 1
    return tables


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_KEY // 2).hexdigest().encode()


def _from_json(line: bytes) -> Table:
    table: Table = json.loads(line, object_hook=_dated if _DATE.encode() in line else None)
    return table


def _dated(table: Table) -> Table | date:
    return date.fromisoformat(table[_DATE]) if _DATE in table else table


def parsed() -> Iterator[str]:
    """The lines of PARSED for the knowledge as it stands; a table that JSON cannot hold is left out, and so parsed each time."""
    import tomllib

    heads = (_split(read_text(path), name_of(path))[0] for path in files("knowledge/skill", ".md"))
    for text in (*map(read_text, files("knowledge", ".toml")), *heads):
        table = tomllib.loads(text)
        line = json.dumps(table, ensure_ascii=False, separators=(",", ":"), default=lambda value: {_DATE: value.isoformat()})
        if _from_json(line.encode()) == table:
            yield f"{_key(text).decode()} {line}"


def walk(table: Table, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of a nested table with its dotted key."""
    for key, value in table.items():
        dotted = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from walk(value, f"{dotted}.")
        else:
            yield dotted, value
