"""Whether German and French words are searched by the English ones that they mean."""

from __future__ import annotations

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen


def words(case: Case, seen: Seen) -> Score:
    """The share of words that are taken for one of the expected ones."""
    pairs = list(zip(case.inputs.words, case.expected.english, seen.other, strict=True))
    wrong = [f"{word} is {' or '.join(found) or 'nothing'} instead of {' or '.join(wanted)}" for word, wanted, found in pairs if not set(wanted) & set(found)]
    return share(len(pairs) - len(wrong), len(pairs), listed(wrong))


SCORERS = (Scorer("words", "other", "words", words),)
