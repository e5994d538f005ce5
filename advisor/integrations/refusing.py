"""Turns arguments that do not fit into one sentence from which a model can repair its call."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from advisor.domain.base import Value
from advisor.errors import InputError
from advisor.intake.clean import clean

V = TypeVar("V", bound=Value)
_WORDS = ("text", "question", "query")  # fields that take a client's words, from which facts are read
_SHOWN, _MOST, _LISTED, _UNKNOWN = 60, 3, 20, "extra_forbidden"

_NUMBER, _NUMBERS = "write a number alone, like 1500", frozenset({"decimal_parsing", "decimal_type", "float_parsing", "int_parsing", "int_type", "int_from_float"})


def checked(takes: type[V], arguments: object, tool: str) -> V:
    """The arguments as the input of a capability. Raises InputError naming each field, what was found and what may stand there."""
    if not isinstance(arguments, Mapping):
        raise InputError(f"{tool}: the arguments are of type {type(arguments).__name__}.", hint=f"Give an object with: {_fields(takes)}.")
    try:
        return takes.model_validate(_stated(arguments))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)
        more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
        raise InputError(f"{tool}: {'; '.join(_wrong(item) for item in found[:_MOST])}{more}.", hint=" ".join(filter(None, (_hint(takes, found), _spare(takes, arguments, found))))) from None


def _stated(value: Any) -> Any:
    """The arguments without what is null: hosts that must name every field give null for what is left out."""
    return {key: _stated(item) for key, item in value.items() if item is not None} if isinstance(value, Mapping) else value


def _wrong(item: ErrorDetails) -> str:
    where = ".".join(_shown(part) for part in item["loc"]) or "arguments"
    if item["type"] == "missing":
        return f"{where} is missing"
    if item["type"] == _UNKNOWN:
        return f"{where} is not known"
    message = _near(item) if item["type"] == "enum" else _NUMBER if item["type"] in _NUMBERS else item["msg"].removeprefix("Value error, ")
    return f"{where} is {_shown(repr(item['input']))}; {message[:1].lower()}{message[1:]}"


def _near(item: ErrorDetails) -> str:
    """What may stand there; of a long list only what looks alike, with the number of all."""
    allowed = str(item.get("ctx", {}).get("expected", "")).replace(" or ", ", ").replace("'", "").split(", ")
    if len(allowed) <= _LISTED:
        return item["msg"]
    near = get_close_matches(str(item["input"])[:_SHOWN].lower().replace(" ", "_"), allowed, n=5, cutoff=0.4)
    return f"one of {len(allowed)} names may stand there; near it: {', '.join(near)}" if near else f"one of {len(allowed)} names may stand there, none is like it"


def _shown(value: object) -> str:
    text = clean(str(value))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _hint(takes: type[Value], found: list[ErrorDetails]) -> str:
    """The fields there are, of the object in which one was not known."""
    if not any(item["type"] in {_UNKNOWN, "missing"} for item in found):
        return ""
    path = next(item["loc"] for item in found if item["type"] in {_UNKNOWN, "missing"})[:-1]
    return f"{'.'.join(map(str, path)) or 'It'} takes: {_fields(_inside(takes, path))}."


def _spare(takes: type[Value], arguments: Mapping[str, Any], found: list[ErrorDetails]) -> str:
    """That the call stands without the part that does not fit: a model that fills every field with what nobody told makes the same call again and again."""
    words = next((name for name in _WORDS if name in takes.model_fields and arguments.get(name)), None)
    parts = {str(item["loc"][0]) for item in found if item["loc"]}
    spare = sorted(part for part in parts if part in takes.model_fields and not takes.model_fields[part].is_required() and words)
    return f"Leave out what nobody told; {words} without {' and '.join(spare)} is a whole call, where it has the user's own words." if spare else ""


def _inside(takes: type[Value], path: tuple[int | str, ...]) -> type[Value]:
    from typing import get_args

    for part in path:
        field = takes.model_fields.get(str(part))
        kinds = get_args(field.annotation) if field else ()
        takes = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Value)), takes)
    return takes


def _fields(takes: type[Value]) -> str:
    return ", ".join(takes.model_fields)
