"""Named numbers of the client: activation, win rates, overlaps, what a partner earns and how long it takes him."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from advisor.domain import Metric, Unit
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, count_of, lexicon, number_words
from advisor.intake.roles import Read

_UNITS = {"percent": Unit.PERCENT, "points": Unit.PERCENTAGE_POINTS, "count": Unit.COUNT}
_OWN_UNIT = {"partner_hours": Unit.HOURS, "months_below_target": Unit.MONTHS}
_MONEY = {"fee": ("partner_fee", "deal"), "hourly": ("partner_hourly_rate", "hour"), "price": ("price_per_customer", "year"), "cac": ("cac", "customer"), "tool_price": ("tool_price", "year")}
_LISTED = re.compile(r"%\s?(?:,|and|/)\s*$|% and \w+$")
_ATTAINED = re.compile(r"(?<![\d.,])\d{2,3}(?:[.,]\d)?\s?%?(?:\s?(?:,|/|;|and|then|\s)\s?\d{2,3}(?:[.,]\d)?\s?%?(?![\d.,]\d)){3,}")


def find(message: Message, reads: Sequence[Read]) -> Iterator[Found]:
    """Every named number stated about the client, percentages and counts first."""
    for section in _UNITS:
        for hit in _settled(message, section):
            if hit.value is not None and not (hit.key == "plan_attainment" and (attainment(message) or _LISTED.search(message.text[: hit.start][-16:]))) and (section != "count" or not _promised(message, hit)):
                yield _metric(message, hit, _number(hit.value), _OWN_UNIT.get(hit.key, _UNITS[section]))
    yield from _gap(message)
    for hit in _settled(message, "fraction"):
        share = 100 / Decimal(_parts(message.text[hit.start : hit.end]))
        yield _metric(message, hit, share.quantize(Decimal("0.1")), Unit.PERCENT, inferred=True)
    for hit in _settled(message, "signal"):
        yield _metric(message, hit, Decimal(1), Unit.COUNT, inferred=True)
    yield from _money(message, reads)


def _gap(message: Message) -> Iterator[Found]:
    """The distance of two win rates that were both given, where nobody named it."""
    given = {hit.key: hit for section in ("percent", "points") for hit in _settled(message, section)}
    with_partners, alone = given.get("win_rate_partner"), given.get("win_rate_direct")
    if with_partners and alone and with_partners.value and alone.value and "win_rate_gap" not in given:
        start, end = min(with_partners.start, alone.start), max(with_partners.end, alone.end)
        points = _number(with_partners.value) - _number(alone.value)
        quote = message.quote(start, end)
        yield Found("metrics.win_rate_gap", Metric(value=points, unit=Unit.PERCENTAGE_POINTS, quote=quote), start, end, "inferred")


def _settled(message: Message, section: str) -> list[Hit[str]]:
    """The hits of one table that speak of the client, the shortest of each metric first in place."""
    kept: dict[str, Hit[str]] = {}
    hits = lexicon("metrics", section)
    for hit in hits.longest(message.text) if section == "percent" else sorted(hits.find(message.text), key=lambda hit: (hit.start, hit.end)):
        if _of_client(message, hit.start) and hit.key not in kept:
            kept[hit.key] = hit
    return list(kept.values())


def _of_client(message: Message, place: int) -> bool:
    if message.meant_as("foreign", place) or message.meant_as("assumed", place):
        return False
    return not message.meant_as("question", place) or message.text[message.clause_at(place).start : place].find("our") >= 0 or message.text.startswith("our", place)


def _promised(message: Message, hit: Hit[str]) -> bool:
    return message.meant_as("wish", hit.start)


def _number(word: str) -> Decimal:
    plain = word.replace(",", ".") if re.fullmatch(r"\d{1,3}[.,]\d{1,2}", word) else None
    return Decimal(plain) if plain else Decimal(count_of(word))


def _parts(words: str) -> int:
    last = re.findall(r"(?:in|out of)\s(\w+)", words)[-1]
    return int(last) if last.isdigit() else number_words()[last]


def _metric(message: Message, hit: Hit[str], value: Decimal, unit: Unit, *, inferred: bool = False) -> Found:
    quote = message.quote(hit.start, hit.end)
    return Found(f"metrics.{hit.key}", Metric(value=value, unit=unit, quote=quote), hit.start, hit.end, "inferred" if inferred else "stated")


def _money(message: Message, reads: Sequence[Read]) -> Iterator[Found]:
    seen: set[str] = set()
    for read in reads:
        name, per = _MONEY.get(read.role, ("", ""))
        if name and name not in seen and _of_client(message, read.amount.start) and read.amount.value > 0 and read.amount.scale < 10**6:
            seen.add(name)
            value = Metric(value=read.yearly if per == "year" else read.amount.value, unit=Unit.MONEY, currency=read.amount.currency, per=per, quote=message.quote(read.start, read.end))
            yield Found(f"metrics.{name}", value, read.start, read.end, "inferred" if read.unit == "month" and per == "year" else "stated")


def attainment(message: Message) -> tuple[list[Decimal], int, int] | None:
    """A list of at least four attainments of plan, `92, 104, 98, 101 %`, with its place; None when there is none."""
    for match in _ATTAINED.finditer(message.text):
        first, last = message.sentence_at(match.start())
        if "%" in match[0] + message.text[match.end() : match.end() + 10] and re.search(r"\b(?:plan|quota|target|attain\w*|forecast|quarters?|budget|q[1-4])\b", message.text[max(0, first - 60) : last + 40]):
            return [Decimal(number.replace(",", ".")) for number in re.findall(r"\d{2,3}(?:[.,]\d)?", match[0])], match.start(), match.end()
    return None
