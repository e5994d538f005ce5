"""Puts the facts read into the client: text over what was known, options over the text, every clash reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from advisor.domain import Client, Fact, Money, Partners
from advisor.intake.contradictions import Clash, differing
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.ports import Wording

SINGLE = ("arr", "motion", "acv", "business", "expansion", "implementation_heavy", "direct_predictable", "committed_spend", "owner", "programme_age_months", "maturity", "region", "compliance", "crm", "tool_budget")
_LISTS = ("problems", "in_place", "decided")
_MONEY = ("arr", "acv", "tool_budget")
_COUNTS = ("signed", "active", "mapped")


def into(client: Client, found: Iterable[Found], message: Message) -> Client:
    """The client with the facts of the text; lists grow, single facts are replaced."""
    values: dict[str, Any] = {}
    facts = dict(client.facts)
    partners, metrics, rates = dict[str, int](), dict(client.metrics), dict(client.fx)
    lists: dict[str, list[Any]] = {name: list(getattr(client, name)) for name in _LISTS}
    for item in found:
        group, _, name = item.field.partition(".")
        if group == "partners":
            partners[name] = item.value
            facts[f"{name}_partners"] = item.fact(message)
        elif group == "metrics":
            metrics[name] = item.value
            facts[f"metric_{name}"] = item.fact(message)
        elif group == "fx":
            rates |= item.value
        elif group in lists:
            if item.value not in lists[group]:
                lists[group].append(item.value)
            facts.setdefault(group, item.fact(message))
        else:
            values[group] = item.value
            facts[group] = item.fact(message)
    values |= {name: tuple(items) for name, items in lists.items()}
    counts = Partners(**{**client.partners.model_dump(), **partners}) if partners else client.partners
    return client.model_copy(update={**values, "partners": counts, "metrics": metrics, "fx": rates, "facts": facts})


def over(client: Client, options: Client, today: date | None) -> Client:
    """The client with explicit options on top."""
    values: dict[str, Any] = {name: getattr(options, name) for name in SINGLE if getattr(options, name) is not None}
    lists = {name: tuple(dict.fromkeys((*getattr(client, name), *getattr(options, name)))) if name != "decided" else (*client.decided, *options.decided) for name in _LISTS}
    if options.problems:
        lists["problems"] = options.problems
    given = {name: count for name in _COUNTS if (count := getattr(options.partners, name)) is not None}
    partners = client.partners.model_copy(update=given)
    named = [*values, *(f"{name}_partners" for name in given), *(name for name in _LISTS if getattr(options, name)), *(f"metric_{name}" for name in options.metrics)]
    facts = {**client.facts, **{name: Fact(origin="option", stated_on=today) for name in named}, **options.facts}
    return client.model_copy(update={**values, **lists, "partners": partners, "metrics": {**client.metrics, **options.metrics}, "fx": {**client.fx, **options.fx}, "facts": facts})


def at_rates(client: Client) -> Client:
    """The client with the rates that were said put to the amounts in these currencies."""
    amounts = {name: money for name in _MONEY if (money := getattr(client, name)) is not None and money.eur is None and money.currency in client.fx}
    return client.model_copy(update={name: money.at(client.fx[money.currency]) for name, money in amounts.items()})


def clashes(said: Client, given: Client, key: str, wording: Wording, *, only: Iterable[str] | None = None) -> Iterator[Clash]:
    """Where two readings of the client state different values for one fact."""
    fields = [(name, getattr(said, name), getattr(given, name)) for name in SINGLE]
    fields += [(f"{name}_partners", getattr(said.partners, name), getattr(given.partners, name)) for name in _COUNTS]
    for name, one, other in fields:
        if one is not None and other is not None and not _same(one, other) and (only is None or name in only):
            yield differing(name, one, other, key, wording)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Money) and isinstance(other, Money):
        return one.amount == other.amount and (one.currency == other.currency or not one.currency or not other.currency)
    return bool(one == other)
