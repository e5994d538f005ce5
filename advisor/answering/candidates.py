"""Candidates that a message describes side by side (`A: 200 clients ... B: ...`): who they are and what is said of each."""

from __future__ import annotations

import re
from typing import NamedTuple

from advisor.intake.message import plain
from advisor.intake.patterns import count_of, lexicon

_KIND = r"(?:[Pp]artner|[Aa]gency|[Cc]ompany|[Ff]irm|[Cc]andidate|[Oo]ption|[Rr]eseller|[Cc]onsultancy|[Vv]endor|[Nn]umber|[Kk]andidat)"
_VERB = r"(?:is|has|have|fits|serves|brings|sells|looks|would|only|knows|wants|covers|does|doesn't|doesnt|hat|ist|passt)"
_LETTER = re.compile(rf"(?:^|(?<=[\s(,;:.]))(?P<name>(?:{_KIND}\s)?(?:[A-HX-Z]|[1-9]))(?=\s?[:)=–-]|\s{_VERB}\b)")
_NAMED = re.compile(rf"(?:^|(?<=[.;:!?\n]\s)|(?<=\n))(?P<name>[A-Z][a-z]\w+(?: [A-Z]\w+)?)(?=\s?:\s|\s{_VERB}\b)")
_TURNS = re.compile(r"\b(?P<name>(?:the )?one|(?:the )?other|(?:the )?first(?: one)?|(?:the )?second(?: one)?|(?:the )?third(?: one)?)(?= (?:is|has|have|fits|serves|brings|with|few|knows|wants|one )|: )", re.I)
_FEW, _MANY = 2, 9
_NUMBERS = re.compile(r"\b(?:time|capacity|room|budget|resources|onboard|take|support|handle|sign|do|which|pick|choose|select) (?:for )?(?:only |just )?(?P<n>one|two|three|four|[1-4])\b|\b(?P<of>one|two|three|four|[1-4]) (?:of|out of) (?:the |these |those )?(?:\d+|three|four|five|six|seven|eight)\b")
_WORDS = re.compile(r"[a-zäöüß]{5,}")
_ONLY = re.compile(r"\b(?:mostly|mainly|only|primarily|largely|predominantly|purely)\b")
_CLAUSE = re.compile(r"[.,;:?!\n(]")
_FRAME = frozenset({"customers", "clients", "buyers", "segment", "target", "market", "mostly", "mainly", "serve"})
_TOTAL = re.compile(r"\b(?P<n>\d{1,2}|three|four|five|six|seven|eight|nine|ten) (?:possible |potential |interested |good |different )*(?:partners|candidates|agencies|resellers|firms|companies|consultancies|vendors|options)\b|\bof (?:the |these |those )?(?P<of>\d{1,2}|three|four|five|six|seven|eight|nine|ten)\b")
_ROOT = 7  # letters of a word by which two forms of it are known for one: manufacturing, manufacturers


class Candidate(NamedTuple):
    """One of them by the name that the message gives it; None is what nobody said."""

    name: str
    fit: bool | None
    commitment: bool | None
    capacity: bool | None


class Choice(NamedTuple):
    """The candidates described, how many are wanted, and how many there are in all as far as that is told."""

    candidates: tuple[Candidate, ...]
    wanted: int
    total: int = 0

    @property
    def silent(self) -> bool:
        """Whether there are candidates of whom nothing is told."""
        return self.total > len(self.candidates)


def described(text: str) -> Choice | None:
    """The choice that a message asks for; None where it describes fewer than two candidates, or says of none whom it serves."""
    low = plain(text)
    if lexicon("candidates", "asked").first(low) is None or not any(hit.key == "candidates" for hit in lexicon("candidates", "asked").find(low)):
        return None
    if not any(hit.key == "words" for hit in lexicon("candidates", "asked").find(low)):
        return None
    market = _market(low)
    found = tuple(_candidate(name, said, market) for name, said in _parts(text))
    telling = [each for each in found if each.fit is not None]
    return Choice(found, _wanted(low), _total(low)) if _FEW <= len(found) <= _MANY and telling else None


def _parts(text: str) -> list[tuple[str, str]]:
    """Each candidate's name with the words up to the next one's, by the way of naming that finds most; a question behind the last is no part."""
    ways = [_cut(text, pattern) for pattern in (_LETTER, _NAMED, _TURNS)]
    return max(ways, key=len)


def _cut(text: str, pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    marks = {match["name"].lower(): match for match in reversed(list(pattern.finditer(text)))}
    ordered = sorted(marks.values(), key=lambda match: match.start())
    ends = [*(match.start() for match in ordered), len(text)][1:]
    return [(match["name"], _statement(text[match.end() : end])) for match, end in zip(ordered, ends, strict=True)]


def _statement(words: str) -> str:
    """What is said of a candidate: the rest of its own sentence, and those that follow and ask nothing."""
    first, *more = re.findall(r"[^.?!\n]*[.?!\n]*", words)
    return str(first) + "".join(part for part in more if not part.rstrip().endswith("?"))


def _candidate(name: str, said: str, market: frozenset[str]) -> Candidate:
    low = _without_market(plain(said))
    fit = _told("fit", low)
    if fit is None and market:
        own = {word[:_ROOT] for word in _WORDS.findall(low)} & market
        fit = True if own else _elsewhere(low)
    return Candidate(f"#{name}" if name.isdigit() else name, fit, _told("commitment", low), _told("capacity", low))


def _told(section: str, low: str) -> bool | None:
    """What the words say; a no outweighs a yes."""
    said = {hit.key for hit in lexicon("candidates", section).find(low)}
    return False if "no" in said else True if "yes" in said else None


def _elsewhere(low: str) -> bool | None:
    """False where other customers than the client's are named as nearly all that a candidate has."""
    return False if _ONLY.search(low) else None


def _without_market(low: str) -> str:
    """The words without those in which the client names its own customers."""
    for start, end in reversed(_spans(low)):
        low = low[:start] + low[end:]
    return low


def _market(low: str) -> frozenset[str]:
    """The roots of the words by which the client names its own customers."""
    return frozenset(word[:_ROOT] for start, end in _spans(low) for word in _WORDS.findall(low[start:end]) if word not in _FRAME)


def _spans(low: str) -> list[tuple[int, int]]:
    """Where the client names its own customers, each up to the end of the clause."""
    hits = lexicon("candidates", "market").find(low)
    return [(hit.start, hit.end + len(_CLAUSE.split(low[hit.end :])[0])) for hit in hits]


def _wanted(low: str) -> int:
    match = _NUMBERS.search(low)
    return count_of(match["n"] or match["of"]) if match else 1


def _total(low: str) -> int:
    match = _TOTAL.search(low)
    return count_of(match["n"] or match["of"]) if match else 0
