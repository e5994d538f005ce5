"""What is paid on deals: earnings, the bill, sourced and influenced, a changed rate, flat or percent, once or each year, reps."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.answering.computations.effort import rate_line
from advisor.answering.computations.inputs import Inputs
from advisor.answering.computations.lines import Figure, Line, Outcome, outcome
from advisor.domain.regex import Regex
from advisor.intake.patterns import lexicon
from advisor.intake.quantities import MONEY, PERCENT, Quantity
from advisor.toolbox import economics
from advisor.toolbox.economics import whole, worked
from advisor.toolbox.parts import Part, number

_INSTEAD = Regex(r"\d\s?(?:%|percent) (?:instead of|rather than|up from|down from|and not)\b")
INFLUENCED = "influenced-commission-share"
_OF_THAT = Regex(r"% (?:of (?:that|it|the)|thereof)\b|\bhalf\b")
_REP = {"sourced": "rep-sourced-pay", "co_sold": "rep-co-sold-pay", "closed": "rep-partner-closed-pay"}


def _per_deal(n: Inputs) -> Part | None:
    rate, size = n.one("commission"), n.size
    return n.one("fee") or (economics.commission(None, size, rate) if rate and size else None)


def _usual(n: Inputs) -> list[Line]:
    rate = n.one("commission")
    return [rate_line(n, rate)] if rate else []


def earnings(n: Inputs) -> Outcome | None:
    """What a partner earns on so many deals, or how many he needs for so much."""
    each, deals, target = _per_deal(n), n.yearly("deals"), n.one("earn")
    if each is None or (deals is None and target is None) or not n.says("earnings"):
        return None
    figures = {"each": worked(each, "money")}
    if target is not None:
        needed = target / each
        lines = [Line("earnings.needed", {"deals": whole(needed, "deals"), **figures}, place="lead")]
        return outcome([*lines, *_usual(n)], ["effort"], needed)
    sum_ = deals * each if deals else each
    lines = [Line("earnings.lead", {"total": worked(sum_, "money"), **figures}, place="lead")]
    return outcome([*lines, *_usual(n), Line("", record="opportunity-cost-multiple")], ["effort", "rate"], sum_)


def owed(n: Inputs) -> Outcome | None:
    """Commission on sourced and on influenced deals, each on a line of its own."""
    rate, sourced, influenced = n.one("commission"), n.one("sourced"), n.one("influenced_deals")
    sizes = n.all("deal") or n.all("base")
    if rate is None or not sizes or not n.mentions("influenced"):
        return None
    paid = _influenced(n, rate)
    if sourced is None and influenced is None:
        return _either(n, sizes[0], rate, paid)
    lines, parts = [], []
    for count, each, kind in ((sourced, rate, "sourced"), (influenced, paid, "influenced")):
        size = _size_of(n, kind)
        if count is not None and size is None:
            return None
        if count is not None and size is not None:
            parts.append(count * size * each)
            lines.append(Line(f"owed.{kind}", {"owed": worked(parts[-1], "money")}, place="lead"))
    if len(parts) > 1:
        lines.insert(0, Line("owed.total", {"total": worked(parts[0] + parts[1], "money")}, place="lead"))
    lines += [Line("", record=INFLUENCED), Line("owed.two_lines")]
    return outcome(lines, ["active"], *parts)


def _size_of(n: Inputs, kind: str) -> Part | None:
    """The size of sourced or of influenced deals: one said of them, else one said of all."""
    deals = n.of("deal")
    own = [item for item in deals if item.qualifier == kind] or [item for item in deals if item.qualifier not in {"sourced", "influenced"}]
    if not own:
        return n.one("base")
    return n.yearly_part(own[0 if kind == "sourced" else -1])


def _influenced(n: Inputs, rate: Part) -> Part:
    """What an influenced deal pays: a rate of its own where the one named is lower than that for sourced deals, else a share of that rate."""
    said = n.one("influenced")
    if said is not None and said.value < rate.value and not _OF_THAT.search(n.question.lower()):
        return said
    return rate * (said or n.cited(INFLUENCED)[0])


def helped(n: Inputs) -> Outcome | None:
    """What help in a deal of the client's own pays, against the full rate that is asked for."""
    rates, sizes = n.all("commission"), n.all("deal") or n.all("base")
    rates = rates or [n.yearly_part(item) for item in n.numbers if item.kind == PERCENT]
    sizes = sizes or [n.yearly_part(item) for item in n.numbers if item.kind == MONEY and item.role != "arr"]
    if len(rates) != 1 or len(sizes) != 1:
        return None
    full = sizes[0] * rates[0]
    half = full * n.cited(INFLUENCED)[0]
    return outcome([Line("owed.helped", {"influenced": worked(half, "money"), "sourced": worked(full, "money")})], [], full, half)


