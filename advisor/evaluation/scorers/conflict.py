"""Whether sources that disagree are shown side by side, and the one that goes first stands first."""

from __future__ import annotations

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen


def conflict(case: Case, seen: Seen) -> Score | None:
    """The share of sides of which a record is shown; a preference counts like a side."""
    of = case.expected
    if not of.conflict and not of.prefers:
        return None
    missing = [f"no record of {' or '.join(side)} is shown" for side in of.conflict if not any(seen.shows(id_) for id_ in side)]
    if of.prefers and not any(_leads(id_, seen) for id_ in of.prefers):
        missing.append(f"none of {' or '.join(of.prefers)} stands first")
    total = len(of.conflict) + bool(of.prefers)
    return share(total - len(missing), total, listed(missing))


def _leads(id_: str, seen: Seen) -> bool:
    return id_ in seen.library.benchmarks and seen.library.say_record(id_) in seen.first


SCORERS = (Scorer("conflict", "grounding", "answers", conflict),)
