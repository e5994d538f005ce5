"""The formats of a plan by name; what a format needs is loaded when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.util import find_spec

from advisor.domain.plan import Plan
from advisor.errors import InputError, MissingExtra
from advisor.rendering.plan import document, merged_sources
from advisor.rendering.words import page

Titles = Mapping[str, str]
EXTRA = "plans"


def _md(plan: Plan, documents: Titles) -> str:
    from advisor.rendering.markdown_document import markdown

    return markdown(document(plan, documents))


def _html(plan: Plan, documents: Titles) -> str:
    from advisor.rendering.html_document import html

    return html(document(plan, documents), _contents(plan))


def _docx(plan: Plan, documents: Titles) -> bytes:
    _needs("docx", "A Word file")
    from advisor.rendering.word_document import word

    return word(document(plan, documents), _contents(plan))


def _xlsx(plan: Plan, documents: Titles) -> bytes:
    _needs("xlsxwriter", "An Excel file")
    from advisor.rendering.workbook import workbook

    numbers, sources = merged_sources(plan.citations, page(plan.language), documents)
    return workbook(plan, [(item.n, item.text) for item in sources.items], numbers)


def _pdf(plan: Plan, documents: Titles) -> bytes:
    _needs("weasyprint", "A PDF file")
    try:
        from weasyprint import HTML
    except OSError:  # its own system library is not there
        raise InputError("A PDF file needs the system library Pango, which is not on this machine.", hint="Install Pango, or write --format html and print it from a browser.") from None
    written: bytes = HTML(string=_html(plan, documents)).write_pdf()
    return written


def _ics(plan: Plan, documents: Titles) -> bytes:
    _needs("icalendar", "A calendar file")
    from advisor.rendering.tables import calendar

    return calendar(plan)


def _csv(plan: Plan, documents: Titles) -> str:
    from advisor.rendering.tables import table_csv

    return table_csv(plan)


def _json(plan: Plan, documents: Titles) -> str:
    return json.dumps(plan.as_json(), indent=2, ensure_ascii=False) + "\n"


def _fields(plan: Plan, form: str) -> str:
    from advisor.rendering.fields import RENDERERS

    if not plan.fields:
        raise InputError(f"This plan has no fields for {form}.", hint="The format belongs to --kind crm-spec.")
    return RENDERERS[form](plan)


def _contents(plan: Plan) -> str:
    return page(plan.language).say("plan.contents")


def _needs(package: str, feature: str) -> None:
    if find_spec(package) is None:
        raise MissingExtra(feature, EXTRA)


_RENDERERS: Mapping[str, Callable[[Plan, Titles], str | bytes]] = {
    "md": _md, "html": _html, "docx": _docx, "xlsx": _xlsx, "pdf": _pdf, "ics": _ics, "csv": _csv, "json": _json,
}  # fmt: skip
FORMATS = tuple(_RENDERERS)
FIELD_FORMATS = ("hubspot", "salesforce")
"""Formats of plans that specify fields of a CRM."""
BINARY = frozenset({"docx", "xlsx", "pdf"})


def render(plan: Plan, form: str, documents: Titles) -> str | bytes:
    """The plan in a format of FORMATS or FIELD_FORMATS. Raises MissingExtra when a package is not installed, InputError when the plan has no fields for the format."""
    if form in FIELD_FORMATS:
        return _fields(plan, form)
    return _RENDERERS[form](plan, documents)
