"""What a message says of each number that a formula may name."""

from __future__ import annotations

from functools import reduce
from operator import add

from advisor.answering.computations.inputs import Inputs
from advisor.domain import Applies
from advisor.domain.conditions import evaluate
from advisor.intake.quantities import COUNT, MONEY, Quantity
from advisor.toolbox.parts import Part

_ROLES = {
    "size": ("deal", "base"), "revenue_said": ("revenue",), "revenue": ("revenue",), "margin_said": ("margin",), "deals_said": ("deals",), "deals": ("deals",), "leads_each": ("leads",),
    "deals_each": ("deals",), "revenue_each": ("revenue",),
}  # fmt: skip
_UPLIFT = "win_rate_uplift"
_EACH = frozenset({"leads_each", "deals_each", "revenue_each"})
_COUNTED = frozenset({"leads", "deals"})
_OTHERS = {"direct": "direct", "partner": ""}
_SIZED = frozenset({"deals", "sourced", "influenced_deals", "leads"})


class Known:
    """The numbers of a message by the names of formulas."""

    def __init__(self, n: Inputs) -> None:
        self._n = n

    def said(self, name: str) -> Part | None:
        """The number that a name stands for; None where the message has none, or several that differ."""
        plain, _, which = name.partition(".")
        if name == "revenue.rows":
            return self._rows()
        if plain in {"cost", "effort", "rate", "uplift"}:
            return {"cost": self._cost, "effort": self._effort, "rate": self._rate, "uplift": self._uplift}[plain]()
        if plain == "size" and not which:
            return self._n.size
        items = self._chosen(plain, [item for role in _ROLES.get(plain, (plain,)) for item in self._n.of(role)], which)
        parts = [self._n.yearly_part(item) for item in items]
        if parts:
            return parts[0] if all(part.value == parts[0].value for part in parts) else None
        return self._n.one(plain) if not which and not self._n.of(plain) else None

    def _chosen(self, name: str, items: list[Quantity], which: str) -> list[Quantity]:
        """The numbers of a name that are said of each partner or not, and of what is meant: partners, where both are compared."""
        if name in _EACH:
            items = [item for item in items if self._n.said_of_each(item)]
        elif name in {"leads", "deals", "deals_said", "revenue", "revenue_said"}:
            items = [item for item in items if not self._n.said_of_each(item)]
        if which in {"high", "low", "first", "last"}:
            return _ends(items, which)
        if which == "partner":
            return [item for item in items if item.qualifier != "direct"] if any(item.qualifier == "direct" for item in items) else []
        if which:
            return [item for item in items if item.qualifier == which]
        compared = {item.qualifier for item in items}
        return [item for item in items if item.qualifier != "direct"] if "direct" in compared and len(compared) > 1 else items

    def _cost(self) -> Part | None:
        costs = self._n.costs
        shares = [part for role in ("time_share", "cost_share") if (part := self._n.one(role))]
        return reduce(lambda left, right: left * right, [reduce(add, costs), *shares]) if costs else None

    def _effort(self) -> Part | None:
        effort = self._n.effort
        regular = [item for item in self._n.of("effort") if item.per and item.unit == "hour"]
        return effort[0] if effort else self._n.regular(regular[0]) if len(regular) == 1 else None

    def _uplift(self) -> Part | None:
        """The win-rate uplift of the record that holds for the number of connected partners; none while that is not known."""
        mapped = self._n.client.partners.mapped
        records = [record for record in self._n.library.benchmarks.values() if record.metric == _UPLIFT and record.condition]
        held = [record for record in records if mapped is not None and evaluate(record.condition, {"mapped_partners": mapped}).applies is Applies.YES]
        return self._n.cited(held[0].id)[0] if len(held) == 1 else None

    def _rate(self) -> Part | None:
        effort = self._n.effort
        return self._n.rate(effort[1]) if effort else self._n.one("rate")

    def _rows(self) -> Part | None:
        """Several counts with a size each: `3 deals at 20k and 5 at 12k`."""
        rows = list(self._pairs())
        return reduce(add, [count * size for count, size in rows]) if len(rows) > 1 else None

    def _pairs(self) -> list[tuple[Part, Part]]:
        items = [item for item in self._n.numbers if item.kind in {COUNT, MONEY} and (item.role in _SIZED or item.role == "deal")]
        pairs = list(zip(items[::2], items[1::2], strict=False))
        if len(items) % 2 or not all(count.kind == COUNT and size.role == "deal" for count, size in pairs):
            return []
        return [(self._n.yearly_part(count), self._n.yearly_part(size)) for count, size in pairs]


def _ends(items: list[Quantity], which: str) -> list[Quantity]:
    """The higher or the lower of two numbers, the first or the last."""
    if len(items) != 2:
        return []
    ordered = sorted(items, key=lambda item: item.value) if which in {"high", "low"} else items
    return [ordered[-1 if which in {"high", "last"} else 0]]
