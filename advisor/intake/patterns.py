"""The small phrase language in which analysts write the words that the intake listens for.

    partner* manager        a word may end anyhow
    (lumpy|all over the place)   alternatives
    [full-time] owner       an optional word before another
    we sell ... resellers   up to five words between
    co-sell                 a hyphen may be a blank or missing
    <n> partners            a number, in digits or as a word; <many> one of at least ten; <length> one with halves; <pct> a percentage, <pts> points

A phrase becomes one regular expression without nested repetition, so that reading stays linear. The longest literal of a
phrase is looked for first; a phrase whose literal does not occur costs almost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar

from advisor import datafiles
from advisor.errors import DataError
from advisor.intake import numerals
from advisor.intake.heads import heads_of, needs_of, openings_of, plain_heads, plain_words, reach_of, word_starts
from advisor.intake.tables import heard, spelt, table

Key = TypeVar("Key")
_SEPARATOR = r"[\s\-]{1,4}"
_GAP = r"(?:[^\s.;:!?]{1,30}[\s']{1,3}){0,5}?"  # a French elision is a word of its own: `faute d'intégrations`
_EQUALS = re.compile(r"\s*\((?:[a-z]+\|)*:(?:\|(?:[a-z]+|=|-))*\)\s*")  # `(is|:|=)` may stand without blanks
_OPTIONAL_END = re.compile(r"(?:\s\[[^\[\]]*\])+$")  # an optional last word decides nothing
_MANY = 10  # from here on `<many>` holds
_COMMA = re.compile(r"\s*,\s*")
_SLOT = re.compile(r"<[\w,]+>")
_TOKENS = re.compile(r"<[\w,]+>| \.\.\. |\s+|[()|*\[\]-]|[^\s()|*\[\]<-]+")


@cache
def _slots() -> dict[str, str]:
    many = "|".join(sorted((re.escape(word) for word, value in number_words().items() if value >= _MANY), key=len, reverse=True))
    return {
        "<n>": rf"(\d{{1,3}}(?:[,.' ]\d{{3}}(?!\d))+|\d{{1,7}}(?![\d%]|[.,]\d|\s?%)|{numerals.whole()})\+?",
        "<length>": rf"(\d{{1,3}}(?:[.,]\d{{1,2}})?|{numerals.spoken()})",
        "<many>": rf"(?:[1-9]\d{{1,3}}(?![\d%]|[.,]\d|\s?%)|(?:{many})(?!-\w))\+?",
        "<pct>": r"(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|percent\b|per cent\b|pct\b|prozent\b|pour cent\b|pourcent\b)",
        "<,>": r"\s{0,2},\s{0,3}",
        "<is>": r"(?:\s{0,2}[:=]\s{0,2}|\s{1,3}(?:is|are|of|at|about)\s{1,3})",
        "<place>": f"(?:{_names('places')})",
        "<field>": f"(?:{_names('fields')})",
        "<term>": rf"(?:{_terms()})",
        "<pts>": r"(\d{1,2}(?:[.,]\d{1,2})?)\s?-?(?:pp\b|ppt\b|pts\b|points?\b|percentage[ -]points?\b|%-?points?\b|prozentpunkte?n?\b|%-?punkte?\b|punkte?\b|points? de pourcentage\b)",
    }


@cache
def _slot_words() -> dict[str, tuple[str, ...]]:
    """The words with which each slot may begin; `#` is a digit."""
    places = table("place")["names"]
    number_heads = (*number_words(), *table("numbers")["joined"])
    return {
        "<n>": ("#", *number_heads), "<length>": ("#", "anderthalb", *number_heads), "<many>": ("#", *number_words()), "<pct>": ("#",), "<pts>": ("#",), "<place>": tuple(places["places"]), "<field>": tuple(places["fields"]),
        "<term>": tuple(word.lower() for term in glossary()["term"] for word in (term["term"], *term.get("synonyms", []))),
    }  # fmt: skip


def _names(key: str) -> str:
    names = sorted(table("place")["names"][key], key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", _SEPARATOR) for name in names)


@cache
def _terms() -> str:
    """Any term of the glossary, longest first."""
    words = {word.lower() for term in glossary()["term"] for word in (term["term"], *term.get("synonyms", []))}
    return "|".join(re.escape(word).replace(r"\-", r"[\s\-]{0,2}").replace(r"\ ", _SEPARATOR) for word in sorted(words, key=len, reverse=True))


@cache
def glossary() -> datafiles.Table:
    """The moves vocabulary and the field's terms."""
    return datafiles.read_toml(datafiles.root() / "knowledge" / "glossary.toml")


