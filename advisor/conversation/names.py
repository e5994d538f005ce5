"""Names of conversations and clients: what a person types, and never a path."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from advisor.errors import InputError
from advisor.intake import clean

if TYPE_CHECKING:
    from advisor.domain import StoredClient
    from advisor.ports import ClientStore

LONGEST = 64
_REFUSED = re.compile(r'[/\\:*?"<>|]')
_FILES = (".toml", ".json")


def checked(name: str, what: str = "session") -> str:
    """The name in its one spelling. Raises InputError when it is empty, too long, or could be read as a path, file or option."""
    plain = unicodedata.normalize("NFC", name.strip())
    wrong = _wrong(plain)
    if wrong:
        shown = clean(plain)[:LONGEST]
        raise InputError(f"{shown!r} cannot name a {what}: {wrong}.", hint="Use letters, digits, blanks, dots, hyphens and underscores.")
    return plain


def names_file(name: str) -> bool:
    """Whether a name can only mean a file."""
    return bool(_REFUSED.search(name)) or name.lower().endswith(_FILES) or name.startswith(".")


def stored_client(clients: ClientStore, name: str) -> StoredClient:
    """The newest version of a client. Raises InputError naming those there are when there is none of this name."""
    versions = clients.versions(checked(name, "client"))
    if not versions:
        known = ", ".join(each.name for each in clients.clients())
        hint = f"Known: {known}." if known else "Make it: advisor client new NAME, or give a TOML or JSON file."
        raise InputError(f"There is no client {name!r}.", hint=hint)
    return versions[-1]


def _wrong(name: str) -> str:
    if not clean(name):
        return "it is empty"
    if clean(name) != name or "\n" in name:
        return "it holds characters that cannot be seen"
    if len(name) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if found := _REFUSED.search(name):
        return f"{found[0]!r} may not stand in it"
    if name.startswith((".", "-")) or name.endswith("."):
        return "it begins or ends with a dot, or begins with a hyphen"
    return "it looks like a file" if name.lower().endswith(_FILES) else ""
