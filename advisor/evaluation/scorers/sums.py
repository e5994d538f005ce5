"""Whether a sum comes out right, is left with the question for what it lacks, or is not made where none is wanted."""

from __future__ import annotations

from advisor.domain import AskKind, Support
from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen


def sums(case: Case, seen: Seen) -> Score | None:
    """The share of results shown, none unless the first stands in the first sentence; else 1 or 0."""
    of = case.expected.sum
    if of is None:
        return None
    if of.none:
        made = _works_out(seen) or AskKind.SUM in {ask.kind for ask in seen.reply.asks}
        return Score(0.0, "a sum is made that nobody asked for") if made else Score(1.0)
    if of.lacks:
        return _lacking(of.lacks, seen)
    wanted = [result.split("|") for result in of.result or ()]
    if not any(figure in seen.reply.answer.claims[0].text for figure in wanted[0]):
        return Score(0.0, f"the first sentence does not show {' or '.join(wanted[0])}: “{seen.reply.answer.claims[0].text}”")
    missing = [" or ".join(either) for either in wanted if not any(figure in seen.reply.text for figure in either)]
    return share(len(wanted) - len(missing), len(wanted), f"not shown: {listed(missing)}")


def _lacking(words: tuple[str, ...], seen: Seen) -> Score:
    if _works_out(seen):
        return Score(0.0, f"a sum is made although {' or '.join(words)} is missing")
    asked = any(word in question for word in words for question in seen.reply.answer.questions)
    return Score(1.0) if asked else Score(0.0, f"no question has any of: {listed(words)}")


def _works_out(seen: Seen) -> bool:
    """Whether the first sentence states something worked out."""
    return any(figure.support is Support.COMPUTED for claim in seen.reply.answer.claims[:1] for figure in claim.figures)


SCORERS = (Scorer("sum", "other", "answers", sums),)
