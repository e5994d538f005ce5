"""What the knowledge says in another language: records, passages, terms and titles of tables, as far as they are translated.

A translated passage has as many points as the English one, in the same order: what retrieval finds in English is said in German.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ConfigDict

from advisor.datafiles import name_of, read_toml
from advisor.domain import Benchmark, Passage
from advisor.domain.base import Value
from advisor.errors import DataError
from advisor.extensions import Pack, layered
from advisor.library.checked import Problems, build
from advisor.library.passages import FIGURE, check_text, fill_figures
from advisor.library.points import points_of, repointed

FOLDER = "knowledge/translations"
KINDS = ("records", "passages", "terms", "tables")
_ENTRY = {"records": "benchmark", "passages": "passage"}
Figure = Callable[[str], str]


class Words(Value):
    """The sentences of one record, passage, term or table; a passage has points, a term or table a text alone, and a term what it is called (`heading`) and stands for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = ""
    caution: str = ""
    heading: str = ""
    stands_for: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Translations:
    """The words by kind and id, and the file that each stands in."""

    records: Mapping[str, Words] = field(default_factory=dict)
    passages: Mapping[str, Words] = field(default_factory=dict)
    terms: Mapping[str, Words] = field(default_factory=dict)
    tables: Mapping[str, Words] = field(default_factory=dict)
    origin: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def only(self, ids: Collection[str]) -> Translations:
        """Those of some records and passages."""
        records, passages = ({id_: words for id_, words in each.items() if id_ in ids} for each in (self.records, self.passages))
        return Translations(records=records, passages=passages, origin=self.origin)


NOTHING = Translations()


def read_translations(
    language: str,
    base: Path | None,
    found: Problems,
    packs: Sequence[Pack] = (),
    packed: Mapping[tuple[str, str], str] = {},
    superseded: Collection[tuple[str, str]] = (),
) -> Translations:
    """All translations into a language; what is wrong with their form joins the problems.

    A pack translates what `packed` says is its own (by kind and id). Ours of entries that are superseded say what is no longer
    held, and are left out.
    """
    words: dict[str, dict[str, Words]] = {kind: {} for kind in KINDS}
    origin: dict[tuple[str, str], str] = {}
    for path, pack in layered(f"{FOLDER}/{language}", ".toml", base, packs):
        for kind, id_, table in _entries(path, found):
            own = (_ENTRY.get(kind, ""), id_)
            if pack is None and own in superseded:
                continue
            if pack is not None and packed.get(own) != pack.name:
                found.append(DataError(name_of(path), id_, found="a translation of what is not the pack's", allowed="its own records and passages"))
            elif (kind, id_) in origin:
                found.append(DataError(name_of(path), id_, found=f"an entry that stands in {origin[kind, id_]} too", allowed="each entry once"))
            elif entry := build(Words, table, name_of(path), id_, found):
                words[kind][id_], origin[kind, id_] = entry, name_of(path)
    return Translations(**words, origin=origin)


def _entries(path: Path, found: Problems) -> Iterator[tuple[str, str, Any]]:
    try:
        content = read_toml(path)
    except DataError as error:
        found.append(error)
        return
    for kind, entries in content.items():
        if kind not in KINDS or not isinstance(entries, dict):
            found.append(DataError(name_of(path), field=kind, found="an unknown table", allowed=", ".join(KINDS)))
            continue
        for id_, entry in entries.items():
            yield kind, id_, {"text": entry} if isinstance(entry, str) else entry


def record_in(record: Benchmark, words: Words | None) -> Benchmark:
    """A record that says its sentences in the other language; one without words stays English."""
    if words is None or not words.text:
        return record
    return record.model_copy(update={"text": words.text, "caution": words.caution or record.caution})


def passage_in(passage: Passage, words: Words | None, figure: Figure) -> Passage:
    """A passage in the other language; one without words stays English."""
    if words is None or len(words.points) != len(points_of(passage.text)):
        return passage
    points = [FIGURE.sub(lambda match: figure(match[1]), point) for point in words.points]
    return passage.model_copy(update={"text": repointed(passage.text, points), "heading": words.heading or passage.heading})


def check_translations(of: Translations, records: Mapping[str, Benchmark], passages: Mapping[str, Passage], figure: Figure, found: Problems) -> None:
    """Add what is wrong with translations: entries of nothing, other figures than the English, another number of points, bare numbers."""
    for id_, words in of.records.items():
        file = of.origin["records", id_]
        if id_ not in records:
            found.append(DataError(file, id_, found="an unknown record", allowed="an id of knowledge/benchmarks"))
        elif _parts(words.text) != _parts(records[id_].text):
            found.append(DataError(file, id_, "text", found=", ".join(sorted(_parts(words.text))) or "no {fig}", allowed="the {fig} parts of the English sentence"))
    for id_, words in of.passages.items():
        _check_passage(id_, words, of.origin["passages", id_], passages.get(id_), figure, found)


def _check_passage(id_: str, words: Words, file: str, passage: Passage | None, figure: Figure, found: Problems) -> None:
    if passage is None:
        found.append(DataError(file, id_, found="an unknown passage", allowed="the id of a section in knowledge/skill"))
        return
    wanted, shown = len(points_of(passage.text)), {ref.partition(".")[0] for point in words.points for ref in FIGURE.findall(point)}
    if len(words.points) != wanted:
        found.append(DataError(file, id_, "points", found=f"{len(words.points)} points", allowed=f"{wanted}, as in English"))
    if shown != set(passage.benchmarks):
        found.append(DataError(file, id_, "points", found=f"the figures {', '.join(sorted(shown)) or 'none'}", allowed=", ".join(sorted(passage.benchmarks)) or "none"))
    for point in words.points:
        check_text(point, file, id_, "points", found)
        fill_figures(point, figure, file, id_, found)


def _parts(text: str) -> set[str]:
    return {part for part in ("{fig}", "{fig.low}", "{fig.high}") if part in text.replace("{fig.dative}", "{fig}")}