def number_words() -> Mapping[str, int]:
    """The value of each number word."""
    return numerals.words()


@dataclass(frozen=True)
class Phrase:
    """A phrase cut into its pieces. What a text first calls for is worked out then: most phrases never are.

    `start` is what the text before it must be like.
    """

    pieces: tuple[str, ...]
    start: str

    @cached_property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """What a text must hold for the phrase to stand in it: of each tuple one literal."""
        return needs_of(self.pieces)

    @cached_property
    def reach(self) -> int | None:
        """How many characters a match spans at most; None without a limit."""
        return reach_of(self.pieces)

    @cached_property
    def heads(self) -> frozenset[str] | None:
        """How the words begin at which a match may start; None when it may start anywhere."""
        return heads_of(self.pieces, _slot_words())

    @cached_property
    def openings(self) -> tuple[str, ...]:
        """The whole words of which `heads` are the beginnings."""
        return openings_of(self.pieces, _slot_words())

    @cached_property
    def source(self) -> str:
        """The phrase as the text of a regular expression."""
        return f"{self.start}(?:{''.join(_parts(self.pieces))})(?!\\w)"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.source)

    def may_stand_in(self, text: str) -> bool:
        """Whether a text holds the words without which the phrase cannot stand in it."""
        for words in self.needs:
            for word in words:
                if word in text:
                    break
            else:
                return False
        return True

    def may_stand_at(self, place: int, text: str) -> bool:
        """The same of one place and the characters that a match could reach from there."""
        return text.startswith(self.openings, place) and (self.reach is None or self.may_stand_in(text[place : place + self.reach]))


class Hit(NamedTuple, Generic[Key]):
    """One place where a phrase of a lexicon stands; `value` is what its slot holds."""

    key: Key
    start: int
    end: int
    value: str | None


_MARKS = {"(": "(?:", "|": "|", "*": r"\w{0,15}", "-": r"[\s\-]{0,2}", "[": "(?:(?:", "]": f"){_SEPARATOR})?", ")": ")"}


@cache
def compile_phrase(phrase: str) -> Phrase:
    """Cut a phrase into its pieces. Raises ValueError when its brackets do not match."""
    _check_brackets(phrase)
    plain = _EQUALS.sub("<is>", _OPTIONAL_END.sub("", phrase.strip().lower()))
    start = r"(?<!\w)" if not phrase.startswith("<pct>") else r"(?<![\w.,])"
    return Phrase(tuple(_TOKENS.findall(_COMMA.sub("<,>", plain))), start)


def _check_brackets(phrase: str) -> None:
    if phrase.count("(") + phrase.count("[") != phrase.count(")") + phrase.count("]"):
        raise ValueError(f"the brackets of {phrase!r} do not match")


def _parts(pieces: Iterable[str]) -> Iterator[str]:
    """Each piece as regular expression."""
    previous = ""
    for piece in pieces:
        if piece.isspace():
            yield "" if previous == "]" else _SEPARATOR
        elif piece == " ... ":
            yield _GAP if previous == "]" else f"[\\s\\-,]{{1,4}}{_GAP}"
        elif piece.startswith("<"):
            if piece not in _slots():
                raise ValueError(f"the slot {piece} is not known; known are {', '.join(_slots())}")
            yield _slots()[piece]
        else:
            yield _MARKS[piece] if piece in _MARKS else re.escape(piece)
        previous = piece


def _heads(phrase: str) -> frozenset[str] | None:
    """The heads of a phrase, read from its beginning where that is plain."""
    _check_brackets(phrase)
    heads = plain_heads(phrase.lower())
    if heads is None or heads:
        return heads
    slot = _SLOT.match(phrase)
    return _slot_heads(slot[0]) if slot else compile_phrase(phrase).heads


@cache
def _slot_heads(slot: str) -> frozenset[str] | None:
    """The heads of all phrases that begin with a slot."""
    return heads_of((slot,), _slot_words())


