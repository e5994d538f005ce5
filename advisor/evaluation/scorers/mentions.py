"""Whether the answer speaks of what it must, each by any of some words."""

from __future__ import annotations

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen


def mentions(case: Case, seen: Seen) -> Score | None:
    wanted, text = case.expected.mentions, seen.reply.text.lower()
    if not wanted:
        return None
    missing = [" or ".join(any_of) for any_of in wanted if not any(words.lower() in text for words in any_of)]
    return share(len(wanted) - len(missing), len(wanted), f"not mentioned: {listed(missing)}")


SCORERS = (Scorer("mentions", "other", "answers", mentions),)
