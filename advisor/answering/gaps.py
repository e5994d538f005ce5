"""What people ask for and no source holds: found by the words of the question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from advisor.answering.hearsay import phrases, questions, sentences
from advisor.answering.playbook import Gap
from advisor.domain import Ask, AskKind
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon

_POINTS = re.compile(r"\b(?:it|this|that|dem|darauf|dazu)\b")  # a question that points at what was told asks about it
_TOLD = frozenset({AskKind.HOW_TO, AskKind.EXPLAIN_TERM, AskKind.COMPARE, AskKind.WHY_NOT_WORKING})


class Gapped(NamedTuple):
    """A gap that a question asks about, and the sentence that does."""

    name: str
    sentence: str


def missing(ask: Ask, gaps: Mapping[str, Gap]) -> Gapped | None:
    """The first gap that a sentence of the ask asks for: in its own words, or by an amount of what it or the sentence before names."""
    before = ""
    for sentence in sentences(ask.text):
        said, told = plain(sentence), only_told(sentence, ask.text)
        amount = _an_amount(said)
        for name, gap in gaps.items():
            if (gap.figure and ask.kind in _TOLD) or (told and not gap.told) or (gap.unless and phrases(gap.unless).first(said) is not None):
                continue
            if phrases(gap.words).first(said) is not None or (amount and gap.about and phrases(gap.about).first(f"{before} {said}") is not None):
                return Gapped(name, sentence)
        before = said
    return None


def only_told(sentence: str, text: str) -> bool:
    """Whether the sentence with a gap only tells of it, and another one asks: `he wants exclusivity. Do we have to win customers ourselves first?`."""
    asking = questions(text)
    return sentence not in asking and bool(asking) and not any(_POINTS.search(sentence.lower()) for sentence in asking)


def _an_amount(said: str) -> bool:
    """Whether a sentence asks for a figure without having to say of what."""
    return lexicon("asks", "amount").first(said) is not None