def _matches(phrase: Phrase, heads: frozenset[str] | None, text: str, words: Mapping[str, list[int]]) -> Iterator[re.Match[str]]:
    """The matches of a phrase, tried only at words that begin as it may begin."""
    if heads is None:
        yield from phrase.pattern.finditer(text)
        return
    places = [words[head] for head in heads if head in words]
    end = -1
    for place in places[0] if len(places) == 1 else sorted(chain.from_iterable(places)):
        if place >= end and phrase.may_stand_at(place, text) and (match := phrase.pattern.match(text, place)):
            end = match.end()
            yield match


def _may_hold(text: str, phrase: str) -> bool:
    """Whether a text holds the words of a phrase that stand in no brackets: of most phrases it lacks one, and they are never cut."""
    return all(word in text for word in _plain_words(phrase))


_plain_words = cache(plain_words)


class Lexicon(Generic[Key]):
    """Phrases with what each stands for. A phrase is looked at where a text holds a word that begins as it may begin."""

    def __init__(self, phrases: Mapping[Key, Iterable[str]]) -> None:
        self._entries = [(key, form, _heads(form)) for key, words in phrases.items() for phrase in words for form in spelt(phrase)]
        self._last: tuple[str | None, tuple[Hit[Key], ...]] = (None, ())
        self._anywhere: list[int] = []
        self._by_head: dict[str, list[int]] = {}
        for number, (_, _, heads) in enumerate(self._entries):
            for numbers in [self._anywhere] if heads is None else [self._by_head.setdefault(head, []) for head in heads]:
                numbers.append(number)

    def find(self, text: str) -> Iterator[Hit[Key]]:
        """Every hit, phrase by phrase; the text is lower case. The last text is remembered: several readers ask about it in turn."""
        before, hits = self._last
        if before != text:
            hits = tuple(self._search(text))
            self._last = (text, hits)
        return iter(hits)

    def _search(self, text: str) -> Iterator[Hit[Key]]:
        words = word_starts(text)
        numbers = {number for head in self._by_head.keys() & words.keys() for number in self._by_head[head]}
        for number in sorted(numbers.union(self._anywhere)):
            key, words_of, heads = self._entries[number]
            if not _may_hold(text, words_of):
                continue
            phrase = compile_phrase(words_of)
            if phrase.may_stand_in(text):
                for match in _matches(phrase, heads, text, words):
                    yield Hit(key, match.start(), match.end(), next((group for group in match.groups() if group), None))

    def longest(self, text: str) -> list[Hit[Key]]:
        """Hits in order of place, where of overlapping ones only the longest stands."""
        kept: list[Hit[Key]] = []
        for hit in sorted(self.find(text), key=lambda hit: (hit.start, hit.start - hit.end)):
            if kept and hit.start < kept[-1].end:
                if hit.end - hit.start > kept[-1].end - kept[-1].start:
                    kept[-1] = hit
            else:
                kept.append(hit)
        return kept

    def first(self, text: str) -> Hit[Key] | None:
        """The hit that stands first, the longest of those that start there."""
        return min(self.find(text), key=lambda hit: (hit.start, -hit.end), default=None)


def count_of(word: str) -> int:
    """The count that a `<n>` slot holds: `40`, `1,200` or `three`."""
    return int(numerals.value(word))


def lexicon(name: str, section: str = "") -> Lexicon[str]:
    """The phrases of a file, or of one table in it, keyed by their names, in the languages that are listened for.

    Raises DataError when an entry is not a list of phrases or a phrase cannot be read.
    """
    return _lexicon(name, section, heard())


@cache
def _lexicon(name: str, section: str, languages: tuple[str, ...]) -> Lexicon[str]:
    entries: Any = table(name, languages)
    for part in section.split(".") if section else ():
        entries = entries[part]
    words = {key: value for key, value in entries.items() if not isinstance(value, dict)}
    for key, phrases in words.items():
        if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in phrases):
            raise DataError(f"knowledge/intake/{name}.toml", section, key, found=repr(phrases)[:60], allowed="a list of phrases")
    try:
        return Lexicon(words)
    except ValueError as error:
        raise DataError(f"knowledge/intake/{name}.toml", section, found=str(error), allowed="balanced brackets") from None
