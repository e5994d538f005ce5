"""The questions of a message, each with what was told right before it, and the wishes that it passes on; two in one sentence are taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from advisor.answering.hearsay import sentences
from advisor.answering.select import stems

_WORDS, _NEWS = 3, 2  # words and content words from which the second half of a sentence is a question of its own
_ASKING = (
    r"(?:what|which|who|whom|how|when|where|should|can|do|does|is|are|would|will"
    r"|was|welche[rsnm]?|wer|wie|wieviele?|wann|womit|soll|sollen|sollten|können|kann|brauchen|braucht|lohnt|gibt)"
)
_OPENS = re.compile(rf"^\W*(?P<more>(?:and|also|plus|und|auch|außerdem)\b\W*)?(?:(?:by|for|in|at|to|with|from|bis|ab|mit|zu|bei) (?:[^?,]{{0,4}}\d[^?,]{{0,16}} )?)?{_ASKING}\b", re.I)
_AND = re.compile(rf",?\s+(?:and|plus|und|sowie)\s+(?:also\s+|auch\s+)?(?={_ASKING}\b)", re.I)
_WHAT = r"(?:what|which|how|when|who|where|welche[rsnm]?|wie|wieviele?|wann|wer|was)"
_CLOSED = re.compile(r"\b(?:yes or no|ja oder nein|yes/no)\b", re.I)  # asks without any other form of a question
_LISTED = re.compile(rf",\s+(?={_WHAT}\b)", re.I)
_ASKS_WHAT = re.compile(rf"\b{_WHAT}\b", re.I)
_WHO = re.compile(r"(?:who|wer)\b", re.I)  # of whom a short one asks, the first question tells: `and who wins?`
_ASKS = re.compile(rf"\b{_ASKING}\b", re.I)
_WISH = re.compile(
    r"\b(?:wants?|asks? (?:us )?(?:for|to|about)|ask(?:s|ing|ed) (?:us )?(?:for|to|about|if|whether)|demands?|insists? on|requests?|expects?|requires?|claims?"
    r"|(?:have to|need to|must|should|shall|can|do) (?:we|i) (?:offer|give|grant|pay|accept|provide|share)"
    r"|will|möchte|verlangt|fordert|fragt nach|besteht auf|erwartet|wünscht sich|bittet um|(?:müssen|sollen|können|dürfen) wir)\b",
    re.I,
)
_ALSO = re.compile(r",?\s+(?:and|und|sowie|plus|as well as|or|oder)\s+(?:(?:also|auch|even|dazu|noch|außerdem|then|for|wants?|asks?|demands?|verlangt|fordert|will)\s+)*", re.I)


class Part(NamedTuple):
    """A question, and the same with the sentences that lead to it. What a question beginning with "and" goes on from is one too, `stated`
    where it has no form of a question."""

    asked: str
    told: str
    stated: bool = False


def parts(text: str) -> tuple[Part, ...]:
    """The questions of a text in order; a sentence that only tells belongs to the question after it."""
    found: list[Part] = []
    before = ""
    for sentence in sentences(text):
        if not _asks(sentence, marked="?" in text):
            before = f"{before} {sentence}".strip()
            continue
        opening = _OPENS.match(sentence)
        if before and opening and opening["more"]:
            found.append(Part(before, before, stated=True))
            before = ""
        for half in _halves(sentence):
            found.append(Part(half, f"{before} {half}".strip()))
            before = ""
    return tuple(found)


def leading_to(text: str, asked: str) -> str:
    """A question of a text, and what was joined to it, with the sentences that lead to it; the question alone where it is none of its parts."""
    own = max((part for part in parts(text) if asked.startswith(part.asked)), key=lambda part: len(part.asked), default=None)
    return own.told + asked[len(own.asked) :] if own else asked


def wishes(text: str) -> tuple[str, ...]:
    """What a message says that somebody wants, each thing with the words before it, where a sentence names several: `he wants A and B` is `he wants A` and
    `he wants B`."""
    return tuple(piece for sentence in sentences(text) for piece in _wishes(sentence))


def _wishes(sentence: str) -> Iterator[str]:
    wish = _WISH.search(sentence)
    things = _ALSO.split(sentence[wish.end() :]) if wish else []
    if wish and len(things) > 1:
        yield from (f"{sentence[: wish.end()]} {thing.strip()}" for thing in things if stems(thing))


def _asks(sentence: str, *, marked: bool) -> bool:
    """Whether a sentence is a question: by its mark, as one more that leaves the mark out, or by its opening in a text without such marks."""
    opening = _OPENS.match(sentence) or (None if marked else _CLOSED.search(sentence))
    return sentence.endswith("?") or bool(opening and (not marked or opening["more"]))


def _halves(sentence: str) -> Iterator[str]:
    """A question, or those that "and" or a comma joins where each of them asks and says what about."""
    for joint in _LISTED.finditer(sentence):
        first, second = sentence[: joint.start()], sentence[joint.end() :]
        if _ASKS_WHAT.search(first) and stems(first) and stems(second):
            yield first
            yield from _halves(second)
            return
    for joint in _AND.finditer(sentence):
        first, second = sentence[: joint.start()], sentence[joint.end() :]
        both = _ASKS_WHAT.search(first) is not None and _ASKS_WHAT.match(second) is not None
        least, news, words = (1, 1, 1 if not _WHO.match(second) else _WORDS) if both else (_NEWS, _NEWS, _WORDS)
        asks = _ASKS.search(first) or _CLOSED.search(first)
        if asks and len(second.split()) > words and len(stems(first)) >= least and len(stems(second)) >= news:
            yield from (first, second)
            return
    yield sentence
