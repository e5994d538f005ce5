"""A timeline as SVG: bars over weeks, points for milestones and decisions, readable in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple

from advisor.rendering.blocks import Bar, Timeline


class Form(NamedTuple):
    """How a timeline is laid out, in units of its drawing. On a `narrow` one each name has a line of its own above its bar."""

    look: str
    width: int
    left: int
    row: int
    narrow: bool


WIDE, NARROW = Form("timeline", 960, 34, 15, False), Form("timeline narrow", 350, 0, 27, True)
_TOP, _GROUP, _TICK = 30, 26, 48
_POINT, _CHARACTER = 5, 5.7


def svg(timeline: Timeline, form: Form = WIDE) -> str:
    """The drawing. Its words say what it shows; the dates stand in the lists of the document."""
    rows = list(_rows(timeline, form))
    height = int(rows[-1][0] + form.row + 8 if rows else _TOP)
    body = "".join([*_weeks(timeline, height, form), *(part for y, kind, item in rows for part in _drawn(y, kind, item, timeline, form))])
    return f'<svg class="{form.look}" viewBox="0 0 {form.width} {height}" role="img" aria-label="{escape(timeline.alt, quote=True)}" xmlns="http://www.w3.org/2000/svg">{body}</svg>'


def _rows(timeline: Timeline, form: Form) -> Iterator[tuple[float, str, Bar]]:
    """Each group's heading and bars with their height on the page."""
    y = float(_TOP)
    for _, bars in groupby(timeline.bars, key=lambda bar: bar.group):
        own = list(bars)
        yield y, "group", own[0]
        y += _GROUP
        for bar in own:
            yield y, "point" if bar.point else "bar", bar
            y += form.row


def _x(offset: float, timeline: Timeline, form: Form) -> float:
    days = (timeline.end - timeline.start).days + 1
    return round(form.left + (form.width - form.left - 8) * offset / days, 1)


def _weeks(timeline: Timeline, height: int, form: Form) -> Iterator[str]:
    """The days that the scale names, as many as have room."""
    for start, said in timeline.ticks[:: -(-len(timeline.ticks) * _TICK // form.width) or 1]:
        x = _x((start - timeline.start).days, timeline, form)
        yield f'<line x1="{x}" y1="22" x2="{x}" y2="{height}" class="grid" stroke="#d5dae0"/><text x="{x + 3}" y="16" class="small" font-size="10">{escape(said)}</text>'


def _drawn(y: float, kind: str, bar: Bar, timeline: Timeline, form: Form) -> Iterator[str]:
    start, end = _x((bar.start - timeline.start).days, timeline, form), _x((bar.end - timeline.start).days + 1, timeline, form)
    if kind == "group":
        yield f'<text x="0" y="{y + 14}" class="group" font-size="12" font-weight="600">{escape(bar.group)}</text>'
    elif kind == "bar":
        width, look = max(end - start, 3), "bar done" if bar.done else "bar"
        named = _above(y, f"{bar.label}. {bar.title}", form) if form.narrow else f'{_said(0, y, bar.label)}{_named(y, bar.title, start, start + width, form)}'
        yield f'<g><title>{escape(bar.title)}</title><rect x="{start}" y="{y + form.row - 15}" width="{width:.1f}" height="11" rx="2" class="{look}" fill="#3f7fc4"/>{named}</g>'
    else:
        yield f"<g><title>{escape(bar.title)}</title>{_point(y, end, bar, form)}</g>"


def _point(y: float, end: float, bar: Bar, form: Form) -> str:
    """A diamond with its label beside or above it."""
    x, middle = min(end, form.width - 8 - _POINT), y + form.row - 9.5
    diamond = f'<path d="M{x - _POINT} {middle}L{x} {middle - _POINT}L{x + _POINT} {middle}L{x} {middle + _POINT}Z" class="point" fill="#c2571a"/>'
    return f"{diamond}{_above(y, bar.label, form) if form.narrow else _named(y, bar.label, x - _POINT, x + _POINT, form)}"


def _above(y: float, text: str, form: Form) -> str:
    return _said(0, y, _cut(text, int(form.width / _CHARACTER)))


def _named(y: float, text: str, start: float, end: float, form: Form) -> str:
    """A name on the side that has more room, cut where that is not enough."""
    after = form.width - end >= start - form.left
    room = (form.width - end if after else start - form.left) - 8
    return _said(round(end + 4 if after else start - 4, 1), y, _cut(text, int(room / _CHARACTER)), "" if after else ' text-anchor="end"')


def _said(x: float, y: float, text: str, side: str = "") -> str:
    return f'<text x="{x}"{side} y="{y + 9}" class="small" font-size="10">{escape(text)}</text>'


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: max(most - 1, 1)].rpartition(' ')[0].rstrip(' ,:;')}…"
