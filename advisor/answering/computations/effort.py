"""Does it pay for the one who does the work: return on hours, fee needed, a changed effort, our own effort, trained people."""

from __future__ import annotations

from advisor.answering.computations.inputs import Inputs
from advisor.answering.computations.lines import Line, Outcome, outcome
from advisor.toolbox import economics
from advisor.toolbox.economics import whole, worked
from advisor.toolbox.parts import Part

MULTIPLE, USUAL = "opportunity-cost-multiple", "referral-commission-first-year"


def pay(n: Inputs) -> Part | None:
    """What one closed deal pays the partner: the fee, or the percentage of the deal."""
    fee, rate, size = n.one("fee"), n.one("commission"), n.size
    if fee is not None:
        return fee
    return economics.commission(None, size, rate) if rate and size else None


def worth(n: Inputs) -> Outcome | None:
    """The return on a partner's hours, held against what the same hours earn elsewhere."""
    paid, effort = pay(n), n.effort
    if paid is None or effort is None or n.says("ours"):
        return None
    time, unit = effort
    close, rate = n.one("close"), n.rate(unit)
    found = economics.partner_return(paid, time, close=close, rate=rate, multiple=n.cited(MULTIPLE))
    money = f"money per {unit}"
    figures = {"hourly": worked(found.hourly, money)}
    words = {"per": n.every(unit)}
    if rate is not None and found.times is not None:
        figures |= {"times": worked(found.times, "multiple")}
        words |= {"rate": n.money(rate)}
    said = (worked(rate, money),) if rate else ()
    lines = [Line(f"worth.{found.verdict}", figures, words, "lead", said=said), *_bar(n, found, unit), *_share_now(n, paid)]
    lines += [*_needed(n, found), *_effort(found, unit)]
    if n.assumes_day(time, rate):
        lines.append(Line("assumed.day", said=(worked(n.day, "hours"),), words={"hours": n.day.formula}))
    asks = [*([] if rate else ["rate"]), *([] if close else ["close"]), *([] if n.size else ["deal"])]
    return outcome(lines, asks, paid, time, close, rate, n.size)


def _bar(n: Inputs, found: economics.Return, unit: str) -> list[Line]:
    lines = [Line("", record=MULTIPLE)]
    if found.worth:
        low, high = found.worth
        lines.append(Line("worth.bar", {"span": (worked(low, f"money per {unit}"), worked(high, f"money per {unit}"))}, {"per": n.every(unit)}))
    return lines


def _needed(n: Inputs, found: economics.Return) -> list[Line]:
    """The pay that would be enough, and what it is of a deal."""
    if found.fees is None or found.verdict == "enough":
        return []
    low, high = found.fees
    lines = [Line("worth.fee", {"span": (worked(low, "money"), worked(high, "money"))}, place="change", section="lever")]
    if n.size is not None:
        shares = [economics.in_percent(each, n.size) for each in found.fees]
        span = (worked(shares[0], "percent"), worked(shares[1], "percent"))
        lines.append(Line(f"worth.share.{place(n, *shares)}", {"span": span}, {"deal": "word.deal"}, "change", "lever"))
    return lines


def _share_now(n: Inputs, paid: Part) -> list[Line]:
    """What a flat fee is of a deal; a percentage is only held against the usual ones."""
    if n.size is None:
        return []
    now = economics.in_percent(paid, n.size) if n.one("fee") else n.one("commission")
    if now is None:
        return []
    part = now if n.one("fee") else now * economics.HUNDRED
    return [Line(f"worth.now.{place(n, part)}", {"share": worked(part, "percent")})] if n.one("fee") else [rate_line(n, now)]


def rate_line(n: Inputs, rate: Part) -> Line:
    """A percentage paid, held against the usual ones."""
    part = rate * economics.HUNDRED
    return Line(f"worth.rate.{place(n, part)}", words={"rate": rate.formula}, said=(worked(part, "percent"),))


def place(n: Inputs, *shares: Part) -> str:
    """Where shares stand against the usual ones, in percent: below, inside, above, or with one end or both outside: partly_below, partly, across."""
    low, high = (each.value * 100 for each in n.cited(USUAL))
    least, most = shares[0].value, shares[-1].value
    if least > high or most < low:
        return "above" if least > high else "below"
    if least < low:
        return "across" if most > high else "partly_below"
    return "partly" if most > high else "inside"


def _effort(found: economics.Return, unit: str) -> list[Line]:
    if found.efforts is None or found.verdict == "enough":
        return []
    low, high = found.efforts
    return [Line("worth.effort", {"span": (worked(low, f"{unit}s"), worked(high, f"{unit}s"))}, {"unit": f"word.{unit}s"}, "change", "lever"), Line("worth.effort_how", place="change", section="lever")]


