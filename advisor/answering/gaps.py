"""What people ask for and no source holds: found by the words of the question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from advisor.answering.hearsay import phrases, sentences
from advisor.answering.playbook import Gap
from advisor.domain import Ask, AskKind
from advisor.intake.message import plain

_TOLD = frozenset({AskKind.HOW_TO, AskKind.EXPLAIN_TERM, AskKind.COMPARE, AskKind.WHY_NOT_WORKING})


class Gapped(NamedTuple):
    """A gap that a question asks about, and the sentence that does."""

    name: str
    sentence: str


def missing(ask: Ask, gaps: Mapping[str, Gap]) -> Gapped | None:
    """The first gap that a sentence of the ask asks for."""
    for sentence in sentences(ask.text):
        for name, gap in gaps.items():
            if not (gap.figure and ask.kind in _TOLD) and phrases(gap.words).first(plain(sentence)) is not None:
                return Gapped(name, sentence)
    return None
