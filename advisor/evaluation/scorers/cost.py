"""What an answer costs of a model that is paid for: a measure, which no gate reads."""

from __future__ import annotations

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer
from advisor.evaluation.seen import Seen

LITTLE = 0.01  # US dollars


def cost(case: Case, seen: Seen) -> Score | None:
    """1 up to a cent, else a cent over what it cost; None without a model, and where nobody knows its price."""
    told = seen.shown.get("model")
    dollars = told["cost"] if told else None
    if dollars is None:
        return None
    return Score(1.0) if dollars <= LITTLE else Score(round(LITTLE / dollars, 4), f"${dollars:.4f}")


SCORERS = (Scorer("cost", "measure", "answers", cost, least=0.0, steady=False),)
