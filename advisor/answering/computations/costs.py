"""What partners cost and what stays: break-even deals, cost per deal and per win, payback and return, margins left over."""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.answering.computations.inputs import Inputs
from advisor.answering.computations.effort import rate_line
from advisor.answering.computations.lines import Line, Outcome, outcome
from advisor.domain import PhaseId
from advisor.domain.client import phase_of
from advisor.toolbox import economics
from advisor.toolbox.economics import whole, worked
from advisor.toolbox.parts import Part

_AGE = re.compile(r"\d (?:years?|months?)\b|\bold\b|\bage|start|launch|began|since|running|live")
_ROI = {PhaseId.EARLY: "programme-roi-early", PhaseId.GROWTH: "programme-roi-growth"}


def _fixed(n: Inputs) -> Part | None:
    """All fixed costs, or the share of one that the message takes."""
    fixed, taken = economics.total(n.costs), n.one("time_share")
    return fixed * taken if fixed and taken else fixed


def break_even(n: Inputs) -> Outcome | None:
    """How many deals cover a fixed cost, from what each leaves after its commission."""
    fixed, per = _fixed(n), _left_per_deal(n)
    if fixed is None or per is None or n.one("revenue", "pipeline") is not None:
        return None
    deals = economics.break_even(fixed, per)
    if deals is None:
        lost = Part(-per.value, f"0 − ({per.formula})", per.uses)
        return outcome([Line("even.never", {"lost": worked(lost, "money")}, place="lead")], ["margin"] if not n.one("margin") else [], fixed, per)
    sides = "theirs" if n.says("theirs") else "yours"
    lines = [Line(f"even.{sides}", {"deals": whole(deals, "deals")}, place="lead"), Line("even.per_deal", {"left": worked(per, "money")})] if "×" in per.formula or "−" in per.formula else [Line(f"even.{sides}", {"deals": whole(deals, "deals")}, place="lead")]
    lines += [*_basis(n, sides), *_done(n, fixed, per)]
    close = n.one("close")
    if close is not None and n.one("deals") is None:
        lines.append(Line("even.referrals", {"referrals": whole(deals / close, "referrals")}))
    if n.says("change") or sides == "yours":
        lines.append(Line("even.change", place="change"))
    return outcome(lines, _even_asks(n, sides), deals, close if n.one("deals") is None else None, *(_done_parts(n)))


def _left_per_deal(n: Inputs) -> Part | None:
    """What a deal leaves: as stated, the reseller's margin where the cost is his, else value or gross profit less commission."""
    stated, size = n.one("contribution"), n.size
    if stated is not None:
        return stated - size * n.one("commission") if size and n.one("commission") else stated  # type: ignore[operator]
    if size is None:
        return None
    tier = n.one("reseller", "distributor", "commission")
    if n.says("theirs") and tier is not None:
        return size * tier
    return economics.contribution(size, margin=n.one("margin"), rate=n.one("commission", "reseller", "distributor"))


def _basis(n: Inputs, sides: str) -> list[Line]:
    if sides == "theirs" or n.one("contribution") is not None:
        return []
    if n.one("margin") is None:
        return [Line("even.on_value")]
    return [Line("even.on_margin" if n.one("commission", "reseller", "distributor") else "even.on_margin_only")]


def _done_parts(n: Inputs) -> list[Part | None]:
    """Deals the message counts, for all partners and a whole year; those of which they are a part too."""
    deals, partners, whole_ = n.yearly("deals"), n.bringing, n.one("whole")
    item = n.quantity("deals")
    if deals is not None and partners is not None and item is not None and item.each:
        deals = deals * partners
    return [deals, whole_]


def _done(n: Inputs, fixed: Part, per: Part) -> list[Line]:
    """Whether the deals named are enough, and what they leave."""
    deals = _done_parts(n)[0]
    if deals is None or n.says("theirs"):
        return []
    brought = deals * per
    if brought.value >= fixed.value:
        return [Line("even.covered", {"result": worked(brought - fixed, "money")})]
    return [Line("even.short", {"result": worked(fixed - brought, "money")})]


def _even_asks(n: Inputs, sides: str) -> list[str]:
    asks = [] if sides == "theirs" or n.one("margin", "contribution") else ["margin"]
    return asks if n.one("commission", "reseller", "distributor", "contribution") or sides == "theirs" else [*asks, "commission"]


