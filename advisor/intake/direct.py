"""Whether the direct sales motion is predictable, in the client's words; what its numbers show is read in `attained.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.intake.clauses import Clause
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, lexicon

_THEIRS = re.compile(r"\b(?:its|their)\b")
_OTHERS = re.compile(r"\b(?:partner|reseller|channel|referral|distributor|affiliate|alliance|indirekt|indirect)")
_TAKES_OBJECT = re.compile(r"(?:no|without|lack\w*|instead of|rather than|kein\w*|ohne|statt|anstatt|anstelle|fehl\w*)$")
_INSTEAD = re.compile(r"(?:without|instead of|rather than|ohne|statt|anstatt|anstelle)$")
_NOT_ONLY = re.compile(r"\s(?:only|just|merely|nur|bloß)\b")
_ANOTHER_MATTER = re.compile(r"\b(?:and|with|plus|so|therefore|since|as|more|less|than|und|mit|also|daher|deshalb|dadurch|et|avec)\b")
_SUPPOSED = re.compile(r"\W*(?:and |und |even |selbst )?(?:if|when|whenever|unless|as long as|wenn|falls|sofern|solange)\b")
_CLOSE = 36  # characters before a praise within which a negation denies it
_ADJECTIVES = 2  # words between `no` and a praise that belong to it: `no really predictable sales`
_SHORT = 90  # a quotation longer than this is cut
_DENIED_BEHIND = re.compile(
    r"\s?[:=-]\s?(?:no|nope|nein|not|nicht|non)(?=\s*(?:[.,;!)\n]|$))|,? (?:in no way|not at all|not in the least|by no means|(?:it|that|this) (?:is not|isn't|ain't|never was)|(?:sieht|ist|geht) anders)\b"
    r"|\s(?:ist|sind|läuft|wird|war|kann)\b(?:(?! (?:und|weil|da|seit|obwohl)\b)[^,;.!?])*?\b(?:nicht|nichts|kaum|nie|niemals|niemand|keiner|keineswegs|keine rede)\b"
)
_PAST = re.compile(r"\b(?:was|were|war|waren|était|étaient)(?:\s[\w-]+){0,4}\s$")
_GOES_ON = re.compile(r"\W*(?:dass|that|ob|whether)\b")
_TAKEN_BACK = re.compile(r"(?:\bnot|n't|\bnicht|\bno longer|\bnie|\bnever|\bno more)(?: (?:really|yet|at all|any ?more|so much|now|since|today|mehr|wirklich|immer|jetzt|ganz))*\W*$")
_OF_THE_SAME = re.compile(r"\W*(?:it|that|they|this|since|not|no longer|now|today|seit\w*|nicht|jetzt|heute|inzwischen|das|es|aber nicht|but not)\b")
_FEW = 7  # words of a clause that only takes back what stands before it
_REACH = 24  # characters beside a praise or blame that limit it
_BEGINNING = 24  # characters of a clause that limit the one before
_SMALL = re.compile(
    r"\W*(?:(?:yes|yeah|yep|ok|well|it|it's|is|are|isn't|aren't|not|never|no|no longer|hardly|yet|at all|anything but|far from|nowhere near|that|that's|this|we|we're|our|very|quite|fairly|pretty|mostly|largely|really"
    r"|already|now|all|also|and|both|by now|has been|have been|been|a|the|so|too|i'd say|client|company|here|for|since|years?|months?|quarters?|reliably|consistently|enough|two|three|four|\d{1,4}"
    r"|ja|nein|nicht|nie|kaum|gar|noch|leider|überhaupt|kein|keine|alles andere als|es|das|ist|sind|alles|sehr|recht|ziemlich|gut|schon|inzwischen|mittlerweile|und|auch|wir|unser|unsere|der|die|bei uns|seit|jahren|monaten|quartalen|zwei|drei|vier|genug"
    r"|oui|c'est|est|très|assez|bien)\b\W*)*"
)


def find(message: Message, *, spoken_of: bool = False) -> Iterator[Found]:
    """Each statement on predictability in order; two that differ are a contradiction for others to settle.

    `spoken_of` says that the conversation speaks of it already: `reliable it is not`.
    """
    words = [*_said(message, "true"), *_ending(message), *_said(message, "false"), *(_said(message, "again") if spoken_of else ())]
    for hit in sorted(words, key=lambda hit: hit.start):
        if hit.key == "true":
            yield from _praise(message, hit)
        elif hit.key == "again" or not _negated(message, hit) and not _elsewhere(message, hit):  # "not lumpy" praises nothing
            yield Found("direct_predictable", False, hit.start, hit.end)


def _praise(message: Message, hit: Hit[str]) -> Iterator[Found]:
    """What a praise comes to: denied, it says the opposite and is quoted with what denies it; doubted, past, wished or limited, it says nothing."""
    denied, taken_back = _denied(message, hit), _taken_back(message, hit)
    if denied is not None:
        yield Found("direct_predictable", False, *_whole(message, hit, denied))
    elif taken_back is not None and _OF_THE_SAME.match(message.text, taken_back.start, taken_back.end):
        yield Found("direct_predictable", False, *_whole(message, hit, taken_back.end))
    elif taken_back is None and not _left_open(message, hit):
        yield Found("direct_predictable", True, hit.start, hit.end)


def _denied(message: Message, hit: Hit[str]) -> int | None:
    """Where the words end that deny a praise, None without: not a negation with an object of its own, `no partners and predictable sales`."""
    clause = message.clause_at(hit.start)
    behind = _DENIED_BEHIND.match(message.text, hit.end, message.sentence_at(hit.start)[1])
    if behind or message.denied(hit.end):
        return max(clause.end, behind.end() if behind else hit.end)
    for negation in message.negations(max(clause.start, hit.start - _CLOSE), hit.start):
        word, between = message.text[negation.start : negation.end], message.text[negation.end : hit.start]
        objects = _INSTEAD.match(word) or _NOT_ONLY.match(between) or _TAKES_OBJECT.match(word) and len(between.split()) > _ADJECTIVES
        if not objects and not _ANOTHER_MATTER.search(between):
            return hit.end
    return None


def _taken_back(message: Message, hit: Hit[str]) -> Clause | None:
    """A following clause of a few words that ends in a negation: `planbar, seit Q2 nicht mehr`; one about partners takes nothing back."""
    index = message.clauses.index(message.clause_at(hit.start))
    for clause in message.clauses[index + 1 : index + 3]:
        words = message.text[clause.start : clause.end].rstrip(" ,;.:()-\n")
        same = clause.sentence == message.clauses[index].sentence or _OF_THE_SAME.match(words)
        if same and not clause.asks and len(words.split()) <= _FEW and _TAKEN_BACK.search(words) and not _OTHERS.search(words):
            return clause
    return None


def _whole(message: Message, hit: Hit[str], denied: int) -> tuple[int, int]:
    """The clause of a praise up to where it is denied; where that is too long to be quoted, from the negation before it on."""
    clause = message.clause_at(hit.start)
    end = max(clause.end, denied)
    if end - clause.start <= _SHORT:
        return clause.start, end
    before = message.negations(max(clause.start, hit.start - _CLOSE), hit.start)
    return (before[0].start if before else hit.start), max(hit.end, denied)


def _left_open(message: Message, hit: Hit[str]) -> bool:
    """Whether a praise is doubted, past, wished, supposed, somebody else's or limited."""
    clause = message.clause_at(hit.start)
    first, last = message.sentence_at(hit.start)
    index = message.clauses.index(clause)
    start = message.clauses[index - 1].start if index and _GOES_ON.match(message.text, clause.start) else clause.start
    if message.meant_as("hearsay", hit.start) or _PAST.search(message.text, clause.start, hit.start) or _in_quotes(message, hit):
        return True
    if any(not _TAKES_OBJECT.match(message.text[each.start : each.end]) and not _NOT_ONLY.match(message.text, each.end) for each in message.negations(start, hit.start)):
        return True
    for mark in lexicon("direct", "open").within(message.text, first, last):
        reach = {"clause": (start, clause.end), "before": (start, hit.start), "lead": (first, hit.start), "behind": (clause.end, clause.end + _BEGINNING)}[mark.key]
        leads_in = mark.key == "clause" and mark.end in {clause.start - 1, clause.start}
        if (leads_in or reach[0] <= mark.start < reach[1]) and not hit.start <= mark.start < hit.end:
            return True
    return False