def _either(n: Inputs, size: Part, rate: Part, half: Part) -> Outcome:
    """One deal whose kind is in doubt: both amounts."""
    full = size * rate
    figures = {"sourced": worked(full, "money"), "influenced": worked(size * half, "money")}
    lines = [Line("owed.either", figures, place="lead"), Line("", record=INFLUENCED), Line("owed.decides"), *_usual(n)]
    return outcome(lines, ["first_touch"], full, half)


def bill(n: Inputs) -> Outcome | None:
    """What so many deals or referrals cost in commission, with a person or a programme on top where one is named."""
    if len(n.all("deal")) > 1 and n.size is None:
        return _listed(n)
    each, deals = _per_deal(n), n.yearly("deals") or n.yearly("sourced")
    leads, close = n.yearly("leads"), n.one("close")
    count = deals or (leads * close if leads and close and n.one("fee") else None)
    if each is None or count is None or n.one("earn"):
        return None
    rate, size = n.one("commission"), n.size
    paid = count * size * rate if rate and size and not n.one("fee") else count * each
    fixed = economics.total(n.costs)
    lines = [Line("bill.lead", {"paid": worked(paid, "money")}, place="lead")]
    if fixed is not None:
        lines = [Line("bill.with_cost", {"paid": worked(paid, "money"), "total": worked(paid + fixed, "money")}, place="lead")]
    value = count * size if size else None
    if value is not None:
        lines.append(Line("bill.share", {"share": worked(economics.in_percent(paid + fixed if fixed else paid, value), "percent"), "value": worked(value, "money")}))
    lines += _usual(n)
    if fixed is not None and size is not None:
        per = economics.contribution(size, margin=n.one("margin"), rate=rate)
        even = economics.break_even(fixed, per)
        if even is not None:
            key = "bill.even" if count.value >= even.up else "bill.not_even"
            lines += [Line(key, {"deals": whole(even, "deals")}, {"count": count.formula}, "change"), *([] if n.one("margin") else [Line("even.on_value", place="change")])]
    return outcome(lines, [*([] if size else ["deal"]), *([] if n.one("margin") or not fixed else ["margin"])], paid, fixed, value, n.one("margin"))


def _listed(n: Inputs) -> Outcome | None:
    """The commission on deals of different size that the message lists one by one."""
    rate, value, deals = n.one("commission"), economics.total(n.all("deal")), n.one("deals", "sourced")
    if rate is None or value is None or n.one("fee") or n.effort or (deals and deals.value != len(n.all("deal"))):
        return None
    return outcome([Line("bill.lead", {"paid": worked(value * rate, "money")}, place="lead"), *_usual(n)], [], value * rate, deals)


def one_deal(n: Inputs) -> Outcome | None:
    """What one deal pays, where nothing more can be worked out."""
    rate, size = n.one("commission"), n.size
    if rate is None or size is None:
        return None
    lines = [Line("one_deal.lead", {"paid": worked(size * rate, "money")}, place="lead"), *_usual(n)]
    return outcome(lines, ["effort", "rate"], size * rate)


