"""Recognises moves in words: in questions, and in the claims of an answer, so that both are held to the same rules."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from advisor.domain import Move
from advisor.domain.regex import Regex
from advisor.errors import DataError
from advisor.intake import language
from advisor.intake.clauses import Clause, split
from advisor.intake.message import plain
from advisor.intake.patterns import Hit, Lexicon, glossary
from advisor.intake.tables import heard, hearing, table

_CUT = ("until", "till", "before", "unless", "once", "when", "because", "so that", "after")
_WINDOW = 90
_BASES = {Move.RECRUIT_5_10, Move.RECRUIT_15_30}
_COUNT = Regex(r"(?:\d|five|ten|fifteen|thirty)")
_RECRUITS = Regex(r"\b(?:recruit|sign|onboard|grow|win|find|aim|target|start with|begin with|look for|build|go for|add)\w*\b")
_PREPOSITION = Regex(r"\W*(?:below|above|at|from|with|without|under|for|in|on|over|up to|before)\b")
_CONDITION = Regex(r"\W*(?:once|when|after|as soon as|from|at the latest when|later)\b")


class Mention(NamedTuple):
    """A move named in characters `start` to `end`.

    `against` says that the words turn it down ("no tiers", "hold off on a PRM"), `advised` that they tell the reader to do
    it ("start with referral partners"). A plain mention ("tiers come with a later stage") is neither.
    """

    move: Move
    start: int
    end: int
    against: bool = False
    advised: bool = False


class _Cues(NamedTuple):
    against_before: Lexicon[str]
    against_after: Lexicon[str]
    advised_before: Lexicon[str]
    advised_after: Lexicon[str]
    conditional: Lexicon[str]
    imperative: Lexicon[str]
    announced: Lexicon[str]
    missed: Lexicon[str]


def _cues() -> _Cues:
    return _cues_of(heard())


@cache
def _cues_of(languages: tuple[str, ...]) -> _Cues:
    words = table("stance", languages)
    return _Cues(*(Lexicon({name: words[name]}) for name in _Cues._fields))


@cache
def _names(languages: tuple[str, ...]) -> Lexicon[str]:
    """The words of the glossary and the patterns of the intake, by move; words to be ignored stand under ''."""
    named, finer = glossary()["move"], table("moves", languages)
    for name in (*named, *finer):
        if name not in set(Move):
            raise DataError("knowledge/glossary.toml", name, found="an unknown move", allowed="a move of advisor.domain.Move")
    words: dict[str, Iterable[str]] = {move: [*named[move]["words"], *finer.get(move, [])] for move in named}
    return Lexicon({**words, "": table("stance", languages)["ignore"]})


@lru_cache(maxsize=1024)
def mentions(text: str) -> tuple[Mention, ...]:
    """The moves that a text names, in order of place; where two overlap the longer name stands."""
    low = plain(text)
    with hearing(language.heard(low)):
        return _found(low)


def _found(low: str) -> tuple[Mention, ...]:
    hits = _merged([hit for hit in _names(heard()).longest(low) if hit.key])
    if not hits:
        return ()
    clauses = split(low)
    found: list[Mention] = []
    index = 0
    for hit in hits:
        while clauses[index].end <= hit.start:
            index += 1
        found.append(_mention(low, hit, clauses, index, found))
    return tuple(found)


def _merged(hits: list[Hit[str]]) -> list[Hit[str]]:
    """Neighbouring names of the same move as one: `Gold/Silver` `tiers`."""
    merged: list[Hit[str]] = []
    for hit in hits:
        if merged and merged[-1].key == hit.key and hit.start - merged[-1].end <= 1:
            hit = Hit(hit.key, merged.pop().start, hit.end, None)
        merged.append(hit)
    return merged


def _mention(text: str, hit: Hit[str], clauses: tuple[Clause, ...], index: int, earlier: list[Mention]) -> Mention:
    clause = clauses[index]
    before, after = text[max(clause.start, hit.start - _WINDOW) : hit.start], text[hit.end : min(clause.end, hit.end + _WINDOW)]
    move = Move(hit.key)
    listed = _inherits(text, hit, clause, clauses[index - 1] if index else None, earlier)
    against = listed.against if listed else _against(before, after, _rest(text, clauses, index, hit.end)) or _announced(text, clauses, index, earlier)
    if against:
        return Mention(move, hit.start, hit.end, against=True)
    when = index > 0 and clauses[index - 1].sentence == clause.sentence and _CONDITION.match(text, clauses[index - 1].start)
    advised = listed.advised if listed else not when and not _counted(text, hit, before) and _advised(text, hit, clause, before, after)
    return Mention(move, hit.start, hit.end, advised=advised)


def _inherits(text: str, hit: Hit[str], clause: Clause, previous: Clause | None, earlier: list[Mention]) -> Mention | None:
    """The mention whose stance this one shares as a further item of the same list."""
    if not earlier or previous is None:
        return None
    last = earlier[-1]
    same_clause = last.start >= clause.start
    gap = text[last.end : hit.start]
    if same_clause:
        return last if gap.strip() in {"and", "or", "/", "&", "and a", "or a", "and an", "or an", "nor", "plus"} else None
    opens = text[clause.start : hit.start].strip() in {"", "a", "an", "and", "or", "and a", "or a", "the", "nor", "any"}
    joined = previous.sentence == clause.sentence and last.start >= previous.start and text[last.end : previous.end].strip() in {",", ""}
    return last if opens and joined else None


def needed(rest: str) -> bool:
    """Whether what follows `without X` says that X is needed: `a programme without an owner dies`."""
    return _cues().missed.first(rest) is not None


def _rest(text: str, clauses: tuple[Clause, ...], index: int, place: int) -> str:
    """What the sentence goes on to say after a place, one clause further."""
    further = index + 1 < len(clauses) and clauses[index + 1].sentence == clauses[index].sentence
    return text[place : min(clauses[index + 1 if further else index].end, place + 2 * _WINDOW)]


def _counted(text: str, hit: Hit[str], before: str) -> bool:
    """Whether a number of partners is only named, `tiers need 15-30 partners`, and nobody is told to recruit them."""
    return hit.key in _BASES and _COUNT.match(text, hit.start, hit.end) is not None and _RECRUITS.search(before) is None


def _segment(before: str) -> str:
    """The part of the words before a mention that speaks of it: what follows the last `until`, `before` or `because`."""
    cut = max((place + len(word) for word in _CUT if (place := f" {before}".rfind(f" {word} ")) >= 0), default=0)
    return before[cut:]


def _against(before: str, after: str, rest: str) -> bool:
    segment, cues = _segment(before), _cues()
    hits = sorted(hit.start for hit in cues.against_before.find(segment))
    if hits:
        last = segment[hits[-1] :]
        if last.startswith("without") and needed(rest):
            return False
        doubled = len(hits) > 1 and (last.startswith("without") or segment[: hits[-1]].rstrip().endswith("with"))
        if not doubled:
            return True
    until = min((place for word in _CUT if (place := after.find(f" {word} ")) >= 0), default=len(after))
    return any(hit.start <= 24 for hit in cues.against_after.find(after[:until] if until > 4 else after))


def _announced(text: str, clauses: tuple[Clause, ...], index: int, earlier: list[Mention]) -> bool:
    """Whether a short `Not yet:` or `No,` right before turns the clause down, also over a `below €5M ARR,` in between."""
    place = index - 1
    while place > 0 and clauses[place].sentence == clauses[index].sentence and _PREPOSITION.match(text, clauses[place].start):
        place -= 1
    if place < 0 or clauses[place].sentence != clauses[index].sentence or (place < index - 1 and earlier and earlier[-1].start >= clauses[place].start):
        return False
    words = text[clauses[place].start : clauses[place].end].strip(" *:,-\n")
    return any(hit.end - hit.start == len(words) for hit in _cues().announced.find(words))


def _advised(text: str, hit: Hit[str], clause: Clause, before: str, after: str) -> bool:
    if clause.asks:
        return False
    cues = _cues()
    around = f"{before} # {after}"
    if cues.conditional.first(around) is not None:
        return False
    segment = _segment(before)
    if cues.advised_before.first(segment) is not None:
        return True
    if any(found.start <= 20 for found in cues.advised_after.find(after)):
        return True
    whole = text[clause.start : hit.start] if segment == before else segment
    opening = (whole + text[hit.start : hit.end]).lstrip(" \t\n*-+>0123456789.)\"'#•")
    for adverb in ("please ", "so ", "then ", "first ", "now ", "and ", "instead ", "next ", "also ", "finally ", "simply ", "just ", "therefore ", "today ", "or ", "to begin ", "definitely "):
        opening = opening.removeprefix(adverb)
    verbs = list(cues.imperative.find(opening))
    if any(verb.start == 0 for verb in verbs):
        return True
    return any(opening[: verb.start].rstrip().endswith((" and", " then", " and then")) and opening[: verb.start].strip() in {"and", "then"} for verb in verbs)
