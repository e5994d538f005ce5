"""What a message asks for is read right far more often than patterns alone read it, on messages that nobody has learned from."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from advisor import Advisor
from advisor.adapters import kinds
from advisor.adapters.embedder import MiniLM
from advisor.domain import AskKind
from advisor.intake import signs

BLIND: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[2] / "evals" / "kinds.toml").read_text("utf-8"))["message"]


@cache
def advisor() -> Advisor:
    return Advisor()


def right(read: list[AskKind]) -> float:
    """The share of blind messages read as a fair reader could."""
    return float(np.mean([kind in {message["kind"], *message["also"]} for kind, message in zip(read, BLIND, strict=True)]))


def test_blind_messages_are_read_right_in_seventeen_of_twenty() -> None:
    assert right([advisor().ask(message["text"]).asks[0].kind for message in BLIND]) >= 0.85


def test_patterns_alone_read_far_fewer() -> None:
    patterns = [advisor().read(message["text"]).asks[0].kind for message in BLIND]
    assert right(patterns) < right([advisor().ask(message["text"]).asks[0].kind for message in BLIND]) - 0.2


def test_messages_learned_from_are_many_of_each_kind_each_once_and_none_of_the_blind_ones() -> None:
    learned = kinds.lines()
    assert min(Counter(kind for kind, _ in learned).values()) >= 60
    assert set(AskKind) == {kind for kind, _ in learned}
    assert len({line for _, line in learned}) == len(learned)
    assert not {line for _, line in learned} & {message["text"] for message in BLIND}


def test_the_shipped_weights_belong_to_the_messages_and_the_model() -> None:
    assert not kinds.stale(MiniLM())


def test_probabilities_add_up_and_the_same_message_is_read_the_same() -> None:
    reader, message = kinds.Kinds(MiniLM()), "who should own partners at 8M ARR?"
    first, again = (reader.kinds(message, signs(message, advisor().read(message))) for _ in range(2))
    assert first == again
    assert abs(sum(chance for _, chance in first) - 1) < 1e-4
    assert [chance for _, chance in first] == sorted((chance for _, chance in first), reverse=True)
