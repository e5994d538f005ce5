"""A plan whose work has begun: the rest is planned again, and what slipped is told."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor import Advisor, Client
from advisor.cli.main import run
from advisor.domain.plan import Delay, Plan, PlanRequest, Priority, Report, Role, Status, Told
from advisor.errors import InputError
from advisor.planning.calendar import Calendar
from advisor.planning.progress import again
from advisor.planning.schedule import Piece
from advisor.planning.told import report
from advisor.rendering.formats import FORMATS, render

START, DAY = date(2027, 1, 11), date(2027, 2, 8)
CLIENT = Client(arr="9M EUR", motion="mid_touch", owner="none", partners={"signed": 7, "active": 2})


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: date(2026, 11, 26))


@pytest.fixture(scope="module")
def plan(advisor: Advisor) -> Plan:
    return advisor.plan(PlanRequest(kind="ninety-day", start=START), CLIENT)


def filled(plan: Plan, told: dict[str, tuple[str, str]], *, on_time: bool = True) -> str:
    """The plan's own CSV with what happened in it; what ended before the day is done on time unless something else is told."""
    table = list(csv.DictReader(io.StringIO(str(render(plan, "csv", {})), newline="")))
    for row in table:
        if on_time and row["end"] < DAY.isoformat():
            row["status"], row["status_date"] = "done", row["end"]
        row["status"], row["status_date"] = told.get(row["id"], (row["status"], row["status_date"]))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


def replanned(advisor: Advisor, plan: Plan, told: dict[str, tuple[str, str]], **wish: object) -> Plan:
    request = PlanRequest.model_validate({"kind": plan.kind, "report": report(filled(plan, told), "p.csv", DAY), **wish})
    return advisor.plan(request, CLIENT)


def test_work_done_on_time_moves_nothing(advisor: Advisor, plan: Plan) -> None:
    new = replanned(advisor, plan, {})
    assert new.progress is not None
    assert new.progress.slips == ()
    assert new.end == plan.end
    assert [(task.id, task.start, task.end) for task in new.tasks if task.status is Status.DONE] == [(task.id, task.start, task.end) for task in plan.tasks if task.end < DAY]


def test_a_late_task_moves_what_waits_for_it_and_says_by_how_much(advisor: Advisor, plan: Plan) -> None:
    new = replanned(advisor, plan, {"crm-fields": ("late", "2027-03-05")})
    assert new.progress is not None
    slips = {slip.id: slip for slip in new.progress.slips}
    before = next(task.end for task in plan.tasks if task.id == "crm-fields")
    assert (slips["crm-fields"].before, slips["crm-fields"].after, slips["crm-fields"].cause) == (before, date(2027, 3, 5), Delay.REPORTED)
    assert slips["crm-fields"].days == sum(1 for _ in Calendar(START).days(before, date(2027, 3, 5))) - 1
    assert slips["dashboard"].behind == ("crm-fields",)


def test_what_was_due_and_is_not_reported_has_slipped(advisor: Advisor, plan: Plan) -> None:
    new = replanned(advisor, plan, {"baseline": ("", "")})
    assert new.progress is not None
    assert ("baseline", Delay.SILENT) in {(slip.id, slip.cause) for slip in new.progress.slips}
    assert next(task for task in new.tasks if task.id == "baseline").end >= DAY


def test_dropped_work_is_told_with_what_the_plan_thought_of_it(advisor: Advisor, plan: Plan) -> None:
    new = replanned(advisor, plan, {"attribution-policy": ("dropped", "")})
    assert new.progress is not None
    assert [(each.id, each.priority) for each in new.progress.dropped] == [("attribution-policy", Priority.MUST)]
    assert "attribution-policy" not in {task.id for task in new.tasks} | {id_ for task in new.tasks for id_ in task.depends_on}


def test_a_decision_whose_day_has_passed_is_asked_for(advisor: Advisor, plan: Plan) -> None:
    new = replanned(advisor, plan, {})
    assert new.progress is not None
    assert [gate.id for gate in new.progress.due] == [gate.id for gate in plan.gates if gate.on < DAY]