def cost_per_deal(n: Inputs) -> Outcome | None:
    """A cost on each deal and as a share of the revenue it stands against."""
    cost, deals, size = economics.total([*n.costs, *n.all("commissions")]), n.yearly("deals"), n.one("deal")
    if cost is None or deals is None or n.one("margin", "contribution", "commission", "fee"):
        return None
    each = cost / deals
    lines = [Line("per_deal.lead", {"each": worked(each, "money")}, place="lead")]
    if size is not None:
        lines.append(Line("per_deal.share", {"share": worked(economics.in_percent(cost, deals * size), "percent"), "revenue": worked(deals * size, "money")}))
    partners = n.one("partners")
    if partners is not None:
        lines.append(Line("per_deal.partner", {"each": worked(cost / partners, "money")}))
    lines += [Line("per_deal.customer_cac")] if n.says("partner_cac") else []
    return outcome(lines, [*([] if size else ["deal"]), "tool_use"], each, size, partners)


def cost_per_win(n: Inputs) -> Outcome | None:
    """What a paid lead costs per deal that closes, and as a share of it."""
    fee, close, leads, deals, size = n.one("fee"), n.one("close"), n.yearly("leads"), n.yearly("deals"), n.size
    if fee is None or n.effort is not None or not (close or (leads and deals)) or (close and leads):
        return None
    each = fee / close if close else leads * fee / deals  # type: ignore[operator]
    lines = [Line("win.lead", {"each": worked(each, "money")}, place="lead")]
    if size is not None:
        lines.append(Line("win.share", {"share": worked(economics.in_percent(each, size), "percent"), "unit": worked(each / size, "money")}))
        lines.append(Line("", record="referral-commission-first-year"))
    return outcome(lines, [*([] if size else ["deal"]), "margin"], each, size)


def compare_sources(n: Inputs) -> Outcome | None:
    """What one unit of revenue costs from each of two sources, one a sentence or one after the other."""
    rows = n.sources
    if len(rows) != 2 or n.one("margin") is not None:
        return None
    first, second = (cost / revenue for cost, revenue in rows)
    key = "sources.first" if first.value < second.value else "sources.second"
    lines = [Line(key, {"first": worked(first, "money"), "second": worked(second, "money")}, place="lead"), Line("sources.caution")]
    return outcome(lines, ["margin"], first, second)


def compare_unit(n: Inputs) -> Outcome | None:
    """What a unit of revenue costs through partners against what it is said to cost elsewhere."""
    fixed, revenue, other, rate = economics.total([*n.costs, *n.all("commissions")]), n.revenue, n.one("unit_cost"), n.one("commission")
    if fixed is None or revenue is None or other is None:
        return None
    each = (fixed + revenue * rate if rate else fixed) / revenue
    key = "sources.partners" if each.value < other.value else "sources.direct"
    lines = [Line(key, {"each": worked(each, "money")}, {"other": other.formula}, "lead", said=(worked(other, "money"),)), Line("sources.caution")]
    return outcome(lines, [*([] if rate or n.all("commissions") else ["commission"]), *([] if n.one("margin") else ["margin"])], each, other)


