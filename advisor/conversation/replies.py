"""A reply of a few words to what was asked: "nobody", "distribution", "yes, still"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from advisor.answering.hearsay import phrases
from advisor.answering.playbook import Conversation
from advisor.domain import Client, OpenQuestion
from advisor.domain.changes import FactChange, applied, changes, facts_of
from advisor.rules.again import asks_again, paths_of

_SHORT = 8  # words; a longer message says by itself what it is about
Read = Callable[[str, Client], Client]


def told_by(text: str, asked: Iterable[OpenQuestion], known: Client, read: Read, words: Conversation, today: date) -> Client:
    """The client with what a short reply says of the facts asked about; as it was when the reply says nothing of them.

    `read` gives the client that a sentence leads to. What the words themselves say is read elsewhere.
    """
    reply = " ".join(text.split()).strip(" .!,;")
    if not reply or "?" in reply or len(reply.split()) > _SHORT or read(text, known).facts != known.facts or phrases((*words.asks, *words.recap)).first(reply.lower()):
        return known
    denies, confirms = (phrases(each).first(reply.lower()) is not None for each in (words.no, words.yes))
    for question in asked:
        if asks_again(question, known):
            if confirms and not denies:
                return applied(known, _said_again(known, paths_of(question), reply, today))
            continue
        closed = phrases(words.closed).first(question.ask.lower()) is not None
        for sentence in _sentences(question.fact, reply, confirms and not denies and closed, denies and closed, words):
            if made := [change for change in changes(known, read(sentence, known)) if change.path == question.fact]:
                return applied(known, [_quoting(change, reply) for change in made])
    return known


def _sentences(fact: str, reply: str, yes: bool, no: bool, words: Conversation) -> Iterator[str]:
    """What the reply may stand for as a sentence about the fact."""
    if yes and fact in words.reply_yes:
        yield words.reply_yes[fact]
    elif no and fact in words.reply_no:
        yield words.reply_no[fact]
    elif fact in words.reply:
        yield words.reply[fact].replace("{words}", reply)


def _said_again(known: Client, paths: Iterable[str], reply: str, today: date) -> Iterator[FactChange]:
    """The facts unchanged, stated anew today."""
    for path in paths:
        value, fact = facts_of(known)[path]
        if fact is not None:
            again = fact.model_copy(update={"stated_on": today, "confidence": "stated", "origin": "text", "quote": fact.quote or reply})
            yield FactChange(path=path, before=value, after=value, said=again, was=fact)


def _quoting(change: FactChange, reply: str) -> FactChange:
    """The change with the words that were really said."""
    said = change.said.model_copy(update={"quote": reply}) if change.said else None
    return change.model_copy(update={"said": said})
