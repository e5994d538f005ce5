"""The catalogue: reads the knowledge folder, checks it as a whole, and answers by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from advisor.datafiles import files, name_of
from advisor.domain import Applies, Benchmark, Entry, Evidence, EvidenceClass, EvidenceKind, Passage, Source, Term
from advisor.domain.conditions import Outcome, evaluate
from advisor.errors import DataError
from advisor.extensions import Pack, layered
from advisor.library.checked import Problems, build, check_condition, tables
from advisor.library.figuretext import Units, figure_text, number_text
from advisor.library.glossary import read_terms
from advisor.library.packed import WEAK, Gathered, check_left, check_owned, check_shown, check_source, passage_fits, record_fits
from advisor.library.passages import check_numbers, read_passages, without
from advisor.library.unread import Unread, UnreadPhrases
from advisor.library.phrases import FOLDER, LANGUAGES, Phrasebook, check_language, check_phrases, read_phrases, unknown_thresholds
from advisor.library.points import points_of
from advisor.library.translations import NOTHING, Translations, check_translations, passage_in, read_translations, record_in

_PARTS = ("low", "high", "publisher", "year")
_SKILL = "knowledge/skill"
_VENDOR = frozenset({EvidenceClass.VENDOR_SURVEY, EvidenceClass.VENDOR_PLATFORM_DATA, EvidenceClass.VENDOR_COMMISSIONED})


@dataclass(frozen=True)
class Library:
    """Records by id, read-only. `origin` is the file that each phrase stands in.

    In another language than English, records and passages say their sentences in it as far as they are translated, and
    `english` is the library that they are found by.

    `packed` names the pack that a source, record or passage belongs to when it is not ours, by kind and id; `superseded` are the
    entries of ours, by kind and id, that a pack's entry took the place of, or a sentence from.

    Benchmarks stand in the order in which they are to be quoted: single cases, illustrations and untraceable figures
    last, before that by document, then as their file has them.
    """

    sources: Mapping[str, Source]
    benchmarks: Mapping[str, Benchmark]
    passages: Mapping[str, Passage]
    phrases: Mapping[str, tuple[str, ...]]
    units: Units
    origin: Mapping[str, str]
    language: str = LANGUAGES[0]
    translations: Translations = NOTHING
    english: Library | None = None
    base: Path | None = None
    packs: tuple[Pack, ...] = ()
    packed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    superseded: frozenset[tuple[str, str]] = frozenset()

    def figure(self, ref: str) -> str:
        """A figure as readers see it: `ID` with unit, `ID.low` and `ID.high` as plain numbers, `ID.publisher`, `ID.year`.

        Raises DataError for an unknown record or part.
        """
        if ref not in self._figures:
            self._figures[ref] = self._figure(ref)
        return self._figures[ref]

    @cached_property
    def _figures(self) -> dict[str, str]:
        return {}

    def _figure(self, ref: str) -> str:
        id_, _, part = ref.partition(".")
        record = self.benchmarks.get(id_)
        if record is None:
            raise DataError("phrases", ref, "fig", found=f"the unknown record {id_!r}", allowed="an id of knowledge/benchmarks")
        if not part or part == "dative":
            return figure_text(record, self.units, part)
        value = self._part(record, part)
        if value is None:
            raise DataError("phrases", ref, "fig", found=f"no {part!r} of {id_}", allowed=", ".join(_PARTS))
        return value

    def _part(self, record: Benchmark, part: str) -> str | None:
        if part in {"low", "high"}:
            number = record.low if part == "low" else record.high
            return None if number is None else number_text(record, number, self.units)
        source = self.sources.get(record.source)
        if source is None:  # named as a fault of the record itself
            return "?"
        return {"publisher": source.publisher, "year": str(source.year) if source.year else None}.get(part)

    def say_record(self, id_: str) -> str:
        """A record's sentence with its figure. Raises KeyError for an unknown id."""
        record = self.benchmarks[id_]
        text = record.text.replace("{fig}", self.figure(id_))
        for part in ("low", "high", "dative"):
            if f"{{fig.{part}}}" in text:
                text = text.replace(f"{{fig.{part}}}", self.figure(f"{id_}.{part}"))
        return text

    def applies(self, id_: str, facts: Mapping[str, Any]) -> Outcome:
        """Whether a record or passage is meant for these facts, with the facts that decide. Raises KeyError for an unknown id."""
        record = self.benchmarks.get(id_)
        return evaluate(record.condition if record else self.passages[id_].when, facts)

    def evidence(self, id_: str, facts: Mapping[str, Any]) -> Evidence:
        """A record or passage as something to rest a claim on. Raises KeyError for an unknown id."""
        applies = self.applies(id_, facts).applies
        record = self.benchmarks.get(id_)
        return self._record_evidence(record, applies) if record else self._passage_evidence(self.passages[id_], applies)

    def _record_evidence(self, record: Benchmark, applies: Applies) -> Evidence:
        source = self.sources[record.source]
        return Evidence(
            id=record.id, kind=EvidenceKind.BENCHMARK, title=source.title, publisher=source.publisher, year=source.year,
            evidence_class=record.evidence_class, applies=applies, source_doc=record.source_doc, place=record.place, locator=record.locator,
            says=self.say_record(record.id), excerpt=record.excerpt, record=record,
        )

    def _passage_evidence(self, passage: Passage, applies: Applies) -> Evidence:
        document = self.sources[f"doc-{passage.source_doc}"]
        return Evidence(
            id=passage.id, kind=EvidenceKind.PASSAGE, title=passage.heading, publisher=document.publisher, year=document.year,
            evidence_class=document.evidence_class, applies=applies, source_doc=passage.source_doc, place=passage.place,
            locator=passage.locator, says=passage.text, moves=passage.moves,
        )

    def entries(self) -> tuple[Entry, ...]:
        """What the index holds of the library: every passage and every record, each with the questions it answers."""
        passages = tuple(
            Entry(id=item.id, kind=EvidenceKind.PASSAGE, heading=item.heading, text=item.text, source_doc=item.source_doc,
                  locator=item.locator, questions=item.questions)
            for item in self.passages.values()
        )
        records = tuple(
            Entry(id=item.id, kind=EvidenceKind.BENCHMARK, heading=item.place.partition(" › ")[2], text=self.say_record(item.id),
                  source_doc=item.source_doc, locator=item.locator, questions=item.questions)
            for item in self.benchmarks.values()
        )
        return passages + records

    def wording(self, seed: str, thresholds: Mapping[str, str]) -> Phrasebook:
        """The phrases, with variants picked by the seed and the thresholds of the rules."""
        return Phrasebook(self.phrases, self.figure, seed, thresholds, self.units)

    def in_language(self, language: str) -> Library:
        """The same library saying what it says in another language. Raises the first DataError when its phrases cannot be read."""
        if language == self.language:
            return self
        if language not in self._others:
            self._others[language] = _translated(self, language)
        return self._others[language]

    @cached_property
    def _others(self) -> dict[str, Library]:
        return {}

    def untranslated(self, id_: str) -> bool:
        """Whether a record, passage or term can only be quoted in English."""
        if self.english is None:
            return False
        held = (self.translations.records, self.translations.terms, self.translations.passages)
        return not any(id_ in each for each in held)

    def original(self, id_: str, text: str) -> str:
        """The English sentence that a sentence of a record or passage says in the language of this library."""
        if self.english is None or self.untranslated(id_):
            return text
        if id_ in self.benchmarks:
            return self.english.say_record(id_)
        pairs = zip(points_of(self.passages[id_].text), points_of(self.english.passages[id_].text), strict=True)
        return next((theirs for ours, theirs in pairs if ours == text), text)

    def meaning(self, term: Term) -> str:
        """What a term of the glossary means."""
        words = self.translations.terms.get(term.id)
        return words.text if words else term.meaning

    def name_of(self, term: Term) -> str:
        """What a term of the glossary is called."""
        words = self.translations.terms.get(term.id)
        return words.heading or term.term if words else term.term

    def stands_for(self, term: Term) -> str:
        """What an abbreviation of the glossary is short for; nothing where a term is none."""
        words = self.translations.terms.get(term.id)
        return words.stands_for or term.stands_for if words else term.stands_for

    def title_of(self, table: str, title: str) -> str:
        """The title of a rule or decision table."""
        words = self.translations.tables.get(table)
        return words.text if words else title

    def unknown_thresholds(self, thresholds: Mapping[str, str]) -> list[DataError]:
        """Phrases that name a threshold no rule has: what the library alone cannot check."""
        return unknown_thresholds(self.phrases, self.origin, thresholds)


