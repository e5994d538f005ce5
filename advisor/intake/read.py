"""The story of a reading: words in; client facts, what is asked, and what does not fit together out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from advisor.domain import Ask, AskKind, Business, Client, Money, Move, Reading
from advisor.domain.regex import Regex
from advisor.intake import asks, contradictions, language, material, merge, motion, owner, scope
from advisor.intake.arr import ArrRead, band
from advisor.intake.facts import Facts
from advisor.intake.facts import find as find_facts
from advisor.intake.message import Message, message_of, plain
from advisor.intake.moves import mentions
from advisor.intake.patterns import lexicon
from advisor.intake.tables import hearing
from advisor.ports import Wording

if TYPE_CHECKING:
    from advisor.intake.quantities import Quantity

MOST_NUMBERS = 60
_NUMBER = re.compile(r"\d+")
LIMIT = 20_000  # characters that are read; `intake.notice.cut` is the sentence to show for longer texts
_LATER = Regex(r"\b(?:now|meanwhile|by now|today|since then|jetzt|inzwischen|mittlerweile|seitdem|maintenant|désormais)\b[^.?!]{0,30}\d|\d[^.?!]{0,30}\b(?:now|meanwhile|by now|today|jetzt|inzwischen|mittlerweile|maintenant|désormais)\b")


def read(text: str, client: Client | None = None, *, options: Client | None = None, today: date | None = None, wording: Wording, limit: int = LIMIT) -> Reading:
    """Read a message on top of what is known of the client; options win over the text, differences are reported.

    Beyond `limit` characters nothing is read. Raises InputError when the ARR given is negative.
    """
    low = plain(text[:limit])
    with hearing(language.heard(low)):
        return _read(text[:limit], low, client or _nobody(), options or _nobody(), today, wording)


@cache
def _nobody() -> Client:
    """A client of whom nothing is known."""
    return Client()


def _tells_nothing(client: Client) -> bool:
    return client is _nobody() or client == _nobody()


def _read(raw: str, low: str, known: Client, given: Client, today: date | None, wording: Wording) -> Reading:
    planted = scope.planted(low)
    message = message_of(blanked(raw, planted), blanked(low, planted), today)
    mentioned = mentions(message.text)
    facts = find_facts(message, mentioned, known, given)
    heard = merge.into(_nobody(), facts.found, message)
    told = heard if _tells_nothing(known) else merge.into(known, facts.found, message)
    full = merge.at_rates(told if _tells_nothing(given) else merge.over(told, given, today))
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


@lru_cache(maxsize=8)
def numbers(text: str) -> tuple[Quantity, ...]:
    """Every number of a message as an input of a sum; none where there are more than anybody adds up in a sentence or two.

    Those of the last texts are kept: whether a sum is asked for, which one, and what a claim may rest on come from the same ones.
    """
    from advisor.intake import quantities  # only sums need them

    raw = text[:LIMIT]
    if len(_NUMBER.findall(raw)) > MOST_NUMBERS:
        return ()
    low = plain(raw)
    with hearing(language.heard(low)):
        planted = scope.planted(low)
        return tuple(quantities.find(message_of(blanked(raw, planted), blanked(low, planted), None)))


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with these spans blank, as long as before."""
    for start, end in spans:
        text = f"{text[:start]}{'.' if start else ' '}{' ' * (end - start - 1)}{text[end:]}"
    return text


def _clashes(message: Message, facts: Facts, heard: Client, known: Client, given: Client, full: Client, wording: Wording) -> list[contradictions.Clash]:
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
    found += merge.clashes(heard, given, "option", wording) if not _tells_nothing(given) else ()
    found += _against_earlier(message, heard, known, given, wording)
    return found


