"""Whether the client is placed at the expected stage; likewise motion and scope."""

from __future__ import annotations

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer
from advisor.evaluation.seen import Seen


def stage(case: Case, seen: Seen) -> Score | None:
    if case.expected.stage is None:
        return None
    found = seen.reply.assessment.stage
    return Score(1.0) if found.id == case.expected.stage else Score(0.0, f"stage {found.id} instead of {case.expected.stage}: {found.because}")


def motion(case: Case, seen: Seen) -> Score | None:
    if case.expected.motion is None:
        return None
    found = seen.reply.assessment.motion.id if seen.reply.assessment.motion else "unknown"
    return Score(1.0) if found == case.expected.motion else Score(0.0, f"motion {found} instead of {case.expected.motion}")


def scope(case: Case, seen: Seen) -> Score | None:
    if case.expected.in_scope is None:
        return None
    found = seen.reply.assessment.in_scope
    return Score(1.0) if found is case.expected.in_scope else Score(0.0, f"taken as {'inside' if found else 'outside'} the scope")


SCORERS = (Scorer("stage", "decision", "answers", stage), Scorer("motion", "decision", "answers", motion), Scorer("scope", "decision", "answers", scope))
