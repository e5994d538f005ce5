"""Holds every figure of any text against the knowledge, or against given texts alone: no index, no model, no network.

A figure is supported when a statement of the truth agrees in value, unit, subject and direction, by the matcher that checks
the program's own answers; derived when it follows from supported ones; else the verdict says what the truth has in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from advisor import library, rules
from advisor.answering.grounding_given import Given
from advisor.answering.verifying.blocks import Lines, blocks
from advisor.answering.verifying.truth import Truth, of_evidence, of_texts
from advisor.answering.verifying.verdicts import Judge
from advisor.domain import Client, VerifyReport
from advisor.errors import InputError
from advisor.extensions import Pack
from advisor.intake import language_of
from advisor.library import Library

Sources = Sequence[str] | Mapping[str, str]


def verify(text: str, against: Sources | None = None, *, client: Client | None = None, language: str = "", packs: tuple[Pack, ...] = ()) -> VerifyReport:
    """Every figure of a text with its verdict.

    `against` are texts, or texts by their names, that are then the only truth; without it the knowledge is. With facts of a `client`, a
    record that does not hold for it makes a figure not applicable, and the client's own numbers are known. Reasons are given in
    `language`, or in that of the text where it is spoken. `packs` are the knowledge packs that count as known. Raises InputError when one of them is of another type.
    """
    text, texts = _text(text), _texts(against)
    language = language or library.spoken(language_of(text))
    client = Client() if client is None else client
    if not isinstance(client, Client):
        raise InputError(f"The client is of type {type(client).__name__}.", hint='Give a Client, for example Client(arr="8M EUR").')
    known = _library(language, packs)
    truths = [of_texts(texts)] if texts is not None else _knowledge(language_of(text), packs)
    facts = _facts(client, known) if client != Client() else {}
    judge = Judge(known, truths, Given("", client), facts, Lines(text))
    return VerifyReport.of(tuple(each for block in blocks(text) for each in judge.block(block)))


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise InputError(f"The text is of type {type(text).__name__}.", hint="Give a string.")
    return text


def _texts(against: object) -> list[tuple[str, str]] | None:
    if against is None:
        return None
    if isinstance(against, str) or not isinstance(against, Iterable):
        raise InputError(f"`against` is of type {type(against).__name__}.", hint="Give a list of texts, or a table of texts by name.")
    named = list(against.items()) if isinstance(against, Mapping) else [(f"source {number}", each) for number, each in enumerate(against, 1)]
    return [(str(name), _text(each)) for name, each in named]


@lru_cache(maxsize=4)
def _library(language: str, packs: tuple[Pack, ...]) -> Library:
    return library.load(packs=packs).in_language(language)


@lru_cache(maxsize=4)
def _knowledge(language: str, packs: tuple[Pack, ...]) -> list[Truth]:
    """The knowledge in the language of a text, and in English: what a German text says may be told as the English sources have it."""
    return [_truth(each, packs) for each in dict.fromkeys((library.spoken(language), library.LANGUAGES[0]))]


@lru_cache(maxsize=4)
def _truth(language: str, packs: tuple[Pack, ...]) -> Truth:
    held = _library(language, packs)
    documents = {id_.removeprefix("doc-"): f"{source.publisher} {source.title}" for id_, source in held.sources.items() if id_.startswith("doc-")}
    records = ((held.evidence(id_, {}), (held.benchmarks[id_],)) for id_ in held.benchmarks)
    passages = ((held.evidence(id_, {}), tuple(held.benchmarks[each] for each in passage.benchmarks)) for id_, passage in held.passages.items())
    return of_evidence((*records, *passages), documents)


def _facts(client: Client, known: Library) -> dict[str, object]:
    book = rules.load(packs=known.packs)
    stage = rules.assess(client, book, known.wording("", book.thresholds)).stage.id
    return {**client.view(), "stage": stage}
