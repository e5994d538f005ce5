"""Whether the answer is in the expected language throughout."""

from __future__ import annotations

import re

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed
from advisor.evaluation.seen import Seen

FOREIGN = {
    "de": re.compile(r"\b(?:the|and|your|you|with|is|are|from|below|above|percent|months|should|not|before|after)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:der|die|das|und|ist|sind|mit|nicht|noch|für|über|Monate|unter|sollte)\b"),
}
QUOTED = re.compile(r"„[^“]*“|“[^”]*”|\*[^*]*\*")


def language(case: Case, seen: Seen) -> Score | None:
    """1 when the answer says it is in the language and, quotations apart, has no small words of the other one."""
    wanted = case.expected.language
    if wanted is None:
        return None
    if seen.reply.language != wanted:
        return Score(0.0, f"answered in {seen.reply.language}")
    strange = FOREIGN[wanted].findall(QUOTED.sub("", seen.reply.text))
    return Score(0.0, f"words of another language: {listed(list(dict.fromkeys(strange)))}") if strange else Score(1.0)


SCORERS = (Scorer("language", "other", "answers", language),)
