"""A document to hand on as blocks: what every format lays out in its own way."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from advisor.rendering.words import Page


class Text(NamedTuple):
    """A run of words with the numbers of its sources; `strong` words are set in bold."""

    text: str
    citations: tuple[int, ...] = ()
    strong: bool = False


class Heading(NamedTuple):
    level: int
    text: str


class Paragraph(NamedTuple):
    """Sentences together; `more` are those behind the first, each with sources of its own."""

    text: Text
    more: tuple[Text, ...] = ()


class Bullets(NamedTuple):
    items: tuple[Text, ...]
    ordered: bool = False


class Grid(NamedTuple):
    """A table; a cell may hold several lines. `widths` are shares of the page, in hundredths."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Text, ...], ...], ...]
    widths: tuple[int, ...] = ()


class Work(NamedTuple):
    """One task: its number and name, then labelled lines (done when, why, after). A fact (who, days, when) may hold two lines."""

    number: int
    title: Text
    facts: tuple[str, ...]
    lines: tuple[tuple[str, Text], ...]


class WorkList(NamedTuple):
    """Tasks of a phase; `columns` name number, task, who, days and when."""

    columns: tuple[str, ...]
    work: tuple[Work, ...]


class Bar(NamedTuple):
    """One bar of a timeline; without `phase` it is a point."""

    label: str
    start: date
    end: date
    group: str
    point: bool = False
    title: str = ""
    done: bool = False


class Timeline(NamedTuple):
    """Bars over days; `alt` says in words what it shows, `ticks` are the days that its scale names, each as the language writes it."""

    bars: tuple[Bar, ...]
    start: date
    end: date
    alt: str
    ticks: tuple[tuple[date, str], ...] = ()


class Node(NamedTuple):
    """A group on a map: its name, how it is drawn, and what flows to the middle and back."""

    title: str
    look: str
    inward: str
    outward: str
    note: str


class Network(NamedTuple):
    """Groups around a middle; `looks` names each way of drawing, `alt` says in words what it shows."""

    middle: str
    nodes: tuple[Node, ...]
    looks: tuple[tuple[str, str], ...]
    alt: str


class SourceLine(NamedTuple):
    """A line of the list of sources; `short` is what a reader sees when pointing at its number."""

    n: int
    text: str
    short: str


class Sources(NamedTuple):
    items: tuple[SourceLine, ...]


Block = Heading | Paragraph | Bullets | Grid | WorkList | Timeline | Network | Sources


class Logo(NamedTuple):
    """A picture that was looked at: its bytes, `png` or `jpeg`, and its size in pixels."""

    content: bytes
    kind: str
    width: int
    height: int


class Document(NamedTuple):
    """What stands on the pages: head, facts beside it, blocks and the line at the foot. What is to be read on `one_page` is set closer."""

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    foot: str
    header: str
    logo: Logo | None = None
    one_page: bool = False


def day(value: date, labels: Page) -> str:
    """A day as the language writes it."""
    months = labels.say("plan.months").split()
    return labels.say("plan.day", day=value.day, month=months[value.month - 1], year=value.year)


def span(start: date, end: date, labels: Page) -> str:
    """From one day to another, without saying month or year twice."""
    if start == end or start.year != end.year:
        return day(start, labels) if start == end else f"{day(start, labels)} – {day(end, labels)}"
    months = labels.say("plan.months").split()
    key = "plan.span_month" if start.month == end.month else "plan.span_year"
    slots = {"first": start.day, "last": end.day, "month": months[end.month - 1], "year": end.year}
    return labels.say(key, **slots, **({} if start.month == end.month else {"from_month": months[start.month - 1]}))


def ticks(start: date, end: date, labels: Page) -> tuple[tuple[date, str], ...]:
    """The first days of weeks that a timeline names: all, or as many as have room."""
    weeks = (end - start).days // 7 + 1
    months = labels.say("plan.months").split()
    days = [start + timedelta(weeks=week) for week in range(0, weeks, -(-weeks // _TICKS))]
    return tuple((each, labels.say("plan.tick", day=each.day, month=months[each.month - 1][:3])) for each in days)


_TICKS = 14


def amount(value: Decimal, labels: Page, decimals: int = 2) -> str:
    """A number with at most so many decimals, as the language writes it."""
    text = f"{round(value, decimals):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", labels.say("plan.decimal"))
