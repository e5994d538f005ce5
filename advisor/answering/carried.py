"""Whether a sentence is carried by the words it rests on: its content words, names, denials and comparisons stand there too.

It reads words, not meaning. What it cannot see: a sentence that uses only words of its evidence and puts them together
otherwise without a denial, a comparison or a figure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from advisor.figures.terms import CONTRASTS, POLARITY, STOP, terms

SHARE = 0.7  # of the content words
_OWN = 0.5  # of them that a sentence shares with the point that it words, and of the point's that it keeps
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NAMED = re.compile(r"(?<![\w'’])[^\W\d_][\w'’&.-]*\w|(?<![\w'’])[A-Z](?!\w)")
_SITE = re.compile(r"\w[./]\w{2,}")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_FULL_STOP = re.compile(r"(?<=[.!?])\s+")
_DENIED = re.compile(r"\b(?:not|no|none|never|neither|nor|nobody|nothing|without|cannot|nicht|kein(?:e[mnrs]?)?|nie(?:mals)?|niemand|nichts|ohne|weder)\b|n['’]t\b", re.I)
_STRONG = re.compile(
    r"\b(?:always|every|all|guarantee[sd]?|certain(?:ly)?|proven|must|only|definitely|immer|jede[mnrs]?|alle[mnrs]?|garantiert|sicher|bewiesen|muss|müssen|nur)\b", re.I
)
_THAN = re.compile(r"\b(?:than|als)\b", re.I)
_REACH = 3
_YOU = frozenset({"you", "your", "yours", "sie", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihnen"})


def uncarried(text: str, sources: Sequence[str], known: Callable[[str], bool], *, said: str = "") -> str:
    """Why a sentence is not carried by its sources, or nothing. `known` tells ordinary words of the language from names.

    `said` is what the sentence words anew, one of the sources: then denials and comparisons are held against that, else against the
    sentence of the sources that is nearest.
    """
    held, own = {word for source in sources for word in terms(source)}, set(terms(said))
    for sentence in _FULL_STOP.split(text):
        words = terms(sentence)
        missing = [word for word in words if word not in held]
        if words and (len(words) - len(missing)) / len(words) < SHARE:
            return f"its evidence does not say {_listed(missing)}"
        if said and words and len([word for word in words if word in own]) / len(words) < _OWN:
            return f"its point does not say {_listed([word for word in words if word not in own])}"
    if said and len(own & {*terms(text)}) < _OWN * len(own):
        return f"it leaves out {_listed([word for word in terms(said) if word not in terms(text)])} of its point"
    if name := _stray_name(text, sources, known):
        return f"{name} does not stand in its evidence"
    nearest = said or _nearest(terms(text), sources)
    return _denial(text, nearest, sources) or _stance(text, [said] if said else sources, sources) or _compared(text, nearest)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in dict.fromkeys(words[:4]))


def _stray_name(text: str, sources: Sequence[str], known: Callable[[str], bool]) -> str:
    """A word written as a name that stands in no source."""
    there = {word.lower() for source in sources for word in _WORD.findall(source)}
    starts = {0, *(mark.end() for mark in _SENTENCE.finditer(text))}
    for found in _NAMED.finditer(text):
        word = found[0]
        if not any(letter.isupper() for letter in word) and not _SITE.search(word):
            continue
        parts = [part.lower() for part in _WORD.findall(word)]
        plain = found.start() in starts and word[1:] == word[1:].lower()
        if all(part in there or part in _YOU or part in STOP for part in parts) or (known(word) and (plain or _noun(text))):
            continue
        return f"“{word}”"
    return ""


def _noun(text: str) -> bool:
    """Whether the language writes nouns with a capital."""
    return bool(re.search(r"[äöüß]|\b(?:der|die|das|und|ist|nicht|ein|eine|mit|für)\b", text))


def _nearest(words: Sequence[str], sources: Sequence[str]) -> str:
    """The sentence of the sources that shares most of these words."""
    wanted = set(words)
    sentences = [part for source in sources for part in _SENTENCE.split(source) if part.strip()]
    return max(sentences, key=lambda part: len(wanted & set(terms(part))), default="")


def _denial(text: str, nearest: str, sources: Sequence[str]) -> str:
    """Whether the sentence denies what its nearest sentence does not, the other way round, or something else."""
    denied, there = bool(_DENIED.search(text)), bool(_DENIED.search(nearest))
    if denied != there:
        return "it denies what its evidence says" if denied else "it leaves out a “not” of its evidence"
    if denied and not _scopes(text, _REACH) & {word for source in sources for word in _scopes(source, 2 * _REACH)}:
        return "it denies something else than its evidence"
    return ""


def _scopes(text: str, reach: int) -> set[str]:
    """The content words that follow a denial, as far as it reaches, and the one before it."""
    found: set[str] = set()
    for mark in _DENIED.finditer(text):
        found |= {*terms(text[mark.end() :])[:reach], *terms(text[: mark.start()])[-1:]}
    return found


def _stance(text: str, said: Sequence[str], sources: Sequence[str]) -> str:
    """A word that says up for down, one of two opposites for the other, or more than what is said dares to say."""
    ways, there = _ways(text), {way for source in sources for way in _ways(source)}
    for kind, sign in ways:
        if (kind, -sign) in there and (kind, sign) not in there:
            return "it points the other way than its evidence"
    words, held = set(terms(text)), {word for source in sources for word in terms(source)}
    for group in CONTRASTS:
        if (opposite := words & group - held) and held & group:
            return f"its evidence does not say “{min(opposite)}”"
    strong = Counter(found.lower() for found in _STRONG.findall(text)) - Counter(found.lower() for each in said for found in _STRONG.findall(each))
    return f"“{min(strong)}” says more than its evidence" if strong else ""


def _ways(text: str) -> set[tuple[str, int]]:
    return {POLARITY[word] for word in (found.lower() for found in _WORD.findall(text)) if word in POLARITY}


def _compared(text: str, nearest: str) -> str:
    """Whether the two sides of a comparison are swapped against the nearest sentence."""
    mine, theirs = _THAN.search(text), _THAN.search(nearest)
    if mine is None or theirs is None:
        return ""
    left, right = set(terms(text[: mine.start()])), set(terms(text[mine.end() :]))
    first, second = set(terms(nearest[: theirs.start()])), set(terms(nearest[theirs.end() :]))
    straight = len(left & (first - second)) + len(right & (second - first))
    crossed = len(left & (second - first)) + len(right & (first - second))
    return "it swaps the sides of a comparison" if crossed > straight else ""
