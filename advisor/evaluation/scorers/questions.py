"""Whether the answer asks for the facts that it needs."""

from __future__ import annotations

import re

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen

PATHS = {"signed_partners": "partners.signed", "active_partners": "partners.active", "mapped_partners": "partners.mapped"}


def questions(case: Case, seen: Seen) -> Score | None:
    """The share of expected facts among the open questions: the rules' own, or a question of the answer that has the words of the fact's name."""
    wanted = case.expected.asks_about
    if not wanted:
        return None
    open_ = {path for question in seen.reply.assessment.questions for path in (question.fact, *question.also)}
    missing = [fact for fact in wanted if PATHS.get(fact, fact) not in open_ and not any(_named(fact, text) for text in seen.reply.answer.questions)]
    return share(len(wanted) - len(missing), len(wanted), f"not asked: {listed(missing)}")


def _named(fact: str, text: str) -> bool:
    return all(re.search(rf"\b{word}", text, re.IGNORECASE) for word in fact.split("_"))


SCORERS = (Scorer("questions", "other", "answers", questions),)
