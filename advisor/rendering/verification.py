"""A verified text for readers: Markdown with a line for each figure, or the text itself with its figures marked, as one HTML file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from advisor.domain import FigureVerdict, VerifiedFigure, VerifyReport
from advisor.domain.verified import HOLDS
from advisor.ports import Wording
from advisor.rendering.words import table

_COLOURS = {
    FigureVerdict.SUPPORTED: "#d7f0dc", FigureVerdict.DERIVED: "#d6e8f7", FigureVerdict.CONTRADICTED: "#f8cfcb", FigureVerdict.MISATTRIBUTED: "#fbdcb4",
    FigureVerdict.NOT_APPLICABLE: "#e8d9f3", FigureVerdict.UNSUPPORTED: "#fbf0b2",
}  # fmt: skip
_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}mark{padding:.05em .2em;border-radius:.2em;color:inherit}"
    "mark sup a{color:inherit;text-decoration:none}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid #ccc}"
)


Naming = Callable[[str], str]
"""What readers call a place: the title and publisher of a record, or the place itself."""


def verify_markdown(report: VerifyReport, wording: Wording, against: Sequence[str] = (), naming: Naming = str) -> str:
    """What holds and what does not: the failing figures first, each with what stands in its place."""
    failing = [figure for figure in report.figures if figure.verdict not in HOLDS]
    holding = [figure for figure in report.figures if figure.verdict in HOLDS]
    lines = [f"# {wording.say('verify.page.title')}", _verdict(report, wording), _basis(wording, against)]
    for heading, figures in (("failing", failing), ("holding", holding)):
        if figures:
            lines += [f"## {wording.say(f'verify.page.{heading}')}", _table(figures, wording, naming)]
    return "\n\n".join([*lines, wording.say("verify.page.cannot")]) + "\n"


def _verdict(report: VerifyReport, wording: Wording) -> str:
    if not report.figures:
        return wording.say("verify.page.none")
    if report.summary.passed:
        return wording.say("verify.page.all")
    failing = report.summary.figures - report.summary.supported - report.summary.derived
    return wording.say("verify.page.some", failing=str(failing), figures=str(report.summary.figures))


def _basis(wording: Wording, against: Sequence[str]) -> str:
    return wording.say("verify.page.files", files=", ".join(against)) if against else wording.say("verify.page.knowledge")


def _table(figures: Sequence[VerifiedFigure], wording: Wording, naming: Naming) -> str:
    head = tuple(wording.say(f"verify.page.{name}") for name in ("where", "figure", "verdict", "because"))
    return table(head, [(figure.line, _inert(figure.text), wording.say(f"verify.verdict.{figure.verdict}"), _inert(reason(figure, naming))) for figure in figures])


def _inert(text: str) -> str:
    """Words of a file that somebody gave, such that Markdown shows them as they are."""
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("_", "\\_").replace("`", "'").replace("<", "‹").replace("[", "(").replace("]", ")")


def reason(figure: VerifiedFigure, naming: Naming = str) -> str:
    """What a figure rests on: its places and formula; or why it does not hold, and where the nearest one stands."""
    if figure.verdict in HOLDS:
        return " = ".join(part for part in (figure.formula or "", "; ".join(dict.fromkeys(map(naming, figure.evidence)))) if part)
    return f"{figure.why} ({naming(figure.nearest.id)})" if figure.nearest else figure.why


def verify_html(text: str, report: VerifyReport, wording: Wording, *, language: str = "en", against: Sequence[str] = (), naming: Naming = str) -> str:
    """The text with each figure marked by its verdict and a note for each below; one file that loads nothing."""
    title = escape(wording.say("verify.page.title"))
    notes = "".join(
        f"<tr id=\"note-{number}\"><td><a href=\"#figure-{number}\">{number}</a></td><td>{escape(figure.text)}</td>"
        f"<td>{_mark(figure, escape(wording.say(f'verify.verdict.{figure.verdict}')), naming)}</td><td>{escape(reason(figure, naming))}</td></tr>"
        for number, figure in enumerate(report.figures, 1)
    )
    heads = "".join(f"<th scope=\"col\">{escape(words)}</th>" for words in ("#", *(wording.say(f"verify.page.{name}") for name in ("figure", "verdict", "because"))))
    return (
        f"<!doctype html>\n<html lang=\"{escape(language)}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>{title}</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>{title}</h1><p>{escape(_verdict(report, wording))} {escape(_basis(wording, against))}</p>\n<pre>{_marked(text, report, naming)}</pre>\n"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{notes}</tbody></table>\n<p>{escape(wording.say('verify.page.cannot'))}</p>\n</body></html>\n"
    )


def _marked(text: str, report: VerifyReport, naming: Naming) -> str:
    pieces, position = [], 0
    for number, figure in enumerate(report.figures, 1):
        if figure.start < position:
            continue
        inside = f"{escape(text[figure.start : figure.end])}<sup><a href=\"#note-{number}\">{number}</a></sup>"
        pieces += [escape(text[position : figure.start]), f"<span id=\"figure-{number}\">{_mark(figure, inside, naming)}</span>"]
        position = figure.end
    return "".join([*pieces, escape(text[position:])])


def _mark(figure: VerifiedFigure, inside: str, naming: Naming) -> str:
    return f"<mark style=\"background:{_COLOURS[figure.verdict]}\" title=\"{escape(reason(figure, naming))}\">{inside}</mark>"