def load(base: Path | None = None, packs: Sequence[Pack] = ()) -> Library:
    """The checked catalogue, with what packs add to it. `base` is the folder that holds knowledge/.

    Raises the first DataError when anything is wrong; a pack's sentences are held to every rule at once, bare numbers included.
    """
    library, found = _read(base, packs)
    if packs and not found:
        _check_sentences(library, found, ours=False)
    if found:
        raise found[0]
    return library


def _translated(library: Library, language: str) -> Library:
    found: Problems = []
    phrases, origin = read_phrases(library.base, found, language, library.packs)
    of = _translations(library, language, found)
    if found:
        raise found[0]
    ours = replace(library, phrases=phrases, origin=origin, units=_units(phrases), language=language, translations=of, english=library)
    records = {id_: record_in(record, of.records.get(id_)) for id_, record in library.benchmarks.items()}
    passages = {id_: passage_in(passage, of.passages.get(id_), ours.figure) for id_, passage in library.passages.items()}
    if library.packs:
        check_translations(of.only({id_ for _, id_ in library.packed}), library.benchmarks, library.passages, ours.figure, found)
        if found:
            raise found[0]
    return replace(ours, benchmarks=records, passages=passages)


def _translations(library: Library, language: str, found: Problems) -> Translations:
    return read_translations(language, library.base, found, library.packs, library.packed, library.superseded)


