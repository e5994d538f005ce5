"""What of the client's words leaves the machine: only words that our own knowledge uses, and numbers; all else goes as a placeholder.

A list of names to hide would always lack one. So it is the other way round: what is not known to be ordinary is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from advisor.figures.terms import STOP
from advisor.intake.tables import table
from advisor.library import LANGUAGES, Library

_ADDRESS = re.compile(
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|\b(?:[a-z0-9-]+\.)+(?:[a-z]{2,})(?:/\S*)?\b|(?<!\w)@\w+|(?<!\w)\+?\d[\d ()/-]{7,}\d(?!\w)", re.I
)
_WORD = re.compile(r"[^\W\d_]\w*(?:[-'’&][^\W\d_]\w*)*")
_HOLDER = re.compile(r"\b(?:NAME|ADDRESS)[0-9]+\b")
_BEHIND = re.compile(r"(\bNAME[0-9]+ )(?!NAME|ADDRESS)([A-ZÄÖÜ][a-zäöüß]\w+)")  # the rest of a name of several words
_STARTS = re.compile(r"(?:^|[.!?:;]\s+|\n\s*|[\"“„(]\s*)$")
_UNITS = frozenset(
    "eur usd gbp chf euro euros dollar dollars pound pounds k m mn mio bn mrd tsd teur keur arr acv mrr crm saas b2b plg fte ceo cfo cro cmo coo cto vp ae aes csm "
    "sdr hr pm q1 q2 q3 q4 h1 h2 eu uk us dach emea january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag we're we've that's "
    "it's don't doesn't isn't i'm what's let's can't won't they're".split()
)
_TABLES = ("asks", "moves", "partners", "owner", "problems", "motion", "maturity", "metrics", "numbers", "language", "direct", "age", "decisions", "scope", "setting", "stance")


class Mask:
    """Replaces words of the client by placeholders, each word always by the same one, and puts them back."""

    def __init__(self, library: Library, names: Collection[str] = ()) -> None:
        self._known, self._written = _vocabulary(library.english or library)
        whole = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True)
        parts = {part for name in whole for part in _WORD.findall(name) if len(part) > 2 and part.lower() not in self._known}
        every = [*whole, *sorted(parts, key=len, reverse=True)]
        self._names = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in every), re.I) if every else None
        self._holders: dict[str, str] = {}
        self._back: dict[str, str] = {}

    def hide(self, text: str) -> str:
        """The client's words as they may be sent."""
        text = _ADDRESS.sub(lambda found: found[0] if _number(found[0]) else self._holder(found[0], "ADDRESS"), self.hide_names(text))
        text = _WORD.sub(lambda found: self._word(found, text), text)
        return _BEHIND.sub(lambda found: found[1] + self._holder(found[2], "NAME"), text)

    def hide_names(self, text: str) -> str:
        """Our own words, in which only the names given are hidden."""
        return self._names.sub(lambda found: self._holder(found[0], "NAME"), text) if self._names else text

    def show(self, text: str) -> str:
        """A sentence with the names back in; a placeholder that stands for nothing stays, and is seen by the gate."""
        return _HOLDER.sub(lambda found: self._back.get(found[0], found[0]), text)

    def known(self, word: str) -> bool:
        """Whether it is an ordinary word of our own knowledge."""
        return all(part.lower() in self._known for part in re.split(r"[-&]", word)) or word.lower() in self._known

    def _word(self, found: re.Match[str], text: str) -> str:
        word = found[0]
        if _HOLDER.fullmatch(word) or (self.known(word) and self._ordinary(word, bool(_STARTS.search(text[: found.start()])))):
            return word
        return self._holder(word, "NAME")

    def _ordinary(self, word: str, first: bool) -> bool:
        """Whether the word is written as the knowledge writes it: a capital within a sentence makes a name of an ordinary word."""
        return first or word[:1].islower() or word in self._written or word.lower() in _UNITS or word.isupper()

    def _holder(self, word: str, kind: str) -> str:
        key = word.lower()
        if key not in self._holders:
            self._holders[key] = f"{kind}{len(self._holders) + 1}"
            self._back[self._holders[key]] = word
        return self._holders[key]


def left_over(text: str) -> bool:
    """Whether a placeholder stands in a text."""
    return _HOLDER.search(text) is not None


def _number(text: str) -> bool:
    """Whether what looks like an address is an amount: 1.5M, 24.000, 10-20."""
    return re.fullmatch(r"[\d.,' -]+[a-z]{0,3}", text, re.I) is not None and len(re.findall(r"\d", text)) < 9


_read: dict[Path | None, tuple[frozenset[str], frozenset[str]]] = {}


def _vocabulary(library: Library) -> tuple[frozenset[str], frozenset[str]]:
    """The words of our knowledge in all its languages, and those that it writes with a capital within a sentence; gathered once."""
    if library.base not in _read:
        _read[library.base] = _gathered(library)
    return _read[library.base]


def _gathered(library: Library) -> tuple[frozenset[str], frozenset[str]]:
    texts = list(_texts(library))
    words = {word.lower() for text in texts for found in _WORD.findall(text) for word in (found, *re.split(r"[-&]", found))}
    written = {found[0] for text in texts for found in _WORD.finditer(text) if found[0][:1].isupper() and not _STARTS.search(text[max(0, found.start() - 4) : found.start()])}
    return frozenset(words | STOP | _UNITS), frozenset(written)


def _texts(library: Library) -> Iterator[str]:
    for language in LANGUAGES:
        spoken = library.in_language(language)
        yield from (variant for variants in spoken.phrases.values() for variant in variants)
        yield from (f"{passage.heading}\n{passage.text}" for passage in spoken.passages.values())
        yield from (spoken.say_record(id_) for id_ in spoken.benchmarks)
    yield from (question for entry in library.entries() for question in entry.questions)
    yield from (word for name in _TABLES for word in _leaves(table(name)))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
