"""Words from arguments, standard input and files, made safe to read on."""

from __future__ import annotations

import json
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from advisor import datafiles
from advisor.domain import Client
from advisor.errors import InputError
from advisor.wiring import client_of, read_user_text

NOTES = (".txt", ".md", ".markdown", "")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?")
LIMIT = 1_000_000

notes_option = click.option("--notes", metavar="FILE", multiple=True, help="Add the text of a file (txt, md). Repeatable.")


def words(text: str | None, notes: tuple[str, ...] = ()) -> str:
    """The text of the argument (`-` is standard input) and of the notes, without control characters."""
    parts = [_stdin() if text == "-" else text or "", *(_notes(Path(name)) for name in notes)]
    joined = clean("\n\n".join(part for part in parts if part))
    if len(joined) > LIMIT:
        raise InputError(f"The text has {len(joined):,} characters.", hint=f"Give at most {LIMIT:,}: the part about this client.")
    return joined


def clean(text: str) -> str:
    """The text without terminal escapes, control characters and half characters; line ends as \\n."""
    return _CONTROL.sub(" ", _ESCAPE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def client_file(name: str) -> Client:
    """Client facts from a TOML or JSON file; amounts keep the digits as written."""
    path = Path(name)
    if not path.exists() and "/" not in name and not path.suffix:
        raise InputError(f"There is no file {name!r}, and clients are not stored by name yet.", hint="Give a TOML or JSON file.")
    text = read_user_text(path)
    table = _json(text, path) if path.suffix.lower() == ".json" else datafiles.parse_toml(text, str(path))
    return client_of(table.get("client", table) if isinstance(table, dict) else table, str(path))


def _json(text: str, path: Path) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{path} is not JSON: {error}.", hint="Mend the file, or give TOML.") from None


def _notes(path: Path) -> str:
    if path.suffix.lower() not in NOTES:
        raise InputError(f"{path} cannot be read as notes.", hint="Give a .txt or .md file; save other formats as text first.")
    return read_user_text(path)


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"Standard input is not UTF-8 text (byte {error.start}).", hint="Send UTF-8 text.") from None
