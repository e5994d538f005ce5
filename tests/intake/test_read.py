"""Facts read from messages: every expected one, and no other."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.domain import Client, Metric, Money
from advisor.intake import read

TODAY = date(2026, 11, 24)
CASES = tomllib.loads(Path(__file__).with_name("utterances.toml").read_text(encoding="utf-8"))["case"]
MARKS = {"stated": "", "inferred": "*", "assumed": "**"}


class Keys:
    """Wording that answers with the key and its slots."""

    def amount(self, text: str, /) -> str:
        return text

    def say(self, key: str, /, **slots: str) -> str:
        return f"{key} {sorted(slots.items())}"


def _shown(client: Client, name: str) -> Any:
    mark = MARKS[client.facts[name].confidence]
    value = getattr(client, name) if name in Client.model_fields else _inner(client, name)
    if isinstance(value, Money):
        return f"{value.amount.normalize():f} {value.currency or '?'}{mark}"
    if isinstance(value, Metric):
        return f"{value.value.normalize():f} {value.unit}{mark}"
    if name == "decided":
        return [decision.move.value for decision in client.decided]
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if mark:
        return f"{str(value).lower()}{mark}"
    return value


def _inner(client: Client, name: str) -> Any:
    if name.startswith("metric_"):
        return client.metrics[name.removeprefix("metric_")]
    return getattr(client.partners, name.removesuffix("_partners"))


def facts_of(text: str, **known: Client) -> dict[str, Any]:
    client = read(text, today=TODAY, wording=Keys(), **known).client
    return {name: _shown(client, name) for name in client.facts}


@pytest.mark.parametrize("case", CASES, ids=[case["say"][:60] for case in CASES])
def test_utterance_gives_exactly_its_facts(case: dict[str, Any]) -> None:
    """Precision and recall at once: the facts read are the facts said."""
    expected = {name: value for name, value in case.items() if name != "say"}
    assert facts_of(case["say"]) == expected


@pytest.mark.parametrize("case", CASES, ids=[case["say"][:60] for case in CASES])
def test_every_fact_quotes_the_words_it_was_read_from(case: dict[str, Any]) -> None:
    """A quote is a piece of the message, and no fact goes without one."""
    client = read(case["say"], today=TODAY, wording=Keys()).client
    for name, fact in client.facts.items():
        assert fact.quote, name
        assert fact.quote in case["say"]
        assert (fact.origin, fact.stated_on) == ("text", TODAY)