def compare_cac(n: Inputs) -> Outcome | None:
    """What a customer costs through partners against what one is said to cost elsewhere, and for each year that either stays where churn of both is told."""
    others = [item for item in n.of("cac") if item.qualifier != "partner"]
    other = n.one("cac") if len(others) == len(n.of("cac")) == 1 else None
    serving = n.of_a_customer
    fixed, deals, size, rate = economics.total([*n.costs_beside(serving), *n.all("commissions")]), n.yearly("deals"), n.size, n.one("commission")
    margin = None if rate or n.one("fee") else economics.total(n.all("reseller"))
    pay = n.one("fee") or (size * rate if size and rate else size * margin if size and margin else None)
    pay = economics.total([*([pay] if pay else []), *(n.yearly_part(item) for item in serving)]) if pay else None
    if other is None or (fixed is None) != (deals is None) or n.one("close") is not None:
        return None
    each = fixed / deals if fixed and deals else None
    each = each + pay if each and pay and not n.all("commissions") else each or pay
    if each is None:
        return None
    left = "partners" if each.value <= other.value else "direct"
    bracketed = each if each.atomic else Part(each.value, f"({each.formula})", each.uses)  # `2,100 − 16,000` at the end of a sum reads as a range
    lines = [Line(f"cac.{left}", {"each": worked(each, "money"), "apart": worked(other - each if left == "partners" else bracketed - other, "money")}, {"other": n.money(other)}, "lead", said=(worked(other, "money"),))]
    lines += _stays(n, each, other)
    if fixed and pay and other.value > pay.value and not n.all("commissions"):
        lines.append(Line("cac.from", {"deals": whole(fixed / (other - pay), "deals")}, place="lead"))
    lines += [Line("cac.margin_yearly")] if margin else []
    lines += [Line("cac.no_fixed" if serving or margin else "cac.fee_only")] if fixed is None else []
    if rate:
        first = n.wish.yes_or_no and not n.wish.asks("cheaper_source", "cac", "payback", "roi")  # whether the rate is right is asked then
        lines = [replace(rate_line(n, rate), place="lead"), *lines] if first else [*lines, rate_line(n, rate)]
    return outcome(lines, ["cost"] if fixed is None else ["margin"], each, other, size, *n.all("churn"))


def _stays(n: Inputs, each: Part, other: Part) -> list[Line]:
    """The same for each year that a customer stays, by the churn of both: he stays 1 ÷ churn years."""
    own = [item for item in n.of("churn") if item.qualifier != "direct"]
    direct = [item for item in n.of("churn") if item.qualifier == "direct"]
    if len(own) != 1 or len(direct) != 1:
        return []
    ours, theirs = each * n.yearly_part(own[0]), other * n.yearly_part(direct[0])
    key = "cac.stays_partners" if ours.value <= theirs.value else "cac.stays_direct"
    return [Line(key, {"ours": worked(ours, "money"), "theirs": worked(theirs, "money")}, place="lead")]


def payback(n: Inputs) -> Outcome | None:
    """When a programme's cost comes back, and its return."""
    revenue, close = n.revenue, n.one("close")
    pipeline = n.one("pipeline")
    if revenue is None and pipeline is not None and close is not None:
        revenue = pipeline * close
    fixed, rate, margin = economics.total([*n.costs, *n.all("commissions")]), n.one("commission"), n.one("margin")
    if fixed is None or revenue is None:
        return None
    cost = fixed + revenue * rate if rate else fixed
    if margin is None:
        figures = {"each": worked(cost / revenue, "money"), "times": worked(revenue / cost, "multiple")}
        return outcome([Line("payback.open", figures, place="lead"), Line("payback.months_value", {"months": worked(cost / revenue * economics.MONTHS, "months")}), Line("even.on_value")], ["margin", "age"], cost, revenue)
    found = economics.payback(cost, revenue, margin)
    if found.months is None:
        return None
    key = "payback.lead" if found.back.value >= 0 else "payback.not_yet"
    lines = [Line(key, {"months": worked(found.months, "months"), "profit": worked(found.profit, "money")}, place="lead")]
    if found.back.value >= 0:
        back = Line("payback.back", {"back": worked(found.back, "multiple")}, place="lead")
        lines = [back, *lines] if n.wish.asks("roi") else [*lines, back]
    else:
        lines.append(Line("payback.short", {"gap": worked(cost - found.profit, "money")}))
    lines += [*_held_against(n), Line("payback.pace")]
    if n.one("influenced_revenue") is not None:
        lines.append(Line("payback.influenced", words={"amount": n.money(n.all("influenced_revenue")[0])}))
    return outcome(lines, [] if _phase(n) else ["age"], found.back, n.one("influenced_revenue"))


def _phase(n: Inputs) -> PhaseId | None:
    """The programme's phase, where its age was said as such: what it cost last year says nothing of its age."""
    fact = n.client.facts.get("programme_age_months")
    if fact is not None and fact.quote and fact.quote in n.question and not _AGE.search(fact.quote.lower()):
        return None
    return phase_of(n.client.programme_age_months, n.client.partners.signed)


def _held_against(n: Inputs) -> list[Line]:
    phase = _phase(n)
    if phase in _ROI:
        return [Line("", record=_ROI[phase]), Line("payback.three_years")]
    return [Line("payback.by_age")] if phase is None else []


