"""The formats of plans and answers by name; what a format needs is loaded when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import PurePath

from advisor.domain.plan import Plan
from advisor.errors import InputError, MissingExtra
from advisor.rendering.blocks import Document, Logo
from advisor.rendering.plan import document, sources_of
from advisor.rendering.words import page

Titles = Mapping[str, str]
EXTRA = "plans"


def _md(laid: Document) -> str:
    from advisor.rendering.markdown_document import markdown

    return markdown(laid)


def _html(laid: Document) -> str:
    from advisor.rendering.html_document import html

    return html(laid, page(laid.language).say("plan.contents"))


def _docx(laid: Document) -> bytes:
    from advisor.rendering.word_document import word

    return word(laid, page(laid.language).say("plan.contents"))


def _pdf(laid: Document) -> bytes:
    try:
        from weasyprint import HTML
    except OSError:  # its own system library is not there
        raise InputError("A PDF file needs the system library Pango, which is not on this machine.", hint="Install Pango, or write --format html and print it from a browser.") from None
    written: bytes = HTML(string=_html(laid)).write_pdf()
    return written


def _xlsx(plan: Plan, documents: Titles, logo: Logo | None) -> bytes:
    from advisor.rendering.workbook import workbook

    numbers, sources = sources_of(plan, documents)
    return workbook(plan, document(plan, documents)._replace(logo=logo), [(item.n, item.text) for item in sources.items], numbers)


def _ics(plan: Plan, documents: Titles, logo: Logo | None) -> bytes:
    from advisor.rendering.tables import calendar

    return calendar(plan)


def _csv(plan: Plan, documents: Titles, logo: Logo | None) -> str:
    from advisor.rendering.tables import table_csv

    return table_csv(plan)


def _json(plan: Plan, documents: Titles, logo: Logo | None) -> str:
    return json.dumps(plan.as_json(), indent=2, ensure_ascii=False) + "\n"


def _fields(plan: Plan, form: str) -> str:
    from advisor.rendering.fields import RENDERERS

    if not plan.fields:
        raise InputError(f"This plan has no fields for {form}.", hint="The format belongs to --kind crm-spec.")
    return RENDERERS[form](plan)


_PAGES: Mapping[str, Callable[[Document], str | bytes]] = {"md": _md, "html": _html, "docx": _docx, "pdf": _pdf}
_TABLES: Mapping[str, Callable[[Plan, Titles, Logo | None], str | bytes]] = {"xlsx": _xlsx, "ics": _ics, "csv": _csv, "json": _json}
_NEEDED = {"docx": ("docx", "A Word file"), "xlsx": ("xlsxwriter", "An Excel file"), "pdf": ("weasyprint", "A PDF file"), "ics": ("icalendar", "A calendar file")}
PAGES = tuple(_PAGES)
"""The formats of every document."""
FORMATS = ("md", "html", "docx", "xlsx", "pdf", "ics", "csv", "json")
"""The formats of a plan."""
FIELD_FORMATS = ("hubspot", "salesforce")
"""Formats of plans that specify fields of a CRM."""
BINARY = frozenset({"docx", "xlsx", "pdf"})


def ready(form: str) -> None:
    """Raises MissingExtra when a format needs a package that is not installed."""
    package, feature = _NEEDED.get(form, ("", ""))
    if package and find_spec(package) is None:
        raise MissingExtra(feature, EXTRA)


def by_name(name: str, forms: tuple[str, ...]) -> str | None:
    """The format that a file's name ends in; None when it is none of these."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    ending = {"markdown": "md", "htm": "html"}.get(ending, ending)
    return ending if ending in forms else None


def render(plan: Plan, form: str, documents: Titles, *, logo: Logo | None = None, spelling: str = "british") -> str | bytes:
    """The plan in a format of FORMATS or FIELD_FORMATS; JSON is as it was made, without logo or other spelling.

    Raises as `ready`, and InputError when the plan has no fields for the format.
    """
    ready(form)
    if spelling == "american" and plan.language == "en" and form != "json":
        from advisor.rendering.spelling import american_plan

        plan = american_plan(plan)
    if form in FIELD_FORMATS:
        return _fields(plan, form)
    return _TABLES[form](plan, documents, logo) if form in _TABLES else _PAGES[form](document(plan, documents)._replace(logo=logo))


def pages(laid: Document, form: str) -> str | bytes:
    """A document in a format of PAGES. Raises as `ready`."""
    ready(form)
    return _PAGES[form](laid)
