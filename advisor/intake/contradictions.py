"""Facts that cannot all hold: the arithmetic or the two statements shown, and the cautious reading used meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from advisor.domain import Contradiction, Metric, Money
from advisor.domain.money import SIGNS
from advisor.intake.arr import ArrRead
from advisor.intake.found import Found
from advisor.intake.maturity import Doubt
from advisor.intake.message import Message
from advisor.intake.metrics import attainment
from advisor.intake.patterns import Hit
from advisor.intake.tables import table
from advisor.ports import Wording

_READABLE = Decimal(10) ** 20
_AMOUNTS = frozenset({"product", "arr", "low", "high", "price", "customers", "formula", "more", "signed", "numbers"})


class Clash(NamedTuple):
    """A contradiction with the ARR amounts that it leaves open, if it is about ARR."""

    contradiction: Contradiction
    readings: tuple[Money, ...] = ()


def shown(money: Money) -> str:
    """An amount as sentences show it: €8.2M, $600,000, 24,000 CHF."""
    amount, scale = money.amount, ""
    if 10**6 <= amount < _READABLE and (amount / 10**6 * 100) % 1 == 0:
        amount, scale = amount / 10**6, "M"
    number = f"{amount.normalize():,f}" + scale if amount < _READABLE else f"{amount:.0e}"
    if money.currency in SIGNS:
        return f"{SIGNS[money.currency]}{number}"
    return f"{number} {money.currency}" if money.currency else number


def _make(wording: Wording, key: str, facts: Sequence[str], **slots: str) -> Contradiction:
    used = {"arithmetic": ("product", "arr"), "arr": ("low", "high"), "mrr": ("low", "high"), "maturity": ("level",)}.get(key, ())
    slots = {name: wording.amount(value) if name in _AMOUNTS else value for name, value in slots.items()}
    told = {name: value for name, value in slots.items() if name not in {"low", "high"}}
    return Contradiction(
        facts=tuple(facts),
        text=wording.say(f"intake.contradiction.{key}.text", **told),
        treated_as=wording.say(f"intake.contradiction.{key}.treated_as", **{name: slots[name] for name in used}),
    )


def arr_statements(message: Message, read: ArrRead, wording: Wording) -> Iterator[Clash]:
    """Two statements of ARR in one message, or ARR against twelve times MRR."""
    if read.statement is None or read.statement.read.amount.absurd:
        return
    best = read.statement
    for rival in read.rivals:
        if rival.read.amount.absurd:
            yield Clash(_make(wording, "absurd", ["arr"], quote=message.quote(rival.read.start, rival.read.end)))
            continue
        one, other = sorted((best, rival), key=lambda statement: statement.read.start)
        low, high = sorted((_money(best.value, best), _money(rival.value, rival)), key=lambda money: money.amount)
        ends = {"low": shown(low), "high": shown(high)}
        monthly = next((statement for statement in (best, rival) if statement.read.role == "mrr"), None)
        if monthly is not None and best.read.role != rival.read.role:
            yearly = rival if monthly is best else best
            quote = message.quote(monthly.read.start, monthly.read.end)
            yield Clash(_make(wording, "mrr", ["arr"], one=quote, product=shown(_money(monthly.value, monthly)), arr=shown(_money(yearly.value, yearly)), **ends), (low, high))
        else:
            quotes = {name: message.quote(statement.read.start, statement.read.end) for name, statement in (("one", one), ("other", other))}
            yield Clash(_make(wording, "arr", ["arr"], **quotes, **ends), (low, high))


def _money(value: Decimal, statement: Any) -> Money:
    return Money.of(value, statement.read.amount.currency)


def arithmetic(arr: Money | None, acv: Money | None, metrics: Mapping[str, Metric], wording: Wording) -> Iterator[Clash]:
    """Customers times what one pays, against the ARR given."""
    customers, price = metrics.get("customers"), metrics.get("price_per_customer")
    if customers is None or arr is None or not arr.amount or not customers.value:
        return
    each, currency = (price.value, price.currency) if price else (acv.amount, acv.currency) if acv else (None, None)
    if each is None or (currency and arr.currency and currency != arr.currency):
        return
    product = Money.of(customers.value * each, arr.currency)
    factor = Decimal(table("tolerances")["arithmetic"]["factor"])
    low, high = sorted((product, arr), key=lambda money: money.amount)
    if low.amount and high.amount <= low.amount * factor:
        return
    one = shown(Money.of(each, arr.currency))
    facts = ["arr", "metric_customers", "metric_price_per_customer" if price else "acv"]
    count = f"{customers.value:,f}"
    yield Clash(_make(wording, "arithmetic", facts, customers=count, price=one, product=shown(product), formula=f"{count} × {one}", arr=shown(arr)), (low, high))


def predictability(message: Message, said: Sequence[Found], measured: Found | None, wording: Wording) -> Iterator[Clash]:
    """Two opposite statements on direct sales, or a statement against the attainments listed."""
    yes, no = (next((found for found in said if found.value is value), None) for value in (True, False))
    if yes and no:
        first, second = sorted((yes, no), key=lambda found: found.start)
        yield Clash(_make(wording, "predictable", ["direct_predictable"], one=message.quote(first.start, first.end), other=message.quote(second.start, second.end)))
    if measured is not None and said and said[0].value is not measured.value:
        listed = attainment(message)
        quote = message.quote(said[0].start, said[0].end)
        if listed is None:
            yield Clash(_make(wording, "quarters", ["direct_predictable"], claim=quote, counted=message.quote(measured.start, measured.end)))
            return
        numbers = ", ".join(f"{number:f}" for number in listed[0])
        yield Clash(_make(wording, "attainment", ["direct_predictable"], claim=quote, numbers=numbers))


def maturity(message: Message, doubt: Doubt | None, wording: Wording) -> Iterator[Clash]:
    """A claimed level of maturity against a practice that is said to be missing."""
    if doubt is not None:
        claim, sign = message.quote(doubt.claim.start, doubt.claim.end), message.quote(doubt.sign.start, doubt.sign.end)
        yield Clash(_make(wording, "maturity", ["maturity"], claim=claim, sign=sign, level=str(doubt.level)))


def rival_words(message: Message, field: str, hits: Sequence[Hit[str]], wording: Wording) -> Iterator[Clash]:
    """Two statements on the owner or the motion that exclude each other."""
    if hits:
        one, other = (message.quote(hit.start, hit.end) for hit in hits[:2])
        yield Clash(_make(wording, field, [field], one=one, other=other))


def partner_counts(counts: Mapping[str, int | None], wording: Wording) -> Iterator[Clash]:
    """More partners active or connected than signed."""
    signed = counts.get("signed")
    for kind in ("active", "mapped"):
        more = counts.get(kind)
        if signed is not None and more is not None and more > signed:
            facts = ["signed_partners", f"{kind}_partners"]
            yield Clash(_make(wording, "partners", facts, more=f"{more:,}", kind=wording.say(f"intake.kind.{kind}"), signed=f"{signed:,}"))


def amounts(message: Message, read: ArrRead, wording: Wording) -> Iterator[Clash]:
    """An ARR that no company has, or in a currency that nobody knows."""
    if read.statement is None:
        return
    amount = read.statement.read.amount
    quote = message.quote(read.statement.read.start, read.statement.read.end)
    if amount.absurd:
        yield Clash(_make(wording, "absurd", ["arr"], quote=quote))
    elif amount.foreign_code:
        yield Clash(_make(wording, "currency", ["arr"], quote=quote))


def differing(field: str, said: Any, given: Any, key: str, wording: Wording) -> Clash:
    """The text against an option (`key` "option") or against what was said before (`earlier`)."""
    readings = (given, said) if field == "arr" else ()
    texts = {name: wording.amount(shown(value)) if isinstance(value, Money) else _word(value, wording) for name, value in (("said", said), ("given", given))}
    fact = wording.say(f"intake.fact.{field}")
    return Clash(_make(wording, key, [field], fact=fact, **texts), readings)


def _word(value: Any, wording: Wording) -> str:
    if isinstance(value, bool):
        return wording.say("intake.word.yes" if value else "intake.word.no")
    return str(value).replace("_", " ")
