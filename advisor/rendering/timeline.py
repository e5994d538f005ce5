"""A timeline as SVG: bars over weeks, points for milestones and decisions, readable in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from advisor.rendering.blocks import Bar, Timeline

WIDTH, _LEFT, _ROW, _TOP, _GROUP = 960, 34, 15, 30, 26
_POINT, _CHARACTER = 5, 5.7


def svg(timeline: Timeline) -> str:
    """The drawing. Its words say what it shows; the dates stand in the lists of the document."""
    rows = list(_rows(timeline))
    height = int(rows[-1][0] + _ROW + 8 if rows else _TOP)
    body = "".join([*_weeks(timeline, height), *(part for y, kind, item in rows for part in _drawn(y, kind, item, timeline))])
    return f'<svg class="timeline" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(timeline.alt, quote=True)}" xmlns="http://www.w3.org/2000/svg">{body}</svg>'


def _rows(timeline: Timeline) -> Iterator[tuple[float, str, Bar]]:
    """Each group's heading and bars with their height on the page."""
    y = float(_TOP)
    for _, bars in groupby(timeline.bars, key=lambda bar: bar.group):
        own = list(bars)
        yield y, "group", own[0]
        y += _GROUP
        for bar in own:
            yield y, "point" if bar.point else "bar", bar
            y += _ROW


def _x(offset: float, timeline: Timeline) -> float:
    days = (timeline.end - timeline.start).days + 1
    return round(_LEFT + (WIDTH - _LEFT - 8) * offset / days, 1)


def _weeks(timeline: Timeline, height: int) -> Iterator[str]:
    for start, said in timeline.ticks:
        x = _x((start - timeline.start).days, timeline)
        yield f'<line x1="{x}" y1="22" x2="{x}" y2="{height}" class="grid" stroke="#d5dae0"/><text x="{x + 3}" y="16" class="small" font-size="10">{escape(said)}</text>'


def _drawn(y: float, kind: str, bar: Bar, timeline: Timeline) -> Iterator[str]:
    start, end = _x((bar.start - timeline.start).days, timeline), _x((bar.end - timeline.start).days + 1, timeline)
    if kind == "group":
        yield f'<text x="0" y="{y + 14}" class="group" font-size="12" font-weight="600">{escape(bar.group)}</text>'
    elif kind == "bar":
        yield f'<g><title>{escape(bar.title)}</title><text x="0" y="{y + 9}" class="small" font-size="10">{escape(bar.label)}</text>'
        width, look = max(end - start, 3), "bar done" if bar.done else "bar"
        yield f'<rect x="{start}" y="{y}" width="{width:.1f}" height="{_ROW - 4}" rx="2" class="{look}" fill="#3f7fc4"/>{_named(y, bar.title, start, start + width)}</g>'
    else:
        yield f"<g><title>{escape(bar.title)}</title>{_point(y, end, bar)}</g>"


def _point(y: float, end: float, bar: Bar) -> str:
    """A diamond with its label beside it."""
    x, middle = min(end, WIDTH - 8 - _POINT), y + _ROW / 2 - 2
    diamond = f'<path d="M{x - _POINT} {middle}L{x} {middle - _POINT}L{x + _POINT} {middle}L{x} {middle + _POINT}Z" class="point" fill="#c2571a"/>'
    return f"{diamond}{_named(y, bar.label, x - _POINT, x + _POINT)}"


def _named(y: float, text: str, start: float, end: float) -> str:
    """A name on the side that has more room, cut where that is not enough."""
    after = WIDTH - end >= start - _LEFT
    room = (WIDTH - end if after else start - _LEFT) - 8
    side = f'x="{end + 4:.1f}"' if after else f'x="{start - 4:.1f}" text-anchor="end"'
    return f'<text {side} y="{y + 9}" class="small" font-size="10">{escape(_cut(text, int(room / _CHARACTER)))}</text>'


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: max(most - 1, 1)].rpartition(' ')[0].rstrip(' ,:;')}…"