def speaking(base: Path | None = None, language: str = LANGUAGES[0]) -> Library:
    """What sentences need and no more: each phrase, record and source when a sentence first shows it. No passages.

    What is read is checked, not the whole.
    """
    phrases = UnreadPhrases(base, language)
    sources = Unread(files("knowledge", "sources.toml", base=base), "source", Source)
    records = Unread(files("knowledge/benchmarks", ".toml", base=base), "benchmark", Benchmark)
    return Library(sources, records, {}, phrases, _units(phrases.of("units.toml")), {}, language, base=base)


def problems(base: Path | None = None, packs: Sequence[Pack] = ()) -> list[DataError]:
    """Everything that is wrong with sources, records, passages and phrases, at once; bare numbers of ours included, which `load` lets pass."""
    library, found = _read(base, packs)
    read_terms(base, found)
    _check_sentences(library, found)
    for language in LANGUAGES[1:]:
        _check_language(library, language, base, found)
    return found


def _check_sentences(library: Library, found: Problems, *, ours: bool = True) -> None:
    """Add what is wrong with single sentences; those of packs alone unless `ours` is set."""
    for path, pack in layered(_SKILL, ".md", library.base, library.packs):
        if ours or pack is not None:
            check_numbers(path, found)
    phrases = library.phrases if ours else {key: said for key, said in library.phrases.items() if library.origin[key].startswith("pack ")}
    check_phrases(phrases, library.origin, library.figure, found)


def _check_language(library: Library, language: str, base: Path | None, found: Problems) -> None:
    """Add what is wrong with the phrases and translations of another language than English."""
    if not files(f"{FOLDER}/{language}", ".toml", base=base):
        return
    phrases, origin = read_phrases(base, found, language, library.packs)
    check_language(phrases, origin, library.phrases, found)
    other = replace(library, phrases=phrases, origin=origin, units=_units(phrases), language=language)
    check_phrases(phrases, origin, other.figure, found)
    check_translations(_translations(library, language, found), library.benchmarks, library.passages, other.figure, found)


