"""Says a German or French query in the knowledge's English words, word by word: enough to be searched for, not to be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

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


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A language's small words, and the English for the beginnings of its others."""

    small: frozenset[str]
    stems: Mapping[str, tuple[str, ...]]

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
    lexicon = _language(query)
    return (" ".join(_said(query, lexicon)) or None) if lexicon else None


def _said(query: str, lexicon: Lexicon) -> Iterator[str]:
    for match in WORD.finditer(query):
        word = folded(match[0])
        if word not in lexicon.small:
            yield from lexicon.english(word)[: MEANINGS + 1] or (match[0],)


def _language(query: str) -> Lexicon | None:
    """The language whose small and other words the query has more of than English small words."""
    words = [folded(match[0]) for match in WORD.finditer(query)]
    english = sum(word in STOPWORDS for word in words)
    known = {lexicon: sum(_belongs(word, lexicon) for word in words) for lexicon in map(lexicon_of, LANGUAGES)}
    best = max(known, key=lambda lexicon: known[lexicon])
    return best if known[best] > english and known[best] >= min(2, len(words)) else None


def _belongs(word: str, lexicon: Lexicon) -> bool:
    """Whether a word speaks for the language: `partners` and `on` are English as well."""
    if word in STOPWORDS or any(word[: len(word) - ending] in _english_words() for ending in range(3)):
        return False
    return word in lexicon.small or bool(lexicon.english(word))


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
    return Lexicon(frozenset(map(folded, table["small"].split())), stems)
