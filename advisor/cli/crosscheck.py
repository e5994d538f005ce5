"""What no room can check alone: that rules, phrases, records, moves and plans name each other rightly."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering import playbook
from advisor.answering.playbook import Playbook
from advisor.domain import Move
from advisor.errors import DataError
from advisor.library import Library
from advisor.rules import RuleBook, Row

RULES, PLAYBOOK = "knowledge/rules", "knowledge/answers"


def faults(library: Library, book: RuleBook) -> list[DataError]:
    """Every reference between the data files that leads nowhere."""
    found = [*library.unknown_thresholds(book.thresholds), *_moves(library)]
    for row in book.rows.values():
        found += _row(row, library)
    try:
        found += _playbook(playbook.load(), library)
    except DataError as error:
        found.append(error)
    return found


def _moves(library: Library) -> Iterator[DataError]:
    for move in Move:
        for part in ("noun", "do"):
            if f"moves.{move}.{part}" not in library.phrases:
                yield DataError("knowledge/phrases/en", f"moves.{move}", part, found="no phrase", allowed="one for each move")


def _row(row: Row, library: Library) -> Iterator[DataError]:
    file = f"{RULES}/{row.table}.toml"
    verdicts = row.verdicts
    keys = [row.says, *(key for item in verdicts for key in (item.text, item.because, item.change) if key)]
    for key in dict.fromkeys(keys):
        if key not in library.phrases:
            yield DataError(file, row.id, found=f"the phrase {key!r}, which is missing", allowed="a key of knowledge/phrases/en")
    if row.source.partition(":")[0] not in library.sources:
        yield DataError(file, row.id, "source", found=repr(row.source), allowed="a source of knowledge/sources.toml, then its place")


def _playbook(plans: Playbook, library: Library) -> Iterator[DataError]:
    metrics = {record.metric for record in library.benchmarks.values()}
    for move, notes in plans.moves.items():
        yield from _unknown("moves.toml", move, "records", notes.records, set(library.benchmarks))
        yield from _unknown("moves.toml", move, "passages", notes.passages, set(library.passages))
    for name, topic in plans.topics.items():
        yield from _unknown("topics.toml", name, "metrics", topic.metrics, metrics)
        yield from _unknown("topics.toml", name, "nearest", topic.nearest, set(library.benchmarks) | set(library.passages))
        yield from _unknown("topics.toml", name, "better", topic.better, set(library.benchmarks) | set(library.passages))


    evidence = set(library.benchmarks) | set(library.passages)
    for name, gap in plans.gaps.items():
        yield from _unknown("gaps.toml", name, "near", gap.near, evidence)
        yield from _phrases("gaps.toml", name, [f"answers.gap.{name}"], library)
    for name, conflict in plans.conflicts.items():
        yield from _unknown("conflicts.toml", name, "records", (*conflict.records, *conflict.prefer), set(library.benchmarks))
        yield from _phrases("conflicts.toml", name, [f"answers.conflict.{name}.{part}" for part in ("why", "prefer")], library)


def _phrases(file: str, entry: str, keys: list[str], library: Library) -> Iterator[DataError]:
    for key in keys:
        if key not in library.phrases:
            yield DataError(f"{PLAYBOOK}/{file}", entry, found=f"no phrase {key!r}", allowed="one in knowledge/phrases/en")


def _unknown(file: str, entry: str, field: str, named: tuple[str, ...], known: set[str]) -> Iterator[DataError]:
    for id_ in named:
        if id_ not in known:
            yield DataError(f"{PLAYBOOK}/{file}", entry, field, found=repr(id_), allowed=f"{field} that the knowledge holds")