def _in_quotes(message: Message, hit: Hit[str]) -> bool:
    """Whether a praise stands in quotation marks of its own: what others call it."""
    return message.text[hit.start - 1 : hit.start] in {'"', "'"} and message.text[hit.end : hit.end + 1] in {'"', "'"}


def _said(message: Message, section: str) -> list[Hit[str]]:
    hits = lexicon("direct", section).longest(message.text)
    return [found for hit in hits if _holds(message, found := hit._replace(key=section))]


def _ending(message: Message) -> list[Hit[str]]:
    """Praises that say so only where nothing follows: `direct sales hold`, not `hold us back`."""
    hits = [hit for hit in lexicon("direct", "at_the_end").longest(message.text) if not message.text[hit.end : message.clause_at(hit.start).end].strip(" .,;:!()-\n")]
    return [found for hit in hits if _holds(message, found := hit._replace(key="true"))]


def _holds(message: Message, hit: Hit[str]) -> bool:
    if not message.states(hit.start) or message.meant_as("unsure", hit.start):
        return False
    clause = message.clause_at(hit.start)
    if not clause.asks and _SUPPOSED.match(message.text, clause.start, hit.start):
        return False
    first, last = message.sentence_at(hit.start)
    if _THEIRS.search(message.text[hit.start : hit.end]) and "partner" in message.text[first:last]:
        return False
    end = max(clause.end, hit.end)
    if _stands(message, "partner_sales", clause.start, end):
        return False
    if _stands(message, "hedged", hit.end, min(clause.end, hit.end + _REACH)) or _stands(message, "partly", max(clause.start, hit.start - _REACH), hit.start):
        return False
    if hit.key == "again":
        return True
    if _stands(message, "weak", hit.start, hit.end):
        return any(_stands(message, section, clause.start, end) for section in ("about_sales", "weak_about"))
    if _stands(message, "bare", hit.start, hit.end):
        return any(_stands(message, section, clause.start, end) for section in ("about_sales", "weak_about", "bare_about")) or _alone(message, hit)
    return _stands(message, "about_sales", clause.start, end) or not _stands(message, "about_partners", clause.start, end)


def _stands(message: Message, section: str, start: int, end: int) -> bool:
    """Whether words of a section stand in a stretch of the text."""
    return bool(lexicon("direct", section).within(message.text, start, end))


def _alone(message: Message, hit: Hit[str]) -> bool:
    """Whether a clause names nothing that a bare `predictable` may be said of: `our implementation is repeatable` does."""
    clause = message.clause_at(hit.start)
    return all(_SMALL.fullmatch(beside) for beside in (message.text[clause.start : hit.start], message.text[hit.end : clause.end]))


def _elsewhere(message: Message, hit: Hit[str]) -> bool:
    """Whether a blame is of another time or of one market only: `used to be lumpy`, `does not work in Japan`."""
    clause = message.clause_at(hit.start)
    behind = lexicon("direct", "one_market").within(message.text, hit.end, clause.end)
    return _stands(message, "past", clause.start, hit.start) or any(here.start <= hit.end + 1 for here in behind)


def _negated(message: Message, hit: Hit[str]) -> bool:
    words = message.text[hit.start : hit.end]
    return message.denied(hit.end) or message.negated(hit.start, 22) and not words.startswith(("no ", "never", "can't", "cannot"))
