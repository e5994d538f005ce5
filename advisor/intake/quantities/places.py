"""Roles that follow from what stands beside a number: the number before it, and the words between both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from advisor.domain.regex import Regex
from advisor.intake.quantities.quantity import COUNT, MONEY, PERCENT, PLAIN, TIME, Quantity

_WEAK = 8
_SINGLE = 500_000  # `3 of 900k` is rather what they come to together
_ARTICLE = r"(?:a |an |the |our |its |their |about )?"
_BASE = Regex(rf"\s(?:[a-zäöüß-]+\s){{0,2}}?(?:of|on|from|auf|von)\s{_ARTICLE}(?:[a-zäöüß-]+\s)?")
_OF_RESELLER = Regex(r"\b(?:reseller|var|msp|dealer)s?\b[^.,;:0-9]{0,24}$")
_LIST = Regex(r",\s(?:and\s)?|\s(?:and|&|\+)\s")
_COUNTED_AT = Regex(r"\s(?:[a-z-]+\s){0,3}(?:a|à|@|x|at|on|costing|earning)\s?")
_SIZE = Regex(r"[^.;:?!0-9,]{0,34}?\s(?:a|at|of|for|x|@|each|worth|à)\s?")
_AT = Regex(r"[^.;:?!0-9,]{0,34}?\s(?:at|@|x|à)\s?")
_WORTH = Regex(r"(?:[^.;:?!0-9,]{0,34}?\s(?:worth|totalling|totaling|with a total of|for a total of|for)\s(?:a total of )?)")
_TOTAL = Regex(r"[^.;:?!0-9,]{0,34}?\b(?:together|in total|combined|altogether|all in all)\b")
_OF_MONEY = Regex(r"\s(?:of|at|for|worth|x|@|a|à)\s(?:about |around )?[€$£]?\d")
_IN_BRACKETS = Regex(r"[^.?!0-9]{0,30}[(:]\s?")
_WHICH = Regex(r"\bof (?:which|that|it|those)\b[^.?!0-9]{0,12}$")
_OF_WHOLE = Regex(r"(?:^|[.?!,;:]\s)(?:out )?of (?:our |the |all )?(?:total )?$")
_TEAM = Regex(r"\bteam of\s$")
_OF_THE_PARTNERS = Regex(r"\s(?:of (?:our|the) )?(?:[a-z]+ )?(?:partners?|resellers?|agencies|agency|affiliates?|distributors?|integrators?|händler|partnern|agenturen|systemhäuser\w*)\b")
_WE_WON = Regex(r"\b(?:won|win|closed|close|signed|converted|lost only)\s(?:only |about |just )?$")
_DEALS = frozenset({"deals", "sourced", "influenced_deals"})
_OF_EACH = Regex(r"(?:\s[a-z-]+){0,3}\sof\s")
_BY = Regex(r"\s?[x×*]\s?")
_FROM = Regex(r"\s(?:came |comes |is |was )?(?:from|through|via|by|with)\s(?:our |the )?")
_NAMED = Regex(r"\s?(?:[a-z]+\s?)?[:\-]\s?")
_RANGE = Regex(r"\s?(?:to|->|→|-|bis|up to)\s?")
_COST_BEFORE = Regex(r"\d[\d.,]*\s?(?:k|m|mio|€|eur|usd|\$)?(?: (?:a|per) year)?(?: fully loaded| all in| in total| insgesamt| im jahr)?(?: on (?:the |our )?(?:partner )?(?:programme|program|partners|channel))?\s?$")
_VERSUS = Regex(r"\s(?:vs\.?|versus|against|compared (?:to|with)|gegen|gegenüber)\s(?:only |just |about |nur )?")
_INSTEAD = Regex(r"\s(?:instead of|rather than|up from|down from|and not|not)\s(?:the |our |only )?")
_OF = Regex(r"\s(?:out )?of (?:our |the |my |all |these |those |their |all our )?")
_DAY_LENGTH = Regex(r"\s?(?:(?:for|per|of|à|zu|bei|für)\s?|\((?:=\s?)?)(?:a |an )?")
_PAID_FOR_IT = Regex(r"(?:\s[a-zäöüß'’-]+){0,4}?,?\s(?:and|to|und|um|dann|then|for which)\s(?:(?:they|he|she|partners?|er|sie|dafür|then|dann)\s){0,2}(?:get|gets|earn|earns|receive|receives|make|makes|bekommt|bekommen|erhält|erhalten|verdient|verdienen|kriegt|kriegen)\s(?:(?:paid|about|around|only|just|dafür|etwa|rund|nur|ca)\s){0,2}")
_WHO_WORKS = Regex(r"\b(?:they|he|she|partners?|referrers?|consultants?|agency|agencies|resellers?|affiliates?|integrators?|er|sie|berater\w*|agentur\w*|vermittler\w*|händler\w*)\b(?![^.;?!]*\b(?:we|i|wir|ich)\b)")
_THEM = Regex(r"\s(?:of (?:them|those|these|which|it)\s)?(?:are|were|is|became|become|turned into|turn into|turned|end up as|ended up as)\s(?:already |actually |now )?(?:(?:our|own|open|real|active|new|paying|a|an|qualified)\s){0,3}(?P<noun>[a-z]+)")
_DID = Regex(r"\s(?:of (?:them|those|these|which)\s)?(?:have |has |had |are |were |actually |ever |already |only )*(?:active\b|productive\b|alive\b|(?:did|do|done) (?:something|anything)\b|(?:brought|bring|registered|register|closed|close|sold|sell|sourced|source|produced|produce|sent|send|delivered|deliver|generated|generate)\b)")
_HANDLES = Regex(r"\b(?:handles?|manages?|looks? after|serves?|supports?|covers?|runs?|takes? care of)\s(?:about |around |up to )?$")
_WHAT = {"opp": "leads", "opportunit": "leads", "lead": "leads", "meeting": "leads", "deal": "deals", "customer": "deals", "client": "deals", "sale": "deals", "contract": "deals", "won": "deals", "partner": "partners"}
_WON = Regex(r"[^.;?!0-9]{0,34}?\b(?:won|closed|signed|converted|bought|became customers)\b")
_CLOSED = Regex(r"\s(?:of (?:them|those|these|which)\s)?(?:have |were |are |actually |ever |finally )*(?:closed|close|won|converted|bought|signed|became)\b")


class Pair(NamedTuple):
    """A number with the one before it and the words between; `weak` says that its role rests on a word far away."""

    before: Quantity
    number: Quantity
    gap: str
    text: str
    weights: tuple[int, int]

    @property
    def weak(self) -> bool:
        return self.weights[1] > _WEAK


Both = tuple[Quantity, Quantity]


def by_place(text: str, found: Sequence[Quantity], weights: Sequence[int]) -> list[Quantity]:
    """The numbers with the roles that their neighbours give them: of the rules for two neighbours the first one that holds."""
    numbers = [_of_partners(text, _of_reseller(text, _some(text, index, found))) for index in range(len(found))]
    for index in range(1, len(numbers)):
        before, number = numbers[index - 1 : index + 1]
        pair = Pair(before, number, text[before.end : number.start], text, (weights[index - 1], weights[index]))
        both = next((both for rule in _RULES if (both := rule(pair))), None)
        numbers[index - 1], numbers[index] = both or (before, number)
    return [_effort(number) for number in numbers]


def _of_reseller(text: str, number: Quantity) -> Quantity:
    gross = "gross" in text[number.end : number.end + 8]
    if number.role == "margin" and not gross and _OF_RESELLER.search(text, max(0, number.start - 40), number.start):
        return number._replace(role="reseller")
    return number


def _some(text: str, index: int, found: Sequence[Quantity]) -> Quantity:
    """`9 brought a deal`, `11 became customers`, `60 of them are our opps`: a count of some of those that were counted before."""
    number = found[index]
    if number.kind == PLAIN and number.value < 100 and _TEAM.search(text, max(0, number.start - 12), number.start):
        return number._replace(kind=COUNT, role="people")
    people = any(item.role == "people" and item.value > 1 and item.sentence == number.sentence for item in found[:index])
    if number.role in {"partners", "accounts", "deals"} and not people and _HANDLES.search(text, max(0, number.start - 24), number.start):
        return number._replace(role="per_person")
    before = next((item for item in reversed(found[:index]) if item.kind == COUNT), None)
    if number.kind not in {COUNT, PLAIN, MONEY} or number.currency or number.per or before is None or before.value < number.value:
        return number
    if number.kind == MONEY and number.value >= 1000:
        return number
    if (match := _THEM.match(text, number.end)) and (role := next((role for word, role in _WHAT.items() if match["noun"].startswith(word)), "")):
        return number._replace(kind=COUNT, role=role)
    if before.role in {"leads", "accounts"} and (_CLOSED.match(text, number.end) or _WE_WON.search(text, max(0, number.start - 24), number.start)):
        return number._replace(kind=COUNT, role="deals")
    if before.role == "partners" and _DID.match(text, number.end):
        return number._replace(kind=COUNT, role="some")
    return number


def _of_partners(text: str, number: Quantity) -> Quantity:
    """`one of five partners has brought a deal`: a share of the partners, and none of the referrals that close."""
    if not number.parts or not (match := _OF_THE_PARTNERS.match(text, number.end)):
        return number
    return number._replace(role="active" if _DID.match(text, match.end()) else "partner_part")


def _effort(number: Quantity) -> Quantity:
    """A time without a word of its own is work; years and months are how long something lasts."""
    if number.kind != TIME or number.role not in {"", "effort"}:
        return number
    return number._replace(role={"year": "years", "month": "months"}.get(number.unit, number.role or ("effort" if number.unit in {"hour", "day", "minute"} else "")))


def _span(pair: Pair) -> Both | None:
    """Both ends of a change or a range have one role."""
    if pair.before.kind != pair.number.kind or pair.before.kind not in {PERCENT, MONEY, TIME}:
        return None
    compared = _VERSUS.fullmatch(pair.gap) is not None and bool(pair.before.role) != bool(pair.number.role)
    spoken = compared or _RANGE.fullmatch(pair.gap) is not None or _INSTEAD.fullmatch(pair.gap) is not None
    return _same(pair.before, pair.number, *pair.weights, spoken=spoken) if spoken or pair.gap == " and " else None


def _part_of_cost(pair: Pair) -> Both | None:
    """What is listed in brackets behind a cost is part of it: `1.1M all in (5 heads, 180k of MDF)`."""
    if not (pair.number.role == "cost" and pair.number.kind == MONEY) and not (pair.number.role == "people" and pair.number.kind == COUNT):
        return None
    opened = pair.text.rfind("(", 0, pair.number.start)
    inside = opened > 0 and ")" not in pair.text[opened : pair.number.start]
    whole = inside and _COST_BEFORE.search(pair.text, max(0, opened - 40), opened) is not None
    return (pair.before, pair.number._replace(role="part")) if whole else None


def _base(pair: Pair) -> Both | None:
    """What a percentage is taken of."""
    if pair.before.kind != PERCENT or pair.number.kind not in {MONEY, PLAIN} or not _BASE.fullmatch(pair.gap):
        return None
    number = pair.number._replace(kind=MONEY, role="base") if pair.weak and pair.number.value > 100 else pair.number
    return pair.before._replace(role=pair.before.role or "commission"), number


def _people(pair: Pair) -> Both | None:
    """What each of several people costs: `2 FTEs at 110k`."""
    paid = pair.before.role in {"people", "things"} and pair.number.kind in {MONEY, PLAIN} and pair.number.value > 100
    if paid and _IN_BRACKETS.fullmatch(pair.gap) and not pair.number.each:
        return pair.before, pair.number._replace(kind=MONEY, role="cost")
    if not paid or not (_COUNTED_AT.fullmatch(pair.gap) or pair.number.each):
        return None
    total = _TOTAL.match(pair.text, pair.number.end) is not None
    return pair.before, pair.number._replace(kind=MONEY, role="cost", each=not total)


def _worth(pair: Pair) -> Both | None:
    """What several deals are worth together: `12 deals worth 360k`, unless it says `each`."""
    number = pair.number
    together = _WORTH.fullmatch(pair.gap) is not None or (_TOTAL.match(pair.text, number.end) is not None and _SIZE.fullmatch(pair.gap) is not None)
    counted = pair.before.kind == COUNT and pair.before.role in _DEALS and pair.before.value > 1
    if not counted or not together or number.kind not in {MONEY, PLAIN} or number.value <= 100 or number.each or number.per:
        return None
    return pair.before, number._replace(kind=MONEY, role="revenue")


def _sized(pair: Pair) -> Both | None:
    """The size of counted deals."""
    number = pair.number
    if pair.before.kind != COUNT or pair.before.role in {"people", "accounts"} and not _SIZE.fullmatch(pair.gap):
        return None
    if not number.role and number.kind in {MONEY, PLAIN} and _SIZE.fullmatch(pair.gap) and (number.value > 100 or _AT.fullmatch(pair.gap)):
        return pair.before, number._replace(kind=MONEY, role="deal")
    single = pair.before.role in _DEALS and _OF_EACH.fullmatch(pair.gap) is not None and (pair.before.value == 1 or number.role == "revenue" and pair.before.quote.isdigit() and number.value < _SINGLE)
    if number.kind == MONEY and (single or (not number.role and _NAMED.fullmatch(pair.gap)) or _COUNTED_AT.fullmatch(pair.gap)):
        return pair.before, number._replace(role="deal")
    return None


def _counted(pair: Pair) -> Both | None:
    """A further count in a list of deals: `3 deals of 18k, 2 of 30k and one of 75k`."""
    listed = pair.before.role == "deal" and pair.number.kind in {PLAIN, COUNT} and not pair.number.role and pair.number.value < 1000
    follows = listed and _LIST.fullmatch(pair.gap) and _OF_MONEY.match(pair.text, pair.number.end)
    return (pair.before, pair.number._replace(kind=COUNT, role="deals")) if follows else None


def _times(pair: Pair) -> Both | None:
    """`6 x 20k`: so many deals of that size."""
    if pair.before.kind not in {PLAIN, COUNT} or pair.before.value >= 1000 or not _BY.fullmatch(pair.gap) or pair.number.kind not in {MONEY, PLAIN}:
        return None
    role = pair.before.role if pair.before.kind == COUNT else "deals"
    return pair.before._replace(kind=COUNT, role=role), pair.number._replace(kind=MONEY, role=pair.number.role if pair.number.role in {"cost", "fee"} else "deal")


def _listed(pair: Pair) -> Both | None:
    """A further size in a list of deals."""
    listed = pair.before.role in {"deal", "cost"} and not pair.before.each and pair.number.kind == MONEY and not pair.number.role and _LIST.fullmatch(pair.gap)
    return (pair.before, pair.number._replace(role=pair.before.role)) if listed else None


def _of_which(pair: Pair) -> Both | None:
    """`14M ARR, of which 2.1M came through partners`: the whole, and then its part."""
    if pair.before.kind != MONEY or pair.number.kind != MONEY or pair.number.value >= pair.before.value or not (_WHICH.search(pair.gap) or _OF_WHOLE.search(pair.text, max(0, pair.before.start - 12), pair.before.start)):
        return None
    return pair.before._replace(role="whole_money"), pair.number._replace(role="revenue")


def _brought(pair: Pair) -> Both | None:
    """`600k from 8 partners`."""
    if pair.before.kind != MONEY or pair.before.role or pair.number.role not in {"partners", "some"} or not _FROM.fullmatch(pair.gap):
        return None
    return pair.before._replace(role="revenue"), pair.number


def _day(pair: Pair) -> Both | None:
    length = pair.number.kind == TIME and pair.before.role == "day_rate" and _DAY_LENGTH.fullmatch(pair.gap)
    return (pair.before, pair.number._replace(role="day_length")) if length else None


def _paid_for_work(pair: Pair) -> Both | None:
    """`they invest 8 hours and get 2,000`: what somebody gets for his hours is his fee, no deal."""
    before, number = pair.before, pair.number
    if before.kind != TIME or number.kind != MONEY or number.role not in {"", "deal", "rate"} or number.per or not _PAID_FOR_IT.fullmatch(pair.gap):
        return None
    opened = max(pair.text.rfind(mark, 0, before.start) for mark in ".?!;\n")
    works = _WHO_WORKS.search(pair.text[opened + 1 : number.start]) is not None
    return (before, number._replace(role="fee")) if works else None


def _part(pair: Pair) -> Both | None:
    """`7 of our 20 partners`, `420k of 2.8M bookings`: a part and its whole."""
    if pair.before.kind != pair.number.kind or not _OF.fullmatch(pair.gap):
        return None
    if pair.number.kind == COUNT and pair.number.role in {"leads", "deals", ""} and _WON.match(pair.text, pair.number.end):
        return pair.before._replace(role="deals"), pair.number._replace(role="leads")
    if pair.number.kind == COUNT:
        partners = pair.number.role == "partners"
        return pair.before._replace(role="some" if partners else pair.number.role), pair.number if partners else pair.number._replace(role="whole")
    if pair.number.kind == MONEY and pair.before.value < pair.number.value:
        role = "revenue" if pair.before.role in {"", "arr", "whole_money"} else pair.before.role
        return pair.before._replace(role=role), pair.number._replace(role="whole_money")
    return None


def _them(pair: Pair) -> Both | None:
    """`340 overlaps, 60 of them are our opps`: the sum goes on from the part."""
    if pair.before.kind == COUNT and pair.before.role == "accounts" and pair.number.role == "leads" and _THEM.match(pair.text, pair.number.end):
        return pair.before._replace(role="whole"), pair.number
    return None


_RULES: tuple[Callable[[Pair], Both | None], ...] = (_part_of_cost, _paid_for_work, _counted, _times, _of_which, _brought, _span, _base, _people, _worth, _sized, _listed, _day, _part, _them)


def _same(first: Quantity, second: Quantity, cost_first: int, cost_second: int, *, spoken: bool) -> Both:
    """Both numbers of a span with the role of the one that stands nearer to its word."""
    if not spoken and first.role and second.role:
        return first, second
    role = (first if first.role and cost_first <= cost_second else second).role or first.role
    return first._replace(role=role), second._replace(role=role)
