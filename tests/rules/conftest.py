"""The shipped rules, and a wording that fills templates straight from the phrases file."""

from __future__ import annotations

import re
from typing import Any

import pytest

from advisor.datafiles import read_toml, root, walk
from advisor.rules import RuleBook, load

SLOT = re.compile(r"\{([^{}]+)\}")


class PlainWording:
    """Reads `phrases/en/rules.toml`; a missing key or slot fails, figures show as their record's id."""

    def __init__(self, thresholds: dict[str, str]) -> None:
        self.thresholds = thresholds
        self.phrases: dict[str, Any] = dict(walk(read_toml(root() / "knowledge/phrases/en/rules.toml")))
        self.said: set[str] = set()

    def amount(self, text: str, /) -> str:
        return text

    def say(self, key: str, /, **slots: str) -> str:
        text = self.phrases[key] if isinstance(self.phrases[key], str) else self.phrases[key][0]
        self.said.add(key)
        wanted = {name for name in SLOT.findall(text) if ":" not in name}
        assert wanted == set(slots), f"{key}: slots {sorted(slots)} given, {sorted(wanted)} wanted"
        return SLOT.sub(lambda match: self._fill(match[1], slots), text)

    def _fill(self, name: str, slots: dict[str, str]) -> str:
        if name.startswith("rule:"):
            return self.thresholds[name.removeprefix("rule:")]
        return f"[{name.removeprefix('fig:')}]" if name.startswith("fig:") else slots[name]


@pytest.fixture(scope="session")
def book() -> RuleBook:
    return load()


@pytest.fixture(scope="session")
def wording(book: RuleBook) -> PlainWording:
    return PlainWording(dict(book.thresholds))
