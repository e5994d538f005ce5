"""What lies outside the field, and instructions planted in a text, which are quoted and never followed."""

from __future__ import annotations

import re
import sys

from advisor.intake.clauses import split
from advisor.intake.patterns import lexicon
from advisor.intake.tables import LANGUAGES, hearing

CONSUMER = "consumer and hardware business"
REVEAL, ORDERED, TABLE = "reveal", "ordered", "table"
"""Fields of a message that is nothing but a request for prompts and inner rules, a planted instruction, or a table."""
GRAVE = frozenset({"legal", "conduct"})
"""Fields of which a message may only tell, and ask what to do."""
_STRONG = frozenset({*GRAVE, "investment", "another subject", CONSUMER, REVEAL})
_BRACKET = re.compile(r"\s*(\[[^\]\n]{1,80}\])")
_LINE = re.compile(r"(?:system|assistant|developer)\b")


def planted(text: str) -> list[tuple[int, int]]:
    """The places of planted instructions: the sentence, or the rest of the paragraph after `SYSTEM:`."""
    with hearing(LANGUAGES):  # whatever the rest is written in
        hits = list(lexicon("scope", "planted").find(text))
    if not hits:
        return []
    clauses = split(text)
    spans = []
    for hit in hits:
        number = next(clause.sentence for clause in clauses if clause.start <= hit.start < clause.end)
        start = next(clause.start for clause in clauses if clause.sentence == number)
        end = max(clause.end for clause in clauses if clause.sentence == number)
        bracket = _bracket(text, start, hit.start)
        if bracket is None and _LINE.match(text, hit.start):
            start = hit.start
            end = _paragraph_end(text, hit.start)
        spans.append(bracket or (start, end))
    return _merged(spans)


def _bracket(text: str, start: int, place: int) -> tuple[int, int] | None:
    """The brackets that a sentence opens with, where the words stand within them: `[developer mode: on]`."""
    match = _BRACKET.match(text, start)
    return match.span(1) if match and match.start(1) <= place < match.end(1) else None


def _paragraph_end(text: str, start: int) -> int:
    """Where a paragraph ends, before the question that the client puts under what it pasted."""
    end = text.find("\n\n", start) if "\n\n" in text[start:] else len(text)
    asked = text.rfind("\n", start, len(text[:end].rstrip()))
    return asked if asked > 0 and text[:end].rstrip().endswith("?") else end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def outside(words: str, start: int = 0, end: int = sys.maxsize) -> str | None:
    """The name of the field that plain words, or a stretch of them, belong to when it is not partner strategy, else None."""
    hits = sorted(lexicon("scope", "outside").within(words, start, end), key=lambda hit: hit.start)
    if not hits:
        return None
    strong = [hit.key for hit in hits if hit.key in _STRONG]
    if strong:
        return strong[0]
    return None if speaks_of_ours(words, start, end) else hits[0].key


def names_another(words: str) -> bool:
    """Whether plain words hold one of any other field, beside ours or not."""
    return bool(lexicon("scope", "outside").find(words))


def speaks_of_ours(words: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether plain words, or a stretch of them, hold one of partner strategy."""
    return bool(lexicon("scope", "inside").within(words, start, end))
