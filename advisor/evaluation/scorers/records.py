"""Whether a record or source stands in the knowledge as the case states it, independently, from the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from advisor.domain import Applies, Benchmark, Source
from advisor.evaluation.cases import Case, RecordsExpected
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen
from advisor.library import Library


class Field(NamedTuple):
    """One thing that is stated, and what stands in the knowledge."""

    name: str
    stated: Any
    found: Any


def record(case: Case, seen: Seen) -> Score:
    """The share of stated fields that stand so in the knowledge."""
    fields = list(_fields(case.inputs, case.expected, seen.subject.library))
    wrong = [field for field in fields if field.stated != field.found]
    return share(len(fields) - len(wrong), len(fields), listed([f"{field.name} is {_told(field.found)} instead of {_told(field.stated)}" for field in wrong]))


def _fields(id_: str, of: RecordsExpected, library: Library) -> Iterator[Field]:
    held = library.benchmarks.get(id_)
    source = library.sources.get(held.source if held else id_)
    if of.publisher is not None:
        yield Field("publisher", of.publisher, source.publisher if source else None)
        yield Field("year", of.year, source.year if source else None)
    if of.evidence is not None:
        yield from _evidence(of, held, source)
    if held is not None:
        yield from _figure(of, held) if of.value is not None else ()
        yield from _condition(id_, of, library)
        yield from _sentence(of, library.say_record(id_))
        if of.document is not None:
            yield Field("document", of.document, held.source_doc)


def _evidence(of: RecordsExpected, held: Benchmark | None, source: Source | None) -> Iterator[Field]:
    stands = held or source
    yield Field("evidence", of.evidence, stands.evidence_class if stands else None)


def _figure(of: RecordsExpected, held: Benchmark) -> Iterator[Field]:
    low, high = (of.value, of.value) if isinstance(of.value, Decimal) else of.value or (None, None)
    yield Field("low", low, held.low)
    yield Field("high", high, held.high)
    yield Field("open", of.open or "none", held.open)
    yield Field("about", of.about, held.approximate)
    yield Field("unit", of.unit, held.unit)
    yield Field("currency", of.currency, held.currency)
    yield Field("per", of.per, held.per)
    yield Field("change", of.change, held.direction)


def _condition(id_: str, of: RecordsExpected, library: Library) -> Iterator[Field]:
    """Whether the condition holds and fails where it should; without facts it must hold for anybody."""
    if not of.holds and not of.fails:
        yield Field("condition", {}, dict(library.benchmarks[id_].condition))
    for facts, wanted in (*((facts, Applies.YES) for facts in of.holds), *((facts, Applies.NO) for facts in of.fails)):
        yield Field(f"for {_facts(facts)} it", wanted, library.applies(id_, _numbers(facts)).applies)


def _sentence(of: RecordsExpected, text: str) -> Iterator[Field]:
    for words in of.says:
        yield Field("sentence", " or ".join(words), " or ".join(words) if _has(words, text) else f"“{text}”")


def _has(words: Sequence[str], text: str) -> bool:
    return any(word.lower() in text.lower() for word in words)


def _numbers(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: Decimal(str(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else value for name, value in facts.items()}


def _facts(facts: Mapping[str, Any]) -> str:
    return listed([f"{name} {value}" for name, value in facts.items()])


def _told(value: Any) -> str:
    return "nothing" if value in (None, {}) else str(value)


SCORERS = (Scorer("record", "grounding", "records", record),)
