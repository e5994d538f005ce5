"""Whether an answer can be read: not endless, nothing twice, no ask without an answer."""

from __future__ import annotations

from collections import Counter

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen

MOST_WORDS = 700


def readability(case: Case, seen: Seen) -> Score:
    """A third each: at most 700 words, no sentence twice, and something besides questions for each message."""
    claims = seen.reply.answer.claims
    words = sum(len(claim.text.split()) for claim in claims)
    twice = [text for text, count in Counter(_plain(claim.text) for claim in claims).items() if text and count > 1]
    wrong = [f"{words} words"] * (words > MOST_WORDS) + [f"said twice: “{text}”" for text in twice[:1]]
    wrong += ["nothing but questions"] * (bool(claims) and all(claim.text.endswith("?") for claim in claims)) + ["no answer"] * (not claims)
    return share(3 - len(wrong), 3, listed(wrong))


def _plain(text: str) -> str:
    """A sentence as it is heard: emphasis, case and the sign at its end say nothing new."""
    return " ".join(text.replace("*", "").casefold().split()).rstrip(".:;!?")


SCORERS = (Scorer("readability", "other", "answers", readability),)
