"""American spelling of what is written in British English, by a table of words; quotations, names of sources and what a client calls itself stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from advisor import datafiles
from advisor.domain import Value
from advisor.domain.plan import Plan

AMERICAN = "en-US"
"""The language of a page in American spelling."""
_UNTOUCHED = frozenset({"id", "kind", "variant", "language", "prepared_for", "prepared_by", "client", "citations", "verification", "made", "evidence", "computed", "phase", "depends_on", "moved", "currency", "per"})
_PIECES = re.compile(r"“[^”]*”|\{[^{}]*\}|`[^`]*`|[A-Za-z]+")


@cache
def table() -> Mapping[str, str]:
    """British words and their American spelling, in lower case."""
    return {british: str(word) for british, word in datafiles.read_toml(datafiles.root() / "knowledge" / "spelling.toml")["american"].items()}


def american(text: str) -> str:
    """The text in American spelling; what stands in quotation marks is somebody's own."""
    return _PIECES.sub(lambda piece: _spelled(piece[0]), text)


def _spelled(word: str) -> str:
    found = table().get(word.lower())
    if found is None:
        return word
    return found.upper() if word.isupper() else found.capitalize() if word[0].isupper() else found


def american_plan(plan: Plan) -> Plan:
    """An English plan in American spelling, as it is laid out."""
    changed: Plan = _changed(plan)
    return changed.model_copy(update={"language": AMERICAN})


def _changed(value: Any) -> Any:
    if isinstance(value, str):
        return american(value) if type(value) is str else value
    if isinstance(value, tuple):
        return tuple(map(_changed, value))
    if isinstance(value, Value):
        return value.model_copy(update={name: _changed(getattr(value, name)) for name in type(value).model_fields if name not in _UNTOUCHED})
    return value
