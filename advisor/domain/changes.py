"""A client as a list of named facts, so that what one turn said can be kept, put onto another client, and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import JsonValue

from advisor.domain.base import Value
from advisor.domain.client import Client, Fact

_LISTS = ("problems", "in_place", "decided")
_TABLES = ("partners", "metrics", "fx")


class FactChange(Value):
    """One fact before and after: `path` names it (`arr`, `partners.signed`, `metrics.win_rate_gap`), null is unknown.

    Values are those of the client's JSON; `said` and `was` say where each comes from. Of lists only what was added and taken away counts.
    """

    path: str
    before: JsonValue = None
    after: JsonValue = None
    said: Fact | None = None
    was: Fact | None = None

    @property
    def replaces(self) -> bool:
        """Whether a fact that was known is now another one."""
        if isinstance(self.before, list) and isinstance(self.after, list):
            return any(item not in self.after for item in self.before)
        return self.before is not None and self.before != self.after


class Known(NamedTuple):
    """A fact's value as JSON, and where it comes from."""

    value: Any
    fact: Fact | None


def facts_of(client: Client) -> dict[str, Known]:
    """Every known fact of a client by its path, in the order of the client's fields."""
    table = client.model_dump(mode="json", by_alias=True, exclude={"facts"})
    found: dict[str, Any] = {}
    for field, value in table.items():
        if field in _TABLES:
            found |= {f"{field}.{name}": item for name, item in value.items() if item is not None}
        elif value is not None and value != []:
            found[field] = value
    return {path: Known(value, fact_at(client.facts, path)) for path, value in found.items()}


def fact_at(facts: Mapping[str, Fact], path: str) -> Fact | None:
    """Where the fact at a path comes from, if that was noted."""
    return facts.get(key_of(path)) or facts.get(path)


def key_of(path: str) -> str:
    """The name under which a client notes where the fact at a path comes from."""
    field, _, name = path.partition(".")
    return {"partners": f"{name}_partners", "metrics": f"metric_{name}"}.get(field, path)


def changes(before: Client, after: Client) -> tuple[FactChange, ...]:
    """The facts in which two clients differ, in value or in where they come from."""
    old, new = facts_of(before), facts_of(after)
    nothing = Known(None, None)
    pairs = ((path, old.get(path, nothing), new.get(path, nothing)) for path in dict.fromkeys((*new, *old)))
    return tuple(
        FactChange(path=path, before=was.value, after=now.value, said=now.fact, was=was.fact) for path, was, now in pairs if was != now
    )


def applied(client: Client, made: Iterable[FactChange]) -> Client:
    """The client with these changes put onto it; lists gain and lose single items, whatever else was added to them."""
    table = client.model_dump(mode="json", by_alias=True)
    for change in made:
        field, _, name = change.path.partition(".")
        if field in _LISTS:
            table[field] = _merged(table[field], change)
        elif name:
            table[field] = _with(table[field], name, change.after)
        else:
            table[field] = change.after
        fact = change.said.as_json() if change.said else None
        table["facts"] = _with(_with(table["facts"], change.path, None), key_of(change.path), fact)
    return Client.model_validate(table)


def over(base: Client, top: Client) -> Client:
    """The facts of both; where both say something, those of `top`."""
    return applied(base, changes(Client(), top))


def inverse(made: Iterable[FactChange]) -> tuple[FactChange, ...]:
    """The changes that take these back."""
    return tuple(
        FactChange(path=change.path, before=change.after, after=change.before, said=change.was, was=change.said) for change in made
    )


def _merged(items: list[Any], change: FactChange) -> list[Any]:
    old, new = _items(change.before), _items(change.after)
    gone = [item for item in old if item not in new]
    kept = [item for item in items if item not in gone]
    return [*kept, *(item for item in new if item not in old and item not in kept)]


def _items(value: JsonValue) -> list[Any]:
    return value if isinstance(value, list) else []


def _with(table: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The table with a value under a name; none removes the name, or leaves it unknown where the table has fixed names."""
    rest = {key: item for key, item in table.items() if key != name}
    return rest if value is None else {**rest, name: value}
