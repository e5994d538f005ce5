"""How phrases and words begin: a phrase is tried only where a word starts as it may start, which keeps long texts fast.

A beginning is up to six letters that some word starts with; with a blank behind it stands for a whole word: `part` begins `partner`, `part ` is no other word.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import chain

LENGTH = 6
_WORD = re.compile(r"\w+")
_HEAD = re.compile(rf"[^\W_]\w{{0,{LENGTH - 1}}}")
_GAP = " ... "
_BOUNDED = frozenset({"<is>", "<,>"})  # slots that begin and end with a sign that is in no word
_APART = _BOUNDED | {_GAP}
_UNDER: set[str] = set()  # the beginnings that phrases of any lexicon stand under; it only grows
_SEEN: deque[set[str]] = deque(maxlen=48)  # how the words of the last texts began: what is rare is told from them


class Words:
    """The words of a text: how they begin, and where those stand that begin in a certain way."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.beginnings = set(chain.from_iterable(map(_beginnings, set(_WORD.findall(text)))))
        self._telling: set[str] = set()
        self._known = -1

    def telling(self) -> set[str]:
        """Those of the beginnings that phrases stand under, a small part: most lexica are asked about each text."""
        if self._known != len(_UNDER):
            self._known, self._telling = len(_UNDER), self.beginnings & _UNDER
        return self._telling

    def places(self, heads: frozenset[str]) -> Sequence[int]:
        """The places of the words that begin with one of these, in order."""
        known = heads & self.beginnings
        if len(known) == 1:
            return self._starts[next(iter(known))]
        return sorted(set(chain.from_iterable(map(self._starts.__getitem__, known))))

    @cached_property
    def _starts(self) -> Mapping[str, Sequence[int]]:
        """Where words stand that begin so, in order; many a text is never asked for it."""
        starts: dict[str, list[int]] = defaultdict(list)
        for match in _WORD.finditer(self._text):
            for beginning in _beginnings(match[0]):
                starts[beginning].append(match.start())
        return starts


@lru_cache(maxsize=16)
def words_of(text: str) -> Words:
    """The words of a text; the last texts are remembered, since many lexica ask for them in turn."""
    words = Words(text)
    _SEEN.append(words.beginnings)
    beginnings_seen.cache_clear()
    return words


def stand_under(beginnings: Iterable[str]) -> None:
    """Phrases stand under these beginnings from now on."""
    _UNDER.update(beginnings)


@cache
def beginnings_seen() -> Mapping[str, int]:
    """In how many of the last texts a word begins so; nothing for one that began none."""
    return Counter(chain.from_iterable(tuple(_SEEN)))  # several threads may read


@lru_cache(maxsize=4096)
def _beginnings(word: str) -> tuple[str, ...]:
    """The whole word and its first one to six letters; `#` stands for a digit."""
    letters = {f"{word} ", *(word[:length] for length in range(1, LENGTH + 1))}
    return (*letters, "#") if word[0].isdigit() else tuple(letters)


def heads_of(pieces: Sequence[str], slots: Mapping[str, Sequence[str]]) -> frozenset[str] | None:
    """The beginnings that a phrase, cut into its pieces, can have; None when it may begin with something else than a word."""
    return _heads(_first(list(pieces), slots))