def _read(base: Path | None, packs: Sequence[Pack]) -> tuple[Library, Problems]:
    found: Problems = []
    phrases, origin = read_phrases(base, found, packs=packs)
    sources = _sources(base, packs, found)
    records = _benchmarks(base, packs, sources, found)
    passages: Gathered[Passage] = Gathered("passage", passage_fits)
    gathered: tuple[Gathered[Source] | Gathered[Benchmark] | Gathered[Passage], ...] = (sources, records, passages)
    library = Library(
        sources.entries, _in_order(records.entries), passages.entries, phrases, _units(phrases), origin, base=base, packs=tuple(packs),
    )  # fmt: skip
    check_shown(records, phrases, origin, found)
    thinner: dict[str, Passage] = {}
    for path, pack in layered(_SKILL, ".md", base, packs):
        file, read = name_of(path), read_passages(path, library.figure, found)
        thinner |= without(path, read, records.superseded, library.figure, found) if pack is None and records.superseded else {}
        for passage in (thinner.get(each.id, each) for each in read):
            if f"doc-{passage.source_doc}" not in sources.entries:
                found.append(DataError(file, passage.id, "source_doc", found=repr(passage.source_doc), allowed="a document of sources.toml"))
            elif pack is not None:
                check_owned(passage, file, pack, sources, found)
            passages.add(passage, file, pack, found)
    for each in gathered:
        each.check_declared(packs, found)
    check_left(thinner, passages, packs, found)
    packed: dict[tuple[str, str], str] = {(each.kind, id_): name for each in gathered for id_, name in each.packs.items()}
    superseded = frozenset([*((each.kind, id_) for each in gathered for id_ in each.superseded), *(("passage", id_) for id_ in thinner)])
    return replace(library, packed=packed, superseded=superseded), found


def _units(phrases: Mapping[str, tuple[str, ...]]) -> Units:
    return {key.removeprefix("units."): variants[0] for key, variants in phrases.items() if key.startswith("units.")}


def _sources(base: Path | None, packs: Sequence[Pack], found: Problems) -> Gathered[Source]:
    sources: Gathered[Source] = Gathered("source")
    for path, pack in layered("knowledge", "sources.toml", base, packs):
        file = name_of(path)
        for id_, table in tables(path, "source", found):
            if source := build(Source, table, file, id_, found):
                sources.add(source, file, pack, found)
                if pack is not None:
                    check_source(source, file, found)
                if source.evidence_class in _VENDOR and not source.vendor_interest:
                    found.append(DataError(file, source.id, "vendor_interest", found="nothing", allowed="what the vendor sells, for a source of this class"))
    return sources


def _benchmarks(base: Path | None, packs: Sequence[Pack], sources: Gathered[Source], found: Problems) -> Gathered[Benchmark]:
    records: Gathered[Benchmark] = Gathered("benchmark", record_fits)
    for path, pack in layered("knowledge/benchmarks", ".toml", base, packs):
        file = name_of(path)
        for id_, table in tables(path, "benchmark", found):
            if record := build(Benchmark, table, file, id_, found):
                records.add(record, file, pack, found)
                if pack is not None:
                    check_owned(record, file, pack, sources, found)
    for record in records.entries.values():
        _check_record(record, records.files[record.id], sources.entries, records.entries, found)
    return records


def _in_order(records: Mapping[str, Benchmark]) -> dict[str, Benchmark]:
    return dict(sorted(records.items(), key=lambda item: (item[1].evidence_class in WEAK, item[1].source_doc)))


def _check_record(record: Benchmark, file: str, sources: Mapping[str, Source], records: Mapping[str, Benchmark], found: Problems) -> None:
    check_condition(record.condition, file, record.id, "condition", found)
    if record.source not in sources:
        found.append(DataError(file, record.id, "source", found=repr(record.source), allowed="an id of sources.toml"))
    if f"doc-{record.source_doc}" not in sources:
        found.append(DataError(file, record.id, "source_doc", found=repr(record.source_doc), allowed="a document of sources.toml"))
    if "{fig" not in record.text:
        found.append(DataError(file, record.id, "text", found="no {fig}", allowed="one sentence with {fig} where the figure stands"))
    if record.excerpt and len(record.excerpt.split()) > 12:
        found.append(DataError(file, record.id, "excerpt", found=f"{len(record.excerpt.split())} words", allowed="at most 12 words of the document"))
    for name in ("conflicts_with", "not_to_be_confused_with"):
        for other in getattr(record, name):
            if other not in records or other == record.id:
                found.append(DataError(file, record.id, name, found=repr(other), allowed="the id of another record"))
