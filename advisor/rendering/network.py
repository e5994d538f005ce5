"""A map as SVG: a middle, groups in an ellipse around it, and what flows in and out; readable in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import cos, pi, sin

from advisor.rendering.blocks import Network, Node

WIDTH, HEIGHT, _LEGEND = 960, 660, 34
_BOX, _TALL, _CHARACTER, _SMALL = 176, 58, 7.0, 5.6
_ACROSS, _DOWN = 388, 270
_INK, _SOFT, _POINT, _BAR = "#1b1f24", "#5b6470", "#c2571a", "#3f7fc4"
_LOOKS = {
    "middle": (_INK, "2", ""), "first": (_POINT, "3", ""), "there": (_BAR, "3", ""), "later": (_SOFT, "1.5", ""), "not_now": (_SOFT, "1.5", "3 4"), "around": ("#aab3bd", "1.5", ""),
}  # fmt: skip
"""Colour, width and dashes of each way of drawing; a page's style sheet may set others for the dark."""


def network_svg(network: Network) -> str:
    """The drawing. Its words say what it shows; what each group gives and gets stands in the table of the document."""
    middle = (WIDTH / 2, (HEIGHT - _LEGEND) / 2)
    places = [_place(number, len(network.nodes), middle) for number in range(len(network.nodes))]
    pairs = list(zip(places, network.nodes, strict=True))
    body = [f'<line x1="{middle[0]}" y1="{middle[1]}" x2="{x}" y2="{y}" class="flow {escape(node.look, quote=True)}" {_drawn(node.look)}/>' for (x, y), node in pairs]
    body += [_box(middle, Node(network.middle, "middle", "", "", network.middle)), *(_box(place, node) for place, node in pairs), *_legend(network)]
    return f'<svg class="network" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(network.alt, quote=True)}" xmlns="http://www.w3.org/2000/svg">{"".join(body)}</svg>'


def narrow_svg(network: Network) -> str:
    """The drawing for a narrow page: the middle on top, and the groups in two columns along a line that leads down from it."""
    width, rows = 2 * _BOX + 8, -(-len(network.nodes) // 2)
    middle, step = width / 2, _TALL + 12
    places = [((_BOX / 2 if number % 2 == 0 else width - _BOX / 2), _TALL * 1.5 + 24 + step * (number // 2)) for number in range(len(network.nodes))]
    pairs = list(zip(places, network.nodes, strict=True))
    below = _TALL * 1.5 + 24 + step * rows
    body = [f'<line x1="{middle}" y1="{_TALL / 2}" x2="{middle}" y2="{below - step + 2}" class="flow around" {_drawn("around")}/>']
    body += [f'<line x1="{middle}" y1="{y}" x2="{x}" y2="{y}" class="flow {escape(node.look, quote=True)}" {_drawn(node.look)}/>' for (x, y), node in pairs]
    body += [_box((middle, _TALL / 2 + 2), Node(network.middle, "middle", "", "", network.middle)), *(_box(place, node) for place, node in pairs)]
    body += [each for number, (look, words) in enumerate(network.looks) for each in _look(2, below - 18 + 20 * number, look, words)]
    height = below + 20 * len(network.looks) - 12
    return f'<svg class="network narrow" viewBox="0 0 {width} {height:.0f}" role="img" aria-label="{escape(network.alt, quote=True)}" xmlns="http://www.w3.org/2000/svg">{"".join(body)}</svg>'


def _place(number: int, count: int, middle: tuple[float, float]) -> tuple[float, float]:
    """Around the middle, the first at the top."""
    angle = 2 * pi * number / count - pi / 2
    return round(middle[0] + _ACROSS * cos(angle), 1), round(middle[1] + _DOWN * sin(angle), 1)


def _drawn(look: str) -> str:
    stroke, width, dashes = _LOOKS[look]
    return f'stroke="{stroke}" stroke-width="{width}"' + (f' stroke-dasharray="{dashes}"' if dashes else "")


def _box(place: tuple[float, float], node: Node) -> str:
    """A box with the name and what flows each way."""
    x, y = place
    lines = [(_cut(node.title, _CHARACTER), "", 12.0, "600"), *((_cut(words, _SMALL), "small", 10.5, "400") for words in (node.inward, node.outward) if words)]
    top = y + 4.5 - 8 * (len(lines) - 1)
    words = "".join(
        f'<text x="{x}" y="{top + 16 * number:.1f}" text-anchor="middle" class="{kind}" font-size="{size}" font-weight="{weight}">{escape(text)}</text>'
        for number, (text, kind, size, weight) in enumerate(lines)
    )
    return f'<g><title>{escape(node.note)}</title><rect x="{x - _BOX / 2}" y="{y - _TALL / 2}" width="{_BOX}" height="{_TALL}" rx="6" class="{escape(node.look, quote=True)}" fill="#fff" {_drawn(node.look)}/>{words}</g>'


def _legend(network: Network) -> Iterator[str]:
    step = WIDTH / max(len(network.looks), 1)
    for number, (look, words) in enumerate(network.looks):
        yield from _look(step * number + 4, HEIGHT - 22, look, words)


def _look(x: float, y: float, look: str, words: str) -> Iterator[str]:
    """A way of drawing and what it means."""
    yield f'<rect x="{x:.1f}" y="{y}" width="22" height="14" rx="3" class="{escape(look, quote=True)}" fill="#fff" {_drawn(look)}/>'
    yield f'<text x="{x + 30:.1f}" y="{y + 11}" class="small" font-size="10.5">{escape(words)}</text>'


def _cut(text: str, character: float) -> str:
    """The text as far as a box has room for it; the whole stands in the table."""
    most = int((_BOX - 10) / character)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
