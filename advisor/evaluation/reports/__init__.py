"""The ways a run is told: one file each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from advisor.errors import InputError
from advisor.evaluation.reports import grading, html, inspect, junit, markdown, mcp
from advisor.evaluation.reports.told import Told

__all__ = ["FORMATS", "Told", "format_of", "written"]


def _json(told: Told) -> str:
    return told.run.model_dump_json(indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Told], str]] = {
    "md": markdown.report, "html": html.report, "junit": junit.report, "json": _json, "grading": grading.report, "mcp": mcp.report, "inspect": inspect.report,
}  # fmt: skip
_BY_SUFFIX = {".md": "md", ".html": "html", ".htm": "html", ".xml": "junit", ".json": "json"}


def format_of(path: Path) -> str:
    """The format that a file's name asks for: `grading.json`, `*.mcp.xml` and `*.inspect.json` are their own. Raises InputError for another ending."""
    if path.name.endswith("grading.json"):
        return "grading"
    if path.name.endswith(".mcp.xml"):
        return "mcp"
    if path.name.endswith(".inspect.json"):
        return "inspect"
    if path.suffix.lower() not in _BY_SUFFIX:
        raise InputError(f"{path.name!r} names no format of a report.", hint="End it in .html, .md, .xml (JUnit), .json, grading.json, .inspect.json or .mcp.xml.")
    return _BY_SUFFIX[path.suffix.lower()]


def written(told: Told, format_: str) -> str:
    """The report as text."""
    return FORMATS[format_](told)
