"""Words from arguments, standard input and files, made safe to read on."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from advisor import datafiles
from advisor.domain import Client
from advisor.errors import InputError
from advisor.intake import clean
from advisor.settings import MOST_BYTES, client_of, read_user_text

LIMIT = 1_000_000

notes_option = click.option("--notes", metavar="FILE", multiple=True, help="Add the text of a file (txt, md, docx, pdf, html, vtt, srt, eml). Repeatable.")


def words(text: str | None, notes: tuple[str, ...] = ()) -> str:
    """The text of the argument (`-` is standard input) and of the notes, without control characters."""
    parts = [_stdin() if text == "-" else text or "", *_texts(notes)]
    joined = clean("\n\n".join(part for part in parts if part))
    if len(joined) > LIMIT:
        raise InputError(f"The text has {len(joined):,} characters.", hint=f"Give at most {LIMIT:,}: the part about this client.")
    return joined


def _texts(notes: tuple[str, ...]) -> list[str]:
    if not notes:
        return []
    from advisor.adapters.documents import read_document  # only where there are files: what opens them takes long to import

    return [read_document(name) for name in notes]


def client_file(name: str) -> Client:
    """Client facts from a TOML or JSON file; amounts keep the digits as written."""
    if not name.strip():
        raise InputError(f"There is no file {name!r}.", hint="Give a TOML or JSON file.")
    path = Path(name)
    text = read_user_text(path)
    table = _json(text, path) if path.suffix.lower() == ".json" else datafiles.parse_toml(text, str(path))
    return client_of(table.get("client", table) if isinstance(table, dict) else table, str(path))


def _json(text: str, path: Path) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not JSON: {error}.", hint="Mend the file, or give TOML.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as a table. Raises ValueError for a key that stands twice."""
    table = dict(pairs)
    if len(table) < len(pairs):
        twice = next(key for key in table if [name for name, _ in pairs].count(key) > 1)
        raise ValueError(f"the key {twice[:80]!r} stands twice")
    return table


def piped() -> bytes:
    """Standard input, at most one byte more than may be read."""
    return sys.stdin.buffer.read(MOST_BYTES + 1)


def _stdin() -> str:
    try:
        content = piped()
        if len(content) > MOST_BYTES:
            raise InputError(f"Standard input has more than {MOST_BYTES // 10**6} MB.", hint=f"Give at most {LIMIT:,} characters: the part about this client.")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"Standard input is not UTF-8 text (byte {error.start}).", hint="Send UTF-8 text.") from None
