"""A client's list of partners: read as data, sorted into those to grow, keep, fix and end by the criteria of the documents, with sums and their formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from advisor.domain import Computation, DraftClaim, Money
from advisor.domain.money import LARGEST
from advisor.domain.plan import PartnerList, PartnerRow, Review, Reviewed, Standing, Total
from advisor.intake.sheets import Row, read_table
from advisor.library import Library
from advisor.planning.told import Sheet, sheet
from advisor.planning.writing import Settled, Writer
from advisor.toolbox import economics
from advisor.toolbox.parts import Part, number

TOP, WINDOW = "top-partners-focus", "audit-window"
_MOST_NAME = 120
_MONTH_DAYS = Decimal("30.4")
_WHY: Mapping[str, tuple[Standing, str]] = {
    "top": (Standing.GROW, "partner-portfolio#a-quarter-for-the-best-partners"),
    "produces": (Standing.KEEP, "evaluating-partners#few-partners-bring-most-results"),
    "influences": (Standing.KEEP, "partner-portfolio#partners-below-every-tier"),
    "niche": (Standing.KEEP, "partner-portfolio#partners-below-every-tier"),
    "pipeline": (Standing.FIX, "templates#read-the-scorecard"),
    "young": (Standing.FIX, "partner-portfolio#partners-below-every-tier"),
    "unknown": (Standing.FIX, "partner-portfolio#partners-below-every-tier"),
    "silent": (Standing.END, "partner-portfolio#partners-below-every-tier"),
}
"""Why a partner stands where it stands: what is proposed, and the passage it rests on."""


class Sorted(NamedTuple):
    """A partner with the reason that decides about it, a key of _WHY."""

    partner: PartnerRow
    reason: str

    @property
    def standing(self) -> Standing:
        return _WHY[self.reason][0]


def partner_list(text: str, file: str) -> PartnerList:
    """The partners of a table. Raises InputError with row and column when it cannot be read."""
    own = sheet("partners")
    rows = read_table(text, file, own.columns, ("partner", "sourced"))
    seen: dict[str, str] = {}
    currency: tuple[str, str] | None = None
    found = []
    for row in rows:
        name = row.cells["partner"]
        if not name or len(name) > _MOST_NAME:
            raise row.fault("partner", f"Give the partner's name in at most {_MOST_NAME} characters.")
        if name.lower() in seen:
            raise row.fault("partner", f"The partner stands there already, in {seen[name.lower()]}; give it one row.")
        seen[name.lower()] = row.place
        money = {column: _money(row, column) for column in ("sourced", "influenced", "pipeline")}
        for column, amount in money.items():
            if amount and amount.currency:
                if currency and currency[0] != amount.currency:
                    raise row.fault(column, f"{currency[1]} is in {currency[0]}; give all amounts in one currency.")
                currency = currency or (amount.currency, row.place)
        found.append(_partner(row, own, name, money))
    return PartnerList(rows=tuple(found), currency=currency[0] if currency else None)


def _partner(row: Row, own: Sheet, name: str, money: Mapping[str, Money | None]) -> PartnerRow:
    sourced = money["sourced"]
    if sourced is None:
        raise row.fault("sourced", "Give the sourced revenue of the last year, 0 where there was none.")
    hours, count = (_count(row, column) for column in ("hours", "registrations"))
    niche = row.cells.get("niche")
    return PartnerRow(
        name=name, sourced=sourced.amount, influenced=_amount(money["influenced"]), pipeline=_amount(money["pipeline"]), hours=hours, registrations=count,
        since=row.day("since"), niche=("" if own.mark(niche) else niche) if niche else None,
    )  # fmt: skip


def _amount(money: Money | None) -> Decimal | None:
    return money.amount if money else None


def _money(row: Row, column: str) -> Money | None:
    wanted = "Write an amount like 48000, 48,000 EUR or 48k €."
    text = row.cells.get(column, "")
    if not text:
        return None
    try:
        money = Money.parse(text)
    except ValueError:
        raise row.fault(column, wanted) from None
    if not 0 <= money.amount < LARGEST:
        raise row.fault(column, wanted)
    return money


def _count(row: Row, column: str) -> Decimal | None:
    wanted = "Write a number like 12, or leave it empty."
    value = row.number(column, wanted)
    if value is not None and value > 10**6:
        raise row.fault(column, wanted)
    return value


def sorted_partners(given: PartnerList, library: Library, today: date) -> tuple[Sorted, ...]:
    """Every partner with what decides about it: those to grow first, each group by revenue."""
    best = _best(given.rows, library)
    window = library.benchmarks[WINDOW].low or Decimal(0)
    found = [Sorted(partner, "top" if partner in best else _reason(partner, window, today)) for partner in given.rows]
    return tuple(sorted(found, key=lambda each: (list(Standing).index(each.standing), -each.partner.sourced)))


def _best(rows: Sequence[PartnerRow], library: Library) -> list[PartnerRow]:
    """The partners at the top that bring most of the sourced revenue, as many as the record on focus allows."""
    ranked = sorted((row for row in rows if row.sourced > 0), key=lambda row: -row.sourced)
    whole, brought, most = sum((row.sourced for row in ranked), Decimal(0)), Decimal(0), 0
    for row in ranked:
        brought, most = brought + row.sourced, most + 1
        if brought * 2 > whole:
            break
    record = library.benchmarks[TOP]
    return ranked[: min(max(most, int(record.low or 1)), int(record.high or most))]


def _reason(partner: PartnerRow, window: Decimal, today: date) -> str:
    """What decides about a partner who is not among the best. One that could be a quiet helper is never ended for what nobody looked at."""
    if partner.sourced > 0:
        return "produces"
    if partner.influenced:
        return "influences"
    if partner.niche:
        return "niche"
    if partner.pipeline or partner.registrations:
        return "pipeline"
    if partner.since and (today - partner.since).days < window * _MONTH_DAYS:
        return "young"
    looked = None not in (partner.influenced, partner.niche, partner.since)
    return "silent" if looked else "unknown"


def counts(found: Sequence[Sorted]) -> dict[str, object]:
    """The facts that conditions of a plan may test: whether there is a list, and how many partners stand where."""
    number_of = {standing: sum(1 for each in found if each.standing is standing) for standing in Standing}
    return {"listed": bool(found), **{f"to_{standing}": count for standing, count in number_of.items()}}


def reasons(found: Sequence[Sorted], writer: Writer) -> dict[str, DraftClaim]:
    """The sentences that give the reasons, each written once."""
    return {reason: writer.line(f"review.{reason}", [_WHY[reason][1]]) for reason in dict.fromkeys(each.reason for each in found)}


def review(given: PartnerList, found: Sequence[Sorted], drafts: Mapping[str, DraftClaim], settled: Settled) -> Review:
    """The table of partners, and the sums over it."""
    partners = tuple(
        Reviewed(partner=each.partner, standing=each.standing, because=because, per_hour=_per_hour(each.partner))
        for each in found if (because := settled.line(drafts[each.reason]))
    )  # fmt: skip
    return Review(currency=given.currency, partners=partners, totals=tuple(_totals(found)))


def over(found: Sequence[Sorted]) -> dict[str, Computation]:
    """What the list says of today: the share that the best partners bring, and what an hour brings where every row gives its hours."""
    totals = {each.id: each for each in _totals(found)}
    sums = {"review_share": totals["share"].worked} if "share" in totals else {}
    hours = totals.get("hours")
    if hours and hours.rows == len(found) and hours.worked.result:
        brought = _sum([each.partner.sourced for each in found]) / _sum([each.partner.hours or Decimal(0) for each in found])
        sums["review_per_hour"] = economics.worked(brought, "money").as_computation()
    return sums


def _per_hour(partner: PartnerRow) -> Computation | None:
    if not partner.hours:
        return None
    return economics.worked(number(partner.sourced) / number(partner.hours), "money").as_computation()


def _totals(found: Sequence[Sorted]) -> Iterator[Total]:
    """What the list comes to, over the rows that have the number; a share stands only where there is a whole."""
    for name in ("sourced", "influenced", "pipeline", "hours"):
        values = [value for each in found if (value := getattr(each.partner, name)) is not None]
        if values:
            yield Total(id=name, worked=economics.worked(_sum(values), "count" if name == "hours" else "money").as_computation(), rows=len(values))
    whole, best = [each.partner.sourced for each in found], [each.partner.sourced for each in found if each.standing is Standing.GROW]
    if any(whole):
        yield Total(id="share", worked=economics.worked(_sum(best) / _sum(whole) * number(100), "percent").as_computation(), rows=len(whole))


def _sum(values: Sequence[Decimal]) -> Part:
    """The sum; what adds nothing is not written."""
    adding = [value for value in values if value] or [Decimal(0)]
    total = number(adding[0])
    for value in adding[1:]:
        total = total + number(value)
    return total
