"""Roles that follow from what is missing and from what is asked: a single percentage beside a deal is the commission, a single amount the deal."""

from __future__ import annotations

from functools import reduce

from advisor.answering.computations.wishes import Wish
from advisor.intake.quantities import COUNT, MONEY, PERCENT, PLAIN, Quantity

Items = tuple[Quantity, ...]
_OF_KIND = {"sourced": "commission", "influenced_deals": "influenced"}
_AIMED = ("pipeline", "opportunities", "deals", "partners")


def placed(items: Items, wish: Wish) -> Items:
    """The numbers of a message with every role that can be told from the whole of it."""
    return reduce(lambda found, place: place(found, wish), (_repeated_placed, _sourced_placed, _led_placed, _arr_placed, _rates_placed, _some_placed, _attached_placed, _share_placed, _rate_placed, _deal_placed), items)


def _repeated_placed(items: Items, wish: Wish) -> Items:
    """`does the 25 come off first`: a bare number that stood as a percentage before is that one again."""
    shares = {item.value: item.start for item in items if item.kind == PERCENT}
    return tuple(item._replace(role="", kind=PLAIN) if item.kind in {COUNT, PLAIN} and shares.get(item.value, item.start) < item.start and wish.repeats(item) else item for item in items)


def _sourced_placed(items: Items, wish: Wish) -> Items:
    """`10 new partner-sourced customers` beside what a direct one costs: they are the deals, where none are told to be influenced."""
    roles = {item.role for item in items}
    alone = {"cac", "cost", "sourced"} <= roles and not roles & {"deals", "influenced_deals"}
    return tuple(item._replace(role="deals") if alone and item.role == "sourced" else item for item in items)


def _led_placed(items: Items, wish: Wish) -> Items:
    """`120 deals, 22% via partners`: a share of the deals counted, and no goal, where a commission on them is asked for."""
    counted = any(item.role == "deals" for item in items) and any(item.role == "commission" for item in items)
    return tuple(item._replace(role="led_share") if item.role == "target_share" and counted and wish.asks("bill", "total_cost") else item for item in items)


def _arr_placed(items: Items, wish: Wish) -> Items:
    """What stands as ARR although it was won: beside what a unit costs elsewhere, and below a target that it goes towards."""
    if any(item.role == "revenue" for item in items):
        return items
    compared = wish.asks("cheaper_source") and any(item.role == "unit_cost" for item in items)
    target = max((item.value for item in items if item.role == "target"), default=None)
    reached = [item for item in items if item.role == "arr" and (compared or (target is not None and item.value < target))]
    return tuple(item._replace(role="revenue") if item in reached else item for item in items)


def _rates_placed(items: Items, wish: Wish) -> Items:
    """Two rates behind sourced and influenced deals, in the order of the deals."""
    rates = [item for item in items if item.role == "commission" or (item.kind == PERCENT and not item.role)]
    kinds = [item.role for item in items if item.role in _OF_KIND]
    if len(rates) != 2 or sorted(kinds) != sorted(_OF_KIND) or any(item.qualifier in {"sourced", "influenced"} for item in rates) or any(item.role == "influenced" for item in items):
        return items
    roles = dict(zip((item.start for item in rates), (_OF_KIND[kind] for kind in kinds), strict=True))
    return tuple(item._replace(role=roles.get(item.start, item.role)) for item in items)


def _share_placed(items: Items, wish: Wish) -> Items:
    """`one in eight pays`: a single share said in words is the share of the leads that closes."""
    loose = [item for item in items if item.kind == PERCENT and not item.role and item.parts]
    if len(loose) != 1 or not any(item.role in {"leads", "accounts", "fee", "commission", "effort"} for item in items) or any(item.role == "close" for item in items):
        return items
    return tuple(item._replace(role="close") if item is loose[0] else item for item in items)


def _some_placed(items: Items, wish: Wish) -> Items:
    """`2,400 for every closed referral, three of them a month`: of them means deals, where no partners are counted."""
    if any(item.role in {"partners", "leads", "accounts"} for item in items) or not any(item.role in {"fee", "deal"} for item in items):
        return items
    return tuple(item._replace(role="deals") if item.role == "some" else item for item in items)


def _attached_placed(items: Items, wish: Wish) -> Items:
    """`of 120 deals 33 had a partner involved`: a bare number below that of the deals is the part of them asked about."""
    most = max((item.value for item in items if item.role in {"deals", "leads"}), default=None)
    bare = [item for item in items if not item.role and item.kind not in {MONEY, PERCENT} and most is not None and item.value < most]
    if len(bare) != 1 or not wish.asks("attach") or any(item.role == "some" for item in items):
        return items
    return tuple(item._replace(role="some") if item in bare else item for item in items)


def _rate_placed(items: Items, wish: Wish) -> Items:
    loose = [item for item in items if item.kind == PERCENT and not item.role]
    asked = any(wish.says(intent) for intent in ("bill", "earnings", "flat_or_percent", "worth"))
    asked = asked or wish.asks("bill", "earnings", "cheaper_source", "cost_of_sale")
    if any(item.role in {"commission", "reseller"} for item in items):
        return items
    if not loose and wish.asks("bill") and any(item.role == "deals" for item in items) and not any(item.role in {"leads", "accounts", "fee"} for item in items):
        loose = [item for item in items if item.role == "close"]
    if not loose and wish.asks("bill"):
        loose = [item for item in items if item.role == "target_share"]
    if len(loose) != 1 or not asked:
        return items
    return tuple(item._replace(role="commission") if item is loose[0] else item for item in items)


def _deal_placed(items: Items, wish: Wish) -> Items:
    loose = [item for item in items if item.kind == MONEY and not item.role]
    if len(loose) == 1 and wish.asks(*_AIMED) and not any(item.role in {"target", "cost", "earn"} for item in items) and (wish.asks("pipeline") or any(item.role == "deal" for item in items)):
        return tuple(item._replace(role="target") if item is loose[0] else item for item in items)
    needs = any(item.role in {"commission", "reseller", "deals", "step", "close"} for item in items)
    if len(loose) != 1 or not needs or any(item.role in {"deal", "base"} for item in items):
        return items
    return tuple(item._replace(role="deal") if item is loose[0] else item for item in items)
