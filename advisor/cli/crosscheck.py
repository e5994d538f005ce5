"""What no room can check alone: that rules, phrases, records, moves and plans name each other rightly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.adapters import shards
from advisor.answering import packed, playbook
from advisor.answering.playbook import Conversation, Matter
from advisor.cli.references import PLAYBOOK, references
from advisor.datafiles import walk
from advisor.domain import Move
from advisor.errors import DataError
from advisor.intake.patterns import compile_phrase
from advisor.figures import find
from advisor.library import LANGUAGES, Library
from advisor.library.glossary import terms
from advisor.planning.check import problems as plan_problems
from advisor.rules import RuleBook, Row, Table


def faults(library: Library, book: RuleBook) -> list[DataError]:
    """Every reference between the data files that leads nowhere."""
    found = [*library.unknown_thresholds(book.thresholds), *_moves(library)]
    for table in (*book.tables.values(), *book.decisions.values()):
        found += [fault for row in table.rows for fault in _row(row, table.file, library)] + [*_words(table)]
    try:
        plans = playbook.load()
        found += [*references(plans, library, book), *conversation(plans.conversation, {entry.fact for entry in book.questions.entries}), *matters(plans.matters)]
    except DataError as error:
        found.append(error)
    found += [fault for language in LANGUAGES[1:] for fault in _translated(library, library.in_language(language))]
    return [*found, *plan_problems(library, book), *shards.problems(library.entries())]


def faults_of_packs(library: Library, book: RuleBook) -> list[DataError]:
    """What knowledge packs have wrong where our own data files are sound."""
    return [*packed.faults(library, book), *(fault for language in LANGUAGES[1:] for fault in _translated(library, library.in_language(language)))]


def _translated(library: Library, other: Library) -> Iterator[DataError]:
    """Translations that show other figures than the English sentences."""
    for id_ in other.translations.records.keys() & library.benchmarks.keys():
        yield from _same_figures("records", id_, library.say_record(id_), other.say_record(id_), other)
    for id_ in other.translations.passages.keys() & library.passages.keys():
        yield from _same_figures("passages", id_, library.passages[id_].text, other.passages[id_].text, other)
    for term in terms().values():
        if term.id in other.translations.terms:
            yield from _same_figures("terms", term.id, term.meaning, other.meaning(term), other)


def _same_figures(kind: str, id_: str, english: str, said: str, other: Library) -> Iterator[DataError]:
    ours, theirs = (sorted(figure.key for figure in find(text)) for text in (said, english))
    if ours != theirs:
        yield DataError(other.translations.origin[kind, id_], id_, found=f"the figures {', '.join(ours) or 'none'}", allowed=", ".join(theirs) or "none")


def _moves(library: Library) -> Iterator[DataError]:
    for move in Move:
        for part in ("noun", "do"):
            if f"moves.{move}.{part}" not in library.phrases:
                yield DataError("knowledge/phrases/en", f"moves.{move}", part, found="no phrase", allowed="one for each move")


def _row(row: Row, file: str, library: Library) -> Iterator[DataError]:
    verdicts = row.verdicts
    keys = [row.says, *row.columns.values(), *(key for item in verdicts for key in (item.text, item.because, item.change) if key)]
    for key in dict.fromkeys(keys):
        if key not in library.phrases:
            yield DataError(file, row.id, found=f"the phrase {key!r}, which is missing", allowed="a key of knowledge/phrases/en")
    if row.source.partition(":")[0] not in library.sources:
        yield DataError(file, row.id, "source", found=repr(row.source), allowed="a source of knowledge/sources.toml, then its place")


def _words(table: Table) -> Iterator[DataError]:
    """Phrases of a table that cannot be read."""
    for field, phrases in walk(table.words):
        if not isinstance(phrases, list):
            yield DataError(table.file, "words", field, found=repr(phrases), allowed="a list of phrases")
            continue
        yield from _read(table.file, "words", field, () if field.endswith(".figure") else phrases)


def conversation(words: Conversation, asked: set[str]) -> Iterator[DataError]:
    """Phrases that cannot be read, and sentences for replies to questions that nobody asks or that leave the reply out."""
    file = f"{PLAYBOOK}/conversation.toml"
    for field in ("asks", "recap", "follows", "refers", "partner", "others", "yes", "no", "closed"):
        yield from _read(file, "conversation", field, getattr(words, field))
    for pronoun, noun in words.pronouns.items():
        if "{noun}" not in noun:
            yield DataError(file, "conversation.pronouns", pronoun, found=repr(noun), allowed="{noun} where the noun stands")
    for field in ("reply", "reply_yes", "reply_no"):
        for fact, sentence in getattr(words, field).items():
            if fact not in asked:
                yield DataError(file, f"conversation.{field}", fact, found="a fact that no question asks for", allowed=", ".join(sorted(asked)))
            if ("{words}" in sentence) != (field == "reply"):
                yield DataError(file, f"conversation.{field}", fact, found=repr(sentence), allowed="{words} where the reply stands, in reply alone")


def matters(found: Mapping[str, Matter]) -> Iterator[DataError]:
    """Phrases of matters that cannot be read, which would end the answer to every message that they are looked for in."""
    for name, matter in found.items():
        lists = {"named": matter.named, "unless": matter.unless, "needs": matter.needs, "place.near": matter.place.near if matter.place else (), **{f"only.{part}": words for part, words in matter.only.items()}}
        for field, words in lists.items():
            yield from _read(f"{PLAYBOOK}/matters.toml", f"matters.{name}", field, words)


def _read(file: str, entry: str, field: str, phrases: Iterable[str]) -> Iterator[DataError]:
    """The phrases of a list that cannot be read."""
    for phrase in phrases:
        if fault := _unreadable(phrase):
            yield DataError(file, entry, field, found=f"{phrase!r}: {fault}", allowed="a phrase of the intake's language")


def _unreadable(phrase: str) -> str:
    try:
        _ = compile_phrase(phrase).steps
    except (ValueError, KeyError) as error:
        return str(error)
    return ""
