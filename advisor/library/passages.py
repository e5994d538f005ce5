"""Headed Markdown to passages: one `##` section, one passage, with its figures filled in from the records."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from advisor.datafiles import name_of, read_headed
from advisor.domain import Move, Passage
from advisor.domain.base import Value
from advisor.domain.labels import bare_numbers
from advisor.errors import DataError
from advisor.library.checked import Problems, build, check_condition
from advisor.library.points import thinned

FIGURE = re.compile(r"\{fig:([^{}]+)\}")
_HEADING = re.compile(r"^##\s+(.+?)\s*$", re.MULTILINE)


class Section(Value):
    """What the head of a topic file says of one section. `source_doc` and `place` are those of the head where left out."""

    questions: tuple[str, ...]
    topics: tuple[str, ...] = ()
    when: Mapping[str, Any] = {}
    moves: tuple[Move, ...] = ()
    source_doc: str = ""
    place: str = ""
    locator: str = ""


class Head(Value):
    """The head of a topic file. `place` is where the document says it: `000 › ELG Maturity Assessment`."""

    id: str
    title: str
    source_doc: str
    place: str
    topics: tuple[str, ...] = ()
    section: Mapping[str, Section]


def slug(heading: str) -> str:
    """`What Level 2 asks for` as it stands in ids: what-level-2-asks-for."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def read_passages(path: Path, figure: Callable[[str], str], found: Problems) -> list[Passage]:
    """The passages of one topic file; faults are added to `found`. `figure` renders a reference, or raises DataError."""
    file = name_of(path)
    try:
        table, body = read_headed(path)
    except DataError as error:
        found.append(error)
        return []
    head = build(Head, table, file, str(table.get("id", "")), found)
    if head is None:
        return []
    before, sections = _split(body)
    if before:
        found.append(DataError(file, head.id, found=f"text before the first section: {before[:40]!r}", allowed="sections that begin with ##"))
    _match_head(head, [slug(title) for title, _ in sections], file, found)
    return [_passage(head, slug(title), title, text, figure, file, found) for title, text in sections if slug(title) in head.section]


def without(path: Path, passages: list[Passage], gone: AbstractSet[str], figure: Callable[[str], str], found: Problems) -> dict[str, Passage]:
    """The passages of ours that show a record which another took the place of, without what they say of it.

    A passage says what its document says; the new figure is not from there.
    """
    told = {passage.id: passage for passage in passages if gone & {*passage.benchmarks}}
    if not told:
        return {}
    head, body = read_headed(path)
    for title, text in _split(body)[1]:
        if (id_ := f"{head['id']}#{slug(title)}") in told:
            kept = thinned(text, lambda point: any(ref.partition(".")[0] in gone for ref in FIGURE.findall(point)))
            shown = tuple(dict.fromkeys(ref.partition(".")[0] for ref in FIGURE.findall(kept)))
            told[id_] = told[id_].model_copy(update={"text": fill_figures(kept, figure, name_of(path), id_, found), "benchmarks": shown})
    return told


def check_numbers(path: Path, found: Problems) -> None:
    """Add every bare number of a topic file. Apart from reading, because looking for labels takes longer than all the rest."""
    try:
        head, body = read_headed(path)
    except DataError:
        return
    for title, text in _split(body)[1]:
        check_text(f"{title}\n{text}", name_of(path), f"{head.get('id', '')}#{slug(title)}", "text", found)


def _split(body: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first section, and each section as heading and text."""
    pieces = _HEADING.split(body)
    return pieces[0].strip(), [(title, text.strip()) for title, text in zip(pieces[1::2], pieces[2::2], strict=True)]


def _match_head(head: Head, slugs: list[str], file: str, found: Problems) -> None:
    allowed = ", ".join(slugs)
    for name in head.section:
        if name not in slugs:
            found.append(DataError(file, head.id, f"section.{name}", found="a table without its section", allowed=allowed))
    for name in slugs:
        if name not in head.section:
            found.append(DataError(file, f"{head.id}#{name}", found="a section without a table in the head", allowed=f"[section.{name}] with questions"))
        if slugs.count(name) > 1:
            found.append(DataError(file, f"{head.id}#{name}", found="two sections of one name", allowed="each heading once"))


def _passage(head: Head, name: str, title: str, text: str, figure: Callable[[str], str], file: str, found: Problems) -> Passage:
    id_, section = f"{head.id}#{name}", head.section[name]
    check_condition(section.when, file, id_, "when", found)
    if not section.questions:
        found.append(DataError(file, id_, "questions", found="none", allowed="3 to 6 questions that the section answers"))
    place = section.place or head.place
    return Passage(
        id=id_,
        heading=f"{head.title} › {title}",
        text=fill_figures(text, figure, file, id_, found),
        source_doc=section.source_doc or head.source_doc,
        place=place,
        locator=section.locator or locator_of(place),
        topics=section.topics or head.topics,
        when=section.when,
        benchmarks=tuple(dict.fromkeys(ref.partition(".")[0] for ref in FIGURE.findall(text))),
        moves=section.moves,
        questions=section.questions,
    )


def check_text(text: str, file: str, entry: str, field: str, found: Problems) -> None:
    """Refuse numbers that are neither a reference to a record nor a label."""
    for number in bare_numbers(re.sub(r"\{[^{}]*\}", "{}", text)):
        found.append(DataError(file, entry, field, found=f"the bare number {number!r}", allowed="{fig:ID}, or a label such as 'Level N' (see README.md)"))


def fill_figures(text: str, figure: Callable[[str], str], file: str, entry: str, found: Problems) -> str:
    """The text with every {fig:...} rendered; an unknown reference becomes a fault and stays as it stands."""

    def one(match: re.Match[str]) -> str:
        try:
            return figure(match[1])
        except DataError as error:
            found.append(DataError(file, entry, error.field, found=error.found, allowed=error.allowed))
            return match[0]

    return FIGURE.sub(one, text)


def locator_of(place: str) -> str:
    """`000 › Partner Economics › Attribution rules` as a locator: doc-000:partner-economics/attribution-rules."""
    document, *steps = [part.strip() for part in place.split("›")]
    return f"doc-{document}:{'/'.join(map(slug, steps))}"
