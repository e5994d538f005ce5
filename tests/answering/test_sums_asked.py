"""Every message of evals/sums.yaml: the right result first, or the missing number asked for, or no sum at all."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor import Advisor, Answer, datafiles
from advisor.domain import AskKind, Support

CASES = yaml.safe_load((Path(__file__).parents[2] / "evals" / "sums.yaml").read_text(encoding="utf-8"))["cases"]
# What is still declined although it could be worked out, or not asked about: none of these shows a wrong result.
OPEN = datafiles.read_toml(datafiles.root() / "evals" / "reasons.toml")["sums"]


@cache
def advisor() -> Advisor:
    return Advisor()


def works_out(reply: Answer) -> bool:
    """Whether the first sentence states something worked out."""
    return any(figure.support is Support.COMPUTED for claim in reply.answer.claims[:1] for figure in claim.figures)


def right(case: dict[str, Any], reply: Answer) -> bool:
    wants = case["expected_output"]["sum"]
    if wants.get("none"):
        return not works_out(reply) and AskKind.SUM not in {ask.kind for ask in reply.asks}
    if "lacks" in wants:
        return not works_out(reply) and any(word in question for word in wants["lacks"] for question in reply.answer.questions)
    wanted = [figure.split("|") for figure in wants["result"]]
    first = any(figure in reply.answer.claims[0].text for figure in wanted[0])
    return first and all(any(figure in reply.text for figure in either) for either in wanted)


@pytest.mark.parametrize("case", [
    pytest.param(case, id=case["name"], marks=[pytest.mark.xfail(reason=OPEN[case["name"]], strict=True)] if case["name"] in OPEN else [])
    for case in CASES
])  # fmt: skip
def test_a_message_with_numbers_gets_the_right_sum_the_missing_number_or_no_sum(case: dict[str, Any]) -> None:
    reply = advisor().ask(case["inputs"]["question"])
    assert right(case, reply), reply.text
    assert reply.verification.removed == () or "result" not in case["expected_output"]["sum"]
