"""The scorers, one subject a file: deterministic, each with a reason where it gives less than 1."""

from __future__ import annotations

from advisor.evaluation.scorers import (
    abstention, applicability, calls, citations, conflict, corrects, cost, figure_check, figures, injection, intake, language, latency, mentions, misattribution, moves, plans, polarity, prompts,
    decisions, questions, readability, records, retrieval, sentences, stage, stated, sums, turns, words,
)  # fmt: skip
from advisor.evaluation.scorers.invariance import NAME as INVARIANCE
from advisor.evaluation.scorers.scorer import TARGETS, Group, Score, Scorer

_FILES = (
    stage, moves, polarity, figures, stated, conflict, corrects, citations, misattribution, applicability, injection, abstention, questions, mentions, language,
    sums, readability, turns, figure_check, retrieval, intake, records, decisions, sentences, words, prompts, plans, calls,
    latency, cost,
)  # fmt: skip
SCORERS: tuple[Scorer, ...] = tuple(scorer for file in _FILES for scorer in file.SCORERS)
JUDGED = ("judge_answers", "judge_clear", "judge_faithful")
"""What a judge adds to a run where one was asked: advice, and so a measure."""
GROUPS: dict[str, Group] = {**{scorer.name: scorer.group for scorer in SCORERS}, INVARIANCE: "decision", "runs": "decision", **dict.fromkeys(JUDGED, "measure")}
"""The group of each score by its name; `runs` says whether the case ran at all."""
LEAST: dict[str, float] = {**{scorer.name: scorer.least for scorer in SCORERS}, **dict.fromkeys(JUDGED, 0.0)}
UNSTEADY: frozenset[str] = frozenset((*JUDGED, *(scorer.name for scorer in SCORERS if not scorer.steady)))

__all__ = ["GROUPS", "INVARIANCE", "JUDGED", "LEAST", "SCORERS", "TARGETS", "UNSTEADY", "Group", "Score", "Scorer"]
