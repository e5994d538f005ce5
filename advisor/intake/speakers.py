"""Who says what in a call: turns with their speakers, and on whose side each speaker is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from advisor.domain.regex import Regex
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon

Side = Literal["client", "adviser", "other"]
_TIME = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?)"
_NAME = r"[^\W\d_][\w.'’-]*(?:[ \t][^\W\d_(][\w.'’-]*){0,3}"
_LABEL = Regex(
    rf"^[ \t]*(?:[-*>•][ \t]+)?(?:{_TIME}[ \t]*[-–|]?[ \t]*)?(?:<v[ \t]+(?P<voice>[^>\n]{{1,60}})>|"
    rf"[*_]{{0,2}}(?P<name>{_NAME})[*_]{{0,2}}(?:[ \t]*[(\[](?P<role>[^)\]\n]{{1,60}})[)\]])?[ \t]*{_TIME}?[*_]{{0,2}}[ \t]*:[*_]{{0,2}}(?=[ \t\n]|$)|"
    rf"(?P<alone>{_NAME})[ \t]+{_TIME}[ \t]*(?=\n))",
    re.MULTILINE,
)
_CUE_LINE = Regex(r"^[ \t]*(?:\d{1,5}|WEBVTT.*|(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3}[ \t]*-->.*|</v>)[ \t]*$", re.MULTILINE)
_ROLE_WORDS = 7  # of what stands in brackets behind a name
_LEAST_TURNS, _LEAST_SPEAKERS = 2, 2
_ASKS = 0.25  # a speaker who asks in so many turns, and more often than anybody on the other side, leads the call
_OWN_FIGURE = Regex(r"\b(?:we|we're|our|us|wir|unser\w*|bei uns|nous|notre|nos|on)\b[^.?!\n]{0,60}\d")


class Turn(NamedTuple):
    """What one speaker says without a break, in characters `start` to `end`."""

    speaker: str
    start: int
    end: int


def turns(text: str) -> tuple[Turn, ...]:
    """The turns of a call in order; none where a text is no call: less than two speakers, or nobody who speaks twice."""
    labels = [(match, (match["voice"] or match["name"] or match["alone"]).strip()) for match in _LABEL.finditer(text)]
    counts: dict[str, int] = {}
    for _, name in labels:
        counts[name.lower()] = counts.get(name.lower(), 0) + 1
    if len(counts) < _LEAST_SPEAKERS or max(counts.values()) < _LEAST_TURNS or len(labels) < _LEAST_TURNS + 1:
        return ()
    speaking = [(match, name) for match, name in labels if counts[name.lower()] >= _LEAST_TURNS or len(labels) <= 2 * len(counts)]
    ends = [match.start() for match, _ in speaking[1:]] + [len(text)]
    return tuple(Turn(name, match.end(), end) for (match, name), end in zip(speaking, ends, strict=True) if end > match.end())


def said(text: str, turn: Turn) -> str:
    """The words of a turn, as long as in the text, without the numbers and times of subtitles."""
    return _CUE_LINE.sub(lambda match: " " * len(match[0]), text[turn.start : turn.end]).replace("</v>", "    ")


def sides(text: str, spoken: Sequence[Turn], ours: Collection[str] = ()) -> Mapping[str, Side]:
    """The side of every speaker: as told by `ours` (the client's people), by what stands in brackets or behind the name, else by who asks."""
    names = list(dict.fromkeys(turn.speaker for turn in spoken))
    head = _unspoken(text, spoken)
    told = {name: side for name in names if (side := _told(head, name, ours)) is not None}
    asking = {name: _asking(text, spoken, name) for name in names if name not in told}
    if "adviser" not in told.values() and asking:
        leading = max(asking, key=lambda name: asking[name])
        others = [share for name, share in asking.items() if name != leading]
        if asking[leading] >= _ASKS and all(share < asking[leading] for share in others):
            told[leading] = "adviser"
    return {name: told.get(name, "client") for name in names}


def _unspoken(text: str, spoken: Sequence[Turn]) -> str:
    """What stands outside the turns: the head with those who take part, and the labels with what stands in brackets."""
    starts = [0, *(turn.end for turn in spoken)]
    return "\n".join(text[start : turn.start] for start, turn in zip(starts, spoken, strict=False))


def _told(text: str, name: str, ours: Collection[str]) -> Side | None:
    if ours:
        return "client" if any(one.lower() in name.lower() or name.lower() in one.lower() for one in ours) else "adviser"
    behind = re.compile(rf"\b{re.escape(name)}(?:[ \t]+[^\W\d_][\w'’-]*)?[ \t]*(?:[(\[,:–-][ \t]*)([^()\[\]\n;,]{{2,60}})")
    for words in [name, *(match[1] for match in behind.finditer(text))]:
        hit = lexicon("speakers", "side").first(plain(words)) if len(words.split()) <= _ROLE_WORDS else None
        if hit is not None:
            return hit.key  # type: ignore[return-value]
    return None


def _asking(text: str, spoken: Sequence[Turn], name: str) -> float:
    """The share of a speaker's turns that ask, less those that give figures of their own."""
    own = [text[turn.start : turn.end] for turn in spoken if turn.speaker == name]
    asks = sum("?" in words for words in own)
    figures = sum(_OWN_FIGURE.search(plain(words)) is not None for words in own)
    return (asks - figures) / len(own)
