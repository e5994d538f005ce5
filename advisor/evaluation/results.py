"""What a run found: a score with its reason for each case, and the sums over suites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import comb
from typing import Any

from pydantic import BaseModel, ConfigDict

from advisor.evaluation.scorers import GROUPS, LEAST, TARGETS


class Scored(BaseModel):
    """A score, and below 1 why."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    value: float
    why: str = ""


class Result(BaseModel):
    """The scores of a case, with what it showed. `unstable` names scores that differed between repeats; `held` says in how many
    of them, out of all, everything expected held."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    suite: str
    case: str
    scores: Mapping[str, Scored]
    seconds: float = 0.0
    shown: Mapping[str, Any] = {}
    unstable: tuple[str, ...] = ()
    held: tuple[int, int] | None = None

    @property
    def short(self) -> dict[str, Scored]:
        """The scores that fail the case."""
        return {name: score for name, score in self.scores.items() if score.value < LEAST.get(name, 1.0)}


class Run(BaseModel):
    """The results of one run, in the order of the suites, and what they were made with. `digests` tell whether a case is the same as in another run;
    `stopped` says that it ended at the first case that got worse, `limit` what it would have taken more of than it may, with `left` cases not run;
    `tokens` and `cost` are what a model took in this run, kept calls aside.
    `judge` is the model that read the answers, `unjudged` how many it could not read and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    subject: str
    knowledge_version: str
    code_version: str
    began: str
    seconds: float = 0.0
    repeat: int = 1
    cached: int = 0
    stopped: bool = False
    limit: str = ""
    left: int = 0
    tokens: int = 0
    cost: float = 0.0
    results: tuple[Result, ...] = ()
    digests: Mapping[str, str] = {}
    judge: str = ""
    judged: int = 0
    unjudged: str = ""

    def of(self, suite: str) -> list[Result]:
        return [result for result in self.results if result.suite == suite]

    @property
    def suites(self) -> list[str]:
        return list(dict.fromkeys(result.suite for result in self.results))

    @property
    def failed(self) -> list[Result]:
        return [result for result in self.results if result.short]


def passes(results: Sequence[Result], k: int) -> float | None:
    """pass^k: how likely a case holds k times out of k, as the mean over the cases; None where none was run so often."""
    held = [comb(each.held[0], k) / comb(each.held[1], k) for each in results if each.held and each.held[1] >= k]
    return sum(held) / len(held) if held else None


class Mean(BaseModel):
    """A score over the cases of a suite."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    suite: str
    scorer: str
    group: str
    mean: float
    cases: int
    short: int
    target: float | None

    @property
    def met(self) -> bool:
        return self.target is None or self.mean >= self.target


def means(results: Iterable[Result]) -> list[Mean]:
    """Each score's mean over each suite, in the order in which suites and scores come."""
    values: dict[tuple[str, str], list[float]] = {}
    for result in results:
        for name, score in result.scores.items():
            values.setdefault((result.suite, name), []).append(score.value)
    return [_mean(suite, name, scores) for (suite, name), scores in values.items()]


def _mean(suite: str, name: str, scores: Sequence[float]) -> Mean:
    group = GROUPS.get(name, "other")
    short = sum(score < LEAST.get(name, 1.0) for score in scores)
    return Mean(suite=suite, scorer=name, group=group, mean=round(sum(scores) / len(scores), 4), cases=len(scores), short=short, target=TARGETS.get(group))
