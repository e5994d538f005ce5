"""What a reader of facts hands back: a value with the place of its words."""

from __future__ import annotations

from typing import Any, NamedTuple

from advisor.domain.client import Confidence, Fact
from advisor.intake.message import Message


class Found(NamedTuple):
    """One fact read: its field (`arr`, `partners.signed`, `metrics.win_rate_gap`), value, and the characters it was read from."""

    field: str
    value: Any
    start: int
    end: int
    confidence: Confidence = "stated"

    def fact(self, message: Message) -> Fact:
        """The fact's origin: the exact words, the day, and how sure the reading is."""
        return Fact(origin="text", quote=message.quote(self.start, self.end), stated_on=message.today, confidence=self.confidence)