def test_the_new_plan_can_be_reported_on_again(advisor: Advisor, plan: Plan) -> None:
    new = replanned(advisor, plan, {"crm-fields": ("late", "2027-03-05")})
    again_ = advisor.plan(PlanRequest(kind="ninety-day", report=report(filled(new, {}, on_time=False), "p.csv", DAY)), CLIENT)
    assert [(task.id, task.start, task.end, task.status) for task in again_.tasks] == [(task.id, task.start, task.end, task.status) for task in new.tasks]
    assert [slip for slip in again_.progress.slips if slip.what == "task"] == [] if again_.progress else False


def test_the_json_of_a_plan_tells_the_same_as_its_csv(advisor: Advisor, plan: Plan) -> None:
    new = replanned(advisor, plan, {"crm-fields": ("late", "2027-03-05")})
    told = [report(str(text), "p", DAY) for text in (render(new, "json", {}), render(new, "csv", {}))]
    assert told[0] == told[1]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "pdf"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_format_takes_a_plan_that_has_begun(advisor: Advisor, plan: Plan, form: str, language: str) -> None:
    new = replanned(advisor, plan, {"crm-fields": ("late", "2027-03-05"), "attribution-policy": ("dropped", "")}, language=language)
    assert render(new, form, advisor.documents)


def test_finished_work_takes_no_hours_and_excel_says_the_same(advisor: Advisor, plan: Plan) -> None:
    import openpyxl

    new = replanned(advisor, plan, {})
    book = openpyxl.load_workbook(io.BytesIO(bytes(render(new, "xlsx", {}))), data_only=True)
    needed = {row[0]: row[3] for row in book["Hours"].iter_rows(min_row=2, values_only=True) if row[3] is not None}
    assert needed == pytest.approx({load.title: float(load.needed) for load in new.capacity.loads})
    for load in new.capacity.loads:
        assert load.needed == sum((task.effort for task in new.tasks if task.owner is load.role and task.status is not Status.DONE), Decimal(0))


@pytest.mark.parametrize(("id_", "status", "day", "column"), [
    ("crm-fields", "latte", "", "status"), ("crm-fields", "done", "", "status_date"), ("crm-fields", "done", "2027-05-01", "status_date"), ("crm-fields", "done", "1/2/2027", "status_date"),
    ("crm-fields", "late", "2027-01-01", "status_date"), ("crm-fields", "late", "9999-12-31", "status_date"), ("crm-fields", "done", "0001-01-01", "status_date"),
])  # fmt: skip
def test_a_bad_cell_is_named_by_row_and_column(plan: Plan, id_: str, status: str, day: str, column: str) -> None:
    row = [task.id for task in plan.tasks].index(id_) + 2
    with pytest.raises(InputError, match=rf"p\.csv, row {row}, column {column}: "):
        report(filled(plan, {id_: (status, day)}), "p.csv", DAY)


@pytest.mark.parametrize("text", ["id,status\nno-such-task,done\n", "id,status\n,late\n", "id,status\ngoals,late\ngoals,late\n", "id,status,left_days\ngoals,late,0\n", "id,status,left_days\ngoals,late,1e9\n"])
def test_a_row_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"row [23], column"):
        report(text, "p.csv", DAY)


def test_a_report_of_another_kind_of_plan_is_refused(advisor: Advisor) -> None:
    told = report("id,status,start,end\nmap-lists,late,2027-01-11,2027-01-12\n", "p.csv", DAY)
    with pytest.raises(InputError, match="None of the reported tasks"):
        advisor.plan(PlanRequest(kind="ninety-day", report=told), CLIENT)


@pytest.mark.parametrize(("start", "on"), [("2027-03-01", DAY), ("2025-01-06", DAY), ("2027-01-11", date(2028, 1, 11))])
def test_a_day_on_which_the_plan_does_not_run_is_refused(advisor: Advisor, start: str, on: date) -> None:
    told = report(f"id,status,start,end\ngoals,late,{start},{start}\n", "p.csv", on)
    with pytest.raises(InputError, match="no day on which it runs"):
        advisor.plan(PlanRequest(kind="ninety-day", report=told), CLIENT)


