"""The client of a case: facts under the names that options have, with underscores or hyphens."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import ValidationError

from advisor.domain import Client, Fact
from advisor.domain.money import rate_of

COUNTS = {"partners": "signed", "signed_partners": "signed", "active_partners": "active", "mapped_partners": "mapped"}
LISTS = {"problem": "problems", "problems": "problems", "in_place": "in_place"}
FIELDS = (
    "arr", "motion", "acv", "business", "expansion", "implementation_heavy", "direct_predictable", "owner", "programme_age_months", "maturity", "region",
    "compliance", "crm", "tool_budget", "committed_spend", "decided",
)  # fmt: skip
NAMES = (*FIELDS, *dict.fromkeys(LISTS), *COUNTS, "fx")
ASKED = (
    "arr", "motion", "acv", "problems", "business", "expansion", "implementation_heavy", "direct_predictable", "owner", "signed_partners", "active_partners",
    "mapped_partners", "programme_age_months", "maturity", "region", "compliance", "crm", "tool_budget", "in_place", "win_rate_partner", "win_rate_direct",
    "activation_rate", "pipeline_vs_target", "price_per_customer",
)  # fmt: skip
ANSWERS = {"yes": True, "no": False, "unknown": None}


class Facts(NamedTuple):
    """The client, and euro per unit of other currencies."""

    client: Client
    fx: Mapping[str, Decimal]


def client_given(table: Mapping[str, Any]) -> Facts:
    """The client that a case gives. Raises ValueError naming the fact and what is allowed."""
    fields: dict[str, Any] = {}
    counts: dict[str, int] = {}
    fx: dict[str, Decimal] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name == "fx":
            fx = _rates(value)
        elif name in LISTS:
            fields[LISTS[name]] = (value,) if isinstance(value, str) else value
        elif name in COUNTS and not isinstance(value, Mapping):
            counts[COUNTS[name]] = value
        elif name in FIELDS:
            fields[name] = ANSWERS.get(value, value) if isinstance(value, str) else value
        else:
            raise ValueError(f"client.{key}: allowed are {', '.join(NAMES)}")
    if counts:
        fields["partners"] = counts
    return Facts(_client(fields), fx)


def _client(fields: Mapping[str, Any]) -> Client:
    quotes = {name: Fact(origin="option", quote=f"{name} {value}"[:200]) for name, value in fields.items() if name != "partners"}
    quotes |= {f"{name}_partners": Fact(origin="option", quote=f"{name} partners {value}") for name, value in fields.get("partners", {}).items()}
    try:
        return Client.model_validate({**fields, "facts": quotes})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"client.{where}: {first['msg'].removeprefix('Value error, ')}") from None


def _rates(value: Any) -> dict[str, Decimal]:
    entries = value.items() if isinstance(value, Mapping) else (str(entry).partition("=")[::2] for entry in ([value] if isinstance(value, str) else value))
    return {code.strip().upper(): rate_of(code, rate) for code, rate in entries}
