"""The language of a message, told from its small words."""

from __future__ import annotations

import re
from functools import cache

from advisor.intake.patterns import table


def of(text: str) -> str:
    """`de`, `fr` or `en`; English unless another language clearly has more of its small words."""
    words = re.findall(r"[^\W\d_]+", text[:4000])
    counts = {language: sum(word in small for word in words) for language, small in _small_words().items()}
    best = max(counts, key=lambda language: counts[language])
    return best if best != "en" and counts[best] >= 2 and counts[best] > counts["en"] else "en"


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words) for language, words in table("language").items()}
