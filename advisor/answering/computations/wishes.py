"""What a message asks for: its part that asks, apart from the numbers told beside it, and the results that this part names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from advisor.domain.regex import Regex
from advisor.intake.message import plain
from advisor.intake.patterns import Hit, lexicon
from advisor.intake.quantities import Quantity
from advisor.intake.quantities.cues import outermost

_SENTENCE = Regex(r"[^.?!\n]*(?:[.](?=\d)[^.?!\n]*)*[.?!\n]*")
_OPENS = Regex(
    r"\b(?:how (?:much|many|long|far|high|expensive|do|does|is|are)|what(?:'s|s)?|which|when|is (?:it|that|this|he|the|a|our)|are (?:we|they|partners)|do (?:we|i|they)|does (?:it|that|he|a|the)|after how many|calculate|work out|compute|tell me|i need (?:the|to know)|can (?:we|i))\b"
)
_THE = Regex(r"\b(?:the|die|den|der)\s$")
_OR_NOT = Regex(r"\bor (?:not|no|is it not|isn't it)\W*$")
_DIGIT = Regex(r"\d")
_TOLD = Regex(r":\s")
_REQUEST = Regex(r"\b(?:please|pls|plz|translate|calculate|compute|total)\b")
_LONG = 200  # characters from which only the last sentence of a message that asks nothing is held for its wish
_FEW = 3  # sentences that are held for the wish where none asks
_SHORT = 12  # a colon nearer to the question word introduces the question itself
_WISHED = Regex(r"\b(?:a|per|each|every)\s(month|quarter|week)\b|\b(monthly|quarterly|weekly)\b")
_YES_NO = Regex(r"(?:^|[.,;:?!-]\s|\band\s|\bso\s)(?:is|are|am|do|does|did|can|could|will|would|should|has|have|was|were)\s(?:we|i|it|he|she|they|that|this|the|a|an|our|my|there|partners?|resellers?|these|those)\b")
_GIVEN = Regex(r"\s?(?:is|are|of|at|:|=|about)?\s?[€$£]?\d")  # what a number follows is told, not asked
_WANTED = Regex(r"\b(?:how (?:much|many)|what|which|total)\b")
_GIVEN_BEFORE = Regex(r"(?<!q)\d[\d.,]*\s?(?:k|m|%|€|\$|eur|euros?|usd|dollars?|chf|gbp)?\s$")
_AVERAGE = Regex(r"\b(?:average|avg) $")
_HOW_MUCH = Regex(r"\bhow much (?:is that |is it |does that make |would that be )?$|\bwhat (?:does |is that |is it )$")
_HOW_MANY = Regex(r"\bhow many (?:is that |are that |was that |were that )?$")
_COUNTED = frozenset({"deals", "leads", "accounts"})
_OPEN = Regex(r"\b(?:how|what|which|when)\b")
_WEIGHED = frozenset({"activation", "gap", "profit", "net", "cheaper_source", "coverage", "roi", "payback", "difference"})  # what a yes or no can be asked about
_ONE_YEAR = Regex(r"\b(?:first year|per year|a year|per annum|annual|annually|yearly|year one|in a year|next year)\b")
_WORK = frozenset({"effort", "rate"})
_LIFELONG = frozenset({"bill", "total_cost", "revenue"})


@dataclass(frozen=True)
class Wish:
    """What a message asks for, beside the numbers it tells."""

    question: str
    quantities: tuple[Quantity, ...]

    def says(self, intent: str) -> bool:
        """Whether the message asks in words that belong to a sum."""
        return intent in self._intents

    def asks(self, *intents: str) -> bool:
        """Whether the question itself, not what is told beside it, asks in words that belong to a sum."""
        return any(intent in self._asked_intents or intent in self.asked for intent in intents)

    @property
    def says_what(self) -> bool:
        """Whether the question names in any words what it wants."""
        return bool(self._asked_intents or self.asked)

    @cached_property
    def asked(self) -> dict[str, int]:
        """The results that the question wants, with the place where it names them; `spend/deals` is so much per so many."""
        hits = [hit for hit in outermost(lexicon("sums", "asked").find(self.words)) if not self._told(hit)]
        if self.yes_or_no and not _OPEN.search(self.words):
            hits = [hit for hit in hits if hit.key in _WEIGHED or self._by_name(hit)]
        found = {hit.key: hit.start for hit in sorted(hits, key=lambda hit: -hit.start)}
        found |= {f"{over}/{under}": place for over, under, place in self._ratios()}
        roles = {item.role for item in self.quantities}
        if "target" not in roles and roles >= _WORK:  # `is that enough` asks what the work is worth
            found = {name: place for name, place in found.items() if name not in {"gap", "activation"}}
        rates = [item.qualifier for item in self.quantities if item.role == "commission"]
        if _LIFELONG & found.keys() and rates == ["yearly"] and not _ONE_YEAR.search(self.words):
            found = {"lifelong": min(found.values())}
        return found

    def _by_name(self, hit: Hit[str]) -> bool:
        """Whether a result is asked for in a question of its own, beside another that a yes or no answers."""
        sentence = next(match for match in _SENTENCE.finditer(self.words) if match.start() <= hit.start < match.end())
        return sentence[0].rstrip().endswith("?") and _YES_NO.search(sentence[0]) is None and sentence[0].strip() != self.words.strip()

    def _told(self, hit: Hit[str]) -> bool:
        """Whether the words belong to a number beside them: then they are told, not asked."""
        if _WANTED.search(self.words, max(0, hit.start - 16), hit.end):
            return False
        return _GIVEN.match(self.words, hit.end) is not None or _GIVEN_BEFORE.search(self.words, max(0, hit.start - 14), hit.start) is not None

    def _ratios(self) -> Iterator[tuple[str, str, int]]:
        """`cost per lead`, `revenue per partner`."""
        under = outermost(lexicon("sums", "under").find(self.words))
        over = outermost(lexicon("sums", "over").find(self.words))
        for hit in under:
            before = [other for other in over if hit.start - 24 <= other.end <= hit.start + 1 and other.key != hit.key]
            behind = [other for other in over if hit.end <= other.start <= hit.end + 24 and other.key != hit.key]
            if near := [*before[-1:], *behind[:1]][:1]:
                yield near[0].key, hit.key, min(near[0].start, hit.start)
            elif _AVERAGE.search(self.words, 0, hit.start):
                yield "revenue", hit.key, hit.start
            elif _HOW_MUCH.search(self.words, 0, hit.start):
                yield "spend" if any(item.role == "cost" for item in self.quantities) else "revenue", hit.key, hit.start
            elif _HOW_MANY.search(self.words, 0, hit.start) and (counted := [item.role for item in self.quantities if item.role in _COUNTED - {hit.key}]):
                yield counted[0], hit.key, hit.start

    def repeats(self, item: Quantity) -> bool:
        """Whether a number is spoken of as one that was told: `the 25`."""
        return _THE.search(self.question.lower(), max(0, item.start - 5), item.start) is not None

    @cached_property
    def words(self) -> str:
        """The words of the message that ask, without what is told beside them."""
        return asking(self.question)

    @property
    def is_question(self) -> bool:
        return "?" in self.question or _OPEN.search(self.words) is not None or _OR_NOT.search(self.words) is not None

    @property
    def rhythm(self) -> str:
        """The part of a year that the question wants its result for."""
        match = _WISHED.search(self.words)
        return (match[1] or {"monthly": "month", "quarterly": "quarter", "weekly": "week"}.get(match[2], "")) if match else ""

    @property
    def compares(self) -> bool:
        """Whether the question wants to know what is usual or right rather than a result."""
        return lexicon("sums", "compares").first(self.words) is not None

    @property
    def of_a_year(self) -> bool:
        return _ONE_YEAR.search(self.words) is not None

    @property
    def yes_or_no(self) -> bool:
        return _YES_NO.search(self.words) is not None

    @cached_property
    def _asked_intents(self) -> frozenset[str]:
        return frozenset(hit.key for hit in lexicon("sums", "intent").find(self.words))

    @cached_property
    def _intents(self) -> frozenset[str]:
        return frozenset(hit.key for hit in lexicon("sums", "intent").find(self.question.lower()))



def asking(text: str) -> str:
    """The questions of a message in lower case; without a question mark the part from its question word on, else its last sentences."""
    sentences = [part.strip() for part in _SENTENCE.findall(plain(text)) if part.strip()]
    asked = [part for part in sentences if part.rstrip("\"')").endswith("?") or _OR_NOT.search(part)]
    asked = asked or [part for part in sentences if _OPENS.search(part)]
    if not asked and sentences:
        asked = sentences[-1:] if len(text) > _LONG or _REQUEST.search(sentences[-1]) else sentences[-_FEW:]
    return " ".join(_from_question(part) for part in asked)


def _from_question(sentence: str) -> str:
    """A sentence from its question word on, up to a colon behind which something is told."""
    opens = _OPENS.search(sentence)
    if opens is None:
        return sentence
    part = sentence[opens.start() :] if _DIGIT.search(sentence, 0, opens.start()) else sentence
    told = _TOLD.search(part)
    return part[: told.start()] if told and told.start() > _SHORT else part
