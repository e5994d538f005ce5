"""Whether an amount called turnover is the client's own and of now: not a partner's, a plan's, a share's, nor one that the next words take back."""

from __future__ import annotations

import re
from functools import cache

from advisor.domain.regex import Regex
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, lexicon
from advisor.intake.roles import Read
from advisor.intake.tables import table

_FROM_THEM = Regex(
    r"\s?(?:in |an )?(?:arr|mrr|revenue|umsatz|new arr|neu-arr)?\s?(?:(?:from|out of|aus|von)\s(?:our |the |all |unseren? |den |allen )?(?:partner|reseller|channel|agenc|msp|affiliate|referral|händler|systemh|agentur|kanal|vermittler)\w*"
    r"|(?:from|through|via|über|durch)\s(?:(?:him|her|them|ihn|sie|ihnen|denen)\b|(?:this|that|one|diesen|den einen|diese|dieses) (?:partner|reseller|agency|msp|händler|agentur|systemhaus)))"
)  # `190k ARR from partners`, `310k ARR through him`
_HE_MADE = Regex(r"\b(?:he|she|(?:that|this|the|our|one|a) (?:partner|reseller|agency|dealer|msp|distributor))\b[^.;?!]{0,70}\b(?:made|makes|did|does|generated|sold|turned over)\s(?:about |around |roughly |some )?[€$£]?$")
_WITH_THEM = Regex(r"\b(?:umsatz|revenue|turnover|sales|business)\s(?:mit|durch|von|with|from|through)\s(?:ihm|ihr|ihnen|denen|diesem|him|her|them|(?:that|this|the) (?:partner|reseller|agency))\b[^.!?]{0,24}$")
_SOMETHING_ELSE = Regex(r"\b(?:renewals?|invoices?|refunds?|verlängerung|rechnung|pipeline (?:is|of|at|von|beträgt|liegt bei))\b[^.,;!?]{0,16}$")  # what an amount right behind it is of
_OPEN = Regex(r"\s(?:offen|open|in (?:the )?pipeline|in der pipeline)\b")
_STANDS_AT = Regex(r"\b(?:pipeline|sourced|quota|bookings target)\b(?:(?!\b(?:arr|revenue|turnover|umsatz)\b)[^.!?]){0,70}\b(?:currently|now|today|we are|we're|aktuell|derzeit|stand heute|sind) (?:at|bei)\s?[€$£]?$")
_OR_AMOUNT, _AMOUNT_OR = Regex(r"\s(?:or|oder|ou)\s[€$£]?\d"), Regex(r"\d\s?\w{0,4}\s(?:or|oder|ou)\s[€$£]?$")
_NOT_SO = Regex(r"(?:\bnot|n't|\bno longer|\bnever)\s(?:have |make |do |at |about |around |yet |quite )?[€$£]?$")
_BY_PARTNERS = Regex(r"\b(?:partner|reseller|referral|channel|programme|program|agenc|affiliate|integrator|distributor|vertriebspartner|systemh|msps?\b|vars?\b)")
_PLANNED = Regex(r"\b(?:(?:ziel|plan|budget|planzahl|zielwert|vorgabe|prognose|forecast|target|goal|ambition)(?: (?:for|für|of))?(?: 20\d\d)?\s?[:=]|(?:we|they|i|wir) (?:plan|budget|expect|project|planen|budgetieren|erwarten)(?: (?:for|with|mit|für))?)\s?[€$£]?$")
_DOWN_FROM = Regex(r"\b(?:down|back|gefallen|gesunken|zurückgegangen)(?: (?:by|um))?(?: \d[\d.,]*\s?(?:%|percent|prozent))? (?:from|von)\s?[€$£]?$")
_SHARE = Regex(r"[^.?!]{0,40}?(?P<share>\d{1,2})\s?(?:%|percent|prozent)\s(?:of (?:it|that|which) |davon )?(?:is |are |sind |ist )?(?:only |nur )?(?:recurring|subscription|saas|wiederkehrend|abo)")  # of an amount that recurs
_LESS_SOME = Regex(r"[^.?!\d]{0,12}\b(?:minus|less|abzüglich)\s\D{0,6}\d")
_MOST = 67  # percent of a turnover that recurs, from which it may stand for the recurring revenue
_SMALL = Regex(r"[:=]?\s?(?:(?:of|at|about|around|roughly|only|just|the|our|their|its|a|is|are|was|have|that|this|beträgt|liegt|ist|etwa|rund|nur|bei|von|die|der|das|den|unsere|unserer|ein|eine|einen|ca\.?|eur|euro|usd|chf|gbp)\s)*[€$£]?\s?")
_LESS = Regex(r"[<‹≤]\s?[€$£]?$")
_LEAD = 70  # characters beside an amount in which those stand who bring it
_NO_VENDOR = 10**9  # who turns over this much does not ask us; said without a word for turnover it is a market's or a platform's
_NAMED = frozenset({"arr", "mrr", "revenue"})


