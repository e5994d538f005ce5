"""Whether a prompt tells a model what it must, sentence by sentence."""

from __future__ import annotations

import re

from advisor.answering.prompts import Prompt
from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen

_FENCED = re.compile(r"^<<<(\w+)\n.*?\n\1>>>$", re.DOTALL | re.MULTILINE)
_END = re.compile(r"\n|(?<=[.?!:]) (?=[A-Z\"])")


def sentences_of(prompt: Prompt) -> list[str]:
    """The sentences of a prompt, each fence with what stands in it as one."""
    found: list[str] = []
    for part in prompt.parts:
        found += [match[0] for match in _FENCED.finditer(part.text)]
        found += [sentence.strip() for sentence in _END.split(_FENCED.sub("\n", part.text)) if sentence.strip()]
    return found


def stated(words: tuple[str, ...], sentence: str) -> bool:
    """Whether a sentence has all these words."""
    return all(word.lower() in sentence.lower() for word in words)


def tells(case: Case, seen: Seen) -> Score:
    """The share of statements that stand in a sentence of the prompt."""
    wanted = case.expected.tells
    missing = [" … ".join(words) for words in wanted if not any(stated(words, sentence) for sentence in seen.other)]
    return share(len(wanted) - len(missing), len(wanted), f"not told: {listed(missing)}")


SCORERS = (Scorer("tells", "grounding", "prompts", tells),)
