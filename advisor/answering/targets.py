"""A plan or a target that a message puts up to be judged: what it is to reach, by when, and what it does in which order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from advisor.answering.hearsay import phrases
from advisor.answering.playbook import Claims, Targets
from advisor.answering.computations.standing import says_judge
from advisor.answering.subjects import before, foreign
from advisor.domain import Ask, AskKind, Client, Move
from advisor.figures import Figure, find
from advisor.intake import language, numbers, numerals
from advisor.intake.message import Message, message_of, plain
from advisor.intake.moves import mentions
from advisor.intake.patterns import Hit
from advisor.intake.quantities import MONEY, Quantity
from advisor.intake.tables import hearing

_OF = {"revenue": "sourced_share", "pipeline": "pipeline_share_target"}  # what records measure a share of
_NEVER = frozenset({AskKind.SUM, AskKind.EXPLAIN_TERM, AskKind.CHIT_CHAT, AskKind.COMPARE})
_AMOUNTS = ("pipeline", "revenue", "target", "deals", "leads")  # roles of numbers that a plan sets out to reach
_TERMS = frozenset({"commission", "reseller", "margin"})  # and of those that it would pay partners
_BEHIND = 40  # characters behind an amount in which it is said what it is of
_PLAN = 2  # things from which on a message tells a plan
_YEAR, _HALF, _QUARTER = 12, 6, 3
_YEARS = range(2000, 2100)


class Item(NamedTuple):
    """Something that a plan does: a move, or one of the things in `targets.toml`; `order` is its place in a sequence of work."""

    start: int
    move: Move | None = None
    name: str = ""


class Share(NamedTuple):
    """A share of revenue or pipeline to be reached, and the one there is today."""

    goal: Figure
    of: str
    now: Figure | None = None


class Target(NamedTuple):
    """What a plan is to reach: a share, amounts by the role of their number, partners to be won, months to it and to a first deal; whether partners
    bring something already; what it pays them; its items in the order told, whether they stand one after the other, and whether the order itself is asked about."""

    share: Share | None
    amounts: tuple[Quantity, ...]
    partners: int | None
    months: int | None
    first_deal: int | None
    running: bool
    terms: tuple[Quantity, ...]
    items: tuple[Item, ...]
    in_sequence: bool
    by_order: bool


def weighed(ask: Ask, question: str, client: Client, words: Targets, claims: Claims) -> Target | None:
    """The plan or target that a message wants judged; None where it wants something else or nothing of it can be held against anything."""
    with hearing(language.heard(plain(question))):
        return _weighed(ask, question, client, words, claims)


def _weighed(ask: Ask, question: str, client: Client, words: Targets, claims: Claims) -> Target | None:
    low = plain(question)
    message = message_of(question, low, None)
    asked = _asks(low, words) or (message.zones["planned"] and says_judge(question))
    if ask.kind in _NEVER or phrases(words.dropped).first(low) is not None or not (asked or ("?" in low and phrases(words.elsewhere).first(low) is None)):
        return None
    size = client.facts["arr"].quote if "arr" in client.facts else ""
    amounts = tuple(item for item in _read(question, low, words) if item.role in _AMOUNTS and item.value > 0 and _meant(message, item.start) and not _told(question, item, size))
    deals = {hit.start for hit in phrases(words.deals).find(low)}  # `15 partner deals` counts no partners
    partners = next((int(numerals.value(hit.value)) for hit in phrases(words.partners).longest(low) if hit.value and hit.start not in deals and _meant(message, hit.start)), None)
    share = _share(question, message, words, claims)
    items = tuple(_items(low, message, words))
    first = next((hit for forms in (words.first_deal, words.first_deal_quarters) for hit in phrases(forms).find(low) if hit.value), None)
    running = phrases(words.running).first(low) is not None or bool(share and share.now and share.now.bounds[0])
    terms = tuple(item for item in numbers(question) if item.role in _TERMS and message.meant_as("planned", item.start))
    target = Target(share, amounts, partners, _months(low, words, first), _soon(low, first, words), running, terms, items, len({hit.start for hit in phrases(words.sequence).find(low)}) > 1, phrases(words.order).first(low) is not None)
    telling = amounts or partners or first or len(items) >= _PLAN or (share is not None and share.now is not None and share.of == "revenue")
    reached = amounts or first or (share is not None and share.now is not None and share.of == "revenue")
    return target if telling and (asked or reached) else None


def _read(question: str, low: str, words: Targets) -> Iterator[Quantity]:
    """The numbers of the message; an amount in front of `revenue` is one, and a count of deals is one, whatever else they could be."""
    for item in numbers(question):
        hit = next((hit for hit in phrases(words.money).find(low[item.end : item.end + _BEHIND]) if not low[item.end : item.end + hit.start].strip(" .")), None)
        counted = next((role for role, forms in (("deals", words.deals), ("leads", words.leads)) if any(each.start == item.start for each in phrases(forms).find(low))), "")
        yield item._replace(role="revenue") if item.kind == MONEY and hit is not None else item._replace(role=counted) if counted else item


def _asks(low: str, words: Targets) -> bool:
    """Whether a yes or no is wanted on what the message sets out to do, and not what would be realistic."""
    asked = phrases(words.asks).find(low)
    free = phrases(words.open).find(low)
    return any(not any(other.start <= hit.start and hit.end <= other.end for other in free) for hit in asked)


def _meant(message: Message, place: int) -> bool:
    """Whether a number is to be reached, and not there already."""
    return any(message.meant_as(zone, place) for zone in ("planned", "wish", "question"))


def _told(question: str, item: Quantity, size: str) -> bool:
    """Whether a number is the client's own ARR, or names a year."""
    place = question.find(size) if size else -1
    return place <= item.start < place + len(size) or (item.currency is None and item.value in _YEARS and item.quote.isdigit())


