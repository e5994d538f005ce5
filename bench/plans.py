"""Prints, as JSON, what each format of one plan takes, and what the same content takes through the format's library alone.

Run in a process of its own: `python -m bench.plans`. The bare work writes the same words into the same number of paragraphs, cells and events.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from time import process_time

from advisor import Advisor, Client
from advisor.domain.plan import Plan, PlanRequest
from advisor.rendering.blocks import Bullets, Document, Grid, Heading, Paragraph, Sources, Timeline, WorkList
from advisor.rendering.formats import render
from advisor.rendering.plan import document
from advisor.rendering.tables import rows

ROUNDS = 9
Bare = Callable[[Plan, Document, str], object]


def word(plan: Plan, content: Document, html: str) -> object:
    import docx

    file = docx.Document()
    for block in content.blocks:
        match block:
            case Heading(_, text):
                file.add_heading(text)
            case Paragraph(text):
                file.add_paragraph(text.text)
            case Bullets(items):
                for item in items:
                    file.add_paragraph(item.text, style="List Bullet")
            case Grid(columns, lines):
                _table(file, columns, [[" ".join(text.text for text in cell) for cell in row] for row in lines])
            case WorkList(columns, work):
                _table(file, columns, [[str(item.number), "\n".join([item.title.text, *(f"{label} {text.text}" for label, text in item.lines)]), *item.facts] for item in work])
            case Timeline(bars, start, end, _):
                weeks = min((end - start).days // 7 + 1, 16)
                _table(file, ("", *map(str, range(weeks))), [[bar.label, *[""] * weeks] for bar in bars])
            case Sources(lines):
                for line in lines:
                    file.add_paragraph(line.text)
    out = BytesIO()
    file.save(out)
    return out


def _table(file: object, columns: tuple[str, ...], lines: list[list[str]]) -> None:
    table = file.add_table(rows=1, cols=len(columns))  # type: ignore[attr-defined]
    for cell, text in zip(table.rows[0].cells, columns, strict=True):
        cell.text = text
    for line in lines:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text


def excel(plan: Plan, content: Document, html: str) -> object:
    """The same words in as many sheets, each cell wrapped; no formulas, widths of columns or heights of rows."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    targets = [(each.measure.text, *(line.text if line else "" for line in (each.baseline, each.day_90, each.month_6, each.month_12))) for each in plan.targets]
    sums = [("item", 1.0, "how") for _ in range(9)]
    sheets: list[list[tuple[object, ...]]] = [
        [(line.text,) for line in (*plan.summary, *plan.starting_point, *plan.not_now, *plan.assumptions)],
        [*rows(plan)], [(load.title, 1.0, 1.0, 1.0, 1.0) for load in plan.capacity.loads], sums, sums[:7], [*targets],
        [(risk.risk.text, risk.response.text, risk.owner_title) for risk in plan.risks], [(each.n, each.title) for each in plan.citations],
        [(each.title, each.weeks, str(each.start), each.result.text) for each in plan.phases], [(each.item.text, each.amount.text if each.amount else "") for each in plan.budget],
        [*((str(each.on), each.title.text) for each in plan.milestones), *((str(each.on), each.title.text, each.decided_by, " ".join(line.text for line in each.criteria), each.if_missed.text) for each in plan.gates)],
        [(line.text,) for line in (*plan.kill_criteria, *plan.questions, *plan.capacity.says)],
    ]  # fmt: skip
    for lines in sheets:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                sheet.write(number, column, cell, wrapped)
    book.close()
    return out


def calendar(plan: Plan, content: Document, html: str) -> object:
    from icalendar import Calendar, Event

    whole = Calendar()
    spans = [(task.id, task.start, task.end, task.title.text, f"{task.done_when.text} {task.because.text}") for task in plan.tasks]
    spans += [(each.id, each.on, each.on, each.title.text, "") for each in (*plan.milestones, *plan.gates)]
    for id_, start, end, title, said in spans:
        event = Event()
        stamp = datetime(2026, 11, 26, tzinfo=UTC)
        for name, value in (("uid", id_), ("dtstamp", stamp), ("dtstart", start), ("dtend", end + timedelta(days=1)), ("transp", "TRANSPARENT"), ("summary", title), ("description", said)):
            event.add(name, value)
        whole.add_component(event)
    return whole.to_ical()


def pdf(plan: Plan, content: Document, html: str) -> object:
    from weasyprint import HTML

    return HTML(string=html).write_pdf()


def plain_json(plan: Plan, content: Document, html: str) -> object:
    return json.dumps(plan.model_dump(mode="json", by_alias=True), indent=2, ensure_ascii=False)


BARE: dict[str, Bare] = {"docx": word, "xlsx": excel, "ics": calendar, "json": plain_json, "pdf": pdf}


def measured(forms: list[str]) -> dict[str, dict[str, float]]:
    advisor = Advisor(today=lambda: date(2026, 11, 26))
    client = Client(arr="9M EUR", acv="24k EUR", motion="mid_touch", owner="dedicated", partners={"signed": 7, "active": 2}, in_place=("tiered_programme",))
    plan = advisor.plan(PlanRequest(kind="ninety-day", start=date(2027, 1, 11)), client)
    content, html = document(plan, advisor.documents), str(render(plan, "html", advisor.documents))
    found = {}
    for form in forms:
        render(plan, form, advisor.documents)
        BARE[form](plan, content, html)
        ours, bare = [], []
        for _ in range(ROUNDS if form != "pdf" else 1):
            ours.append(_seconds(lambda form=form: render(plan, form, advisor.documents)))  # type: ignore[misc]
            bare.append(_seconds(lambda form=form: BARE[form](plan, content, html)))  # type: ignore[misc]
        found[form] = {"ours": min(ours) * 1000, "bare": min(bare) * 1000}
        found[f"memory of {form}"] = {"ours": _peak(lambda form=form: render(plan, form, advisor.documents)), "bare": _peak(lambda form=form: BARE[form](plan, content, html))}  # type: ignore[misc]
    found["memory"] = {"ours": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "bare": 500.0}
    return found


def _seconds(work: Callable[[], object]) -> float:
    """Time of the processor: nothing here waits, and a busy machine does not count."""
    start = process_time()
    work()
    return process_time() - start


def _peak(work: Callable[[], object]) -> float:
    """The most memory, in MB, that a process of its own takes for it, this one's knowledge, plan and libraries included."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        work()
        os.write(writing, str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as told:
        return int(told.read()) / 1024


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1:] or list(BARE))))