def _against_earlier(message: Message, heard: Client, known: Client, given: Client, wording: Wording) -> list[contradictions.Clash]:
    """Facts said otherwise on the same day without a word of correction."""
    if not known.facts:
        return []
    corrected = any(hit.key == "correction" for hit in lexicon("clauses").find(message.text)) or _LATER.search(message.text)
    if corrected:
        return []
    same_day = [name for name, fact in known.facts.items() if fact.stated_on is None or fact.stated_on == message.today]
    open_fields = [name for name in same_day if name not in merge.SINGLE or getattr(given, name) is None]
    return [clash._replace(readings=()) if clash.contradiction.facts != ("arr",) else clash for clash in merge.clashes(heard, known, "earlier", wording, only=open_fields)]


def _ordered(message: Message, planted: Sequence[tuple[int, int]], low: str) -> Ask:
    """A message that is nothing but a planted instruction: about the moves that it names, else about what it wants to see."""
    words = " ".join(low[start:end] for start, end in planted)
    wanted = tuple(dict.fromkeys(mention.move for mention in mentions(words) if mention.move is not Move.OBEY_INJECTED_TEXT))
    field = scope.REVEAL if scope.outside(words) == scope.REVEAL else scope.ORDERED
    whole = Ask(kind=AskKind.OUT_OF_SCOPE, text=" ".join(message.raw[start:end].strip() for start, end in planted), moves=(*wanted, Move.OBEY_INJECTED_TEXT), topics=(field,))
    return whole if field == scope.REVEAL or not wanted else whole.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US, "topics": ()})


def _readings(turnover: ArrRead, clashes: Sequence[contradictions.Clash], given: Client) -> tuple[Money, ...]:
    """The ARR amounts left open: those of contradictions, both ends of a range that spans two bands, or the highest one below an edge that is not reached."""
    found = {money.amount: money for clash in clashes for money in clash.readings if given.arr is None}
    if turnover.below is not None and given.arr is None:
        return (turnover.below,)
    best = turnover.statement
    if best is not None and best.high is not None and given.arr is None and band(best.value) != band(best.high):
        found |= {value: Money.of(value, turnover.found.value.currency if turnover.found else None) for value in (best.value, best.high)}
    return tuple(found[amount] for amount in sorted(found)) if len(found) > 1 else ()


def _scoped(asked: tuple[Ask, ...], message: Message, planted: Sequence[tuple[int, int]], low: str) -> tuple[tuple[Ask, ...], str | None]:
    """Asks with those outside the field marked; the name of what lies outside, if anything does."""
    if planted and not message.text.strip(" .\n"):
        return (_ordered(message, planted, low),), None
    if material.only_table(message.text):
        return (Ask(kind=AskKind.OUT_OF_SCOPE, text=message.quote(0, len(message.raw)), topics=(scope.TABLE,)),), None
    if planted and len(asked) == 1 and asked[0].kind is AskKind.WHERE_TO_START and not asked[0].moves:
        wanted = tuple(dict.fromkeys(mention.move for start, end in planted for mention in mentions(low[start:end])))
        asked = (asked[0].model_copy(update={"moves": wanted, "kind": AskKind.IS_IT_RIGHT_FOR_US if wanted else asked[0].kind}),)
    if (grave := _grave(message)) is not None:
        return (Ask(kind=AskKind.OUT_OF_SCOPE, text=message.quote(0, len(message.raw)), topics=(grave,)),), grave
    named, settled = None, []
    for ask in asked:
        field = scope.outside(plain(ask.text)) if scope.names_another(message.text) else None
        if ask.kind is AskKind.OUT_OF_SCOPE:
            named = field or "another field"
            ask = ask.model_copy(update={"topics": (named,)})
        settled.append(ask)
    return tuple(settled), named or (scope.CONSUMER if scope.outside(message.text) == scope.CONSUMER else None)


def _grave(message: Message) -> str | None:
    """The field of law or of conduct that a message tells of, where its questions name nothing of ours: they are about that then (`what do I have to do?`)."""
    field = scope.outside(message.text)
    asked = " ".join(message.text[start:end] for start, end in sorted({message.sentence_at(mark.start()) for mark in re.finditer(r"\?", message.text)}))
    return field if field in scope.GRAVE and asked and not mentions(asked) and not asks.topics_of(asked) else None
