"""The language of a message, told from its small words, and from a decimal comma before a million."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from advisor.intake.tables import LANGUAGES, table

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = {"de": "äöüß", "fr": "éèêàçœ"}
_CLEAR = 2  # so many small words tell a language even beside an English one
_QUESTION = re.compile(r"[^.!?\n]*\?")
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
    asked = " ".join(_QUESTION.findall(low))
    told = _of(asked) if asked != low else ""
    if told == "en" and not _english().intersection(_WORD.findall(asked)):  # `was tun?` is told by what stands around it
        told = ""
    return told or _of(low) or "en"


def _of(text: str) -> str:
    """The language of a plain text; none where it gives no sign of any."""
    words = _WORD.findall(text)
    marks = [match[1] for match in _COMMA.finditer(text)]
    counts = {
        language: sum(map(small.__contains__, words)) + sum(map(_marks(language).__contains__, marks)) + any(letter in text for letter in _LETTERS.get(language, ""))
        for language, small in _small_words().items()
    }
    counts |= {language: count if (count := sum(map(small.__contains__, words))) >= _UNREAD else 0 for language, small in _unread().items()}
    best = max(counts, key=lambda language: counts[language])
    if best != "en" and counts[best] > counts["en"] and (counts[best] >= _CLEAR or not counts["en"]):
        return best
    return "en" if counts["en"] else ""


@lru_cache(maxsize=8)
def heard(text: str) -> tuple[str, ...]:
    """The languages beside English that a plain text gives any sign of; all where it gives none of English either."""
    start = text[:4000]
    words = set(_WORD.findall(start))
    signs = {language: bool(words & _own_words()[language]) or any(letter in start for letter in letters) for language, letters in _LETTERS.items()}
    spoken = tuple(language for language in LANGUAGES if signs[language] or any(match[1] in _marks(language) for match in _COMMA.finditer(start)))
    return spoken or (() if words & _english() else LANGUAGES)


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