def rate_change(n: Inputs) -> Outcome | None:
    """What a higher rate costs on the same revenue, and how much more business covers it."""
    rates = n.all("commission")[:2] if len(n.all("commission")) > 1 else n.all("reseller")[:2]
    rates = rates[::-1] if _INSTEAD.search(n.question.lower()) else rates
    revenue = n.revenue or _volume(n)
    if {item.qualifier for item in n.of("commission")} & {"once", "yearly"}:
        return None
    if len(rates) != 2 or revenue is None:
        return None
    found = economics.rate_change(rates[0], rates[1], revenue, size=n.one("deal"), margin=n.one("margin"))
    key = "change.more" if found.extra.value >= 0 else "change.less"
    extra = found.extra if found.extra.value >= 0 else economics.rate_change(rates[1], rates[0], revenue).extra
    lines = [Line(key, {"extra": worked(extra, "money")}, {"old": rates[0].formula, "new": rates[1].formula}, "lead", said=tuple(worked(rate * economics.HUNDRED, "percent") for rate in rates))]
    basis = "margin" if n.one("margin") else "value"
    if found.extra.value > 0 and found.deals is not None:
        lines.append(Line(f"change.deals.{basis}", {"deals": whole(found.deals, "deals")}, place="lead"))
    elif found.extra.value > 0 and found.volume is not None:
        lines.append(Line(f"change.volume.{basis}", {"volume": worked(found.volume, "money")}, place="lead"))
    elif found.extra.value > 0:
        lines.append(Line("change.never", place="lead"))
    if n.all("commission"):
        lines.append(rate_line(n, rates[1]))
    else:
        lines.append(Line("", record="reseller-margin"))
    return outcome(lines, [] if n.one("margin") else ["margin"], found.extra, found.deals, n.one("margin"))


def _volume(n: Inputs) -> Part | None:
    deals, size = n.yearly("deals"), n.size
    return deals * size if deals and size else None


def flat_or_percent(n: Inputs) -> Outcome | None:
    """At what deal size a flat fee and a percentage pay the same, and what each pays at the sizes named."""
    fee, rate = n.one("fee"), n.one("commission")
    if fee is None or rate is None or n.effort is not None:
        return None
    equal = economics.equal_size(fee, rate)
    sizes = n.all("deal")[:3]
    lines = [Line("flat.lead", {"size": worked(equal, "money")}, place="meaning" if len(sizes) == 1 else "lead")]
    for size in sizes:
        key = "flat.more" if fee.value > (size * rate).value else "flat.less"
        figures = {"percent": worked(size * rate, "money"), "share": worked(economics.in_percent(fee, size), "percent")}
        lines.append(Line(key, figures, {"size": n.money(size), "fee": n.money(fee)}, "lead" if len(sizes) == 1 else "meaning", said=(worked(size, "money"), worked(fee, "money"))))
    lines += [*_usual(n), Line("flat.advice", place="change")]
    return outcome(lines, [] if n.all("deal") else ["deal"], equal, *n.all("deal"))


def lifetime(n: Inputs) -> Outcome | None:
    """A commission once against a smaller one each year, over so many years or as long as customers stay."""
    rates, size, retention = n.all("commission"), n.size, n.one("retention")
    churn = n.one("churn") or (economics.ONE - retention if retention else None)
    span = next((item for item in n.quantities if item.unit == "year"), None)
    told = {item.qualifier for item in n.of("commission")} == {"once", "yearly"}
    if len(rates) != 2 or not (told or n.says("lifetime")):
        return None
    if size is None:
        return _in_shares(n, rates, span, first=n.of("commission")[0].qualifier == "once" if told else n.first_is_once)
    first = n.of("commission")[0].qualifier == "once" if told else n.first_is_once
    once, each = (rates[0], rates[1]) if first else (rates[1], rates[0])
    years = int(span.value) if span and span.value <= 10 else None
    stays = economics.recurring(size, each, years=years, churn=churn)
    if stays is None:
        return outcome([Line("lifetime.open", {"once": worked(size * once, "money"), "yearly": worked(size * each, "money")}, place="lead")], ["churn"], size * once, size * each)
    key = "lifetime.once_cheaper" if (size * once).value <= stays.value else "lifetime.each_cheaper"
    figures = {"once": worked(size * once, "money"), "each": worked(stays, "money")}
    lines = [Line(key, figures, place="lead"), Line("lifetime.years" if years else "lifetime.life")]
    even = once / each
    lines += [Line("lifetime.even", {"years": worked(even, "years")}), rate_line(n, once)]
    uses = frozenset({("years", span.start)}) if span else frozenset()
    found = outcome(lines, [*([] if churn else ["churn"])], size * once, stays)
    return Outcome(found.lines, found.asks, found.uses | uses)


