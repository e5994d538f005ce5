"""The language of a message, told from its small words, and from a decimal comma before a million."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from advisor.intake.tables import LANGUAGES, table

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = {"de": "äöüß", "fr": "éèêàçœ"}
_CLEAR = 2  # so many small words tell a language even beside an English one
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]")
_MOST = 4000
_UNREAD = 3  # small words of a language that is not read, before a message counts as written in it
_COMMA = re.compile(r"\d,\d{1,2}\s?([a-z]+)")


def of(text: str) -> str:
    """`de`, `fr` or `en`, or a language that is not read; English unless another language has more of its small words.

    Where a message mixes languages, its questions decide: in their language they want an answer.
    """
    return _told(text[:_MOST].lower())


@lru_cache(maxsize=8)  # several readers ask for the same message's
def _told(low: str) -> str:
    asked = " ".join(sentence for sentence in _SENTENCE.findall(low) if sentence[-1] == "?")
    told = _of(asked) if asked != low else ""
    if told == "en" and not _english().intersection(_WORD.findall(asked)):  # `was tun?` is told by what stands around it
        told = ""
    return told or _of(low) or "en"


def _of(text: str) -> str:
    """The language of a plain text; none where it gives no sign of any."""
    counts, known = dict.fromkeys((*_small_words(), *_unread()), 0), _languages()
    for word in _WORD.findall(text):
        for language in known.get(word, ()):
            counts[language] += 1
    counts |= {language: 0 for language in _unread() if counts[language] < _UNREAD}
    marks = [match[1] for match in _COMMA.finditer(text)]
    for language in LANGUAGES:
        counts[language] += sum(map(_marks(language).__contains__, marks)) + _lettered(text, language)
    best = max(counts, key=lambda language: counts[language])
    if best != "en" and counts[best] > counts["en"] and (counts[best] >= _CLEAR or not counts["en"]):
        return best
    return "en" if counts["en"] else ""


@lru_cache(maxsize=8)
def heard(text: str) -> tuple[str, ...]:
    """The languages beside English that a plain text gives any sign of; all where it gives none of English either."""
    start = text[:4000]
    words = set(_WORD.findall(start))
    marks = {match[1] for match in _COMMA.finditer(start)}
    spoken = tuple(language for language in LANGUAGES if not words.isdisjoint(_own_words()[language]) or _lettered(start, language) or not marks.isdisjoint(_marks(language)))
    return spoken or (LANGUAGES if words.isdisjoint(_english()) else ())


def _lettered(text: str, language: str) -> bool:
    """Whether a text holds a letter that English has not and the language has."""
    return not text.isascii() and any(letter in text for letter in _LETTERS[language])


@cache
def _languages() -> Mapping[str, Sequence[str]]:
    """The languages of which a word is a small one."""
    found: dict[str, list[str]] = defaultdict(list)
    for language, small in (*_small_words().items(), *_unread().items()):
        for word in small:
            found[word].append(language)
    return dict(found)


@cache
def _english() -> frozenset[str]:
    """The small words that are English and nothing else."""
    words = _small_words()
    return words["en"].difference(*(words[language] for language in LANGUAGES), table("language")["also_english"])


@cache
def _own_words() -> dict[str, frozenset[str]]:
    """The small words of each language that are no English words."""
    words, english = _small_words(), frozenset(table("language")["also_english"])
    return {language: words[language] - words["en"] - english for language in LANGUAGES}


def _marks(language: str) -> list[str]:
    return table("language")["marks"].get(language, [])  # type: ignore[no-any-return]


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(table("language")[language]) for language in ("en", *LANGUAGES)}


@cache
def _unread() -> dict[str, frozenset[str]]:
    return {language: frozenset(words) for language, words in table("language")["unread"].items()}
