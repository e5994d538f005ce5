"""The language of a message, told from its small words, and from a decimal comma before a million."""

from __future__ import annotations

import re
from functools import cache

from advisor.intake.tables import LANGUAGES, table

_CLEAR = 2  # so many small words tell a language even beside an English one
_COMMA = re.compile(r"\d,\d{1,2}\s?([a-z]+)")


def of(text: str) -> str:
    """`de`, `fr` or `en`; English unless another language has more of its small words."""
    words = re.findall(r"[^\W\d_]+", text[:4000])
    marks = [match[1] for match in _COMMA.finditer(text[:4000])]
    counts = {language: sum(word in small for word in words) + sum(mark in _marks(language) for mark in marks) for language, small in _small_words().items()}
    best = max(counts, key=lambda language: counts[language])
    return best if best != "en" and counts[best] > counts["en"] and (counts[best] >= _CLEAR or not counts["en"]) else "en"


def _marks(language: str) -> list[str]:
    return table("language")["marks"].get(language, [])  # type: ignore[no-any-return]


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(table("language")[language]) for language in ("en", *LANGUAGES)}
