"""The role of each number: the telling word that stands nearest to it, each kind of number with words of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from advisor.domain.regex import Regex
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, lexicon
from advisor.intake.quantities.quantity import COUNT, MONEY, MULTIPLE, PERCENT, PLAIN, TIME, Kind, Quantity

REACH = 44  # from this distance on a word tells nothing of a number
_SHARED = 14
_ASKED = Regex(r"\b(?:how (?:many|much)|number of)\s(?:more |extra |new |additional |partner |of these |such |our )*$")  # what is asked for tells of no number
_NO_FEE = 100_000  # nobody is paid that much for a single referral
_PRICED = Regex(r"\s(?:at|of|for|worth)$")
_NEAR = 12


def roles(message: Message, found: list[Quantity]) -> tuple[list[Quantity], list[int]]:
    """Each number with the role of the telling word nearest to it, and how far that word is; a word serves one number, or another at a price."""
    cues = {kind: _cues(message, kind) for kind in (MONEY, PERCENT, TIME, COUNT, MULTIPLE)}
    pairs = sorted(
        (cost, index, kind, place)
        for index, quantity in enumerate(found)
        for kind in _kinds(quantity)
        for place, cue in enumerate(cues[kind])
        if _plausible(quantity, kind, cue) and (cost := _cost(message, found, index, cue) + (4 if kind != quantity.kind else 0)) < (_NEAR if kind in {COUNT, PERCENT} and kind != quantity.kind else REACH)
    )
    chosen: dict[int, tuple[Kind, str, int]] = {}
    claimed: set[tuple[Kind, int]] = set()
    for cost, index, kind, place in pairs:
        if index not in chosen and cost + (_SHARED if (kind, place) in claimed else 0) < REACH:
            chosen[index] = (kind, _role(cues[kind][place]), cost)
            claimed.add((kind, place))
    weights = [chosen[index][2] if index in chosen else REACH for index in range(len(found))]
    return [_settled(quantity, chosen.get(index)) for index, quantity in enumerate(found)], weights


def _role(cue: Hit[str]) -> str:
    return cue.key.partition(".")[2]


def _plausible(quantity: Quantity, kind: Kind, cue: Hit[str]) -> bool:
    """A rate of many thousands an hour and a deal of eight are misreadings, and so are the 6 % of `6 are active`."""
    role = _role(cue)
    if kind == PERCENT and quantity.kind == PLAIN and quantity.value >= 1:
        return cue.key.startswith("before")
    if kind != MONEY:
        return True
    if role in {"rate", "day_rate"}:
        return quantity.value < 5000
    if role == "fee" and quantity.value >= _NO_FEE:
        return False
    return role == "fee" or quantity.kind != PLAIN or quantity.value > 100


def _settled(quantity: Quantity, choice: tuple[Kind, str, int] | None) -> Quantity:
    kind, role, _ = choice or (quantity.kind, quantity.role, 0)
    if kind == PERCENT and quantity.kind == PLAIN:
        quantity = quantity._replace(value=quantity.value * 100 if quantity.value < 1 else quantity.value)
    if kind == MONEY and quantity.per in {"hour", "day"}:
        role = "rate" if quantity.per == "hour" else "day_rate"
    return quantity._replace(kind=kind, role=role)


def _kinds(quantity: Quantity) -> tuple[Kind, ...]:
    """The kinds a number may turn out to be: a plain one is whatever the words beside it speak of."""
    if quantity.kind != PLAIN:
        return (quantity.kind,) if quantity.role != "cost_share" else ()
    if quantity.value < 1:
        return (PERCENT,)
    return (MONEY, PERCENT, COUNT) if quantity.value <= 100 else (MONEY, COUNT)


def _cues(message: Message, kind: Kind) -> list[Hit[str]]:
    """The telling words for one kind of number: `before.ROLE` stand before it, `after.ROLE` behind it."""
    if kind == MULTIPLE:
        return []
    hits = [Hit(f"{side}.{hit.key}", hit.start, hit.end, None) for side in ("before", "after") for hit in lexicon("sums", f"{kind}.{side}").find(message.text)]
    told = [hit for hit in hits if _PRICED.search(message.text, hit.start, hit.end) or not _ASKED.search(message.text, max(0, hit.start - 30), hit.start)]
    return outermost(told, lambda hit: hit.key.partition(".")[0])


def outermost(hits: Iterable[Hit[str]], group: Callable[[Hit[str]], str] = lambda _: "") -> list[Hit[str]]:
    """The hits, in order of place, that do not lie within a longer one of their group."""
    kept: list[Hit[str]] = []
    widest: dict[str, Hit[str]] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        other = widest.get(group(hit))
        if other is None or hit.end > other.end:
            widest[group(hit)] = other = hit
        if hit[1:3] == other[1:3]:
            kept.append(hit)
    return kept


def _cost(message: Message, found: list[Quantity], index: int, cue: Hit[str]) -> int:
    """How far a word stands from a number: marks, linking words and other numbers in between count as distance."""
    quantity, text = found[index], message.text
    if cue.end < quantity.start - REACH or cue.start > quantity.end + REACH:
        return REACH
    before = cue.key.startswith("before")
    gap = text[cue.end : quantity.start] if before else text[quantity.end : cue.start]
    if (cue.end > quantity.start) if before else (cue.start < quantity.end) or len(gap) > REACH or "\n" in gap:
        return REACH
    if message.clause_at(cue.start).sentence != quantity.sentence:
        return REACH
    low, high = (cue.end, quantity.start) if before else (quantity.end, cue.start)
    between = sum(other.kind != TIME and low <= other.start and other.end <= high for other in found)
    joined = -3 if re.fullmatch(r"\s?(?:is|are|of|at|:|=|about|around|roughly|ca\.?|~)?\s?", gap) else 0
    linked = 16 * len(re.findall(r"\b(?:and|but|with|while|which|for|on|from|of an?|at)\b", gap)) if not joined else 0
    if not before and gap == " ":
        joined = -5
    return len(gap) + 12 * sum(gap.count(mark) for mark in ",;(|:") + linked + 25 * between + joined + (0 if before else 1)
