"""What a model costs: a dated table; a model that it lacks has no price."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from advisor.datafiles import Table, parse_toml, read_text
from advisor.ports import Tokens

FILE = Path(__file__).resolve().parents[1] / "_models" / "prices.toml"
_MILLION = 1_000_000


class Price(NamedTuple):
    """US dollars for a million tokens."""

    prompt: float
    written: float

    def of(self, tokens: Tokens) -> float:
        return (tokens.prompt * self.prompt + tokens.written * self.written) / _MILLION


def price_of(provider: str, model: str) -> Price | None:
    """The price of a model. A version behind its name (`-2026-05-01`) changes nothing; another model's name does."""
    table: dict[str, Any] = _table().get(provider, {})
    plain = model.rpartition("/")[2].lower()
    keys = [key for key in table if not key or plain == key or plain.startswith((f"{key}-2", f"{key}@", f"{key}:", f"{key}-latest"))]
    return Price(**table[max(keys, key=len)]) if keys else None


def as_of() -> str:
    """The day of the table."""
    return str(_table()["as_of"])


@cache
def _table() -> Table:
    return parse_toml(read_text(FILE), FILE.name)
