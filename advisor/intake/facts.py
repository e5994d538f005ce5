"""The facts of one message: every reader's findings, put together."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from advisor.domain import Client, Money
from advisor.domain.money import WORDS, currency_code
from advisor.domain.regex import Regex
from advisor.intake import again, age, amounts, arr, attained, currencies, decisions, direct, fx, language, maturity, metrics, motion, numerals, owner, partners, roles, said
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.moves import Mention
from advisor.intake.patterns import lexicon

_WIDE = 3  # a range of deals whose upper end is further above the lower one has no usual size
_WORDS = re.compile(r"[\w.,]+")
_FEW = 5  # words of a clause that is nothing but an amount: `110k a year`
_LEAST, _MOST = 300, 2 * 10**6  # a yearly price of one customer lies between
_CURRENCY_SAID = Regex(rf"\b(?:it's|its|that's|this is|it is|was|were|are|in|meant)\s(?:in |us |all in )?({'|'.join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True) if len(word) > 2)})\b")
_REACH = 90  # characters in which several deals stand before what they come to
_SEVERAL = Regex(rf"\b(?:[2-9]|[1-9]\d{{1,2}}|{numerals.below_hundred()}) (?:new |closed |won |partner |big |small )*(?:deals|contracts|customers|clients|projects|licences|licenses|orders)\b[^.;:!?\d]{{0,30}}?\b(?:worth|for|totalling|totaling|bringing|of together|together)(?: a total of| in total| about| around| some| altogether)? $")
_APIECE = Regex(r"\s?(?:each|apiece|a piece|per|a deal|a year each|every|/)")
_CURRENCY_ALONE = Regex(r"(?:^|[.;!?]\s|, |\(|\barr |\b(?:all |everything |figures |numbers |alles |alle beträge |zahlen |tout |amounts )?(?:in|en) )([^\W\d_]+(?:[ -][^\W\d_]+){0,2})(?=\s*(?:[.,;!?:)]|$))")


class Facts(NamedTuple):
    """What was found, and what it was decided from: the statements of turnover and of predictability, the doubt about a claimed level."""

    found: list[Found]
    arr: arr.ArrRead
    said_direct: list[Found]
    measured: Found | None
    doubted: maturity.Doubt | None


def find(message: Message, mentioned: Sequence[Mention], known: Client, given: Client) -> Facts:
    """Every fact that a message states of the client, at most one a field; amounts without a currency in the one that it suggests."""
    rates = fx.find(message)
    found_amounts = [amount for amount in amounts.find(message) if not any(rate.start < amount.end and amount.start < rate.end for rate in rates)]
    reads = roles.assign(message, found_amounts)
    turnover = arr.decide(message, arr.statements(message, reads))
    said_direct, measured = list(direct.find(message, spoken_of=known.direct_predictable is not None)), attained.measured(message)
    found = [*([turnover.found] if turnover.found else []), *_deal(message, reads)]
    found = _in_currency(message, _without_giant_deals(found), reads, known, given)
    found += [*motion.find(message), *owner.find(message), *partners.find(message), *age.find(message), *said.find(message, reads), *metrics.find(message, reads), *decisions.find(message, mentioned)]
    found += _predictable(said_direct, measured)
    found += again.find(message, known, {item.field for item in found})
    claimed = next((item for item in found if item.field == "maturity"), None)
    doubted = maturity.doubt(message, claimed)
    if claimed is None:
        found += maturity.find(message)
    elif doubted is not None:
        found += [claimed._replace(value=doubted.level, start=doubted.sign.start, end=doubted.sign.end, confidence="inferred")]
    found += [Found("fx", {rate.currency: rate.value}, rate.start, rate.end) for rate in rates]
    return Facts(found, turnover, said_direct, measured, doubted)


def _deal(message: Message, reads: Sequence[roles.Read]) -> list[Found]:
    """The deal size: the middle of a narrow range; a wide one names none."""
    for read in reads:
        if read.amount.high is not None and read.amount.high > _WIDE * read.amount.value:
            continue
        bad = any(message.meant_as(zone, read.amount.start) for zone in ("foreign", "assumed"))
        if read.role in {"acv", "tcv"} and read.amount.value > 0 and not bad and not message.negated(read.amount.start, 6) and not read.amount.absurd:
            if read.role == "tcv":
                return []
            if _together(message, read):
                continue
            sure = read.unit != "month" and read.amount.high is None and not read.amount.short
            middle = (read.yearly + (read.amount.high * read.yearly / read.amount.value)) / 2 if read.amount.high else read.yearly
            return [Found("acv", Money.of(middle, read.amount.currency), read.start, read.end, "stated" if sure else "inferred")]
    return _each_year(message, reads)


def _each_year(message: Message, reads: Sequence[roles.Read]) -> list[Found]:
    """What one customer pays a year, `each pays 24,000 a year`, or the only amount a year beside an ARR: `enterprise, 110k a year`."""
    turnover = any(read.role == "arr" for read in reads)
    for read in reads:
        alone = read.role in {"unknown", "bare"} and turnover and len(_WORDS.findall(message.text, *_clause(message, read))) <= _FEW
        if read.unit == "year" and (read.role == "price" or alone) and read.amount.high is None and _LEAST < read.amount.value < _MOST and message.states(read.amount.start):
            return [Found("acv", Money.of(read.amount.value, read.amount.currency), read.start, read.end, "inferred")]
    return []


def _together(message: Message, read: roles.Read) -> bool:
    """Whether an amount is what several deals come to, `4 deals worth 140k`, and not the size of one."""
    first = max(message.clause_at(read.amount.start).start, read.amount.start - _REACH)
    several = _SEVERAL.search(message.text, first, read.amount.start)
    return several is not None and _APIECE.match(message.text, read.amount.end) is None


def _clause(message: Message, read: roles.Read) -> tuple[int, int]:
    clause = message.clause_at(read.amount.start)
    return clause.start, clause.end


def _without_giant_deals(found: list[Found]) -> list[Found]:
    """The amounts without a deal that is larger than everything the company turns over."""
    turnover = next((item.value.amount for item in found if item.field == "arr"), None)
    return [item for item in found if item.field != "acv" or not turnover or item.value.amount <= turnover]


def _predictable(said_direct: Sequence[Found], measured: Found | None) -> list[Found]:
    """The cautious reading: one "not" outweighs a "yes"."""
    against = next((found for found in said_direct if found.value is False), None)
    if against is None and measured is not None and measured.value is False:
        return [measured]
    first = against or next(iter(said_direct), None) or measured
    return [first] if first else []


def _in_currency(message: Message, found: list[Found], reads: Sequence[roles.Read], known: Client, given: Client) -> list[Found]:
    """Amounts without a currency in the one that the message, its language or a euro country suggests, marked as assumed; in the
    client's own, where it stated its ARR in one before."""
    correction = _CURRENCY_SAID.search(message.text)
    said_code = currency_code(correction[1]) if correction and (corrects(message, correction.start()) or not reads) else None
    unnamed = {read.start for read in reads if read.amount.foreign_code}
    others = {read.amount.currency for read in reads if read.amount.currency and not message.meant_as("foreign", read.amount.start)}
    if said_code and correction and not any(item.field == "arr" for item in found) and known.arr:
        found = [*found, Found("arr", Money.of(known.arr.amount, said_code), correction.start(), correction.end())]
    alone = _alone(message, others)
    code = next(iter(others)) if len(others) == 1 else alone
    own = known.arr.currency if known.arr and not others and not code else None
    sure = alone or (own and "arr" in known.facts and known.facts["arr"].confidence == "stated")
    code = code or own
    if not code and not others and (language.of(message.text) in {"de", "fr"} or said.euro_place(message)):
        code = "EUR"
    settled = []
    for item in found:
        money: Money = item.value
        if said_code and item.field == "arr":
            item = item._replace(value=Money.of(money.amount, said_code))
        elif code and money.currency is None and item.start not in unnamed and money.amount:
            item = item._replace(value=Money.of(money.amount, code), confidence=item.confidence if sure else "assumed")
        settled.append(item)
    return settled


def _alone(message: Message, others: Collection[str]) -> str | None:
    """The only currency, where it stands apart from every amount: `9.4m recurring, euros`, `all in EUR`."""
    said = {code for match in _CURRENCY_ALONE.finditer(message.text) if (code := currencies.said(match[1], message.raw[match.start(1) : match.end(1)])) and message.states(match.start(), even=("question", "wish"))}
    return said.pop() if len(said) == 1 and not others else None


def corrects(message: Message, place: int) -> bool:
    """Whether a word of correction stands before a place in its sentence."""
    first, _ = message.sentence_at(place)
    return any(hit.key == "correction" for hit in lexicon("clauses").within(message.text, max(first, place - 30), place + 10))
