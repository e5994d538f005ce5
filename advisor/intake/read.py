"""The story of a reading: words in; client facts, what is asked, and what does not fit together out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from advisor.domain import BANDS, Ask, AskKind, Business, Client, Money, Move, Reading
from advisor.domain.money import WORDS, currency_code
from advisor.intake import (
    age,
    amounts,
    arr,
    asks,
    clauses,
    contradictions,
    decisions,
    direct,
    fx,
    language,
    maturity,
    merge,
    metrics,
    motion,
    owner,
    partners,
    quantities,
    roles,
    said,
    scope,
)
from advisor.intake.found import Found
from advisor.intake.message import Message, plain
from advisor.intake.moves import Mention, mentions
from advisor.intake.patterns import lexicon
from advisor.intake.tables import hearing
from advisor.ports import Wording

_WIDE = 3  # a range of deals whose upper end is further above the lower one has no usual size
MOST_NUMBERS = 60
_NUMBER = re.compile(r"\d+")
LIMIT = 20_000  # characters that are read; `intake.notice.cut` is the sentence to show for longer texts
_LATER = re.compile(r"\b(?:now|meanwhile|by now|today|since then)\b[^.?!]{0,30}\d|\d[^.?!]{0,30}\b(?:now|meanwhile|by now|today)\b")
_CURRENCY_SAID = re.compile(rf"\b(?:it's|its|that's|this is|it is|was|were|are|in|meant)\s(?:in |us |all in )?({'|'.join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True) if len(word) > 2)})\b")


_CURRENCY_ALONE = re.compile(r"(?:^|[.;!?]\s|, |\(|\barr |\b(?:all |everything |figures |numbers |alles |tout |amounts )?(?:in|en) )(eur|euro|euros|usd|us dollars|dollars|gbp|pounds|chf|franken|sek|nok|dkk|pln)(?=\s*(?:[.,;!?)]|$))")


class _Facts(NamedTuple):
    found: list[Found]
    arr: arr.ArrRead
    said_direct: list[Found]
    measured: Found | None
    doubted: maturity.Doubt | None


def read(text: str, client: Client | None = None, *, options: Client | None = None, today: date | None = None, wording: Wording) -> Reading:
    """Read a message on top of what is known of the client; options win over the text, differences are reported.

    Raises InputError when the ARR given is negative.
    """
    low = plain(text[:LIMIT])
    with hearing(language.heard(low)):
        return _read(text[:LIMIT], low, client or Client(), options or Client(), today, wording)


def _read(raw: str, low: str, known: Client, given: Client, today: date | None, wording: Wording) -> Reading:
    planted = scope.planted(low)
    message = _message(_without(raw, planted), _without(low, planted), today)
    mentioned = mentions(message.text)
    facts = _facts(message, mentioned, known, given)
    heard = merge.into(Client(), facts.found, message)
    full = merge.at_rates(merge.over(merge.into(known, facts.found, message), given, today))
    clashes = _clashes(message, facts, heard, known, given, full, wording)
    if any(clash.contradiction.facts == ("arr",) and facts.arr.statement and facts.arr.statement.read.amount.absurd for clash in clashes) and given.arr is None:
        full = full.model_copy(update={"arr": known.arr})
    named = [name for name in full.metrics if name != "activation_rate" or full.facts["metric_activation_rate"].confidence == "stated"]
    asked = asks.find(message, mentioned, named, knows_client=bool(full.facts))
    asked, out = _scoped(asked, message, planted, low)
    inside = not (out and all(ask.kind is AskKind.OUT_OF_SCOPE for ask in asked)) and full.business is not Business.OTHER
    return Reading(
        client=full,
        asks=asked,
        language=language.of(low),
        in_scope=inside,
        out_of_scope=out if inside or out else scope.CONSUMER,
        contradictions=tuple(clash.contradiction for clash in clashes),
        arr_readings=_readings(facts.arr, clashes, given),
        planted=tuple(raw[start:end].strip() for start, end in planted),
    )


def numbers(text: str) -> list[quantities.Quantity]:
    """Every number of a message as an input of a sum; none where there are more than anybody adds up in a sentence or two."""
    raw = text[:LIMIT]
    if len(_NUMBER.findall(raw)) > MOST_NUMBERS:
        return []
    low = plain(raw)
    with hearing(language.heard(low)):
        planted = scope.planted(low)
        return quantities.find(_message(_without(raw, planted), _without(low, planted), None))


def _message(raw: str, text: str, today: date | None) -> Message:
    cut = clauses.split(text)
    return Message(raw, text, cut, clauses.zones(text, cut), today)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{'.' if start else ' '}{' ' * (end - start - 1)}{text[end:]}"
    return text


def _facts(message: Message, mentioned: Sequence[Mention], known: Client, given: Client) -> _Facts:
    rates = fx.find(message)
    found_amounts = [amount for amount in amounts.find(message) if not any(rate.start < amount.end and amount.start < rate.end for rate in rates)]
    reads = roles.assign(message, found_amounts)
    turnover = arr.decide(message, arr.statements(message, reads))
    said_direct, measured = list(direct.find(message)), direct.measured(message)
    found = [*([turnover.found] if turnover.found else []), *_deal(message, reads)]
    found = _in_currency(message, _without_giant_deals(found), reads, known, given)
    found += [*motion.find(message), *owner.find(message), *partners.find(message), *age.find(message), *said.find(message, reads), *metrics.find(message, reads), *decisions.find(message, mentioned)]
    found += _predictable(said_direct, measured)
    claimed = next((item for item in found if item.field == "maturity"), None)
    doubted = maturity.doubt(message, claimed)
    if claimed is None:
        found += maturity.find(message)
    elif doubted is not None:
        found += [claimed._replace(value=doubted.level, start=doubted.sign.start, end=doubted.sign.end, confidence="inferred")]
    found += [Found("fx", {rate.currency: rate.value}, rate.start, rate.end) for rate in rates]
    return _Facts(found, turnover, said_direct, measured, doubted)


def _deal(message: Message, reads: Sequence[roles.Read]) -> list[Found]:
    """The deal size: the middle of a narrow range; a wide one names none."""
    for read in reads:
        if read.amount.high is not None and read.amount.high > _WIDE * read.amount.value:
            continue
        bad = any(message.meant_as(zone, read.amount.start) for zone in ("foreign", "assumed"))
        if read.role in {"acv", "tcv"} and read.amount.value > 0 and not bad and not message.negated(read.amount.start, 6) and not read.amount.absurd:
            if read.role == "tcv":
                return []
            sure = read.unit != "month" and read.amount.high is None and not read.amount.short
            middle = (read.yearly + (read.amount.high * read.yearly / read.amount.value)) / 2 if read.amount.high else read.yearly
            return [Found("acv", Money.of(middle, read.amount.currency), read.start, read.end, "stated" if sure else "inferred")]
    return []


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
    """Amounts without a currency in the one that the message, its language or a euro country suggests, marked as assumed."""
    correction = _CURRENCY_SAID.search(message.text)
    said_code = currency_code(correction[1]) if correction and (_corrects(message, correction.start()) or not reads) else None
    unnamed = {read.start for read in reads if read.amount.foreign_code}
    others = {read.amount.currency for read in reads if read.amount.currency and not message.meant_as("foreign", read.amount.start)}
    if said_code and correction and not any(item.field == "arr" for item in found) and known.arr:
        found = [*found, Found("arr", Money.of(known.arr.amount, said_code), correction.start(), correction.end())]
    alone = _alone(message, others)
    code = next(iter(others)) if len(others) == 1 else alone
    code = code or (known.arr.currency if known.arr and not others else None)
    if not code and not others and (language.of(message.text) in {"de", "fr"} or said.euro_place(message)):
        code = "EUR"
    settled = []
    for item in found:
        money: Money = item.value
        if said_code and item.field == "arr":
            item = item._replace(value=Money.of(money.amount, said_code))
        elif code and money.currency is None and item.start not in unnamed and money.amount:
            item = item._replace(value=Money.of(money.amount, code), confidence=item.confidence if alone else "assumed")
        settled.append(item)
    return settled


def _alone(message: Message, others: Collection[str]) -> str | None:
    """The only currency, where it stands apart from every amount: `9.4m recurring, euros`, `all in EUR`."""
    said = {currency_code(match[1]) for match in _CURRENCY_ALONE.finditer(message.text) if message.states(match.start(), even=("question", "wish"))}
    return said.pop() if len(said) == 1 and not others else None


def _corrects(message: Message, place: int) -> bool:
    first, _ = message.sentence_at(place)
    return any(hit.key == "correction" for hit in lexicon("clauses").find(message.text[max(first, place - 30) : place + 10]))


def _clashes(message: Message, facts: _Facts, heard: Client, known: Client, given: Client, full: Client, wording: Wording) -> list[contradictions.Clash]:
    found = [*contradictions.amounts(message, facts.arr, wording)]
    absurd = facts.arr.statement is not None and facts.arr.statement.read.amount.absurd
    if given.arr is None:
        found += contradictions.arr_statements(message, facts.arr, wording)
    if not absurd:
        found += contradictions.arithmetic(full.arr, full.acv, full.metrics, wording)
    if given.direct_predictable is None:
        found += contradictions.predictability(message, facts.said_direct, facts.measured, wording)
    if given.maturity is None:
        found += contradictions.maturity(message, facts.doubted, wording)
    if given.owner is None:
        found += contradictions.rival_words(message, "owner", owner.rivals(message), wording)
    if given.motion is None:
        found += contradictions.rival_words(message, "motion", motion.rivals(message), wording)
    found += contradictions.partner_counts(full.partners.model_dump(), wording)
    found += merge.clashes(heard, given, "option", wording)
    found += _against_earlier(message, heard, known, given, wording)
    return found


def _against_earlier(message: Message, heard: Client, known: Client, given: Client, wording: Wording) -> list[contradictions.Clash]:
    """Facts said otherwise on the same day without a word of correction."""
    corrected = any(hit.key == "correction" for hit in lexicon("clauses").find(message.text)) or _LATER.search(message.text)
    if corrected:
        return []
    same_day = [name for name, fact in known.facts.items() if fact.stated_on is None or fact.stated_on == message.today]
    open_fields = [name for name in same_day if name not in merge.SINGLE or getattr(given, name) is None]
    return [clash._replace(readings=()) if clash.contradiction.facts != ("arr",) else clash for clash in merge.clashes(heard, known, "earlier", wording, only=open_fields)]


def _readings(turnover: arr.ArrRead, clashes: Sequence[contradictions.Clash], given: Client) -> tuple[Money, ...]:
    """The ARR amounts left open: those of contradictions, or both ends of a range that spans two bands."""
    found = {money.amount: money for clash in clashes for money in clash.readings if given.arr is None}
    best = turnover.statement
    if best is not None and best.high is not None and given.arr is None and _band(best.value) != _band(best.high):
        found |= {value: Money.of(value, turnover.found.value.currency if turnover.found else None) for value in (best.value, best.high)}
    return tuple(found[amount] for amount in sorted(found)) if len(found) > 1 else ()


def _band(amount: Decimal) -> int:
    edges = sorted({int(edge) * 10**6 for band in BANDS for edge in re.findall(r"\d+", band.value)})
    return sum(amount >= edge for edge in edges)


def _scoped(asked: tuple[Ask, ...], message: Message, planted: Sequence[tuple[int, int]], low: str) -> tuple[tuple[Ask, ...], str | None]:
    """Asks with those outside the field marked; the name of what lies outside, if anything does."""
    if planted and not message.text.strip(" .\n"):
        words = " ".join(low[start:end] for start, end in planted)
        moves = tuple(dict.fromkeys([mention.move for mention in mentions(words)] + [Move.OBEY_INJECTED_TEXT]))
        kind = AskKind.IS_IT_RIGHT_FOR_US if len(moves) > 1 else AskKind.OUT_OF_SCOPE
        return (Ask(kind=kind, text=" ".join(message.raw[start:end].strip() for start, end in planted), moves=moves),), None
    if planted and len(asked) == 1 and asked[0].kind is AskKind.WHERE_TO_START and not asked[0].moves:
        wanted = tuple(dict.fromkeys(mention.move for start, end in planted for mention in mentions(low[start:end])))
        asked = (asked[0].model_copy(update={"moves": wanted, "kind": AskKind.IS_IT_RIGHT_FOR_US if wanted else asked[0].kind}),)
    named, settled = None, []
    for ask in asked:
        field = scope.outside(plain(ask.text))
        if ask.kind is AskKind.OUT_OF_SCOPE:
            named = field or "another field"
            ask = ask.model_copy(update={"topics": (named,)})
        settled.append(ask)
    return tuple(settled), named or (scope.CONSUMER if scope.outside(message.text) == scope.CONSUMER else None)
