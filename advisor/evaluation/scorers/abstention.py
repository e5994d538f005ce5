"""Whether the answer leaves open what it must, and nothing that it could answer: both directions are errors."""

from __future__ import annotations

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed
from advisor.evaluation.seen import Seen


def abstention(case: Case, seen: Seen) -> Score | None:
    of, reply = case.expected, seen.reply.answer
    if of.abstains is None and not of.abstained_on:
        return None
    wanted = of.abstains if of.abstains is not None else True
    if reply.abstained is not wanted:
        return Score(0.0, f"left open: {listed(reply.abstained_on)}" if reply.abstained else "answered what it should have left open")
    missing = [words for words in of.abstained_on if not any(words.lower() in part.lower() for part in reply.abstained_on)]
    return Score(0.0, f"left open {listed(reply.abstained_on)}, not {listed(missing)}") if missing else Score(1.0)


SCORERS = (Scorer("abstention", "other", "answers", abstention),)
