"""A run in the log format of Inspect, as JSON, so that its viewer shows it: a sample for each case, with the answer, its evidence and every score.

Format: version 2 of https://inspect.aisi.org.uk/eval-logs.html, written without that package. What its readers fill in themselves is left out.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from importlib.metadata import version
from math import sqrt
from typing import Any

from advisor.evaluation.reports.junit import legal
from advisor.evaluation.reports.told import Told
from advisor.evaluation.results import Result, Run

VERSION = 2
_PROSE = frozenset({"question", "text", "model"})  # shown as messages of the sample and as what they took


def report(told: Told) -> str:
    run = told.run
    log = {
        "version": VERSION, "status": "cancelled" if run.stopped or run.limit else "success", "eval": _spec(run), "plan": {"name": "advisor eval"}, "results": _results(run),
        "stats": {"started_at": run.began, "completed_at": _ended(run), "model_usage": {run.subject: _usage(run.tokens)} if run.tokens else {}},
        "samples": [_sample(told, result) for result in run.results],
    }  # fmt: skip
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _spec(run: Run) -> dict[str, Any]:
    ids = [_id(result) for result in run.results]
    return {
        "created": run.began, "task": "advisor eval", "task_id": "advisor-eval", "run_id": f"{run.code_version}-{run.knowledge_version}", "model": run.subject,
        "dataset": {"name": ", ".join(run.suites), "samples": len(ids), "sample_ids": ids, "shuffled": False}, "config": {"epochs": 1},
        "packages": {"partner-advisor": version("partner-advisor")},
        "metadata": {"code_version": run.code_version, "knowledge_version": run.knowledge_version, "repeat": run.repeat, "cost": run.cost},
    }  # fmt: skip


def _results(run: Run) -> dict[str, Any]:
    """Each score over all cases that have it; the others count as unscored."""
    values: dict[str, list[float]] = {}
    for result in run.results:
        for name, score in result.scores.items():
            values.setdefault(name, []).append(score.value)
    scores = [
        {"name": name, "scorer": name, "scored_samples": len(found), "unscored_samples": len(run.results) - len(found), "metrics": {each: {"name": each, "value": value} for each, value in _metrics(found).items()}}
        for name, found in values.items()
    ]
    ran = sum("runs" not in result.scores for result in run.results)
    return {"total_samples": len(run.results), "completed_samples": ran, "scores": scores}


def _metrics(found: list[float]) -> dict[str, float]:
    mean = sum(found) / len(found)
    if len(found) == 1:
        return {"mean": mean}
    return {"mean": mean, "stderr": sqrt(sum((value - mean) ** 2 for value in found) / (len(found) - 1) / len(found))}


def _sample(told: Told, result: Result) -> dict[str, Any]:
    asked, text = (legal(str(result.shown.get(name, ""))) for name in ("question", "text"))
    answer = {"role": "assistant", "content": text, "source": "generate"}
    more = {name: value for name, value in result.shown.items() if name not in _PROSE}
    broke = result.scores.get("runs")
    tokens = (result.shown.get("model") or {}).get("tokens")
    return {
        "id": _id(result), "epoch": 1, "input": asked or result.case, "target": "", "messages": [{"role": "user", "content": asked or result.case}, answer],
        "output": {"model": told.run.subject, "choices": [{"message": answer, "stop_reason": "stop"}]},
        "scores": {name: {"value": score.value, "answer": text[:200], "explanation": legal(score.why) or None} for name, score in result.scores.items()},
        "metadata": {"suite": result.suite, "again": told.again(result), "unstable": list(result.unstable), "held": result.held, **_legal(more)},
        "total_time": result.seconds, "model_usage": {told.run.subject: _usage(tokens)} if tokens else {},
        **({"error": {"message": legal(broke.why), "traceback": "", "traceback_ansi": ""}} if broke else {}),
    }  # fmt: skip


def _id(result: Result) -> str:
    return f"{result.suite}/{result.case}"


def _usage(tokens: int) -> dict[str, int]:
    return {"total_tokens": tokens}


def _ended(run: Run) -> str:
    return (datetime.fromisoformat(run.began) + timedelta(seconds=run.seconds)).isoformat(timespec="seconds")


def _legal(value: Any) -> Any:
    """The value with every text as JSON of any reader can hold it."""
    if isinstance(value, str):
        return legal(value)
    if isinstance(value, dict):
        return {str(key): _legal(each) for key, each in value.items()}
    return [_legal(each) for each in value] if isinstance(value, (list, tuple)) else value
