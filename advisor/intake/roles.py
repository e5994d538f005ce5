"""What each amount is about: recurring revenue, a deal, a fee, an hourly rate, a price, or something of no concern."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from advisor.domain.regex import Regex
from advisor.intake.amounts import Amount
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, lexicon

_UNITS = {
    "hour": "hour", "hr": "hour", "h": "hour", "stunde": "hour", "month": "month", "mo": "month", "m": "month", "monat": "month",
    "year": "year", "yr": "year", "annum": "year", "a": "year", "jahr": "year", "deal": "deal", "contract": "deal", "referral": "referral",
    "lead": "referral", "intro": "referral", "introduction": "referral", "customer": "customer", "client": "customer",
    "account": "customer", "seat": "seat", "user": "seat", "quarter": "quarter", "day": "day", "partner": "partner", "week": "week",
}  # fmt: skip
# The same in German and French.
_UNITS |= {
    "monat": "month", "jahr": "year", "tag": "day", "woche": "week", "quartal": "quarter", "std": "hour", "kunden": "customer", "kunde": "customer", "nutzer": "seat", "anwender": "seat",
    "platz": "seat", "lizenz": "seat", "vertrag": "deal", "abschluss": "deal", "auftrag": "deal", "empfehlung": "referral", "vermittlung": "referral", "mois": "month", "an": "year",
    "année": "year", "jour": "day", "semaine": "week", "trimestre": "quarter", "heure": "hour", "utilisateur": "seat", "siège": "seat", "poste": "seat", "licence": "seat",
    "contrat": "deal", "affaire": "deal", "recommandation": "referral", "apport": "referral", "partenaire": "partner",
}  # fmt: skip
_RHYTHMS = {"monatlich": "month", "monthly": "month", "mensuels": "month", "mensuel": "month", "jährlich": "year", "yearly": "year", "annually": "year", "annuels": "year", "annuel": "year"}
_UNIT = re.compile(
    r"^\s?(?:(?:each|jeweils|chacun) )?(?:(?:/|per |for a |for an |for each |for every |a |an |each |every |pro |je |im |par |p\.?)\s?(?:closed |new |qualified |won |successful )?"
    rf"({'|'.join(_UNITS)})\b|({'|'.join(_RHYTHMS)})\b)"
)
_RHYTHM_BEFORE = re.compile(r"\b(?:monatlich|monthly|every month|each month|jeden monat|pro monat|im monat|chaque mois|par mois|mensuellement)\s(?:about |around |rund |etwa |ca\.? |environ )?$")
_EACH_CUSTOMER = Regex(r"\s(?:and |und |et )?(?:per |pro |je |par )?(?:customer|client|kunde|kunden)\b")
_EACH_YEAR = Regex(r"\s?(?:/|and |und |et )?\s?(?:per |a |each |every |pro |im |par |p\.?)?\s?(?:year|yr|annum|jahr|an|a\.)(?!\w)")
_BY_UNIT = {"hour": "hourly", "referral": "fee", "customer": "price", "seat": "seat", "day": "other", "partner": "other", "week": "other", "quarter": "other"}
_REACH = 46
# Words that no amount of this size or more speaks of, and deal sizes that no deal is below unless it is paid monthly.
_BELOW = {"acv": 2 * 10**6, "fee": 10**5, **dict.fromkeys(("hourly", "budget", "tool_price", "price", "cac"), 10**6)}
_LEAST_DEAL = 300
_HEADCOUNT = frozenset({"partners", "resellers", "agencies", "people", "employees", "customers", "clients", "staff", "ftes"})
_COMPANY = Regex(r"\s?(?:[a-z-]+ ){0,2}(?:company|business|biz|shop|outfit|firm|vendor|startup|start-up|saas|isv)\b")


class Read(NamedTuple):
    """An amount with its role (`arr`, `revenue`, `mrr`, `acv`, `fee`, ... or `bare`), its unit, and the words that say so."""

    amount: Amount
    role: str
    unit: str | None
    start: int
    end: int

    @property
    def yearly(self) -> Decimal:
        """The amount for a year, when it was said for a month."""
        return self.amount.value * (12 if self.unit == "month" else 1)


def assign(message: Message, amounts: Sequence[Amount]) -> list[Read]:
    """The role of every amount: its unit decides, else the nearest telling word of the sentence, each word used once."""
    words = sorted(lexicon("money", "role").find(message.text), key=lambda hit: (hit.start, -hit.end))
    words = [hit for index, hit in enumerate(words) if not any(_inside(hit, other) for other in words[max(0, index - 6) : index + 6])]
    pairs = sorted(_pairs(message, amounts, words))
    chosen: dict[int, Hit[str]] = {}
    claimed: set[int] = set()
    for cost, index, place in pairs:
        if index not in chosen and cost + (30 if place in claimed else 0) < _REACH:
            chosen[index] = words[place]
            claimed.add(place)
    return [_read(message, amount, chosen.get(index)) for index, amount in enumerate(amounts)]


def _pairs(message: Message, amounts: Sequence[Amount], words: list[Hit[str]]) -> Iterator[tuple[int, int, int]]:
    """Cost, amount and word of every pair that stands near enough in one sentence."""
    starts = [hit.start for hit in words]
    for index, amount in enumerate(amounts):
        first, last = message.sentence_at(amount.start)
        low, high = bisect_left(starts, max(first, amount.start - 110)), bisect_left(starts, min(last, amount.end + 60))
        for place in range(low, high):
            if not _plausible(message.text, amount, words[place].key):
                continue
            cost = _cost(message.text, amounts, index, words[place])
            if cost < _REACH:
                yield cost, index, place


def _plausible(text: str, amount: Amount, key: str) -> bool:
    """Whether an amount may be what a word names: a tool budget of 17M and a deal of 210 are misreadings."""
    if key == "acv" and amount.value < _LEAST_DEAL:
        return _UNIT.match(text[amount.end : amount.end + 24]) is not None
    return amount.value < _BELOW.get(key, amount.value + 1)


def _inside(hit: Hit[str], other: Hit[str]) -> bool:
    return other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start


def _read(message: Message, amount: Amount, word: Hit[str] | None) -> Read:
    match = _UNIT.match(message.text[amount.end : amount.end + 24])
    before = _RHYTHM_BEFORE.search(message.text, max(0, amount.start - 24), amount.start) if match is None else None
    unit = "month" if before else (_UNITS[match[1]] if match[1] else _RHYTHMS[match[2]]) if match else None
    end = amount.end + match.end() if match else amount.end
    each = _EACH_CUSTOMER.match(message.text, end) if unit in {"year", "month"} else None
    if each is not None:  # `180 T€ pro Jahr und Kunde`: what one customer brings
        return Read(amount, "acv", unit, amount.start, each.end())
    yearly = _EACH_YEAR.match(message.text, end) if unit == "customer" and amount.value >= _LEAST_DEAL else None
    if yearly is not None and (word is None or word.key != "fee"):  # `15.000 Euro pro Kunde und Jahr`
        return Read(amount, "acv", "year", amount.start, yearly.end())
    if unit == "customer" and word is not None and word.key == "fee":
        return Read(amount, "fee", unit, min(word.start, amount.start), max(word.end, end))
    if unit in _BY_UNIT:
        return Read(amount, _BY_UNIT[unit], unit, amount.start, end)
    if word is None:
        return Read(amount, "acv" if unit == "deal" else _bare(message, amount), unit, amount.start, end)
    role = "acv" if unit == "deal" and word.key != "fee" else word.key
    return Read(amount, role, unit, min(word.start, amount.start), max(word.end, end))


def _cost(text: str, amounts: Sequence[Amount], index: int, hit: Hit[str]) -> int:
    """How far a word stands from an amount; commas and amounts in between count as distance."""
    amount = amounts[index]
    if hit.start < amount.end and hit.end > amount.start:
        return 0
    if max(hit.start - amount.end, amount.start - hit.end) > _REACH:
        return _REACH
    after = hit.start >= amount.end
    gap = text[amount.end : hit.start] if after else text[hit.end : amount.start]
    between = amounts[index + 1].start < hit.start if after and index + 1 < len(amounts) else not after and index > 0 and amounts[index - 1].end > hit.end
    owned = not after and index > 0 and not text[amounts[index - 1].end : hit.start].strip() and amounts[index - 1].end <= hit.start  # `5M ARR at 18k`
    joined = 0 if after or owned or not re.fullmatch(r"\s?(?:is|are|of|at|:|=|about|around|ca\.?|~)?\s?", gap) else -3
    if hit.key == "other" and ("," in gap or after and re.search(r"\b(?:and|but|with)\b", gap)):
        return _REACH
    return len(gap) + 12 * sum(gap.count(mark) for mark in ",;(|") + 18 * len(re.findall(r"\b(?:and|but|with|while)\b", gap)) + 25 * between + 12 * owned + 2 * after + joined


def _bare(message: Message, amount: Amount) -> str:
    """`bare` when the words around an amount leave only one reading: what the company turns over."""
    if amount.scale < 1_000_000 and amount.value < 300_000:
        return "unknown"
    clause = message.clause_at(amount.start)
    first, last = max(clause.start, amount.start - _REACH), min(clause.end, amount.end + _REACH)
    before, after = message.text[first : amount.start], message.text[amount.end : last]
    alone = (len(before.split()) <= 1 or before.split()[-1] in _HEADCOUNT) and len(re.findall(r"\w+", after)) <= 1
    if alone or _COMPANY.match(after) or amount.before is not None:
        return "bare"
    bare, lead = lexicon("money", "bare"), first + len(before.rstrip(" ~("))
    led = any(hit.key == "before" and lead - hit.end <= 1 for hit in bare.within(message.text, first, amount.start))
    return "bare" if led or any(hit.key == "after" and hit.start - amount.end <= 1 for hit in bare.within(message.text, amount.end, last)) else "unknown"
