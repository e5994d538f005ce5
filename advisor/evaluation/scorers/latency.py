"""How long an answer takes: a measure, which no gate reads, for it says as much of the machine as of the advisor."""

from __future__ import annotations

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer
from advisor.evaluation.seen import Seen

AT_ONCE = 1.0  # seconds after which people notice that they wait


def latency(case: Case, seen: Seen) -> Score | None:
    """1 within a second, else one second over those it took; of a model the time that its service took, also when that was long ago."""
    told = seen.shown.get("model")
    seconds = (told["seconds"] if told else None) or seen.seconds
    if not seconds:
        return None
    return Score(1.0) if seconds <= AT_ONCE else Score(round(AT_ONCE / seconds, 4), f"{seconds:.1f} seconds")


SCORERS = (Scorer("latency", "measure", "answers", latency, least=0.0, steady=False),)
