"""The numbers a sum may start from: those of the message, and what is known of the client where the message is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, reduce
from itertools import takewhile
from operator import add

from advisor.answering.amounts import currency_text
from advisor.answering.computations.placing import placed
from advisor.answering.computations.wishes import Wish
from advisor.domain.regex import Regex
from advisor.domain import Client, Unit
from advisor.intake.quantities import COUNT, MONEY, PERCENT, Quantity
from advisor.intake.quantities.added import ADDED
from advisor.library import Library
from advisor.toolbox.parts import Part, number, percent, share

_KNOWN = {"fee": "partner_fee", "effort": "partner_hours", "rate": "partner_hourly_rate", "close": "partner_close_rate"}
_CURRENCY_OF = ("rate", "day_rate", "fee", "deal", "cost")
_YEARLY = {"week": 52, "month": 12, "quarter": 4}
_ALL = Regex(r"\b(?:together|in total|overall|combined|altogether|all in all)\b")
_AVERAGE = Regex(r"\b(?:on average|average|avg|im schnitt|im durchschnitt|durchschnittlich)\s(?:of |about |around |rund |etwa )?$")
_SERVING = frozenset({"cost", "onboarding", "support", "delivery", "unit_cost"})
_A_CUSTOMER = Regex(r"[^.?!;\d]{0,18}\b(?:(?:per|a|an|each|every|for each|for every|pro|je|für jeden) (?:new |neue[nrs]? )?(?:customer|client|deal|kunde|kunden|neukunde|neukunden|deal)\b)")  # behind an amount
_PER_ACTIVE = Regex(r"\b(?:per|each|every|je|pro|jeder|jedem) (?:active|productive|producing|aktive[mnr]?) ")
_EVERY = Regex(r"\b(?:every|each|per) (?:one of )?(?:our |the )?(?:active )?(?:partner|reseller|agency|affiliate|referrer)s?\b")
_PERIOD = Regex(r"\b(?:each|every|per)\s(week|month|quarter)\b")
_SIZES = frozenset({"deal", "base", "revenue"})
_PARTLESS = frozenset({"", "cost"})  # what an amount is taken for that stands alone, or where a cost could
_MONTHLY = 5_000  # what a single customer pays a month; more is what all of them pay
_ASIDE = frozenset({"day_length", "multiple", "result", "part"})  # numbers that no sum has to use
_DAY = 8
_BIG = 500_000
MINUTES = number(60)


@dataclass(frozen=True)
class Inputs:
    """The numbers of a sum by role, each as a part that knows where it came from."""

    quantities: tuple[Quantity, ...]
    client: Client
    library: Library
    question: str

    def all(self, role: str) -> list[Part]:
        """Every number of a role in the order of the message; without one, what the client is known for."""
        found = [self._part(item) for item in self._placed if item.role == role]
        return found or self._known(role)

    def one(self, *roles: str) -> Part | None:
        """The number of the first role that has exactly one."""
        for role in roles:
            parts = self.all(role)
            if parts and all(part.value == parts[0].value for part in parts):
                return parts[0]
        return None

    @property
    def numbers(self) -> tuple[Quantity, ...]:
        """The numbers of the message in order."""
        return self._placed

    def of(self, role: str) -> list[Quantity]:
        return [item for item in self._placed if item.role == role]

    def yearly_part(self, item: Quantity) -> Part:
        """A number as a part; a count for a whole year where it was said for a part of one."""
        part = self._part(item)
        return part * number(_YEARLY[item.per]) if item.kind == COUNT and item.per in _YEARLY else part

    def regular(self, item: Quantity) -> Part:
        """A time of every week, month or quarter, for a whole year."""
        part = self._part(item)
        return part * number(_YEARLY[item.per]) if item.per in _YEARLY else part

    def said_of_each(self, item: Quantity) -> bool:
        """Whether a number is said of each of several partners; a small count for a month or a quarter beside them is."""
        if not any(other.role in {"partners", "some"} for other in self._placed):
            return item.each and _EVERY.search(self.question.lower()) is not None
        most = max((other.value for other in self._placed if other.role in {"partners", "some"}), default=Decimal(0))
        low = self.question.lower()
        small = item.kind == COUNT and item.value < most and not _ALL.search(low)
        return item.each or (small and (item.per in _YEARLY or item.value % 1 != 0 or _AVERAGE.search(low, max(0, item.start - 16), item.start) is not None))

    @property
    def bringing(self) -> Part | None:
        """The partners of whom a number is said that each brings: the active ones, where it is said of an active one."""
        active = self.one("some")
        return active if active and _PER_ACTIVE.search(self.question.lower()) else self.one("partners")

    def quantity(self, role: str) -> Quantity | None:
        return next((item for item in self._placed if item.role == role), None)

    def yearly(self, role: str) -> Part | None:
        """A count for a year, where it was said for a month or a quarter."""
        part, item = self.one(role), self.quantity(role)
        return part * number(_YEARLY[item.per]) if part and item and item.per in _YEARLY else part

    @cached_property
    def wish(self) -> Wish:
        """What the message asks for."""
        return Wish(self.question, self.quantities)

    def says(self, intent: str) -> bool:
        """Whether the message asks in words that belong to a sum."""
        return self.wish.says(intent)

    @property
    def counted_by_period(self) -> bool:
        return any((item.kind == COUNT or item.role in _SIZES) and item.per in _YEARLY for item in self._placed)

    @cached_property
    def _placed(self) -> tuple[Quantity, ...]:
        return placed(self._told_of_client, self.wish)

    @property
    def _told_of_client(self) -> tuple[Quantity, ...]:
        """The numbers with the client's own ARR known as such, where nothing beside it gives it a part in the sum."""
        fact = self.client.facts.get("arr")
        quote = fact.quote if fact and fact.origin == "text" else ""
        told = [item for item in self.quantities if quote and item.kind == MONEY and ((item.role in _PARTLESS and quote in item.quote) or (item.role == "revenue" and self._is_company(item, quote)))]
        return tuple(item._replace(role="arr") if item in told else item for item in self.quantities)

    def _is_company(self, item: Quantity, quote: str) -> bool:
        """Whether an amount that stands as revenue is what the whole company turns over, and partners are counted beside it: they did not bring it."""
        at = self.question.find(quote)
        return 0 <= at <= item.start and item.end <= at + len(quote) and any(other.role in {"partners", "some"} for other in self.quantities)

    def mentions(self, word: str) -> bool:
        return word in self.question.lower()

    @property
    def first_is_once(self) -> bool:
        """Whether the first of two commissions is the one that is paid once."""
        text = self.question.lower()
        once = [text.find(word) for word in ("one-off", "first year", "first-year", "once", "upfront") if word in text]
        each = [text.find(word) for word in ("recurring", "lifetime", "over ", "each year", "every year") if word in text]
        return not once or not each or min(once) < min(each)

    def every(self, unit: str) -> str:
        """The key of the words for `an hour`, `a day`."""
        return f"each.{unit}"

    def money(self, part: Part) -> str:
        """An amount as the client gave it, with its formula where it took one."""
        text = currency_text(part.value, self.currency)
        return text if part.atomic else f"{text} ({part.formula})"

    def cited(self, record: str) -> tuple[Part, Part]:
        """Low and high of a record, in its unit."""
        found = self.library.benchmarks[record]
        low, high = found.low if found.low is not None else found.high, found.high if found.high is not None else found.low
        make = percent if found.unit in {Unit.PERCENT, Unit.PERCENT_UNSPECIFIED} else number
        return make(low or 0, (record, -1)), make(high or 0, (record, -1))

    @property
    def of_a_customer(self) -> list[Quantity]:
        """The costs that come with each customer: what onboarding, support or delivery of one takes."""
        behind = self.question.lower()
        return [item for item in self._placed if item.role in _SERVING and item.kind == MONEY and _A_CUSTOMER.match(behind, item.end) is not None]

    @property
    def costs(self) -> list[Part]:
        """Every fixed cost; one said of each of several people counts as often."""
        return self.costs_beside(())

    def costs_beside(self, others: Sequence[Quantity]) -> list[Part]:
        """The fixed costs without some that count otherwise."""
        people = self.one("people")
        items = [item for item in self._placed if (item.role == "cost" or (item.role == "onboarding" and item.each)) and item.per not in {"hour", "day"} and item not in others]
        parts = [self._part(item) for item in items]
        parts = [part * number(12) if item.per == "month" else part for item, part in zip(items, parts, strict=True)]
        return [self._times(item, people) * part if item.each and self._times(item, people) else part for item, part in zip(items, parts, strict=True)]  # type: ignore[operator]

    def _times(self, item: Quantity, people: Part | None) -> Part | None:
        """How often a cost that is said of each comes: as often as what was counted last before it."""
        counted = [other for other in self._placed if other.kind == COUNT and other.sentence == item.sentence and other.end <= item.start]
        return self._part(counted[-1]) if counted else people or self.one("partners")

    @property
    def size(self) -> Part | None:
        """The value of a deal."""
        base = self.one("base")
        own = [item for item in self._placed if item.role == "deal"]
        led = [item for item in own if item.qualifier != "direct"]
        if len(led) == 1 and len(own) > 1:
            return self._part(led[0])
        monthly = None if own else self.one("mrr")
        return (base if base and base.value < _BIG and not own else None) or self.one("deal") or (monthly * number(_YEARLY["month"]) if monthly and monthly.value < _MONTHLY else None)

    @property
    def revenue(self) -> Part | None:
        base = self.one("base")
        return self.one("revenue") or (base if base and base.value >= _BIG else None)

    @cached_property
    def effort(self) -> tuple[Part, str] | None:
        """The time a deal takes and its unit: days stay days when the partner's rate is for a day."""
        efforts = [item for item in self._placed if item.role == "effort" and item.unit in {"hour", "day", "minute"} and not item.per]
        if len(efforts) > 1:
            return None
        if not efforts:
            return next(((part, "hour") for part in self._known("effort")), None)
        part, unit = self._part(efforts[0]), efforts[0].unit
        if unit == "minute":
            return part / MINUTES, "hour"
        if unit == "day" and self.one("day_rate") is None and self.one("rate") is not None:
            return part * self.day, "hour"
        return part, unit

    @property
    def day(self) -> Part:
        """Hours of a working day: as said, else eight, which the answer says."""
        return self.one("day_length") or number(_DAY)

    def assumes_day(self, *parts: Part | None) -> bool:
        """Whether one of the parts turned days into hours by our own assumption."""
        return self.one("day_length") is None and any(part and (f"÷ {_DAY}" in part.formula or f"× {_DAY}" in part.formula) for part in parts)

    def rate(self, unit: str) -> Part | None:
        """What a partner earns elsewhere in an hour or a day."""
        hourly, daily = self.one("rate"), self.one("day_rate")
        if unit == "day":
            return daily
        return hourly or (daily / self.day if daily else None)

    @cached_property
    def currency(self) -> str | None:
        """The currency of the sum: that of the partner's rate, else of the fee, the deals, a cost, else any."""
        money = [item for item in self._placed if item.kind == MONEY and item.currency]
        first = next((item.currency for role in _CURRENCY_OF for item in money if item.role == role), None)
        return first or next((item.currency for item in money), None) or self._known_currency

    @property
    def mixed(self) -> tuple[str, ...]:
        """The currencies of the sum when nobody stated a rate between them."""
        codes = list(dict.fromkeys(item.currency for item in self._placed if item.kind == MONEY and item.currency))
        return tuple(code for code in codes if code) if any(code and not self._has_rate(code) for code in codes) else ()

    @property
    def converted(self) -> list[tuple[Quantity, Part]]:
        """Amounts that stand in another currency, at the rate somebody stated; those without one stay out."""
        return [(item, self._part(item)) for item in self._placed if item.kind == MONEY and item.currency and item.currency != self.currency and self._has_rate(item.currency)]

    def in_currency(self, amount: Decimal, code: str | None, role: str) -> Part | None:
        """An amount known from before in the currency of the sum; None where nobody stated a rate between both."""
        part = number(amount, (role, -1))
        return self._converted(part, code) if code and self.currency else part

    @property
    def period(self) -> str:
        """The part of a year that counts or rates are said for; empty when none is named."""
        said = next((item.per for item in self._placed if item.role in {"leads", "deals"} and item.per in _YEARLY), None)
        match = _PERIOD.search(self.question.lower())
        return said or (match[1] if match else "")

    @property
    def sources(self) -> list[tuple[Part, Part]]:
        """Cost and revenue of several sources: those of one sentence belong together, else each cost to the revenue after it."""
        revenues = [item for item in self._placed if item.role == "revenue"]
        apart = len({item.sentence for item in revenues}) == len(revenues)
        rows, low = [], -1
        for item in revenues:
            near = [other for other in self._placed if (other.sentence == item.sentence if apart else low < other.start < item.start)]
            low = item.start
            costs = [self._part(other) for other in near if other.role in {"cost", "commissions"}]
            costs += [self._part(item) * self._part(other) for other in near if other.role == "commission"]
            if costs:
                rows.append((reduce(add, costs), self._part(item)))
        return rows

    def left_out(self, uses: frozenset[tuple[str, int]]) -> list[Quantity]:
        """Numbers of the message that a computation did not use; one said again without a word of its own is not another number."""
        used = {start for _, start in uses}
        known = {item.value for item in self._placed if item.role}
        again = {item.start for item in self._placed if not item.role and item.value in known}
        return [item for item in self._placed if item.start not in used | again and item.role not in _ASIDE]

    def _part(self, item: Quantity) -> Part:
        use = (item.role or item.kind, item.start)
        if item.kind == PERCENT:
            part = reduce(add, [share(each.parts, use) if each.parts else percent(each.value, (use[0], each.start)) for each in (item, *self._on_top_of(item))])
            return part * number(_YEARLY[item.per]) if item.role == "churn" and item.per in _YEARLY else part
        part = number(item.value, use)
        part = part * number(_YEARLY[item.per]) if item.role in _SIZES and item.per in _YEARLY else part
        converted = self._converted(part, item.currency) if item.kind == MONEY and item.currency else None
        return converted or part

    def _on_top_of(self, item: Quantity) -> Sequence[Quantity]:
        """The rates that come on top of one, right behind it."""
        behind = [other for other in self._placed if other.start > item.start] if item.role != ADDED else []
        return tuple(takewhile(lambda other: other.role == ADDED, behind))

    def _converted(self, part: Part, code: str) -> Part | None:
        """An amount of a currency in that of the sum, by the rates as they were said; None when nobody stated one."""
        if code == self.currency:
            return part
        into_euro = {"EUR": Decimal(1), **self.client.fx}
        if code not in into_euro or self.currency not in into_euro:
            return None
        part = part if code == "EUR" else part * number(into_euro[code], ("fx", -1))
        return part if self.currency == "EUR" else part / number(into_euro[self.currency], ("fx", -1))

    def _has_rate(self, code: str) -> bool:
        """Whether an amount of a currency can stand in the sum."""
        return self._converted(number(1), code) is not None

    def _known(self, role: str) -> list[Part]:
        """What is known of the client from before; never what an earlier reader took from this very message."""
        metric = self.client.metrics.get(_KNOWN.get(role, ""))
        if metric is not None and self._from_before(f"metric_{_KNOWN[role]}", metric.quote):
            value = percent(metric.value, (role, -1)) if role == "close" else self.in_currency(metric.value, metric.currency, role)
            return [value] if value is not None else []
        money = {"deal": ("acv", self.client.acv), "arr": ("arr", self.client.arr)}.get(role)
        if money and money[1] is not None and self._from_before(money[0], ""):
            value = self.in_currency(money[1].amount, money[1].currency, role)
            return [value] if value is not None else []
        if role == "partners" and self.client.partners.signed and self._from_before("signed_partners", ""):
            return [number(self.client.partners.signed, (role, -1))]
        return []

    def _from_before(self, fact: str, quote: str) -> bool:
        source = self.client.facts.get(fact)
        words = (source.quote if source else "") or quote
        return not words or words not in self.question

    @property
    def _known_currency(self) -> str | None:
        metrics = [self.client.metrics.get(name) for name in ("partner_hourly_rate", "partner_fee")]
        own = next((metric.currency for metric in metrics if metric and metric.currency), None)
        return own or (self.client.acv.currency if self.client.acv else None)