def own(message: Message, read: Read) -> bool:
    """Whether an amount is what the client turns over now."""
    place = read.amount.start
    if read.role not in _NAMED and read.amount.value >= _NO_VENDOR:
        return False
    if message.meant_as("foreign", place) or message.meant_as("assumed", place) or _NOT_SO.search(message.text, max(0, place - 22), place):
        return False
    return not any(test(message, read) for test in (_brought, _of_something_else, _edge, _alternative, _aside, _taken_back))


def partners_told(message: Message, start: int = 0, end: int | None = None) -> bool:
    """Whether a stretch of a message speaks of partners."""
    return _BY_PARTNERS.search(message.text, start, len(message.text) if end is None else end) is not None


def short_of(message: Message, read: Read) -> str:
    """`near` where an amount is said to be almost reached, `below` where it only is not, else nothing."""
    first, last = message.sentence_at(read.amount.start)
    words = lexicon("money", "short")
    if _LESS.search(message.text, first, read.amount.start):
        return "below"
    said = [hit.key for hit in words.within(message.text, max(first, read.amount.start - _LEAD), read.amount.start) if _next_to(message, hit, read)]
    said += ["near" for hit in words.within(message.text, read.amount.end, min(last, read.amount.end + _LEAD)) if hit.key == "after"]
    return "near" if "near" in said else "below" if "below" in said else ""


def _next_to(message: Message, hit: Hit[str], read: Read) -> bool:
    """Whether only small words stand between words and the amount behind them."""
    return hit.key != "after" and _SMALL.fullmatch(message.text, hit.end, read.amount.start) is not None


def _alternative(message: Message, read: Read) -> bool:
    """Whether a question holds an amount against another one: `do we show 100k or 70k revenue?`."""
    _, last = message.sentence_at(read.amount.start)
    asked = message.text[:last].rstrip().endswith("?") or message.text[last : last + 1] == "?"
    return asked and (_OR_AMOUNT.match(message.text, read.amount.end) is not None or _AMOUNT_OR.search(message.text, max(0, read.amount.start - 24), read.amount.start) is not None)


def _edge(message: Message, read: Read) -> bool:
    """Whether an amount only tells when something is to be, as in `no tiers before 15M ARR`."""
    place = read.amount.start
    start = max(message.clause_at(place).start, place - _LEAD)
    return any(not message.text[hit.end : place].strip(" €$£") for hit in lexicon("money", "edge").within(message.text, start, place))


def _aside(message: Message, read: Read) -> bool:
    """Whether words beside an amount make it one of something or somebody else, or of another time: `payment volume is 200M`, `16M ARR pipeline`."""
    first, last = message.sentence_at(read.amount.start)
    start, end = read.amount.start, max(read.amount.end, read.end)
    lead = max(first, start - _LEAD)
    if _PLANNED.search(message.text, lead, start) or _DOWN_FROM.search(message.text, lead, start):
        return True
    words = lexicon("money", "aside")
    ahead = [hit for hit in words.within(message.text, lead, start) if hit.key == "ahead" or (hit.key == "before" and _next_to(message, hit, read))]
    return bool(ahead) or any(hit.key == "after" and hit.start - end <= 1 for hit in words.within(message.text, read.amount.end, min(last, end + _LEAD)))


def _taken_back(message: Message, read: Read) -> bool:
    """Whether the words behind an amount say that it is not so, not all of it, or no longer: `16M ARR before churn`, `20M, of which 15% recurs`."""
    end = min(len(message.text), read.amount.end + _LEAD)
    share = _SHARE.match(message.text, read.amount.end)
    if _LESS_SOME.match(message.text, read.amount.end) or (share is not None and int(share["share"]) < _MOST):
        return True
    return any(hit.key == "behind" for hit in lexicon("money", "aside").within(message.text, read.amount.end, end))


@cache
def _filled() -> re.Pattern[str]:
    """What may stand between those who bring an amount and the amount."""
    words = "|".join(re.escape(word) for word in sorted(table("money")["filled"]["words"], key=len, reverse=True))
    return re.compile(rf",?(?:\s(?:{words})(?!\w))*\s?[€$£]?$")


def _brought(message: Message, read: Read) -> bool:
    """Whether partners bring an amount: it is no turnover of the client's then, whatever it is called."""
    first, last = message.sentence_at(read.amount.start)
    start, end = read.amount.start, read.amount.end
    words = lexicon("money", "brought")
    if any(hit.key == "before" and _filled().match(message.text, hit.end, start) for hit in words.within(message.text, max(first, start - _LEAD), start)):
        return partners_told(message)
    return any(hit.key == "after" and hit.start - end <= 1 for hit in words.within(message.text, end, min(last, end + _LEAD)))


def _of_something_else(message: Message, read: Read) -> bool:
    """Whether an amount tells where a pipeline stands, what a renewal is worth or what was sold with a partner: `I need pipeline of $2M, currently at 350k`."""
    start = read.amount.start
    first, _ = message.sentence_at(start)
    if _STANDS_AT.search(message.text, first, start) or _WITH_THEM.search(message.text, first, start) or _HE_MADE.search(message.text, first, start) or _FROM_THEM.match(message.text, read.amount.end):
        return True
    told = _SOMETHING_ELSE.search(message.text, max(first, start - _LEAD), start) or _OPEN.match(message.text, read.amount.end)
    return read.role not in _NAMED and told is not None
