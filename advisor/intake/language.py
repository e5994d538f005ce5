"""The language of a message, told from its small words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from advisor.intake.patterns import table

READ = ("en", "de", "fr")
"""The languages that facts and questions are read in."""

_MOST = 4000
_LEAST = 2
_UNREAD = 3  # small words of a language that is not read, before a message counts as written in it


def of(text: str) -> str:
    """`de`, `fr` or `en`, or a language that is not read; English unless another language clearly has more of its small words.

    Where a message mixes languages, its questions decide: in their language they want an answer.
    """
    low = text[:_MOST].lower()
    asked = " ".join(re.findall(r"[^.!?\n]*\?", low))
    return _clearly(asked) or _only(asked) or _clearly(low) or _only(low) or "en"


def _counts(text: str) -> dict[str, int]:
    words = re.findall(r"[^\W\d_]+", text)
    return {language: sum(word in small for word in words) for language, small in _small_words().items()}


def _only(text: str) -> str:
    """The language that is read of a few words, if they hold small words of no other: `Provision für Empfehlungspartner?`."""
    found = [language for language, count in _counts(text).items() if count]
    return found[0] if len(found) == 1 and found[0] in READ else ""


def _clearly(text: str) -> str:
    counts = _counts(text)
    best = max(counts, key=lambda language: counts[language])
    least = _LEAST if best in READ else _UNREAD
    return best if counts[best] >= least and all(counts[best] > count for language, count in counts.items() if language != best) else ""


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    words = {name: small for name, small in table("language").items() if name != "unread"} | table("language")["unread"]
    return {language: frozenset(small) for language, small in words.items()}
