"""What `plan-diff` tells of two plans."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from advisor import Advisor, Client
from advisor.cli.main import run
from advisor.domain.plan import Plan, PlanRequest
from advisor.planning.diff import differences
from advisor.rendering.formats import render


@pytest.fixture(scope="module")
def plan() -> Plan:
    advisor = Advisor(today=lambda: date(2026, 11, 26))
    return advisor.plan(PlanRequest(kind="ninety-day", start=date(2027, 1, 11)), Client(arr="9M EUR", motion="mid_touch", owner="dedicated"))


def test_the_same_plan_has_not_changed(plan: Plan) -> None:
    assert differences(plan, plan).changes == ()


def test_work_that_came_went_and_moved_is_told(plan: Plan) -> None:
    first, *rest = plan.tasks
    later = first.model_copy(update={"end": first.end + timedelta(days=7)})
    fewer = plan.model_copy(update={"tasks": (later, *rest[1:])})
    assert [(each.id, each.field) for each in differences(plan, fewer).changes] == [(rest[0].id, ""), (first.id, "end")]
    assert differences(fewer, plan).changes[0].after == rest[0].title.text


def test_two_files_are_compared_and_others_are_refused(plan: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, odd = (tmp_path / name for name in ("old.json", "new.json", "odd.json"))
    old.write_text(str(render(plan, "json", {})), encoding="utf-8")
    new.write_text(str(render(plan.model_copy(update={"end": date(2027, 5, 3)}), "json", {})), encoding="utf-8")
    odd.write_text("{}", encoding="utf-8")
    assert run(["plan-diff", str(old), str(new)]) == 0
    assert "2027-05-03" in capsys.readouterr().out
    for wrong in (odd, tmp_path / "none.json"):
        assert run(["plan-diff", str(old), str(wrong)]) == 2
        assert capsys.readouterr().err.startswith("Error: ")
