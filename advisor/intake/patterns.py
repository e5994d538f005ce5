"""The small phrase language in which analysts write the words that the intake listens for.

    partner* manager        a word may end anyhow
    (lumpy|all over the place)   alternatives
    [full-time] owner       an optional word before another
    we sell ... resellers   up to five words between
    co-sell                 a hyphen may be a blank or missing
    <n> partners            a number, in digits or as a word; <many> one of at least ten; <length> one with halves; <pct> a percentage, <pts> points

A phrase becomes a chain of steps (`matcher.py`), made when a text holds the words that it cannot do without.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar

from advisor import datafiles
from advisor.domain.regex import Regex
from advisor.errors import DataError
from advisor.intake import numerals
from advisor.intake.heads import Words, beginnings_seen, heads_of, marks_of, needs_of, next_heads, openings_of, plain_heads, stand_under, words_of
from advisor.intake.matcher import Step, chain_of, in_word
from advisor.intake.tables import heard, spelt, table

Key = TypeVar("Key")
_SEPARATOR = r"[\s\-]{1,4}"
_EQUALS = re.compile(r"\s*\((?:[a-z]+\|)*:(?:\|(?:[a-z]+|=|-))*\)\s*")  # `(is|:|=)` may stand without blanks
_OPTIONAL_END = re.compile(r"(?:\s\[[^\[\]]*\])+$")  # an optional last word decides nothing
_NOT_BEFORE_PERCENT = ".,"  # `12.5 %` holds no `5 %`
_ONE_AND_A_HALF = "anderthalb"
_OFTEN = 16  # searches, after which a lexicon is worth sorting anew
_KEPT = 8  # texts whose hits are remembered
_TINY = 2  # letters of a number word that many other words begin with: `no`, `un`
_MANY = 10  # from here on `<many>` holds
_COMMA = re.compile(r"\s*,\s*")
_SLOT = re.compile(r"<[\w,]+>")
_TOKENS = re.compile(r"<[\w,]+>| \.\.\. |\s+|[()|*\[\]-]|[^\s()|*\[\]<-]+")


class _Number:
    """A number in digits or in words; the pattern of the words is long, and needed only where one of them begins."""

    def __init__(self, digits: str, words: str, beginnings: Iterable[str]) -> None:
        self.source = f"(?:{digits}|{words})"
        self._digits, self._words = Regex(digits), Regex(words)
        tiny = [word for word in beginnings if len(word) <= _TINY]
        self._beginnings, self._tiny = tuple(word for word in beginnings if len(word) > _TINY), Regex(rf"(?:{'|'.join(map(re.escape, tiny))})\b")
        self._signs = frozenset(word[0] for word in tiny)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        if text[start : start + 1].isdigit():
            return self._digits.match(text, start, end)
        begun = text.startswith(self._beginnings, start) or (text[start : start + 1] in self._signs and self._tiny.match(text, start) is not None)
        return self._words.match(text, start, end) if begun else None


@cache
def slots() -> Mapping[str, Regex | _Number]:
    """What each slot may hold; a group in it is its value."""
    many = "|".join(sorted((re.escape(word) for word, value in number_words().items() if value >= _MANY), key=len, reverse=True))
    return {
        "<n>": _Number(r"(\d{1,3}(?:[,.' ]\d{3}(?!\d))+|\d{1,7}(?![\d%]|[.,]\d|\s?%))\+?", rf"({numerals.whole()})\+?", _number_heads()),
        "<length>": _Number(r"(\d{1,3}(?:[.,]\d{1,2})?)", rf"({numerals.spoken()})", (*_number_heads(), _ONE_AND_A_HALF)),
        "<many>": Regex(rf"(?:[1-9]\d{{1,3}}(?![\d%]|[.,]\d|\s?%)|(?:{many})(?!-\w))\+?"),
        "<pct>": Regex(r"(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|percent\b|per cent\b|pct\b|prozent\b|pour cent\b|pourcent\b)"),
        "<,>": Regex(r"\s{0,2},\s{0,3}"),
        "<is>": Regex(r"(?:\s{0,2}[:=]\s{0,2}|\s{1,3}(?:is|are|of|at|about)\s{1,3})"),
        "<place>": Regex(_names("places")),
        "<field>": Regex(_names("fields")),
        "<term>": Regex(_terms()),
        "<pts>": Regex(r"(\d{1,2}(?:[.,]\d{1,2})?)\s?-?(?:pp\b|ppt\b|pts\b|points?\b|percentage[ -]points?\b|%-?points?\b|prozentpunkte?n?\b|%-?punkte?\b|punkte?\b|points? de pourcentage\b)"),
    }  # fmt: skip


@cache
def _slot_words() -> dict[str, tuple[str, ...]]:
    """The words with which each slot may begin; `#` is a digit."""
    places = table("place")["names"]
    return {
        "<n>": ("#", *_number_heads()), "<length>": ("#", _ONE_AND_A_HALF, *_number_heads()), "<many>": ("#", *number_words()), "<pct>": ("#",), "<pts>": ("#",), "<place>": tuple(places["places"]), "<field>": tuple(places["fields"]),
        "<term>": tuple(word.lower() for term in glossary()["term"] for word in (term["term"], *term.get("synonyms", []))),
    }  # fmt: skip


def _number_heads() -> tuple[str, ...]:
    """The words with which a number in words begins."""
    return (*number_words(), *table("numbers")["joined"])


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


class Hit(NamedTuple, Generic[Key]):
    """One place where a phrase of a lexicon stands; `value` is what its slot holds."""

    key: Key
    start: int
    end: int
    value: str | None


class Phrase:
    """A phrase cut into its pieces. What a text first calls for is worked out then: most phrases never are."""

    def __init__(self, pieces: tuple[str, ...]) -> None:
        self.pieces = pieces

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        """How words of a text must begin for the phrase to stand in it: of each set one."""
        return needs_of(self.pieces, _slot_heads())

    @cached_property
    def heads(self) -> frozenset[str] | None:
        """How the words begin at which a match may start; None when it may start at something else than a word."""
        return heads_of(self.pieces, _slot_words())

    @cached_property
    def steps(self) -> Step:
        """What tells where the phrase ends from a place on. Raises ValueError when its brackets do not match or a slot is not known."""
        return chain_of(self.pieces, slots())

    @cached_property
    def openings(self) -> re.Pattern[str]:
        """Where the phrase may begin when that need not be at a word."""
        words = openings_of(self.pieces, _slot_words())
        return re.compile("|".join(sorted(map(re.escape, words), key=len)))

    def places(self, text: str) -> Sequence[int]:
        """Where a match may start when that need not be at a word, in order; never within one."""
        starts = (match.start() for match in self.openings.finditer(text))
        return [start for start in starts if not start or not in_word(text[start - 1])]

    def hits(self, key: Key, text: str, places: Iterable[int]) -> list[Hit[Key]]:
        """Each match that begins at one of these places, in order; none overlaps the one before."""
        hits: list[Hit[Key]] = []
        steps, after, percent = self.steps, -1, self.pieces[0] == "<pct>"
        for place in places:
            if place < after or (percent and place and text[place - 1] in _NOT_BEFORE_PERCENT):
                continue
            held: list[str] = []
            end = steps(text, place, held)
            if end >= 0:
                hits.append(Hit(key, place, end, next(filter(None, held), None)))
                after = end
        return hits


@cache
def compile_phrase(phrase: str) -> Phrase:
    """Cut a phrase into its pieces. Raises ValueError when its brackets do not match."""
    _check_brackets(phrase)
    plain = phrase.strip().lower()
    if plain.endswith("]"):
        plain = _OPTIONAL_END.sub("", plain)
    if ":" in plain:
        plain = _EQUALS.sub("<is>", plain)
    if "," in plain:
        plain = _COMMA.sub("<,>", plain)
    return Phrase(tuple(_TOKENS.findall(plain)))


def _check_brackets(phrase: str) -> None:
    if phrase.count("(") + phrase.count("[") != phrase.count(")") + phrase.count("]"):
        raise ValueError(f"the brackets of {phrase!r} do not match")


def _heads(phrase: str) -> frozenset[str] | None:
    """The heads of a phrase, read from its beginning where that is plain."""
    _check_brackets(phrase)
    heads = plain_heads(phrase.lower())
    if heads is None or heads:
        return heads
    slot = _SLOT.match(phrase)
    return _slot_heads().get(slot[0]) if slot else compile_phrase(phrase).heads


@cache
def _slot_heads() -> Mapping[str, frozenset[str] | None]:
    """How the words begin with which each slot may begin."""
    return {slot: heads_of((slot,), _slot_words()) for slot in _slot_words()}


class _Entry(Generic[Key]):
    """One spelling of a phrase in a lexicon; cut into its pieces when a text holds what it plainly needs."""

    def __init__(self, key: Key, form: str) -> None:
        self.key, self._form, self._heads = key, form, _heads(form)
        self.needs: Sequence[frozenset[str]] | None = None
        self._rarest: tuple[str, ...] = ()

    def keys(self) -> Iterable[str] | None:
        """Beginnings of words, of which a text must hold one; None when the phrase may stand in a text without words."""
        return self.needs[0] if self.needs else self._rarest or self._heads

    def sort(self, often: Mapping[str, int]) -> None:
        """Put what fewest texts hold first, where the phrase was looked at before."""
        if self.needs:
            self.needs = tuple(sorted(self.needs, key=lambda heads: sum(map(often.__getitem__, heads & often.keys()))))
        elif self.needs is None and self.__dict__.get("marks"):
            self._rarest = (min(self.marks, key=often.__getitem__),)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """Its words that no text may lack."""
        return marks_of(self._form.lower())

    @cached_property
    def _next(self) -> frozenset[str]:
        return next_heads(self._form.lower())

    def may_stand(self, beginnings: set[str]) -> bool:
        """Whether words begin as the phrase needs it, as far as that is told without cutting it."""
        return beginnings.issuperset(self.marks) and not (self._next and beginnings.isdisjoint(self._next))

    def cut(self) -> Sequence[frozenset[str]]:
        """What a text in which it may stand must hold besides."""
        self.needs = self._phrase.needs
        return self.needs

    def hits(self, text: str, words: Words) -> list[Hit[Key]]:
        """Where it stands in a text that holds all that it needs."""
        places = self._phrase.places(text) if self._heads is None else words.places(self._heads)
        return self._phrase.hits(self.key, text, places) if places else []

    @cached_property
    def _phrase(self) -> Phrase:
        return compile_phrase(self._form)


class _Index(Generic[Key]):
    """The entries of a lexicon by the beginnings of words of which a text must hold one."""

    def __init__(self, entries: Sequence[_Entry[Key]]) -> None:
        self._anywhere: list[int] = []
        self._by_beginning: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(entries):
            keys = entry.keys()
            if keys is None:
                self._anywhere.append(number)
            for key in keys or ():
                self._by_beginning[key].append(number)
        self._beginnings = frozenset(self._by_beginning)
        stand_under(self._beginnings)

    def numbers(self, words: Words) -> Sequence[int]:
        """The entries worth a look in a text with these words, in order."""
        known = words.telling() & self._beginnings
        if not known:  # as of most lexica in most texts
            return self._anywhere
        if len(known) == 1 and not self._anywhere:
            return self._by_beginning[known.pop()]
        return sorted({*self._anywhere, *chain.from_iterable(map(self._by_beginning.__getitem__, known))})


class Lexicon(Generic[Key]):
    """Phrases with what each stands for. A phrase is looked at where a text holds a word that begins as one of its own.

    At first that is the word it begins with, which costs nothing to know. The more texts a lexicon has been asked about, the more of its phrases
    are cut, and from time to time these are put under the rarest of the words that they need.
    """

    def __init__(self, phrases: Mapping[Key, Iterable[str]]) -> None:
        self._entries = [_Entry(key, form) for key, words in phrases.items() for phrase in words for form in spelt(phrase)]
        self._index = _Index(self._entries)
        self._searches, self._next = 0, _OFTEN
        self._found: dict[str, tuple[Hit[Key], ...]] = {}

    def find(self, text: str) -> tuple[Hit[Key], ...]:
        """Every hit, phrase by phrase; the text is lower case. Those of the last texts are remembered: several readers ask about them in turn."""
        hits = self._found.get(text)
        if hits is None:
            words = words_of(text)
            numbers = self._index.numbers(words)
            hits = tuple(self._search(text, words, numbers)) if numbers else ()
            if len(self._found) == _KEPT:
                self._found = {}
            self._found[text] = hits
            self._searches += 1
            if self._searches >= self._next:
                self._sort_anew()
        return hits

    def _search(self, text: str, words: Words, numbers: Iterable[int]) -> list[Hit[Key]]:
        hits: list[Hit[Key]] = []
        beginnings = words.beginnings
        for number in numbers:
            entry = self._entries[number]
            needs = entry.needs
            if needs is None:
                if not entry.may_stand(beginnings):
                    continue
                needs = entry.cut()
            for either in needs:  # written out, since this is where reading spends its time
                if beginnings.isdisjoint(either):
                    break
            else:
                hits += entry.hits(text, words)
        return hits

    def _sort_anew(self) -> None:
        """Put the phrases that are cut under the need that the fewest of the last texts met, the others under their rarest mark."""
        often = beginnings_seen()
        for entry in self._entries:
            entry.sort(often)
        self._index, self._next = _Index(self._entries), 4 * self._next

    def within(self, text: str, start: int, end: int) -> list[Hit[Key]]:
        """The hits that stand in a stretch of a text, at their places in the text: a stretch need not be looked up by itself."""
        return [hit for hit in self.find(text) if start <= hit.start and hit.end <= end]

    def longest(self, text: str, start: int = 0, end: int = sys.maxsize) -> list[Hit[Key]]:
        """Hits of a text, or of a stretch of it, in order of place, where of overlapping ones only the longest stands."""
        hits = self.within(text, start, end)
        kept: list[Hit[Key]] = []
        for hit in sorted(hits, key=lambda hit: (hit.start, hit.start - hit.end)):
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


# What every message is asked for, file by file: looked up in one go, since most messages hold nothing of most of it.
_OF_EVERY_MESSAGE: Mapping[str, tuple[str, ...]] = {
    "age": ("beside_share", "length", "nth", "short", "started"), "asks": ("chit_chat", "promise", "request", "signal"), "decisions": ("practice",), "direct": ("false", "true"), "maturity": ("",),
    "metrics": ("count", "fixed.2", "fixed.3", "fraction", "percent", "points", "signal"), "motion": ("inferred", "stated"), "owner": ("",), "partners": ("active", "mapped", "share", "signed"),
    "place": ("compliance", "expansion", "gap", "region"), "problems": ("",), "setting": ("business", "committed_spend", "crm", "implementation_heavy", "maturity", "tool_budget", "trade"),
}  # fmt: skip


class _Together:
    """Several lexica that are asked about the same texts, behind one index."""

    def __init__(self, phrases: Mapping[tuple[str, str], Mapping[str, Iterable[str]]]) -> None:
        self._lexicon = Lexicon({(*each, key): words for each, entries in phrases.items() for key, words in entries.items()})
        self._found: dict[str, Mapping[tuple[str, str], tuple[Hit[str], ...]]] = {}

    def find(self, text: str) -> Mapping[tuple[str, str], tuple[Hit[str], ...]]:
        """The hits of each lexicon that has any; those of the last texts are remembered."""
        found = self._found.get(text)
        if found is None:
            hits: dict[tuple[str, str], list[Hit[str]]] = defaultdict(list)
            for (name, section, key), start, end, value in self._lexicon.find(text):
                hits[name, section].append(Hit(key, start, end, value))
            found = {each: tuple(those) for each, those in hits.items()}
            if len(self._found) == _KEPT:
                self._found = {}
            self._found[text] = found
        return found


class _Part(Lexicon[str]):
    """One of several lexica behind one index."""

    def __init__(self, together: _Together, name: str, section: str) -> None:
        self._together, self._name = together, (name, section)

    def find(self, text: str) -> tuple[Hit[str], ...]:
        return self._together.find(text).get(self._name, ())


def lexicon(name: str, section: str = "") -> Lexicon[str]:
    """The phrases of a file, or of one table in it, keyed by their names, in the languages that are listened for.

    Raises DataError when an entry is not a list of phrases or a phrase cannot be read.
    """
    return _lexicon(name, section, heard())


@cache
def _lexicon(name: str, section: str, languages: tuple[str, ...]) -> Lexicon[str]:
    if section in _OF_EVERY_MESSAGE.get(name, ()):
        return _Part(_of_every_message(languages), name, section)
    return Lexicon(_entries(name, section, languages))


@cache
def _of_every_message(languages: tuple[str, ...]) -> _Together:
    return _Together({(name, section): _entries(name, section, languages) for name, sections in _OF_EVERY_MESSAGE.items() for section in sections})


def _entries(name: str, section: str, languages: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    """The phrases of a table, each list of them checked."""
    entries: Any = table(name, languages)
    for part in section.split(".") if section else ():
        entries = entries[part]
    words = {key: value for key, value in entries.items() if not isinstance(value, dict)}
    for key, phrases in words.items():
        if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in phrases):
            raise DataError(f"knowledge/intake/{name}.toml", section, key, found=repr(phrases)[:60], allowed="a list of phrases")
        try:
            for phrase in phrases:
                _check_brackets(phrase)
        except ValueError as error:
            raise DataError(f"knowledge/intake/{name}.toml", section, key, found=str(error), allowed="balanced brackets") from None
    return words
