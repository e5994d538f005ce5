"""A plan in every format: complete, safe to open, and the same plan."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from itertools import pairwise

import pytest

from advisor import Advisor, Client
from advisor.domain.plan import Plan, PlanRequest
from advisor.rendering.formats import FORMATS, render
from advisor.rendering.tables import harmless

NAME = "=HYPERLINK(\"http://x\") <b>שלום</b> 🚀"


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: date(2026, 11, 26))


@pytest.fixture(scope="module")
def plan(advisor: Advisor) -> Plan:
    client = Client(arr="9M EUR", acv="24k EUR", motion="mid_touch", owner="none", partners={"signed": 7, "active": 2}, in_place=("tiered_programme",))
    return advisor.plan(PlanRequest(kind="ninety-day", start=date(2027, 1, 11), prepared_for=NAME), client)


@pytest.fixture(scope="module")
def written(advisor: Advisor, plan: Plan) -> dict[str, str | bytes]:
    return {form: render(plan, form, advisor.documents) for form in FORMATS if form != "pdf"}


@pytest.mark.parametrize("form", ["md", "html", "csv", "json"])
def test_every_task_stands_in_the_texts(plan: Plan, written: dict[str, str | bytes], form: str) -> None:
    import html

    text = html.unescape(str(written[form]))
    missing = [task.id for task in plan.tasks if task.title.text not in text and json.dumps(task.title.text, ensure_ascii=False)[1:-1] not in text and task.title.text.replace('"', '""') not in text]
    assert missing == []


@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_readers_see_no_rule_ids(plan: Plan, written: dict[str, str | bytes], form: str) -> None:
    content = written[form]
    text = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode() if isinstance(content, bytes) else content
    ids = {rule for rule in plan.made.rules if "." in rule}
    assert [rule for rule in ids if rule in text] == []


def test_html_needs_nothing_from_elsewhere_and_its_links_lead_somewhere(written: dict[str, str | bytes]) -> None:
    text = str(written["html"])
    assert not re.findall(r"<(?:script|link|img|iframe)\b|\bsrc=|url\(", text)
    anchors, targets = set(re.findall(r'href="#([^"]+)"', text)), set(re.findall(r'id="([^"]+)"', text))
    assert anchors <= targets
    assert "<b>שלום" not in text
    assert "&lt;b&gt;שלום" in text
    assert re.findall(r'<svg class="([^"]+)"', text) == ["timeline", "timeline narrow"]


def test_html_headings_go_down_one_step_at_a_time(written: dict[str, str | bytes]) -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", str(written["html"]))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_word_has_styles_a_filled_table_of_contents_and_sources_that_citations_lead_to(written: dict[str, str | bytes]) -> None:
    import docx

    document = docx.Document(io.BytesIO(written["docx"]))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    body = document.element.xml
    anchors, marks = set(re.findall(r'w:anchor="([^"]+)"', body)), set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', body))
    assert anchors <= marks
    parts = re.findall(r"PAGEREF (\w+) ", body)
    assert len(parts) == len(headings)
    assert set(parts) <= {mark for mark in marks if mark.isidentifier()}, "Word finds no other names"
    assert [text for text in headings if [paragraph.text.strip() for paragraph in document.paragraphs].count(text) < 2] == []
    assert NAME in document.sections[0].header.paragraphs[0].text
    assert "NUMPAGES" in document.sections[0].footer._element.xml


def test_word_has_no_empty_part_and_no_row_without_words(written: dict[str, str | bytes]) -> None:
    import docx

    document = docx.Document(io.BytesIO(written["docx"]))
    kinds = [(element.tag.rpartition("}")[2], element) for element in document.element.body]
    after_heading = [kinds[number + 1][0] for number, (_, element) in enumerate(kinds[:-1]) if 'w:val="Heading1"' in element.xml[:600]]
    assert set(after_heading) <= {"p", "tbl"}
    for table in document.tables:
        assert all(any(cell.text.strip() for cell in row.cells) for row in table.rows)


def test_excel_formulas_carry_the_value_that_they_have(written: dict[str, str | bytes]) -> None:
    import openpyxl

    formulas, values = (openpyxl.load_workbook(io.BytesIO(written["xlsx"]), data_only=only) for only in (False, True))
    tasks = [(row[5], row[6]) for row in values["Tasks"].iter_rows(min_row=2, values_only=True)]
    for formula, value in zip(formulas["Hours"].iter_rows(min_row=2, values_only=True), values["Hours"].iter_rows(min_row=2, values_only=True), strict=True):
        if not str(formula[2]).startswith("="):
            break
        assert value[3] == pytest.approx(sum(days for who, days in tasks if who == value[0]))
        assert value[4] == pytest.approx(value[2] - value[3])
    sums = {row[0]: row[1] for row in values["Economics"].iter_rows(min_row=2, values_only=True)}
    assert sums["Partner's pay for one deal, low end"] == pytest.approx(24000 * 0.10)
    assert str(formulas["Economics"]["B2"].value).startswith("=IF(ISNUMBER(")


def test_excel_holds_names_as_words_and_never_as_formulas(written: dict[str, str | bytes]) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(written["xlsx"]))
    cells = [cell for row in book["Plan"].iter_rows() for cell in row if cell.value == NAME]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1"])
def test_no_cell_of_a_csv_is_taken_for_a_formula(text: str) -> None:
    assert harmless(text).startswith("'")


def test_csv_has_a_row_for_each_task(plan: Plan, written: dict[str, str | bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(str(written["csv"]))))
    assert [row["id"] for row in rows] == [task.id for task in plan.tasks]
    assert [row["start"] for row in rows] == [task.start.isoformat() for task in plan.tasks]


def test_the_calendar_has_every_task_milestone_and_decision_on_its_days(plan: Plan, written: dict[str, str | bytes]) -> None:
    from icalendar import Calendar

    events = {str(event["uid"]): event for event in Calendar.from_ical(written["ics"]).walk("VEVENT")}
    assert len(events) == len(plan.tasks) + len(plan.milestones) + len(plan.gates)
    first = next(event for uid, event in events.items() if plan.tasks[0].id in uid)
    assert first["dtstart"].dt == plan.tasks[0].start
    assert (first["dtend"].dt - plan.tasks[0].end).days == 1


def test_json_reads_back_as_the_same_plan(plan: Plan, written: dict[str, str | bytes]) -> None:
    assert Plan.model_validate_json(str(written["json"])) == plan


def test_pdf_is_made_from_the_same_page(advisor: Advisor, plan: Plan) -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip("Pango is not on this machine")
    small = plan.model_copy(update={"tasks": plan.tasks[:2], "citations": plan.citations})
    assert bytes(render(small, "pdf", advisor.documents)).startswith(b"%PDF")
