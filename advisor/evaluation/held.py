"""What the knowledge itself decides and says, without an answer around it: rows of tables, clients, and the sentences below a key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from advisor.answering.computations import formulas
from advisor.answering.computations.solver import Solver
from advisor.domain import Verdict
from advisor.errors import InputError
from advisor.evaluation.clients import client_given
from advisor.evaluation.scorers.sentences import Said
from advisor.evaluation.subjects import Subject
from advisor.library import LANGUAGES, Library
from advisor.library.points import points_of
from advisor.rules import Row
from advisor.toolbox.parts import Part, number

NOTE = "note"
_MARK = re.compile(r"\{(fig|rule):([^{}]+)\}")


def row_decided(table: str, given: Mapping[str, Any], subject: Subject) -> dict[str, Any]:
    """The verdicts and outputs of the one row that these inputs lead to. Raises InputError for a table that does not exist."""
    book = subject.book
    facts = {name: Decimal(str(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else value for name, value in given.items()}
    if table in book.decisions:
        row = book.decide(table, **facts)
    elif table in book.tables:
        row = book.tables[table].row_for(facts)
    else:
        raise InputError(f"There is no table {table!r}.", hint=f"Known: {', '.join((*book.tables, *book.decisions))}.")
    return {"gives": dict(row.then), "verdicts": _verdicts(row), "tools": {}}


def _verdicts(row: Row) -> dict[str, Verdict]:
    return {each.move.value if each.move else NOTE: each.verdict for each in row.verdicts}


def client_decided(client: Mapping[str, Any], subject: Subject) -> dict[str, Any]:
    """What the rules say of a client."""
    facts, fx = client_given(client)
    assessment = subject.assess("", options=facts, fx=fx)
    types = assessment.partner_types
    return {
        "stage": assessment.stage.id, "also": assessment.stage.also, "phase": assessment.phase.id.value if assessment.phase else None,
        "start_with": types.start_with, "add_later": types.add_later, "tools": {tool.name: tool.verdict for tool in assessment.tools},
        "verdicts": {finding.move.value if finding.move else NOTE: finding.verdict for finding in assessment.findings},
    }  # fmt: skip


class _Numbers:
    """Numbers by the names that formulas have for them."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = {name: number(Decimal(str(value)), (name, place)) for place, (name, value) in enumerate(given.items())}

    def said(self, name: str) -> Part | None:
        return self._given.get(name)


def sum_worked(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What each formula of a sum or of a step of sums comes to that these numbers suffice for. Raises InputError for one that does not exist."""
    sums = formulas.load()
    ways = [*sums.steps.get(name, ()), *(way for item in sums.sum if item.asked == name for way in item.by)]
    if not ways and name not in sums.together:
        raise InputError(f"There is no sum {name!r}.", hint=f"Known: {', '.join(sorted({*sums.steps, *sums.together, *(item.asked for item in sums.sum)}))}.")
    solver = Solver(_Numbers(given), sums)
    parts = [solver.evaluate(formulas.parsed(way), frozenset({name})) for way in ways] + ([solver.value(name)] if name in sums.together else [])
    return {"results": [float(round(part.value, 4)) for part in parts if part is not None]}


def sentences_below(key: str, subject: Subject) -> list[Said]:
    """The sentences under a key of the phrases and all keys below it; `records.DOCUMENT` are those of the records of a document, `passages.FILE` those of a file of passages."""
    english = subject.library
    others = [english.in_language(language) for language in LANGUAGES if language != english.language]
    kind, _, name = key.partition(".")
    pairs = {"records": _of_records, "passages": _of_passages}.get(kind, _of_phrases)(name if kind in {"records", "passages"} else key, english, others, subject)
    return list(pairs)


def _of_phrases(key: str, english: Library, others: Sequence[Library], subject: Subject) -> Iterator[Said]:
    for name, wordings in english.phrases.items():
        if name == key or name.startswith(f"{key}."):
            told = _filled(wordings, english, subject)
            meant = [_filled(other.phrases[name], other, subject) for other in others if name in other.phrases]
            for number, text in enumerate(told):
                sources = frozenset(mark[2] for mark in _MARK.finditer(wordings[number]))
                yield Said(name, text, tuple(each[number] for each in meant if len(each) == len(told)), sources)


def _filled(wordings: Sequence[str], library: Library, subject: Subject) -> list[str]:
    thresholds, wording = subject.book.thresholds, library.wording("", {})
    return [_MARK.sub(lambda match: library.figure(match[2]) if match[1] == "fig" else wording.amount(thresholds[match[2]]), text) for text in wordings]


def _of_records(document: str, english: Library, others: Sequence[Library], subject: Subject) -> Iterator[Said]:
    for id_, record in english.benchmarks.items():
        if record.source_doc == document:
            there = [other.benchmarks[id_] for other in others if not other.untranslated(id_)]
            yield Said(id_, record.text, tuple(other.text for other in there))
            yield Said(f"{id_}.caution", record.caution, tuple(other.caution for other in there))


def _of_passages(file: str, english: Library, others: Sequence[Library], subject: Subject) -> Iterator[Said]:
    for id_, passage in english.passages.items():
        if id_.partition("#")[0] == file:
            there = [points_of(other.passages[id_].text) for other in others if not other.untranslated(id_)]
            for number, text in enumerate(points_of(passage.text), 1):
                yield Said(f"{id_}.{number}", text, tuple(points[number - 1] for points in there))
