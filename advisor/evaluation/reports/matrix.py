"""Several runs of the same cases side by side: one row a subject and model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.evaluation.reports.told import number
from advisor.evaluation.results import Result, Run, passes
from advisor.evaluation.scorers import GROUPS, INVARIANCE, LEAST

HEAD = ("subject", "cases", "failed to run", "hold", "decisions", "forbidden", "unsupported", "misattributed", "stable", "tokens", "cost", "seconds")
LEGEND = (
    "*hold*: everything expected of a case that every subject here is scored on; *decisions*: the mean of stage, moves, polarity and scope; *forbidden*: answers that advise a move which the rules or "
    "the case forbid; *unsupported*, *misattributed*: figures in the answers' words that nothing supports, or that are given to another source or with another value; *stable*: of the cases "
    "that say the same in other words, how many are decided alike; *tokens*: as told for all answers, whenever they were asked."
)
_DECISIONS = frozenset(name for name, group in GROUPS.items() if group == "decision") - {INVARIANCE, "runs"}


def table(runs: Sequence[Run]) -> str:
    """The runs as rows, with what the columns mean; scores that not every subject has are left out."""
    common = _common(runs)
    deep = max(run.repeat for run in runs)
    heads = [*HEAD, *([f"pass^{deep}"] if deep > 1 else [])]
    rows = ["| " + " | ".join(_row(run, common, deep)) + " |" for run in runs]
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1), *rows, "", LEGEND]
    return "\n".join([*lines, *_left(runs)]) + "\n"


def _common(runs: Sequence[Run]) -> frozenset[str]:
    found = [frozenset(name for result in run.results for name in result.scores) for run in runs if any("runs" not in result.scores for result in run.results)]
    return frozenset.intersection(*found) - {INVARIANCE} if found else frozenset()


def _row(run: Run, common: frozenset[str], deep: int) -> Iterator[str]:
    ran = [result for result in run.results if "runs" not in result.scores]
    wrong = [result.shown.get("checked", {}) for result in ran]
    alike = [result.scores[INVARIANCE].value for result in ran if INVARIANCE in result.scores]
    scores = [result.scores[name].value for result in ran for name in common & _DECISIONS & result.scores.keys()]
    yield run.subject
    yield str(len(run.results))
    yield str(len(run.results) - len(ran))
    yield str(sum(_holds(result, common) for result in ran))
    yield number(sum(scores) / len(scores)) if scores else "–"
    yield str(sum(bool(each.get("forbidden")) for each in wrong))
    yield str(sum(len(each.get("unsupported", ())) for each in wrong))
    yield str(sum(len(each.get("misattributed", ())) for each in wrong))
    yield f"{sum(value >= 1 for value in alike)} of {len(alike)}" if alike else "–"
    yield f"{sum((result.shown.get('model') or {}).get('tokens') or 0 for result in ran):,}"
    yield _cost(ran)
    yield f"{sum(result.seconds for result in ran):.0f}"
    if deep > 1:
        yield number(passes(run.results, run.repeat))


def _holds(result: Result, common: frozenset[str]) -> bool:
    return all(result.scores[name].value >= LEAST.get(name, 1.0) for name in common & result.scores.keys())


def _cost(results: Sequence[Result]) -> str:
    told = [each for result in results if (each := result.shown.get("model"))]
    if any(each.get("cost") is None for each in told):
        return "unknown"
    return f"${sum(each['cost'] for each in told):.4f}"


def _left(runs: Sequence[Run]) -> list[str]:
    return ["", *(f"- {run.subject}: stopped at the limit of {run.limit}; {run.left} not run" for run in runs if run.limit)] if any(run.limit for run in runs) else []
