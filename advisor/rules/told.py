"""The client's facts in a few words each, as sentences name them: "€9.4M ARR", "a sales-assisted motion"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from advisor.domain import Client, Money
from advisor.domain.changes import facts_of
from advisor.ports import Wording
from advisor.rules import show

_AMOUNTS = ("arr", "acv", "tool_budget")
_WORDS = ("region", "crm")
_UNITS = {"percent": " %", "percent_unspecified": " %", "percentage_points": " points", "ratio": ":1", "multiple": " times", "fte": " FTE", "count": "", "score": "", "level": ""}
_YES_NO = {"direct_predictable": "direct", "implementation_heavy": "implementation_heavy", "committed_spend": "committed_spend"}


def told(client: Client, wording: Wording, only: Iterable[str] | None = None) -> dict[str, str]:
    """A few words for each known fact by its path, in the order of the client's fields; `only` names the paths wanted."""
    wanted = None if only is None else set(only)
    return {path: words(path, known.value, wording) for path, known in facts_of(client).items() if wanted is None or path in wanted}


def words(path: str, value: Any, wording: Wording) -> str:
    """One fact in a few words; `value` is that of the client's JSON."""
    field, _, name = path.partition(".")
    if field in _AMOUNTS:
        return _say(wording, field, amount=wording.amount(show.money(Money.model_validate(value))))
    if field in _WORDS:
        return _say(wording, field, value=value)
    if field in _YES_NO:
        return _say(wording, f"{_YES_NO[field]}.{str(value).lower()}")
    special: Mapping[str, Callable[[], str]] = {
        "partners": lambda: _partners(name, value, wording),
        "metrics": lambda: _metric(name, value, wording),
        "fx": lambda: _say(wording, "fx", name=name, number=str(value)),
        "programme_age_months": lambda: _age(value, wording),
        "maturity": lambda: _say(wording, "maturity", number=str(value)),
        "problems": lambda: _say(wording, "problems", value=listed([_say(wording, f"problem.{item}") for item in value], wording)),
        "in_place": lambda: _say(wording, "in_place", value=_moves(value, wording)),
        "decided": lambda: _say(wording, "decided", value=_moves([item["move"] for item in value], wording)),
    }
    return special[field]() if field in special else _say(wording, f"{field}.{value}")


def listed(items: Iterable[str], wording: Wording) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = items
    return wording.say("conversation.list.of", most=", ".join(most), last=last) if most else last


def _say(wording: Wording, key: str, **slots: str) -> str:
    return wording.say(f"answers.fact.{key}", **slots)


def _partners(name: str, count: int, wording: Wording) -> str:
    if name == "active":
        return _say(wording, "active_partners", number=str(count))
    key = "one" if count == 1 else "none" if count == 0 and name == "signed" else "many"
    return _say(wording, f"{name}.{key}", **({"number": str(count)} if key == "many" else {}))


def _age(months: int, wording: Wording) -> str:
    key = {0: "new", 1: "one"}.get(months, "many")
    return _say(wording, f"age.{key}", **({"number": str(months)} if key == "many" else {}))


def _metric(name: str, metric: Mapping[str, Any], wording: Wording) -> str:
    number = wording.amount(f"{metric['value']}")
    if wording.has(f"answers.fact.{name}"):
        return _say(wording, name, number=number)
    special = {"money": f" {metric.get('currency') or ''}".rstrip(), **_UNITS}
    return _say(wording, "metric", name=name.replace("_", " "), number=f"{number}{special.get(metric['unit'], ' ' + metric['unit'])}")


def _moves(moves: Iterable[str], wording: Wording) -> str:
    return listed([named(move, wording) for move in moves], wording)


def named(move: str, wording: Wording) -> str:
    """A move's name without a figure, so that it can stand in a sentence that rests on nothing but the client's words."""
    plain = f"conversation.move.{move}"
    return wording.say(plain if wording.has(plain) else f"moves.{move}.noun")
