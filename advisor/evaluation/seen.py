"""What a scorer sees of a case: the answer with the evidence it cites, what was found, or what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from advisor.answering.spelled import shortened
from advisor.domain import Answer, Benchmark, Evidence
from advisor.evaluation.subjects import Subject
from advisor.library import Library



@dataclass
class Seen:
    """The outcome of a case: an answer, ids found in order, or a fact-by-fact reading, depending on its kind."""

    subject: Subject
    answer: Answer | None = None
    found: tuple[str, ...] = ()
    other: Any = None
    seconds: float = 0.0
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def reply(self) -> Answer:
        """The answer. Raises ValueError for a case without one."""
        if self.answer is None:
            raise ValueError("this case has no answer")
        return self.answer

    @property
    def library(self) -> Library:
        return self.subject.library.in_language(self.reply.language)

    @cached_property
    def said(self) -> str:
        """The answer without headings and markers, abbreviations as its records have them."""
        return shortened(" ".join(claim.text for claim in self.reply.answer.claims), self.library)

    @cached_property
    def first(self) -> str:
        """The first claim, with the next where it runs on behind a colon."""
        one, two = (*(claim.text for claim in self.reply.answer.claims[:2]), "", "")[:2]
        return shortened(f"{one} {two}" if one.endswith(":") else one, self.library)

    @cached_property
    def evidence(self) -> Mapping[int, Evidence]:
        """What each citation stands for, as the knowledge gave it before anything was checked."""
        held = self.subject.evidence
        return {each.n: held[each.id] for each in self.reply.citations if each.id in held}

    def shows(self, record: str) -> bool:
        """Whether the answer holds the sentence of a record, or for a passage cites it."""
        if record in self.library.benchmarks:
            return self.library.say_record(record) in self.said or record in self._cited
        return record in self._cited

    @cached_property
    def _cited(self) -> set[str]:
        return {each.id for each in self.reply.citations}

    def record(self, id_: str) -> Benchmark | None:
        return self.library.benchmarks.get(id_)
