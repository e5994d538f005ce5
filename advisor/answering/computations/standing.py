"""Ratios that a client's own counts and amounts hold without being asked for: how many partners do something, what share they bring, what each brings."""

from __future__ import annotations

from typing import NamedTuple

from advisor.answering.computations.inputs import Inputs
from advisor.answering.computations.lines import Line
from advisor.domain.regex import Regex
from advisor.intake.patterns import lexicon
from advisor.intake.quantities import Quantity
from advisor.toolbox import economics
from advisor.toolbox.economics import worked
from advisor.toolbox.parts import Part, number

_SINGLE = 1
_ENDS = Regex(r"\b(?:healthy|any good|good|bad|ok|okay|normal|decent|enough)\s*\?")  # a question of one word at the end


class Ratio(NamedTuple):
    """One ratio with the metric of the records that it may be held against, where there are any; `base` names what sets it apart from theirs."""

    line: Line
    part: Part
    metric: str = ""
    base: str = ""


def ratios(n: Inputs) -> list[Ratio]:
    """Everything that can be read off, the share of partners that do something first; no amounts of two currencies without a rate."""
    finds = (_activation,) if n.mixed else (_activation, _share, _each, _average)
    return [ratio for find in finds if (ratio := find(n)) is not None]


def judged(n: Inputs) -> bool:
    """Whether the message asks what its numbers say."""
    return says_judge(n.question)


def says_judge(text: str) -> bool:
    """Whether a text asks to have a number judged: `is 120 days too slow`, `normal?`."""
    low = text.lower()
    return lexicon("sums", "judges").first(low) is not None or _ENDS.search(low) is not None


def _activation(n: Inputs) -> Ratio | None:
    found = _partners(n)
    if found is None:
        return None
    part = economics.in_percent(*found)
    ever = lexicon("sums", "ever").first(n.question.lower()) is not None
    return Ratio(Line("standing.ever" if ever else "standing.activation", {"x": worked(part, "percent")}), part, "activation_rate", "ever" if ever else "")


def _partners(n: Inputs) -> tuple[Part, Part] | None:
    """How many partners do something, and of how many; as the client's file has both, where the message itself tells them in words of its own."""
    some, partners = _only(n, "some"), n.of("partners")
    whole = max(partners, key=lambda item: item.value, default=None)
    if some is not None and whole is not None:
        return (n.yearly_part(some), n.yearly_part(whole)) if some.value <= whole.value else None
    active, signed = n.client.partners.active, n.client.partners.signed
    here, there = (_place(n, name) for name in ("active_partners", "signed_partners"))
    if active is None or not signed or active > signed or min(here, there) < 0:
        return None
    return number(active, ("some", here)), number(signed, ("partners", there))


def _place(n: Inputs, name: str) -> int:
    """Where the message tells a fact of the client; -1 where it does not."""
    fact = n.client.facts.get(name)
    return n.question.find(fact.quote) if fact is not None and fact.quote else -1


def _share(n: Inputs) -> Ratio | None:
    brought, whole = _only(n, "revenue") or _only(n, "revenue_said"), _only(n, "whole_money")
    if brought is None or whole is None or brought.value > whole.value:
        return None
    new = lexicon("sums", "new_business").first(n.question.lower()[whole.start : whole.end + 24]) is not None
    part = economics.in_percent(n.yearly_part(brought), n.yearly_part(whole))
    return Ratio(Line("standing.share_new" if new else "standing.share", {"x": worked(part, "percent")}), part, "sourced_share", "new" if new else "")


def _each(n: Inputs) -> Ratio | None:
    some, brought = _only(n, "some"), _only(n, "revenue") or _only(n, "revenue_said")
    if some is None or brought is None or some.value <= _SINGLE:
        return None
    part = n.yearly_part(brought) / n.yearly_part(some)
    return Ratio(Line("standing.each", {"x": worked(part, "money")}), part)


def _average(n: Inputs) -> Ratio | None:
    deals, brought = _only(n, "deals"), _only(n, "revenue") or _only(n, "revenue_said")
    if deals is None or brought is None or deals.value <= _SINGLE or n.of("whole_money") or n.of("some"):
        return None
    part = n.yearly_part(brought) / n.yearly_part(deals)
    return Ratio(Line("standing.average", {"x": worked(part, "money")}), part)


def _only(n: Inputs, role: str) -> Quantity | None:
    """The number of a role where there is just one: of several nobody knows which belongs to which whole."""
    items = n.of(role)
    return items[0] if len(items) == 1 else None

