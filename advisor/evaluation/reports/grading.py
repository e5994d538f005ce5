"""`grading.json` in the shape of Anthropic's skill-creator: an expectation for each score of each case, passed or not, with evidence; measures expect nothing."""

from __future__ import annotations

import json

from advisor.evaluation.reports.told import Told, number
from advisor.evaluation.scorers import GROUPS, LEAST


def report(told: Told) -> str:
    expectations = [
        {"text": f"{result.suite}/{result.case}: {name}", "passed": score.value >= LEAST.get(name, 1.0), "evidence": score.why or f"scored {number(score.value)}"}
        for result in told.run.results
        for name, score in result.scores.items()
        if GROUPS.get(name) != "measure"
    ]
    passed, total = sum(bool(each["passed"]) for each in expectations), len(expectations)
    summary = {"passed": passed, "failed": total - passed, "total": total, "pass_rate": round(passed / total, 4) if total else 0.0}
    return json.dumps({"expectations": expectations, "summary": summary}, indent=2, ensure_ascii=False) + "\n"