def needed_fee(n: Inputs) -> Outcome | None:
    """The fee that would be worth the hours, where none was named."""
    effort = n.effort
    rate = n.rate(effort[1]) if effort else None
    if effort is None or rate is None or pay(n) is not None:
        return None
    time = effort[0]
    fees = economics.fees_needed(time, rate, n.cited(MULTIPLE), n.one("close"))
    shares = [economics.in_percent(each, n.size) for each in fees] if n.size is not None else []
    where = place(n, *shares) if shares else ""
    key = "needed.too_much" if where == "above" else "needed.lead"
    lines = [Line(key, {"span": (worked(fees[0], "money"), worked(fees[1], "money"))}, place="lead"), Line("", record=MULTIPLE)]
    if shares:
        lines.append(Line(f"worth.share.{where}", {"span": (worked(shares[0], "percent"), worked(shares[1], "percent"))}, {"deal": "word.deal"}))
    if where == "above":
        lines.append(Line("worth.effort_how", place="change", section="lever"))
    lines.append(Line("needed.cost", {"cost": worked(rate * time, "money")}))
    if n.assumes_day(time, rate):
        lines.append(Line("assumed.day", said=(worked(n.day, "hours"),), words={"hours": n.day.formula}))
    return outcome(lines, [*([] if n.size else ["deal"]), *([] if n.one("close") else ["close"])], *fees, n.size)


def changed_effort(n: Inputs) -> Outcome | None:
    """The return on hours before and after the effort changes."""
    efforts, paid = n.all("effort"), pay(n)
    if len(efforts) != 2 or paid is None:
        return None
    before, after = (paid / each for each in efforts)
    figures = {"before": worked(before, "money per hour"), "after": worked(after, "money per hour")}
    return outcome([Line("changed.lead", figures, place="lead"), Line("", record=MULTIPLE)], ["rate", *([] if n.one("close") else ["close"])], before, after)


def ours(n: Inputs) -> Outcome | None:
    """What is left to the client himself when he is the one who is paid and works for it."""
    paid, effort = pay(n), n.effort
    if paid is None or effort is None or not n.says("ours"):
        return None
    time, unit = effort
    close, rate = n.one("close"), n.rate(unit)
    hourly = (paid * close if close else paid) / time
    figures = {"hourly": worked(hourly, f"money per {unit}")}
    if rate is None:
        return outcome([Line("ours.open", figures, {"per": n.every(unit)}, "lead")], ["own_rate", *([] if close else ["close"])], hourly)
    left = (paid * close if close else paid) - time * rate
    key = "ours.ahead" if left.value > 0 else "ours.behind"
    left = left if left.value > 0 else time * rate - (paid * close if close else paid)
    lines = [Line(key, {"left": worked(left, "money"), **figures}, {"per": n.every(unit)}, "lead")]
    lines.append(Line("ours.rate", words={"rate": n.money(rate), "per": n.every(unit)}, said=(worked(rate, f"money per {unit}"),)))
    if n.assumes_day(time, rate):
        lines.append(Line("assumed.day", said=(worked(n.day, "hours"),), words={"hours": n.day.formula}))
    return outcome(lines, [] if close else ["close"], left, n.one("day_length"))


def trained(n: Inputs) -> Outcome | None:
    """Days of several people as a cost, and how many projects earn it back."""
    people, effort, daily = n.one("people"), n.effort, n.one("day_rate")
    gain = n.one("contribution") or n.size
    if people is None or effort is None or daily is None or effort[1] != "day" or gain is None or n.one("fee", "commission"):
        return None
    cost = people * effort[0] * daily
    deals = economics.break_even(cost, gain)
    if deals is None:
        return None
    lines = [Line("trained.lead", {"deals": whole(deals, "projects"), "cost": worked(cost, "money")}, place="lead")]
    lines.append(Line("trained.contribution" if n.one("contribution") else "even.on_value"))
    return outcome(lines, [] if n.one("contribution") else ["margin"], deals)


def onboarding(n: Inputs) -> Outcome | None:
    """What one productive partner costs when only some of those onboarded ever sell."""
    effort, rate, never, active = n.effort, n.one("rate"), n.one("never"), n.one("active")
    if effort is None or rate is None or not (never or active) or pay(n) is not None:
        return None
    each = effort[0] * rate
    good = active or economics.ONE - never  # type: ignore[operator]
    if good.value <= 0:
        return None
    figures = {"cost": worked(each / good, "money"), "each": worked(each, "money")}
    return outcome([Line("onboarding.lead", figures, place="lead")], ["tools_cost"], each / good)


def saved_time(n: Inputs) -> Outcome | None:
    """A yearly price against hours saved each week."""
    saved = next((item for item in n.quantities if item.role == "effort" and item.per == "week" and item.unit == "hour"), None)
    price, rate = economics.total(n.costs), n.one("rate")
    if saved is None or price is None or rate is None:
        return None
    week = n.all("effort")[0]
    hours = price / rate
    need = hours / economics.WEEKS
    key = "saved.pays" if week.value >= need.value else "saved.not"
    figures = {"need": worked(need, "hours")}
    return outcome([Line(key, figures, {"week": f"{week.formula} hours"}, "lead", said=(worked(week, "hours"),)), Line("saved.weeks", {"saving": worked(week * economics.WEEKS * rate, "money")})], ["saved_use"], need, week)