def test_a_task_that_the_client_no_longer_needs_is_named(advisor: Advisor, plan: Plan) -> None:
    hired = Client(arr="9M EUR", motion="mid_touch", owner="dedicated", partners={"signed": 7, "active": 2})
    new = advisor.plan(PlanRequest(kind="ninety-day", report=report(filled(plan, {}), "p.csv", DAY)), hired)
    assert new.progress is not None
    assert new.progress.unknown == ("owner-first-hire",)


def test_the_command_plans_again_from_a_file_and_writes_nothing_for_a_bad_one(plan: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad, out = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "out.md"
    good.write_text(filled(plan, {"crm-fields": ("late", "2027-03-05")}), encoding="utf-8")
    bad.write_text(filled(plan, {"crm-fields": ("latte", "")}), encoding="utf-8")
    command = ["plan", "7 signed partners, 2 active.", "--arr", "9M EUR", "--motion", "mid_touch", "--owner", "none", "--as-of", DAY.isoformat(), "-o", str(out)]
    assert run([*command, "--progress", str(bad)]) == 2
    assert capsys.readouterr().err.startswith("Error: bad.csv, row ")
    assert not out.exists()
    assert run([*command, "--progress", str(good)]) == 0
    assert "Where the plan stands on 8 Feb 2027" in out.read_text(encoding="utf-8")


DAILY = {role: Decimal("0.4") for role in Role}


@st.composite
def begun(draw: st.DrawFn) -> tuple[list[Piece], Report]:
    """Work in which each piece may wait for earlier ones, and a report on some of it."""
    found: list[Piece] = []
    told: list[Told] = []
    on = START + timedelta(days=draw(st.integers(0, 60)))
    for number in range(draw(st.integers(1, 12))):
        first = draw(st.integers(1, 10))
        after = draw(st.lists(st.sampled_from([piece.id for piece in found]), max_size=3, unique=True)) if found else []
        effort = Decimal(draw(st.sampled_from(["0.125", "0.5", "1", "2"])))
        found.append(Piece(str(number), draw(st.sampled_from([Role.OWNER, Role.SALES])), effort, (first, first + 2), tuple(after), draw(st.sampled_from(Priority))))
        status = draw(st.sampled_from(Status))
        day = {Status.DONE: on - timedelta(days=draw(st.integers(0, 20))), Status.LATE: on + timedelta(days=draw(st.integers(0, 90)))}.get(status)
        told.append(Told(id=str(number), status=status, on=day))
    return found, Report(on=on, tasks=tuple(told))


@given(begun())
@settings(max_examples=150, deadline=None)
def test_the_rest_is_done_in_order_within_the_hours_from_the_day_on(made: tuple[list[Piece], Report]) -> None:
    pieces, told = made
    calendar = Calendar(START)
    planned = again(pieces, calendar, 12, DAILY, told)
    status = {each.id: each for each in told.tasks}
    today = calendar.working(told.on)
    days = planned.schedule.days
    kept = {piece.id: piece for piece in pieces if piece.id in days}
    for piece in kept.values():
        report_ = status[piece.id]
        assert report_.status is not Status.DROPPED
        if report_.status is Status.DONE:
            assert days[piece.id].end == report_.on
            continue
        assert days[piece.id].end >= max(today, report_.on or today)
        for id_ in piece.after:
            if id_ in kept and days[piece.id].start >= today:
                assert days[id_].end < days[piece.id].start
    assert not [id_ for id_ in planned.schedule.dropped if status[id_].status in {Status.LATE, Status.DONE}]
    for role in Role:
        own = [(planned.left[id_], max(days[id_].start, today), days[id_].end) for id_, piece in kept.items() if piece.role is role and status[id_].status is not Status.DONE]
        for last in {end for _, _, end in own}:
            done = sum((effort for effort, _, end in own if end <= last), Decimal(0))
            assert done <= DAILY[role] * sum(1 for _ in calendar.days(today, last))
