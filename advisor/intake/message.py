"""The message as all readers see it: plain characters of the same length, its clauses, and how each part is meant."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from advisor.intake.clauses import Clause, rival_names, split, zones
from advisor.intake.patterns import Hit, Lexicon
from advisor.intake.tables import heard, table

Zones = Mapping[str, list[tuple[int, int]]]
_PLAIN = str.maketrans({
    **dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"), **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe58\uff0d", "-"), "\uff05": "%", "\u00d7": "x",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ",
})  # fmt: skip
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")  # what a terminal obeys
_QUOTE = re.compile(r"(?<!\w)[\"'](?=\w)|(?<=\w)[\"'](?!\w)")
_CURRENCY_SIGNS = {"\uff04": "$", "\u20a4": "\u00a3"}


@lru_cache(maxsize=32)
def plain(raw: str) -> str:
    """Lower case with plain quotes, dashes and blanks; as long as `raw`, so that places in both agree."""
    text = _ESCAPE.sub(lambda match: " " * len(match[0]), raw).translate(_PLAIN)
    if text.isascii():
        return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text.lower())
    return text.translate(_CHARACTERS)


class _Characters(dict[int, str]):
    """What each character becomes, worked out when a text first holds it."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain_character(chr(code))
        return plain


_CHARACTERS = _Characters()


def _plain_character(character: str) -> str:
    if character != "\n" and unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Co", "Cs"}:
        return " "
    folded = _CURRENCY_SIGNS.get(character) or unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


@dataclass(frozen=True)
class Message:
    """`raw` are the words as written, `text` the same characters made plain, planted parts blanked."""

    raw: str
    text: str
    clauses: tuple[Clause, ...]
    zones: Zones
    today: date | None = None

    def quote(self, start: int, end: int) -> str:
        """The exact words, without the blanks and commas around them."""
        return self.raw[start:end].strip(" \t\r\n,;:*")

    def clause_at(self, place: int) -> Clause:
        index = bisect_right(self.clauses, place, key=lambda clause: clause.start) - 1
        return self.clauses[max(index, 0)]

    def sentence_at(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence around a place."""
        number = self.clause_at(place).sentence
        first = bisect_right(self.clauses, number - 1, key=lambda clause: clause.sentence)
        last = bisect_right(self.clauses, number, key=lambda clause: clause.sentence) - 1
        return self.clauses[first].start, self.clauses[last].end

    def sentences(self) -> list[tuple[int, int]]:
        """Start and end of every sentence that holds words."""
        spans: dict[int, tuple[int, int]] = {}
        for clause in self.clauses:
            start, _ = spans.get(clause.sentence, (clause.start, 0))
            spans[clause.sentence] = (start, clause.end)
        return [span for span in spans.values() if self.text[slice(*span)].strip()]

    def meant_as(self, zone: str, place: int) -> bool:
        """Whether a place lies in a zone: question, wish, planned, assumed, foreign, unsure or hearsay."""
        spans = self.zones.get(zone, [])
        index = bisect_right(spans, place, key=lambda span: span[0]) - 1
        return index >= 0 and place < spans[index][1]

    def states(self, place: int, *, even: Iterable[str] = ()) -> bool:
        """Whether the words at a place say how the client is now; `even` names zones that do no harm here."""
        return not any(self.meant_as(zone, place) for zone in {"question", "wish", "assumed", "foreign", "planned"} - set(even))

    def negated(self, place: int, reach: int = 28) -> bool:
        """Whether a negation stands shortly before a place in the same clause."""
        low = max(self.clause_at(place).start, place - reach)
        return bool(_negation(heard()).within(self.text, low, place))

    def negations(self, start: int, end: int) -> list[Hit[str]]:
        """The negations that stand in a stretch of the text, in order."""
        return _negation(heard()).longest(self.text, start, end)

    def denied(self, end: int) -> bool:
        """Whether a negation stands right behind a place, as in German: `stimmt nie`."""
        return _DENIED.match(self.text, end, self.clause_at(max(end - 1, 0)).end) is not None


_QUOTED_LINE = re.compile(r"^>.*$", re.MULTILINE)  # of the mail that is answered: somebody else's words
_DENIED = re.compile(r"\s(?:so gut wie |fast |leider |aber |auch |überhaupt |gar |eigentlich |noch )*(?:nicht|nie|kaum|selten|niemals|keineswegs)\b")


def message_of(raw: str, text: str, today: date | None, *, names: Collection[str] = (), of_others: bool = False, spoken: bool = False) -> Message:
    """A message cut into clauses and zones.

    `names` are those of other companies, besides the ones found here; `of_others` says that it goes on about somebody else, `spoken` that it is
    what somebody says in a call.
    """
    cut = split(text)
    known = rival_names(raw, text, cut) | frozenset(names)
    meant = zones(text, cut, known, of_others=of_others, spoken=spoken)
    quoted = [line.span() for line in _QUOTED_LINE.finditer(text)]
    return Message(raw, text, cut, {**meant, "foreign": sorted([*meant.get("foreign", ()), *quoted])} if quoted else meant, today)


@lru_cache(maxsize=8)
def unquoted(text: str) -> str:
    """The text without quotes around words, as long as before: `14 'partners'`."""
    return _QUOTE.sub(" ", text)


def negates(words: str) -> bool:
    """Whether the words, in lower case, hold a negation."""
    return _negation(heard()).first(words) is not None


@cache
def _negation(languages: tuple[str, ...]) -> Lexicon[str]:
    return Lexicon({"negation": table("clauses", languages)["negation"]})
