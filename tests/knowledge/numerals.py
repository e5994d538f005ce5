"""Accounts for every numeral of a source document: the entry of the knowledge that carries it, or the reason why none does.

    python tests/knowledge/numerals.py FOLDER [000 ...]           counts, and what is not accounted for; exit 1 if anything
    python tests/knowledge/numerals.py FOLDER 001 --draft         skeleton of notes, each numeral with its words as a comment

FOLDER holds the documents, one text file each, whose name begins with the document's number. The notes stand in
`numerals/NNN.toml` (several files `NNN*.toml` are joined in the order of their names): `numerals = [["46", "sales-cycle-growth"],
["7", "reason:list_label"], ...]`, in the document's order. An entry is the id of a record, rule, passage or source; it must hold the
numeral. The notes hold no words of the documents, and comments of a draft are not kept.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from advisor import library, rules
from advisor.datafiles import read_toml, root

NOTES = Path(__file__).parent / "numerals"
NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
REASONS = {
    "date_of_page": "when a page was written, updated or read",
    "counter": "views, reading time, shares and the like of a page",
    "list_label": "the number of a list item, step, chapter, section or question, which carries no statement",
    "citation_mark": "a footnote mark or the number of a reference",
    "link": "part of an address",
    "name": "part of a product's, law's, standard's or company's name",
    "title": "part of the title of a page or book that the document cites for something without a figure",
    "answer_key": "an answer key without its questions",
    "repeated": "a heading or caption that repeats a numeral accounted for beside it",
    "idiom": "a figure of speech without a quantity",
    "abbreviation": "the digit of an abbreviation such as B2B or P2P",
    "page_mark": "a mark of the page's template, which carries no statement",
}
_SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9))
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


class Account(NamedTuple):
    """One document's account: how many numerals an entry or reason stands for, and what is wrong."""

    numerals: int
    entries: int
    reasons: Counter[str]
    problems: list[str]


def notes_of(document: str) -> list[tuple[str, str]]:
    """The notes on a document, of all its files in the order of their names: each numeral with what accounts for it."""
    return [(numeral, by) for path in sorted(NOTES.glob(f"{document}*.toml")) for numeral, by in tomllib.loads(path.read_text("utf-8"))["numerals"]]


def text_of(folder: Path, document: str) -> str:
    """The document's text. Exits with a sentence when the folder does not hold it."""
    found = sorted(folder.glob(f"{document}*.txt"))
    if not found:
        sys.exit(f"{folder} holds no file {document}*.txt.")
    return found[0].read_text("utf-8")


@cache
def _texts() -> Mapping[str, str]:
    """All words of each entry, by id; a record goes before a source of the same id."""
    shelf, book = library.load(), rules.load()
    wording = shelf.wording("", book.thresholds)
    records = {id_: f"{record.model_dump_json()} {shelf.say_record(id_)}" for id_, record in shelf.benchmarks.items()}
    passages = {id_: passage.model_dump_json() for id_, passage in shelf.passages.items()}
    sources = {id_: source.model_dump_json() for id_, source in shelf.sources.items()}
    tables = {path.stem: path.read_text("utf-8") for path in (root() / "knowledge" / "rules").glob("*.toml")}
    rows = {id_: f"{row} {wording.say(f'rules.{id_}.says')}" for id_, row in book.rows.items()}
    maturity = {f"maturity:{key}": str(value) for key, value in read_toml(root() / "knowledge" / "rules" / "maturity.toml").items()}
    return {**sources, **records, **passages, **{f"table:{name}": text for name, text in tables.items()}, **rows, **maturity}


def values(text: str) -> set[Decimal]:
    """The numbers in a text, digits or words up to twelve, each also in thousands, millions and billions."""
    plain = [Decimal(numeral.replace(",", "")) for numeral in NUMERAL.findall(text) if numeral.replace(",", "").count(".") < 2]
    spoken = [Decimal(index) for index, word in enumerate(_WORDS) if re.search(rf"\b{word}\b", text.lower())]
    return {number * scale for number in (*plain, *spoken) for scale in _SCALES}


def wrong(numeral: str, by: str) -> str | None:
    """What is wrong with accounting for a numeral this way, or None."""
    kind, _, reason = by.partition("reason:")
    if not kind:
        return None if reason in REASONS else f"{reason} is no known reason; known: {', '.join(REASONS)}"
    if by not in _texts():
        return f"{by} is no entry of the knowledge"
    plain = numeral.replace(",", "")
    if plain.count(".") > 1:
        return None if numeral in _texts()[by] else f"{by} does not hold it"
    held = values(_texts()[by])
    return None if any(Decimal(plain) * scale in held for scale in _SCALES) else f"{by} does not hold it"


def account(document: str, numerals: list[str]) -> Account:
    """Holds the notes on a document against its numerals in order."""
    notes = notes_of(document)
    problems = [f"no. {number}: the document has {numeral}, the notes have {note}" for number, (numeral, (note, _)) in enumerate(zip(numerals, notes, strict=False), 1) if numeral != note]
    problems += [f"no. {number}: {numeral}: {why}" for number, (numeral, by) in enumerate(notes, 1) if (why := wrong(numeral, by))]
    if len(notes) != len(numerals):
        problems.append(f"{len(numerals)} numerals, {len(notes)} notes")
    reasons = Counter(by.removeprefix("reason:") for _, by in notes if by.startswith("reason:"))
    return Account(len(numerals), len(notes) - reasons.total(), reasons, problems)


def draft(text: str) -> Iterator[str]:
    """A skeleton of notes with the words around each numeral as a comment, for the one who writes them."""
    yield "numerals = ["
    for number, match in enumerate(NUMERAL.finditer(text), 1):
        around = " ".join(text[max(0, match.start() - 70) : match.end() + 50].split())
        yield f'  ["{match[0]}", ""],  # {number}: {around}'
    yield "]"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("documents", nargs="*", default=["000", "001", "002", "003", "004"])
    parser.add_argument("--draft", action="store_true", help="print a skeleton of notes instead")
    options = parser.parse_args()
    failed = False
    for document in options.documents:
        text = text_of(options.folder, document)
        if options.draft:
            print("\n".join(draft(text)))
            continue
        found = account(document, NUMERAL.findall(text))
        done = found.entries + found.reasons.total() - sum("no. " in problem for problem in found.problems)
        print(f"{document}: {found.numerals} numerals, {100 * done / found.numerals:.1f} % accounted for; {found.entries} by an entry; reasons: {dict(found.reasons)}")
        print("".join(f"  {problem}\n" for problem in found.problems[:40]), end="")
        failed = failed or bool(found.problems)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
