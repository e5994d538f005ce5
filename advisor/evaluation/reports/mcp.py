"""The XML by which MCP servers are evaluated: up to ten read-only questions, each with one answer that is compared as it stands."""

from __future__ import annotations

from xml.sax.saxutils import escape

from advisor.domain import StageId
from advisor.evaluation.reports.junit import legal
from advisor.evaluation.reports.told import Told

MOST = 10
ASK = "At which ARR stage does the advisor place this client? Answer with one of {stages} and nothing else."


def report(told: Told) -> str:
    """Pairs from the cases whose stage is expected and found."""
    found = [result for result in told.run.results if "stage" in result.scores and result.scores["stage"].value == 1.0]
    ask = ASK.format(stages=", ".join(StageId))
    pairs = [_pair(f"{result.shown['question']}\n\n{ask}", str(result.shown["stage"])) for result in found[:MOST]]
    return '<?xml version="1.0" encoding="UTF-8"?>\n<evaluation>\n' + "".join(pairs) + "</evaluation>\n"


def _pair(question: str, answer: str) -> str:
    return f"  <qa_pair>\n    <question>{escape(legal(question))}</question>\n    <answer>{escape(answer)}</answer>\n  </qa_pair>\n"
