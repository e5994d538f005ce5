"""The plots of the HTML report, as SVG without script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from advisor.evaluation.baseline import Change
from advisor.evaluation.reports.told import number
from advisor.evaluation.results import Mean, Result
from advisor.evaluation.scorers import GROUPS

GOOD, BAD, GREY = "#2e7d32", "#c62828", "#888"
WIDTH, ROW, LEFT = 900, 22, 320
MOST = 40


def by_suite(found: Sequence[Mean]) -> str:
    """A bar for each suite and score, with a mark at its target."""
    scale = WIDTH - LEFT - 70
    rows = [
        _label(n, f"{mean.suite} · {mean.scorer}")
        + f'<rect x="{LEFT}" y="{n * ROW + 4}" width="{mean.mean * scale:.1f}" height="14" fill="{GOOD if mean.met else BAD}"/>'
        + ("" if mean.target is None else f'<line x1="{LEFT + mean.target * scale:.1f}" x2="{LEFT + mean.target * scale:.1f}" y1="{n * ROW + 2}" y2="{n * ROW + 20}" stroke="{GREY}"/>')
        + _text(LEFT + scale + 8, n, number(mean.mean))
        for n, mean in enumerate(found)
    ]
    return _svg(len(found), rows, "Mean score of each suite and scorer; the line marks the target")


def changes(found: Sequence[Change]) -> str:
    """A bar from nothing for each score that changed: to the left where it fell."""
    if not found:
        return "<p>Nothing changed.</p>"
    middle, scale = LEFT + 250, 240
    rows = []
    for n, change in enumerate(found[:MOST]):
        by = (change.after or 0.0) - (1.0 if change.before is None else change.before)
        x = middle + min(by, 0) * scale
        rows.append(_label(n, f"{change.case} · {change.scorer}") + f'<rect x="{x:.1f}" y="{n * ROW + 4}" width="{abs(by) * scale:.1f}" height="14" fill="{BAD if change.worse else GOOD}"/>' + _text(middle + 260, n, f"{by:+.3f}"))
    return _svg(min(len(found), MOST), rows, "Change of each score against the baseline")


def priced(results: Sequence[Result]) -> bool:
    """Whether a model took money for these answers."""
    return any(_dollars(result) for result in results)


def cost(results: Sequence[Result]) -> str:
    """A point for each case: the money that a model took for it, or else the time, and the mean of its scores, measures aside."""
    money = priced(results)
    found = [(_dollars(result) if money else result.seconds, quality, result.case) for result in results if (quality := _quality(result)) is not None]
    taken = [(each, quality, name) for each, quality, name in found if each]
    if not taken:
        return "<p>No times.</p>"
    most, told = max(each for each, _, _ in taken), "${:.4f}".format if money else "{:.2f} s".format
    points = [
        f'<circle cx="{60 + each / most * 800:.1f}" cy="{20 + (1 - value) * 200:.1f}" r="3" fill="{GOOD if value >= 1 else BAD}" fill-opacity=".6"><title>{escape(name)}: {told(each)}, {value:.3f}</title></circle>'
        for each, value, name in taken
    ]
    axes = f'<line x1="60" x2="860" y1="220" y2="220" stroke="{GREY}"/><line x1="60" x2="60" y1="20" y2="220" stroke="{GREY}"/>'
    of = "US dollars" if money else "seconds"
    words = f'<text x="400" y="240" font-size="12" fill="{GREY}">{of} of a case</text><text x="66" y="12" font-size="12" fill="{GREY}">mean of its scores</text><text x="60" y="240" font-size="12" fill="{GREY}">0</text><text x="800" y="240" font-size="12" fill="{GREY}">{told(most)}</text><text x="20" y="26" font-size="12" fill="{GREY}">1.0</text><text x="20" y="222" font-size="12" fill="{GREY}">0.0</text>'
    return f'<svg viewBox="0 0 {WIDTH} 250" role="img" aria-label="{of} of each case against the mean of its scores">{axes}{words}{"".join(points)}</svg>'


def _dollars(result: Result) -> float:
    return (result.shown.get("model") or {}).get("cost") or 0.0


def _quality(result: Result) -> float | None:
    """The mean of what is expected of a case; None where it has measures alone."""
    values = [score.value for name, score in result.scores.items() if GROUPS.get(name) != "measure"]
    return sum(values) / len(values) if values else None


def _svg(rows: int, parts: Sequence[str], label: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {rows * ROW + 6}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'


def _label(n: int, words: str) -> str:
    return f'<text x="{LEFT - 8}" y="{n * ROW + 16}" font-size="12" text-anchor="end" fill="{GREY}">{escape(words[:52])}</text>'


def _text(x: float, n: int, words: str) -> str:
    return f'<text x="{x:.1f}" y="{n * ROW + 16}" font-size="12" fill="{GREY}">{escape(words)}</text>'