def left_over(n: Inputs) -> Outcome | None:
    """What a sale through a reseller leaves after his margin and the costs of delivery, support and onboarding."""
    price, tiers = n.size or n.revenue, [*n.all("reseller"), *n.all("distributor")]
    costs = [part for role in ("delivery", "support", "onboarding") for part in n.all(role)]
    if price is None or not tiers or len(n.all("reseller")) > 1:
        return None
    if n.says("theirs"):
        return _left_to_reseller(n, price, tiers[0], costs)
    partners, item = n.one("partners"), n.quantity("revenue")
    price = partners * price if partners and item and item.each else price
    net = economics.net_of_channel(price, tiers)
    fixed = [*costs, *n.costs]
    rest = net - _together(fixed) if fixed else net
    key = ("left.some" if rest.value > 0 else "left.none") if n.wish.yes_or_no else "left.stays" if rest.value > 0 else "left.lacks"
    missing = rest.value <= 0
    rest = _together(fixed) - net if missing else rest
    lines = [Line(key if fixed else "left.net", {"left": worked(rest, "money")}, place="lead")]
    passed = n.one("passed")
    if passed is not None:
        lines.append(Line("left.passed", {"his": worked(price * (tiers[0] - passed), "money")}, place="lead"))
    if fixed:
        lines += [Line("left.net_of", {"net": worked(net, "money")}), *([] if missing else [Line("left.share", {"share": worked(economics.in_percent(rest, net), "percent")})])]
    multiple = n.one("multiple")
    if multiple is not None:
        lines.insert(0, _direct(price, multiple, tiers[0]))
    lines += [Line("left.usual"), Line("left.change", place="change")]
    return outcome(lines, ["own_cost"] if not costs else [], rest, multiple, passed)


def _together(costs: list[Part]) -> Part:
    found = economics.total(costs)
    assert found is not None  # only called with costs  # noqa: S101
    return found


def _direct(price: Part, multiple: Part, margin: Part) -> Line:
    """The same revenue bought by direct selling at a multiple of it."""
    channel, direct = price * margin, price * multiple
    key = "left.direct_dearer" if direct.value > channel.value else "left.direct_cheaper"
    return Line(key, {"channel": worked(channel, "money"), "direct": worked(direct, "money")}, place="lead")


def _left_to_reseller(n: Inputs, price: Part, margin: Part, costs: list[Part]) -> Outcome | None:
    """What his margin leaves the reseller after the days and costs he puts in."""
    effort, rate = n.effort, None
    rate = n.rate(effort[1]) if effort else None
    spent = [*costs, *n.costs, *([effort[0] * rate] if effort and rate else [])]
    if not spent:
        return None
    rest = price * margin - _together(spent)
    key = "left.theirs" if rest.value > 0 else "left.theirs_none"
    rest = rest if rest.value > 0 else _together(spent) - price * margin
    lines = [Line(key, {"left": worked(rest, "money"), "margin": worked(price * margin, "money")}, place="lead"), Line("left.usual")]
    return outcome(lines, ["others"], rest)


def points_left(n: Inputs) -> Outcome | None:
    """Percentage points left of a gross margin after the channel's and other shares, where no price is named."""
    margin, tier = n.one("margin"), n.one("distributor", "reseller")
    if margin is None or tier is None or n.size is not None or n.revenue is not None:
        return None
    taken = _together([*n.all("reseller"), *n.all("distributor"), *n.all("fee_share"), *n.all("support")])
    key = "points.some" if margin.value > taken.value else "points.none"
    rest = margin - taken if margin.value > taken.value else taken - margin
    lines = [Line(key, {"left": worked(rest * economics.HUNDRED, "percent")}, place="lead"), Line("left.usual")]
    return outcome(lines, ["deal"], rest)


def compare_fees(n: Inputs) -> Outcome | None:
    """Percentages of a volume against a fixed price for the same."""
    fees, volume, price = n.all("fee_share"), n.revenue or n.size, economics.total(n.costs)
    if not fees or volume is None or price is None:
        return None
    cost = _together(fees) * volume
    key = "fees.fixed" if cost.value > price.value else "fees.share"
    figures = {"cost": worked(cost, "money"), "even": worked(price / _together(fees), "money")}
    return outcome([Line(key, figures, {"price": n.money(price)}, "lead"), Line("fees.caution")], ["own_hours"], cost, price)

