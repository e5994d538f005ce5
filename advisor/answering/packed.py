"""What a knowledge pack brings, held against rules and library together: sentences and sources that exist, and advice that its row gives."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.domain import DOABLE, Move, Verdict
from advisor.errors import DataError
from advisor.intake.moves import mentions
from advisor.library import Library
from advisor.ports import Wording
from advisor.rules import Row, RuleBook



def faults(library: Library, book: RuleBook) -> list[DataError]:
    """What is wrong with the rows of packs, and with sentences of ours whose thresholds a pack took away; empty without packs."""
    if not library.packs:
        return []
    wording = library.wording("", book.thresholds)
    found = [*library.unknown_thresholds(book.thresholds)]
    for table in book.tables.values():
        found += [fault for row in table.rows if row.pack for fault in _row(row, _file(row, table.file), library, wording)]
    return found


def _file(row: Row, file: str) -> str:
    """The pack's file of a row; of a table that several packs extend, each has one of the same name."""
    return f"pack {row.pack}: {file.partition(': ')[2]}"


def _row(row: Row, file: str, library: Library, wording: Wording) -> Iterator[DataError]:
    source = row.source.partition(":")[0]
    if library.packed.get(("source", source)) != row.pack:
        yield DataError(file, row.name, "source", found=repr(row.source), allowed="a source that the pack's own sources.toml holds, then its place")
    keys = [row.says, *(key for item in row.verdicts for key in (item.text, item.because, item.change) if key)]
    own = dict.fromkeys((row.says, *(key for item in row.verdicts for key in (item.text, item.because))))
    foreign = [key for key in own if wording.has(key) and not library.origin[key].startswith(f"pack {row.pack}: ")]
    yield from (DataError(file, row.name, found=f"the sentence {key}, which says what our sources say", allowed="a sentence of the pack") for key in foreign)
    missing = [key for key in dict.fromkeys(keys) if not wording.has(key)]
    yield from (DataError(file, row.name, found=f"the phrase {key!r}, which is missing", allowed="a key of the pack's phrases/en") for key in missing)
    if not missing:
        yield from _advice(row, file, wording)


def _advice(row: Row, file: str, wording: Wording) -> Iterator[DataError]:
    """Sentences that advise what their row forbids, or verdicts whose words advise something else than they decide."""
    may = {item.move for item in row.verdicts if item.verdict in DOABLE}
    forbidden = {item.move for item in row.verdicts if item.verdict is Verdict.FORBID}
    texts = {item.text for item in row.verdicts} | {item.because for item in row.verdicts if item.move is None}
    for key in dict.fromkeys((row.says, *texts, *(item.because for item in row.verdicts))):
        advised = _advised(wording.say(key))
        wrong = [move for move in advised if move in forbidden or (key in texts and move not in may)]
        if wrong:
            yield DataError(file, row.name, found=f"a sentence under {key} that advises {wrong[0]}", allowed="words that advise only what the row recommends or allows")


def _advised(text: str) -> list[Move]:
    return [item.move for item in mentions(text) if item.advised and not item.against]
