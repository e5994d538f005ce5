"""American spelling of what is written in British English, by a table of words; quotations, names of sources and what a client calls itself stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from advisor import datafiles
from advisor.domain import Value
from advisor.domain.plan import Plan

AMERICAN = "en-US"
"""The language of a page in American spelling."""
_UNTOUCHED = frozenset({
    "id", "kind", "variant", "language", "prepared_for", "prepared_by", "client", "citations", "verification", "made", "evidence", "computed", "phase", "depends_on", "moved", "currency",
    "per", "partner", "behind", "unknown", "object", "of", "base",
})  # fmt: skip
"""Fields that hold ids, names or somebody else's words."""
_PIECES = r"“[^”]*”|\{[^{}]*\}|`[^`]*`|[A-Za-z]+"
_ID = re.compile(r"[a-z0-9<>]+(?:[_.-][A-Za-z0-9<>]+)+")


@cache
def table() -> Mapping[str, str]:
    """British words and their American spelling, in lower case."""
    return {british: str(word) for british, word in datafiles.read_toml(datafiles.root() / "knowledge" / "spelling.toml")["american"].items()}


def american(text: str, names: Sequence[str] = ()) -> str:
    """The text in American spelling; what stands in quotation marks is somebody's own, and so are these names."""
    return _pattern(tuple(names)).sub(lambda piece: piece[0] if piece[0] in names else _spelled(piece[0]), text)


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join((*map(re.escape, sorted(names, key=len, reverse=True)), _PIECES)))


def _spelled(word: str) -> str:
    found = table().get(word.lower())
    if found is None:
        return word
    return found.upper() if word.isupper() else found.capitalize() if word[0].isupper() else found


def american_plan(plan: Plan) -> Plan:
    """An English plan in American spelling, as it is laid out."""
    partners = plan.review.partners if plan.review else ()
    names = tuple(dict.fromkeys(name for name in (plan.prepared_for, plan.prepared_by or "", *(each.partner.name for each in partners)) if name.strip()))
    changed: Plan = _changed(plan, names)
    return changed.model_copy(update={"language": AMERICAN})


def _changed(value: Any, names: Sequence[str]) -> Any:
    if type(value) is str:
        return value if _ID.fullmatch(value) else american(value, names)
    if isinstance(value, tuple):
        return tuple(_changed(item, names) for item in value)
    if isinstance(value, Value):
        return value.model_copy(update={name: _changed(getattr(value, name), names) for name in type(value).model_fields if name not in _UNTOUCHED})
    return value
