"""A timeline as SVG: bars over weeks, points for milestones and decisions, readable in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import escape
from itertools import groupby

from advisor.rendering.blocks import Bar, Timeline

WIDTH, _LEFT, _ROW, _TOP, _GROUP = 960, 34, 15, 30, 26
_POINT, _CHARACTER = 5, 6.2


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
    days = (timeline.end - timeline.start).days + 1
    weeks = days // 7 + 1
    step = max(1, weeks // 14)
    for week in range(0, weeks, step):
        x, day = _x(week * 7, timeline), timeline.start + timedelta(weeks=week)
        yield f'<line x1="{x}" y1="22" x2="{x}" y2="{height}" class="grid" stroke="#d5dae0"/><text x="{x + 3}" y="16" class="small" font-size="10">{day.day:02d}.{day.month:02d}.</text>'


def _drawn(y: float, kind: str, bar: Bar, timeline: Timeline) -> Iterator[str]:
    start, end = _x((bar.start - timeline.start).days, timeline), _x((bar.end - timeline.start).days + 1, timeline)
    if kind == "group":
        yield f'<text x="0" y="{y + 14}" class="group" font-size="12" font-weight="600">{escape(bar.group)}</text>'
    elif kind == "bar":
        yield f'<g><title>{escape(bar.title)}</title><text x="0" y="{y + 9}" class="small" font-size="10">{escape(bar.label)}</text>'
        look = "bar done" if bar.done else "bar"
        yield f'<rect x="{start}" y="{y}" width="{max(end - start, 3):.1f}" height="{_ROW - 4}" rx="2" class="{look}" fill="#3f7fc4"/></g>'
    else:
        yield f"<g><title>{escape(bar.title)}</title>{_point(y, end, bar, timeline)}</g>"


def _point(y: float, end: float, bar: Bar, timeline: Timeline) -> str:
    """A diamond with its label on the side that has room."""
    x, middle = min(end, WIDTH - 8 - _POINT), y + _ROW / 2 - 2
    diamond = f'<path d="M{x - _POINT} {middle}L{x} {middle - _POINT}L{x + _POINT} {middle}L{x} {middle + _POINT}Z" class="point" fill="#c2571a"/>'
    room = x - _LEFT if x > WIDTH / 2 else WIDTH - x
    label = _cut(bar.label, int((room - 16) / _CHARACTER))
    side = f'x="{x - 9}" text-anchor="end"' if x > WIDTH / 2 else f'x="{x + 9}"'
    return f'{diamond}<text {side} y="{y + 9}" class="small" font-size="10">{escape(label)}</text>'


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: max(most - 1, 1)].rstrip()}…"
