"""Which words of a text carry its content, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

WORD = re.compile(r"[^\W_]+")

# Words that say nothing about the subject: function words, and the verbs and fillers that questions are made of.
_SAY_NOTHING = """
    a about above actually after again all almost already also although always am among an and another any anybody anyone
    anything are aren around as ask at away back be because been before being below between both but by can cannot could did do
    does doesn doing don done down during each either else enough even ever every everybody everyone everything exactly few for
    from further gave get gets getting give given gives go goes going gone got had has have having he her here him his how however
    i if in indeed instead into is isn it its itself just keep kind know knows let like likely ll look looks make makes making
    many may maybe me mean means might more most much must my need needs never no nobody none nor not nothing now of off often
    ok okay on once one only onto or other others our ours ourselves out over own per perhaps please put quite rather re really
    right s said say says see seem seems set shall she should since so some somebody someone something soon sort still such sure
    t take takes tell than that the their them then there these they thing things think this those though through thus to too
    toward towards try u under until up upon us use used using usual usually ve very via want wants was way we well were what
    when where whether which while who whom whose why will with within without won would yes yet you your yours
"""
STOPWORDS = frozenset(_SAY_NOTHING.split())

FIGURE = re.compile(
    r"\b(?:benchmarks?|average|typical|usual|percent\w*|share|rates?|ratio|fraction|amounts?|pric(?:e|es|ing)|fees?|salary|numbers?|size"
    r"|volume|budget|quota|thresholds?|duration|how (?:many|much|long|fast|large|big|small|high|often))\b",
    re.IGNORECASE,
)  # what is asked for when a figure is


def words(text: str) -> list[str]:
    """The words of a text, case folded, in order."""
    return [match.group().casefold() for match in WORD.finditer(text)]


def content_words(text: str) -> list[str]:
    """The words that are not stopwords, each once, in order."""
    return list(dict.fromkeys(word for word in words(text) if word not in STOPWORDS))


def word_of(text: str, spans: Sequence[tuple[int, int]]) -> list[str | None]:
    """For each span of characters (a token of a model) the content word it belongs to, None for stopwords and signs."""
    kept = [(*match.span(), word) for match in WORD.finditer(text) if (word := match.group().casefold()) not in STOPWORDS]
    found: list[str | None] = []
    at = 0
    for start, end in spans:
        while at < len(kept) and kept[at][1] <= start:
            at += 1
        found.append(kept[at][2] if at < len(kept) and kept[at][0] < end else None)
    return found
