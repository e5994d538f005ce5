"""From counts and rates: the pipeline that a target needs, and the share of partners that did something."""

from __future__ import annotations

from advisor.answering.computations.inputs import Inputs
from advisor.answering.computations.lines import Line, Outcome, outcome
from advisor.toolbox import economics
from advisor.toolbox.economics import whole, worked
from advisor.toolbox.parts import Part


def pipeline(n: Inputs) -> Outcome | None:
    """How many deals, opportunities and partners a target needs."""
    target, size, close = _target(n), n.size, n.one("close")
    if target is None or size is None or (close is None and n.wish.asks("opportunities")):
        return None
    deals = target / size
    lines, parts = [], [deals]
    if close is not None:
        parts.append(deals / close)
        lines.append(Line("pipeline.lead", {"opportunities": whole(deals / close, "opportunities"), "deals": whole(deals, "deals")}, place="lead"))
    else:
        lines.append(Line("pipeline.deals", {"deals": whole(deals, "deals")}, place="lead"))
    lines += [Line("pipeline.target", {"target": worked(target, "money")})] if "×" in target.formula else []
    partners, each = n.bringing, n.yearly("deals")
    if partners is not None:
        parts.append(partners)
        lines.append(Line("pipeline.each" if close else "pipeline.each_deals", {"each": whole(parts[1] / partners if close else deals / partners, "opportunities" if close else "deals")}))
    elif each is not None:
        parts.append(each)
        lines.insert(0, Line("pipeline.partners", {"partners": whole(deals / each, "partners")}, place="lead"))
    lines.append(Line("pipeline.change", place="change"))
    return outcome(lines, [*([] if close else ["win_rate"]), *([] if partners or each else ["active_partners"])], *parts)


def _target(n: Inputs) -> Part | None:
    """Revenue to be reached: as stated, or a share of ARR."""
    share, arr = n.one("target_share"), n.one("arr")
    return arr * share if share and arr else n.one("target")


def activation(n: Inputs) -> Outcome | None:
    """The share of partners that did something, against the trigger for a look at enablement."""
    some, partners = n.one("some"), n.one("partners")
    if some is None or partners is None or some.value > partners.value:
        return None
    rate = economics.in_percent(some, partners)
    key = "activation.low" if rate.value < n.cited("signal-activation")[0].value * 100 else "activation.fine"
    return outcome([Line(key, {"rate": worked(rate, "percent")}, place="lead"), Line("", record="signal-activation")], ["silent"], rate)