def openings_of(pieces: Sequence[str], slots: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The words with which a phrase can begin, as `str.startswith` takes them."""
    words = dict.fromkeys(map(str.rstrip, _first(list(pieces), slots)))
    return tuple(chain.from_iterable("0123456789" if word == "#" else (word,) for word in words))


def plain_heads(phrase: str) -> frozenset[str] | None:
    """What `heads_of` finds, for a phrase that begins with a word or with alternatives of words; empty for any other."""
    if phrase[:1].isalnum():
        return _told(_opening(phrase, ends=True))
    inner, closed, behind = phrase[1:].partition(")")
    if not phrase.startswith("(") or not closed or "(" in inner or "[" in inner or "<" in inner:
        return frozenset()
    ends = not behind or behind[0] in " ,"
    return _told([head for way in inner.split("|") for head in _opening(way.strip(), ends=ends)])


def _opening(way: str, *, ends: bool) -> tuple[str, ...]:
    """How words without brackets begin; `ends` says whether the last one ends where they do."""
    first, blank, _ = way.partition(" ")
    if first.isalnum():  # nearly all are plain words
        return (f"{first} " if blank or ends else first[:LENGTH],)
    first, comma, _ = first.partition(",")
    word, hyphen, rest = first.partition("-")
    if hyphen and rest[:1].isalnum():
        return tuple(map(_head, _spellings(word, rest)))
    return (_head(f"{first} " if blank or comma or ends else first),)


def _spellings(word: str, other: str) -> tuple[str, str]:
    """The words with which two begin that a hyphen joins: it may be a blank or missing."""
    return f"{word} ", word + other


def _heads(words: Iterable[str]) -> frozenset[str] | None:
    return _told(map(_head, words))


def _told(beginnings: Iterable[str]) -> frozenset[str] | None:
    """The beginnings, where each is one of a word."""
    heads = frozenset(beginnings)
    return heads if heads and "" not in heads else None


@cache
def _head(word: str) -> str:
    """How a word begins, all of it where a blank ends it; nothing when it is none."""
    if word == "#" or (word[-1:] == " " and word[:-1].isalnum()):
        return word
    match = _HEAD.match(word)
    return match[0] if match else ""


def marks_of(phrase: str) -> tuple[str, ...]:
    """Whole words before the first and behind the last bracket of a phrase, none of which a text may lack: told without cutting it."""
    before = phrase.partition("(")[0].partition("[")[0]
    words = phrase.split() if before == phrase else f"{before}* *{_behind_brackets(phrase)}".split()  # what touches a bracket may be part of a word
    return () if "|" in words else tuple(f"{word} " for word in words if word.isalnum())


def next_heads(phrase: str) -> frozenset[str]:
    """How the next word must begin behind the one, or the options, that a phrase begins with: told without cutting it, empty where that is not plain."""
    behind = _behind_options(phrase)
    return plain_heads(_behind_options(_behind_first(phrase)) if behind == phrase else behind) or frozenset()


def _behind_first(phrase: str) -> str:
    """What follows the word or the alternatives of words that a phrase begins with; nothing where that is not plain."""
    first, _, behind = phrase.partition(") " if phrase.startswith("(") else " ")
    return "" if "(" in first[1:] or "[" in first else behind.removeprefix("... ")


def _behind_options(phrase: str) -> str:
    """What follows the optional words that a phrase begins with; nothing where that is not plain."""
    while phrase.startswith("["):
        option, _, phrase = phrase[1:].partition("] ")
        if "(" in option or "[" in option:
            return ""
    return phrase


def _behind_brackets(phrase: str) -> str:
    """The words behind the last bracket; without the next one behind an option, between which and what stands before there may be no blank."""
    close = max(phrase.rfind(")"), phrase.rfind("]"))
    behind = phrase[close + 1 :]
    return behind if phrase[close] == ")" else "".join(behind.lstrip().partition(" ")[1:])


def needs_of(pieces: Sequence[str], slots: Mapping[str, frozenset[str] | None]) -> tuple[frozenset[str], ...]:
    """How words of a text must begin where a phrase, cut into its pieces, is to stand: of each set one must."""
    return tuple(sorted(filter(None, _needs(pieces, slots)), key=len))


def _needs(pieces: Sequence[str], slots: Mapping[str, frozenset[str] | None], *, ends: bool = True) -> Iterator[frozenset[str] | None]:
    """Of each part outside optional words the beginnings of which one must be there; `ends` says whether a word ends where the pieces do."""
    fresh, index = True, 0  # whether a word begins here
    while index < len(pieces):
        piece, close = pieces[index], index
        if piece == _GAP or piece.isspace():
            fresh = fresh or pieces[index - 1] != "]"  # behind an option that is left out there need be none
        else:
            close = closing(pieces, index) if piece in {"(", "["} else index
            if fresh and piece != "[":
                joined = _joined(pieces, close + 1)
                yield _need(piece, pieces[index + 1 : close], slots, ends=_apart(pieces, close + 1, ends=ends), joined=joined)
                if joined and piece.isalnum() and _apart(pieces, close + 3, ends=ends):
                    yield frozenset((joined[:LENGTH], f"{piece}{joined} "))
            fresh = fresh if piece == "[" else piece in _BOUNDED
        index = close + 1


def _apart(pieces: Sequence[str], behind: int, *, ends: bool) -> bool:
    """Whether a word ends before a place among the pieces; `ends` says whether one does where they do."""
    return pieces[behind].isspace() or pieces[behind] in _APART if behind < len(pieces) else ends


def _joined(pieces: Sequence[str], behind: int) -> str:
    """The word that a hyphen joins to what stands before a place among the pieces; nothing where none does."""
    return pieces[behind + 1] if behind + 1 < len(pieces) and pieces[behind] == "-" and pieces[behind + 1][0].isalnum() else ""


def _need(piece: str, inner: Sequence[str], slots: Mapping[str, frozenset[str] | None], *, ends: bool, joined: str) -> frozenset[str] | None:
    """The same of one part that begins a word, which is a piece or what stands in brackets; `joined` is the word that a hyphen joins to it."""
    if piece == "(":
        return _of_any(alternatives(inner), slots, ends=ends)
    if joined and piece.isalnum():
        return _heads(_spellings(piece, joined))
    return slots[piece] if piece in slots else _beginning(piece, whole=ends)


def _of_any(ways: Iterable[Sequence[str]], slots: Mapping[str, frozenset[str] | None], *, ends: bool) -> frozenset[str] | None:
    """Of each alternative its most telling need together; nothing where one of them needs nothing."""
    heads: set[str] = set()
    for way in ways:
        if len(way) == 1 and way[0].isalnum():  # nearly all are single words
            heads.add(f"{way[0]} " if ends else way[0][:LENGTH])
            continue
        telling = min(filter(None, _needs(way, slots, ends=ends)), key=lambda need: (len(need), -max(map(len, need))), default=None)
        if telling is None:
            return None
        heads |= telling
    return frozenset(heads)


def _beginning(piece: str, *, whole: bool) -> frozenset[str] | None:
    """How a word begins that a text must hold, all of it where `whole` says that it ends with the piece, or a sign follows in the piece."""
    match = _WORD.match(piece)
    if match is None:
        return None
    return frozenset((f"{match[0]} " if whole or match.end() < len(piece) else match[0][:LENGTH],))


def _first(pieces: list[str], slots: Mapping[str, Sequence[str]], *, ends: bool = True) -> Iterator[str]:
    """The first words of a sequence of pieces, with a blank behind where a word ends; an optional one is followed by those after it."""
    index = 0
    while index < len(pieces) and pieces[index].isspace():
        index += 1
    if index == len(pieces):
        yield ""
        return
    piece = pieces[index]
    if piece not in {"(", "["}:
        yield from slots.get(piece, [""]) if piece.startswith("<") else _first_words(pieces, index, ends=ends)
        yield from _first(pieces[index + 1 :], slots, ends=ends) if piece == "-" else ()
        return
    close = closing(pieces, index)
    for alternative in alternatives(pieces[index + 1 : close]):
        yield from _first(alternative, slots, ends=piece == "[" or _apart(pieces, close + 1, ends=ends))
    if piece == "[":
        yield from _first(pieces[close + 1 :], slots, ends=ends)


def _first_words(pieces: Sequence[str], at: int, *, ends: bool) -> Iterable[str]:
    joined = _joined(pieces, at + 1)
    return _spellings(pieces[at], joined) if joined else (f"{pieces[at]} " if _apart(pieces, at + 1, ends=ends) else pieces[at],)


def closing(pieces: Sequence[str], opening: int) -> int:
    """The index of the bracket that closes an opening one; behind the last piece when none does."""
    depth = 0
    for index in range(opening, len(pieces)):
        depth += (pieces[index] in {"(", "["}) - (pieces[index] in {")", "]"})
        if not depth:
            return index
    return len(pieces)


def alternatives(pieces: Sequence[str]) -> list[list[str]]:
    """The pieces parted at each `|` that stands in no brackets."""
    parts: list[list[str]] = [[]]
    depth = 0
    for piece in pieces:
        depth += (piece in {"(", "["}) - (piece in {")", "]"})
        if piece == "|" and not depth:
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts
