"""Whatever a plan says stands in every format that is read, whichever kind it is."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest

from advisor import Advisor, Client
from advisor.domain import Value
from advisor.domain.plan import PartnerList, PartnerRow, Plan, PlanKind, PlanRequest
from advisor.rendering.blocks import Bullets, Document, Grid, Paragraph, Sources, Text, WorkList
from advisor.rendering.formats import render
from advisor.rendering.plan import document
from advisor.rendering.sheets import sheet_name
from advisor.rendering.words import page
from advisor.rendering.workbook import workbook

NAME = "Müller & Söhne <GmbH>"
READ = ("md", "html", "docx", "xlsx")
_APART = frozenset({"citations", "verification", "made", "client", "computed", "lasts"})
"""Fields that hold what words rest on; a meeting's minutes stand beside its day."""
_SAID = frozenset({"text", "title", "label", "owner_title", "lead", "others", "decided_by", "columns", "prepared_for", "prepared_by", "name"})
"""Fields of a plan that hold words for readers."""


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: date(2026, 11, 26))


@cache
def made(advisor: Advisor, kind: PlanKind, language: str) -> Plan:
    """A plan with as much in it as the kind has: a list for a review, and what stands against advice."""
    rows = tuple(PartnerRow(name=f"Partner {letter}", sourced=value, influenced=0, hours=5, registrations=1) for letter, value in (("A", 900), ("B", 40), ("C", 0)))
    facts = {"arr": "30M EUR", "partners": {"signed": 22, "active": 9}} if kind in {PlanKind.TIERING, PlanKind.QBR} else {"arr": "9M EUR", "partners": {"signed": 7, "active": 2}}
    client = Client(motion="mid_touch", acv="24k EUR", crm="HubSpot", in_place=("tiered_programme",), **facts)
    request = PlanRequest(kind=kind, start=date(2027, 1, 11), prepared_for=NAME, prepared_by="Northgate", language=language, partners=PartnerList(rows=rows, currency="EUR") if kind is PlanKind.QBR else None)
    return advisor.plan(request, client)


def said(value: Any, name: str = "") -> Iterator[str]:
    """Every piece of text in a plan that is meant for its readers."""
    if isinstance(value, str) and name in _SAID:
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from said(item, name)
    elif isinstance(value, Value):
        for field in type(value).model_fields:
            if field not in _APART:
                yield from said(getattr(value, field), field)


def read(content: str | bytes, form: str) -> str:
    """The words of a file, their blanks made one."""
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(bytes(content)))  # type: ignore[arg-type]
        text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    elif isinstance(content, bytes):
        text = re.sub(r"<w:br/>|</w:p>", " ", zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode())
    else:
        text = content.replace("\\", "")
    return _plain(html.unescape(re.sub(r"<[^>]*>", "", text) if form in {"docx", "html"} else text))


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", PlanKind)
def test_all_words_of_a_plan_stand_in_every_format_that_is_read(advisor: Advisor, kind: PlanKind, language: str) -> None:
    plan = made(advisor, kind, language)
    words = [_plain(text).replace("\\", "") for text in said(plan)]
    assert len(words) > 20
    for form in READ:
        text = read(render(plan, form, advisor.documents), form)
        assert [each for each in words if each not in text] == [], form


@pytest.mark.parametrize("kind", PlanKind)
def test_tables_of_the_page_stand_in_the_workbook_cell_by_cell(advisor: Advisor, kind: PlanKind) -> None:
    plan = made(advisor, kind, "en")
    labels = page("en")
    numbers = {labels.say("plan.column.hours"), labels.say("plan.review.column.hours"), labels.say("plan.review.column.formula")}  # of sheets with numbers and formulas
    text = read(render(plan, "xlsx", advisor.documents), "xlsx")
    cells = [_plain(each.text) for block in document(plan, advisor.documents).blocks if isinstance(block, Grid) and not numbers & set(block.columns) for row in block.rows for cell in row for each in cell]
    apart = {*_days(plan, advisor), *(f"({each.id})" for each in plan.fields)}  # what the workbook holds as days and as names without brackets
    assert [cell for cell in cells if cell.removesuffix(f"; {labels.say('plan.field.required')}") not in text and cell not in apart] == []