def _share(question: str, message: Message, words: Targets, claims: Claims) -> Share | None:
    """A share to be reached; what was before, what is somebody else's and what is a share of something else is none."""
    now = {hit.start: hit for hit in phrases(words.now).find(message.text)}
    for of, forms in (("revenue", words.revenue), ("pipeline", words.pipeline)):
        for hit in phrases(forms).find(message.text):
            goal = next((figure for figure in find(question) if hit.start <= figure.start < hit.end), None)
            if goal is not None and (before(question, goal, claims) or foreign(question, goal, _OF[of], claims)):
                continue
            if goal is not None and not any(other.start <= hit.start < other.end for other in now.values()):
                return Share(goal, of, _now(question, list(now.values())))
    return None


def _now(question: str, hits: list[Hit[str]]) -> Figure | None:
    for hit in hits:
        if figures := find(question[hit.start : hit.end]):
            return figures[0]
    return None


def _soon(low: str, first: Hit[str] | None, words: Targets) -> int | None:
    """The months to the first deal."""
    if first is None or not first.value:
        return None
    quarters = first in phrases(words.first_deal_quarters).find(low)
    return int(numerals.value(first.value)) * (_QUARTER if quarters else 1)


def _months(low: str, words: Targets, first: Hit[str] | None) -> int | None:
    """The months that the plan gives itself, apart from those to a first deal."""
    told = [hit for hit in phrases(words.months).find(low) if hit.value and not (first and first.start <= hit.start < first.end)]
    if told:
        return int(numerals.value(told[0].value or ""))
    if phrases(words.half_year).first(low) is not None:
        return _HALF
    return _YEAR if phrases(words.year).first(low) is not None else None


def _items(low: str, message: Message, words: Targets) -> Iterator[Item]:
    """The moves and other things of a plan, each once, in the order of the message."""
    named = [Item(each.start, move=each.move) for each in mentions(low) if not each.against and _meant(message, each.start)]
    covered = [(each.start, each.end) for each in mentions(low)]
    for name, other in words.items.items():
        hit = min((hit for hit in phrases(other.words).find(low) if _meant(message, hit.start)), key=lambda hit: hit.start, default=None)
        if hit is not None and not any(start < hit.end and hit.start < end for start, end in covered):
            named.append(Item(hit.start, name=name))
    seen: set[str] = set()
    for item in sorted(named, key=lambda item: item.start):
        key = str(item.move or item.name)
        if key not in seen:
            seen.add(key)
            yield item
