"""The formats of a plan by name; what a format needs is loaded when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from advisor.domain.plan import Plan
from advisor.rendering.plan import document

Titles = Mapping[str, str]


def _md(plan: Plan, documents: Titles) -> str:
    from advisor.rendering.markdown_document import markdown

    return markdown(document(plan, documents))


def _json(plan: Plan, documents: Titles) -> str:
    return json.dumps(plan.as_json(), indent=2, ensure_ascii=False) + "\n"


_RENDERERS: Mapping[str, Callable[[Plan, Titles], str | bytes]] = {"md": _md, "json": _json}
FORMATS = tuple(_RENDERERS)
BINARY = frozenset({"docx", "xlsx", "pdf"})


def render(plan: Plan, form: str, documents: Titles) -> str | bytes:
    """The plan in a format of FORMATS. Raises MissingExtra when the format needs a package that is not installed."""
    return _RENDERERS[form](plan, documents)
