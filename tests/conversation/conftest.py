"""A conversation over the shipped knowledge, kept in memory, with a clock that a test turns."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest

from advisor import Advisor
from advisor.conversation.talk import Talk
from advisor.testing import MemorySessions


class Clock:
    """The day, which passes only when told."""

    def __init__(self) -> None:
        self.day = date(2026, 11, 26)

    def __call__(self) -> date:
        return self.day

    def pass_days(self, days: int) -> None:
        self.day += timedelta(days=days)


@cache
def shared() -> tuple[Advisor, Clock]:
    clock = Clock()
    return Advisor(today=clock), clock


@pytest.fixture
def clock() -> Clock:
    clock = shared()[1]
    clock.day = date(2026, 11, 26)
    return clock


@pytest.fixture
def talk(clock: Clock) -> Talk:
    advisor = shared()[0]
    advisor.__dict__["store"] = MemorySessions()
    return advisor.talk("acme")
