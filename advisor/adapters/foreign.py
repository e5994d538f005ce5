"""Says a German or French query in the knowledge's English words, word by word: enough to be searched for and to be told what it is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from advisor import datafiles
from advisor.adapters.terms import STOPWORDS, WORD

LANGUAGES = ("de", "fr")
MEANINGS = 2  # of a word that may mean several things the first ones are asked
SHORTEST = 3  # letters that the first part of a compound has at least
_BEFORE = ("ge", "be", "ver", "zu", "an", "ab", "auf", "aus", "ein", "vor", "mit", "um")
_BETWEEN = ("", "s", "n", "en", "es", "er", "e")
_ENDINGS = frozenset(
    " e en er es em n s t te ten ter tes tem et est st ung ungen in innen lich liche lichen end ende enden ern ieren iert iere"
    " ent ons ez ee ees ant ante ants er ers ir is it ait aient ra ront ment".split(" ")
)
_PARTICLES = frozenset("ab an auf aus ein fest frei heraus her hin hoch los mit nach raus um unter vor weg weiter wieder zu zuruck".split())
_CLAUSE = re.compile(r"[,;:.!?\n]+(?!\d)|(?<=\w) (?=(?:und|aber|oder|weil|wenn|ob|dass) )")
_SPELLED_OUT = re.compile(r"([aou])e")


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A language's small words, the English for those that ask, deny or tell whose, and for the beginnings of its other words."""

    small: frozenset[str]
    spoken: Mapping[str, str]
    stems: Mapping[str, tuple[str, ...]]

    def knows(self, word: str) -> bool:
        return word in self.small or bool(self.english(word))

    def spelled(self, word: str) -> str:
        """The word as the lexicon spells it: `haendler` as `handler`, where only that is known."""
        plain = _SPELLED_OUT.sub(r"\1", word)
        return plain if plain != word and not self.knows(word) and self.knows(plain) else word

    def parted(self, verb: str, particle: str) -> tuple[str, ...]:
        """The English for a verb whose particle stands at the end of its clause: `lehnen` and `ab`."""
        joined = particle + verb
        ends = range(len(joined), len(particle) + 1, -1)
        return next((self.stems[joined[:end]] for end in ends if joined[:end] in self.stems and (end == len(joined) or joined[end:] in _ENDINGS)), ())

    def english(self, word: str) -> tuple[str, ...]:
        """The English for a word or for the parts of a compound; nothing when a part is not known."""
        for end in range(len(word), SHORTEST - 2, -1):
            if meanings := self.stems.get(word[:end]):
                if word[end:] in _ENDINGS:
                    return meanings
                if end >= SHORTEST and (rest := self._rest(word[end:])):
                    return (*meanings[:1], *rest)
        behind = (word[len(before) :] for before in _BEFORE if word.startswith(before) and len(word) > len(before) + SHORTEST)
        return next((found for part in behind if (found := self.english(part))), ())

    def _rest(self, word: str) -> tuple[str, ...]:
        parts = (word[len(link) :] for link in _BETWEEN if word.startswith(link))
        return next((found[:MEANINGS] for part in parts if len(part) >= SHORTEST and (found := self.english(part))), ())


def folded(word: str) -> str:
    """Lower case without marks: `Abschlüsse` and `Abschluss` begin alike."""
    low = word.casefold()
    return low if low.isascii() else "".join(sign for sign in unicodedata.normalize("NFKD", low) if not unicodedata.combining(sign))


def in_english(query: str) -> str | None:
    """The query in English words, unknown ones as they stand; None for one that is English already or says nothing."""
    return _worded(query, lambda lexicon: {})


def as_read(query: str) -> str | None:
    """As `in_english`, with the small words that ask, deny and tell whose: what a message is about hangs on them, what is searched for does not."""
    return _worded(query, lambda lexicon: lexicon.spoken)


def _worded(query: str, kept: Callable[[Lexicon], Mapping[str, str]]) -> str | None:
    lexicon = _language(query)
    if lexicon is None:
        return None
    return " ".join(part for clause in _CLAUSE.split(query) for part in _said(WORD.findall(clause), lexicon, kept(lexicon))) or None


def _said(clause: Sequence[str], lexicon: Lexicon, kept: Mapping[str, str]) -> Iterator[str]:
    words = [lexicon.spelled(folded(word)) for word in clause]
    particle = words[-1] if words and words[-1] in _PARTICLES else ""
    verb, meant = next(((place, found) for place, word in enumerate(words) if particle and (found := lexicon.parted(word, particle))), (-1, ()))
    for place, (word, written) in enumerate(zip(words, clause, strict=True)):
        if place == verb:
            yield from meant
        elif word in lexicon.small:
            yield from (kept[word],) if word in kept else ()
        elif not (meant and place == len(words) - 1):
            yield from lexicon.english(word)[: MEANINGS + 1] or (written,)


@lru_cache(maxsize=8)
def _language(query: str) -> Lexicon | None:
    """The language whose small and other words the query has more of than English small words."""
    words = [folded(match[0]) for match in WORD.finditer(query)]
    english = sum(word in STOPWORDS for word in words)
    known = {lexicon: sum(_belongs(lexicon.spelled(word), lexicon) for word in words) for lexicon in map(lexicon_of, LANGUAGES)}
    best = max(known, key=lambda lexicon: known[lexicon])
    return best if known[best] > english and known[best] >= min(2, len(words)) else None


def _belongs(word: str, lexicon: Lexicon) -> bool:
    """Whether a word speaks for the language: `partners` and `on` are English as well."""
    if word in STOPWORDS or any(word[: len(word) - ending] in _english_words() for ending in range(3)):
        return False
    return lexicon.knows(word)


@cache
def _english_words() -> frozenset[str]:
    """What the lexicons give in English: words that do not tell another language."""
    return frozenset(part.casefold() for language in LANGUAGES for said in _table(language)["words"] for part in said.split())


def _table(language: str) -> datafiles.Table:
    return datafiles.read_toml(datafiles.root() / "knowledge" / "lexicon" / f"{language}.toml")


@cache
def lexicon_of(language: str) -> Lexicon:
    table = _table(language)
    stems: dict[str, tuple[str, ...]] = {}
    for english, foreign in table["words"].items():
        for stem in map(folded, foreign.split()):
            stems[stem] = (*stems.get(stem, ()), english)[:MEANINGS]
    spoken = {folded(word): english for english, foreign in table.get("spoken", {}).items() for word in foreign.split()}
    return Lexicon(frozenset(map(folded, table["small"].split())), spoken, stems)