def _in_shares(n: Inputs, rates: Sequence[Part], span: Quantity | None, *, first: bool) -> Outcome | None:
    """The same in shares of a year's value, where nobody tells what a deal is worth but how long customers stay."""
    if span is None or span.role not in {"", "years"}:
        return None
    once, each = (rates[0], rates[1]) if first else (rates[1], rates[0])
    years = number(span.value, ("years", span.start))
    total = each * years
    key = "lifetime.share_once" if once.value <= total.value else "lifetime.share_each"
    told = worked(once * economics.HUNDRED, "percent")
    lines = [Line(key, {"each": worked(total * economics.HUNDRED, "percent")}, {"once": once.formula}, "lead", said=(told,)), Line("lifetime.even", {"years": worked(once / each, "years")}), rate_line(n, once)]
    return outcome(lines, ["deal"], once, total)


def up_front(n: Inputs) -> Outcome | None:
    """When a recurring commission has paid for hours put in once."""
    rate, size, effort = n.one("commission"), n.size, n.effort
    if rate is None or size is None or effort is None or not n.mentions("recurring") or n.one("fee"):
        return None
    own = n.rate(effort[1])
    if own is None:
        return None
    years = effort[0] * own / (size * rate)
    figures = {"year": whole(years, "years"), "invested": worked(effort[0] * own, "money"), "yearly": worked(size * rate, "money")}
    return outcome([Line("up_front.lead", figures, place="lead"), Line("", record="opportunity-cost-multiple")], ["churn"], years)


def rep_pay(n: Inputs) -> Outcome | None:
    """What an own rep gets on a deal with a partner in it, with the partner's pay and the sum of both where a rate for the partner is named.

    The rep's rate is that of a deal without a partner: on one that is partner-sourced, co-sold or partner-closed a share of it is due.
    """
    full = _standard_pay(n)
    if full is None:
        return None
    partner = _partner_pay(n) if n.of("rep_rate") or n.of("commission_pay") else None
    kinds = _told_kinds(n)
    lines, parts = [], [full]
    for kind in kinds:
        low, high = (full * each for each in n.cited(_REP[kind]))
        single = low.value == high.value
        figures: dict[str, Figure] = {"pay": worked(low, "money") if single else (worked(low, "money"), worked(high, "money"))}
        if partner is not None:
            total = (worked(low + partner, "money"), worked(high + partner, "money"))
            figures |= {"partner": worked(partner, "money"), "total": total[0] if single else total}
            parts.append(partner)
        lines.append(Line(f"rep.{kind}{'_total' if partner else ''}", figures, place="lead"))
    lines += [Line("", record=_REP[kind]) for kind in kinds]
    lines.append(Line("rep.caution_total" if partner else "rep.caution"))
    return outcome(lines, [], *parts)


def _standard_pay(n: Inputs) -> Part | None:
    """A rep's pay on a deal without a partner; none where rates of both are named for one deal of which it is not told what the partner did."""
    size, own = n.size or n.one("revenue"), n.of("rep_rate")
    rate = n.one("rep_rate") if own else n.one("commission")
    meant = n.says("rep_pay") if not own else len(_told_kinds(n)) == 1 or not any(n.of(role) for role in ("commission", "reseller", "influenced", "fee"))
    return n.one("commission_pay") or (size * rate if size and rate and meant else None)


def _partner_pay(n: Inputs) -> Part | None:
    own = n.one("fee_share") if any(item.qualifier == "partner" for item in n.of("fee_share")) else None  # `a partner on a 10 % fee`
    rate, size = n.one("commission") or n.one("reseller") or n.one("influenced") or own, n.size or n.one("revenue")
    return n.one("fee") or (size * rate if size and rate else None)


def _told_kinds(n: Inputs) -> tuple[str, ...]:
    """The kind of deal that the message tells, or all of them where it tells none or several."""
    said = {hit.key for hit in lexicon("sums", "rep_deal").find(n.question.lower())}
    return tuple(said) if len(said) == 1 else tuple(_REP)