def _days(plan: Plan, advisor: Advisor) -> Iterator[str]:
    """Days of milestones, which a workbook holds as days."""
    for block in document(plan, advisor.documents).blocks:
        if isinstance(block, Grid) and block.columns[0] == page("en").say("plan.column.day"):
            yield from (row[0][0].text for row in block.rows)


def test_no_sheet_is_without_words_below_its_head(advisor: Advisor) -> None:
    for kind in PlanKind:
        book = openpyxl.load_workbook(io.BytesIO(bytes(render(made(advisor, kind, "de"), "xlsx", advisor.documents))))  # type: ignore[arg-type]
        assert [sheet.title for sheet in book if sheet.max_row < 2] == [], kind


@pytest.mark.parametrize(("kind", "sheets"), [
    (PlanKind.CRM_SPEC, {"Fields", "Reports"}), (PlanKind.CADENCE, {"The meetings"}), (PlanKind.ECOSYSTEM_MAP, {"The map"}), (PlanKind.ENABLEMENT_PACK, {"One-pager", "Form to register a deal"}),
])  # fmt: skip
def test_what_only_a_kind_has_is_a_sheet_of_its_own(advisor: Advisor, kind: PlanKind, sheets: set[str]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(bytes(render(made(advisor, kind, "en"), "xlsx", advisor.documents))))  # type: ignore[arg-type]
    assert sheets - set(book.sheetnames) == set()


def test_names_of_sheets_are_short_legal_and_never_twice() -> None:
    taken: list[str] = []
    for title in ["Who gives what: [both] sides / all weeks of the quarter?"] * 12 + ["'", "", "Plan", "plan"]:
        taken.append(sheet_name(title, {each.lower() for each in taken}))
    assert len({each.lower() for each in taken}) == len(taken)
    assert [each for each in taken if not 0 < len(each) <= 31 or re.search(r"[\[\]:*?/\\]", each)] == []


def test_words_of_a_section_that_look_like_a_formula_stay_words(advisor: Advisor) -> None:
    plan = made(advisor, PlanKind.JOINT_BUSINESS_PLAN, "en")
    evil = '=HYPERLINK("http://x")'
    laid = Document("t", "en", (("For", evil),), (Paragraph(Text(evil)), Grid(("a", "b"), (((Text(evil),), (Text(evil),)),))), evil, "h")
    book = openpyxl.load_workbook(io.BytesIO(workbook(plan.model_copy(update={"title": evil}), laid, [(1, evil)], {each.n: 1 for each in plan.citations})))
    assert [cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == evil and cell.data_type != "s"] == []


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", PlanKind)
def test_every_source_in_the_list_is_named_by_something_on_the_page(advisor: Advisor, kind: PlanKind, language: str) -> None:
    laid = document(made(advisor, kind, language), advisor.documents)
    listed = {item.n: item.text for block in laid.blocks if isinstance(block, Sources) for item in block.items}
    used = {n for text in _texts(laid) for n in text.citations}
    assert [text for n, text in listed.items() if n not in used] == []
    assert used <= set(listed)


@pytest.mark.parametrize("kind", PlanKind)
def test_no_reason_is_given_in_full_to_two_tasks(advisor: Advisor, kind: PlanKind) -> None:
    laid = document(made(advisor, kind, "en"), advisor.documents)
    reasons = [text.text for block in laid.blocks if isinstance(block, WorkList) for work in block.work for label, text in work.lines if label == page("en").say("plan.why")]
    full = [reason for reason in reasons if not reason.startswith("as for task ")]
    assert len(set(full)) == len(full)


def _texts(laid: Document) -> Iterator[Text]:
    for block in laid.blocks:
        match block:
            case Paragraph(text, more):
                yield from (text, *more)
            case Bullets(items):
                yield from items
            case Grid(_, rows):
                yield from (text for row in rows for cell in row for text in cell)
            case WorkList(_, work):
                yield from (text for item in work for text in (item.title, *(line for _, line in item.lines)))
            case _:
                pass
