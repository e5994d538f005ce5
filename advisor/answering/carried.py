"""Whether a sentence is carried by the words it rests on: its content words, names, denials and comparisons stand there too.

It reads words, not meaning. What it cannot see: a sentence that uses only words of its evidence and puts them together
otherwise, without a denial, an order in time, a comparison or a figure that would show it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from advisor.answering.wordlists import free_words, order_words, strong_words
from advisor.figures.terms import CONTRASTS, POLARITY, STOP, terms

SHARE = 0.7  # of the content words
_OWN = 0.5  # of the words of a part that it shares with the point, and of a part of the point that is kept
_REACH = 3  # content words that a denial reaches
_COMPARED = 2  # content words that name what is compared with
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NAMED = re.compile(r"(?<![\w'’])[^\W\d_][\w'’&.-]*\w|(?<![\w'’])[A-Z](?!\w)")
_SITE = re.compile(r"\w[./]\w{2,}")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_PART = re.compile(
    r"[,;:()]|(?<=[.!?])\s|\s[–—-]\s|\b(?:and|but|so|which|because|since|while|whereas|although|though|then|und|aber|sondern|weil|da|denn|während|obwohl|dann)\b", re.I
)
_DENIED = re.compile(r"\b(?:not|no|none|never|neither|nor|nobody|nothing|without|cannot|nicht|kein(?:e[mnrs]?)?|nie(?:mals)?|niemand|nichts|ohne|weder|hold(?:ing)? off|too early|refrain|zu früh)\b|n['’]t\b", re.I)
_THAN = re.compile(r"\b(?:than|als)\b", re.I)
_YOU = frozenset({"you", "your", "yours", "sie", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihnen"})


def uncarried(text: str, sources: Sequence[str], known: Callable[[str], bool]) -> str:
    """Why a sentence is not carried by its sources, or nothing. `known` tells ordinary words of the language from names."""
    held = _terms_of(sources)
    for part in _parts(text):
        missing = [word for word in part if word not in held]
        if len(missing) > (1 - SHARE) * len(part):
            return f"its evidence does not say {_listed(missing)}"
    nearest = _nearest(terms(text), sources)
    return _stray_name(text, sources, known) or _denial(text, nearest, sources) or _turned(text, nearest, sources) or _compared(text, nearest)


def unfaithful(text: str, said: str, sources: Sequence[str], known: Callable[[str], bool]) -> str:
    """Why a sentence does not word what is said, or nothing. Its sources are what that rests on.

    Each part of it must be carried by the sources and share its words with what is said; each part of what is said must be there
    still. A word of what is said may give way to a word that says nothing of its own (`use`, `rely on`), never to another word of the field.
    """
    held, own, mine = _terms_of([said, *sources]), set(terms(said)), set(terms(text))
    free = free_words()
    for part in _parts(text):
        missing = [word for word in part if word not in held]
        if len(missing) > (1 - SHARE) * len(part):
            return f"its evidence does not say {_listed(missing)}"
        if len(strange := [word for word in part if word not in own]) > (1 - _OWN) * len(part):
            return f"its point does not say {_listed(strange)}"
    for part in _parts(said):
        if len(lost := [word for word in part if word not in mine]) >= (1 - _OWN) * len(part):
            return f"it leaves out {_listed(lost)} of its point"
    there, here = Counter(terms(said)), Counter(terms(text))
    lost, brought = [word for word in there - here if word not in free], [word for word in here - there if word not in free]
    if brought and (lost or any(word not in held for word in brought)):
        return f"its point does not say {_listed(sorted(brought))}" + (f" and does say {_listed(sorted(lost))}" if lost else "")
    return _stray_name(text, [said, *sources], known) or _denial(text, said, [said]) or _turned(text, said, [said, *sources]) or _compared(text, said)


def _terms_of(texts: Sequence[str]) -> set[str]:
    return {word for text in texts for word in terms(text)}


def _parts(text: str) -> list[list[str]]:
    """The content words of each part of a sentence; words that say nothing of their own are left out."""
    free = free_words()
    return [words for part in _PART.split(text) if (words := [word for word in terms(part) if word not in free])]


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in dict.fromkeys(words[:4]))


def _stray_name(text: str, sources: Sequence[str], known: Callable[[str], bool]) -> str:
    """Names a word that is written as a name and stands in no source."""
    there = {word.lower() for source in sources for word in _WORD.findall(source)}
    starts = {0, *(mark.end() for mark in _SENTENCE.finditer(text))}
    for found in _NAMED.finditer(text):
        word = found[0]
        if not any(letter.isupper() for letter in word) and not _SITE.search(word):
            continue
        parts = [part.lower() for part in _WORD.findall(word)]
        plain = found.start() in starts and word[1:] == word[1:].lower()
        if all(part in there or part in _YOU or part in STOP for part in parts) or ((known(word) or {*terms(word)} <= free_words()) and (plain or _has_nouns(text))):
            continue
        return f"“{word}” does not stand in its evidence"
    return ""


def _has_nouns(text: str) -> bool:
    """Whether the language writes nouns with a capital."""
    return bool(re.search(r"[äöüß]|\b(?:der|die|das|und|ist|nicht|ein|eine|mit|für)\b", text))


def _nearest(words: Sequence[str], sources: Sequence[str]) -> str:
    """The sentence of the sources that shares most of these words."""
    wanted = set(words)
    sentences = [part for source in sources for part in _SENTENCE.split(source) if part.strip()]
    return max(sentences, key=lambda part: len(wanted & set(terms(part))), default="")


def _denial(text: str, said: str, sources: Sequence[str]) -> str:
    """Whether the sentence denies more or less often than what it says, or something else."""
    denied, there = len(_DENIED.findall(text)), len(_DENIED.findall(said))
    if denied != there:
        return "it denies what its evidence says" if denied > there else "it leaves out a “not” of its evidence"
    scopes = {word for source in sources for scope in _scopes(source, 2 * _REACH) for word in scope}
    if any(scope and not scope & scopes for scope in _scopes(text, _REACH)):
        return "it denies something else than its evidence"
    return ""


def _scopes(text: str, reach: int) -> list[set[str]]:
    """For each denial the content words that follow it, as far as it reaches, and the one before it."""
    return [{*terms(text[mark.end() :])[:reach], *terms(text[: mark.start()])[-1:]} for mark in _DENIED.finditer(text)]


def _turned(text: str, said: str, sources: Sequence[str]) -> str:
    """A word that says up for down, before for after, one of two opposites for the other, or more than what is said dares to say."""
    ways, there = _ways(text), _ways(said)
    kinds = {kind for kind, _ in there}
    elsewhere = {way for source in sources for way in _ways(source)}
    if any(way not in there and (way[0] in kinds or (way not in elsewhere and (way[0], -way[1]) in elsewhere)) for way in ways):
        return "it points the other way than its evidence"
    words, held = set(terms(text)), _terms_of(sources)
    for group in CONTRASTS:
        if (opposite := words & group - held) and held & group:
            return f"its evidence does not say “{min(opposite)}”"
    mine, theirs = Counter(_lower(text)), Counter(_lower(said))
    for group in order_words():
        if (other := (mine - theirs).keys() & group) and (theirs - mine).keys() & group:
            return f"“{min(other)}” turns round what its evidence says"
    strong = (mine - theirs).keys() & strong_words()
    return f"“{min(strong)}” says more than its evidence" if strong else ""


def _lower(text: str) -> list[str]:
    return [found.lower() for found in _WORD.findall(text)]


def _ways(text: str) -> set[tuple[str, int]]:
    """The directions named; a German noun (`in Ihrem Fall`) names none."""
    found = [(match.start(), match[0]) for match in _WORD.finditer(text)]
    return {POLARITY[word.lower()] for start, word in found if word.lower() in POLARITY and (word.islower() or not start)}


def _compared(text: str, said: str) -> str:
    """Whether a sentence compares with something else than what is said does: with its own subject, where the two sides are swapped."""
    mine, theirs = _THAN.search(text), _THAN.search(said)
    if mine is None or theirs is None:
        return ""
    with_, other = terms(text[mine.end() :])[:_COMPARED], terms(said[theirs.end() :])[:_COMPARED]
    return "it swaps the sides of a comparison" if with_ and other and not set(with_) & set(other) else ""
