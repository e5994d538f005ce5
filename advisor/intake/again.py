"""What says a known fact anew and leaves its noun out: `it's 4.6 by now`, `one more joined, 23 now`, `they do not hold any`; and an ARR only supposed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from advisor.domain import Client, Money
from advisor.domain.regex import Regex
from advisor.intake import numerals
from advisor.intake.found import Found
from advisor.intake.message import Message, plain
from advisor.intake.patterns import lexicon
from advisor.intake.tables import table

_MILLION = 10**6
_FURTHEST = Decimal(3)  # times larger or smaller than what was known; further away it is another matter
_DECIMAL = r"(?<![\w.,])(\d{1,3}[.,]\d{1,2})(?!\s?(?:%|percent|prozent|pour cent|points?|punkte|x|times|hours?|stunden|months?|monate|years?|jahre|k\b|tsd|euros?\b|eur\b|usd\b|[$€£])|[\d.,]*\d)"
_WHOLE = r"(?<![\w.,])(\d{1,4})(?![\w%]|[.,]\d|\s?%)"


_NOT_ARR = r"(?!\s?(?:%|percent|prozent|pour cent|points?|punkte|partners?|partnern?|people|leute|fte|months?|monate|years?|jahre|weeks?|wochen|days?|tage|deals?|customers|kunden|hours?|stunden|k\b|tsd)|[\d.,]*\d)"
_SUM = rf"(?:€|\$|eur |usd )?(?P<@>\d{{1,3}}(?:[.,]\d{{1,2}})?)(?:\s?(?:m|mio|million(?:en|s)?)\b\.?)?{_NOT_ARR}"
_TO = r"\b(?:to|at|hit|hits|reach|reaches|cross|crosses|auf|bei|erreichen|mit|à|atteint)\s"
_SUPPOSED = Regex(
    rf"\b(?:if|once|when|suppose|supposing|assuming|wenn|falls|sobald|angenommen|si)\b[^.?!\d]{{0,48}}?(?:{_TO}|\bwir ){_SUM.replace('@', 'one')}"
    rf"|\b(?:different|differently|change|changes|anders|ändert|ändern|différent|change)\b[^.?!\d]{{0,32}}?{_TO}{_SUM.replace('@', 'two')}"
)


def supposed_arr(text: str, known: Client) -> Money | None:
    """The ARR that a question only supposes, `would it be different at 15?`, in the millions and the currency of the known one."""
    if known.arr is None or known.arr.amount < _MILLION:
        return None
    match = _SUPPOSED.search(plain(text))
    if match is None:
        return None
    amount = numerals.value(match["one"] or match["two"]) * _MILLION
    near = known.arr.amount / _FURTHEST <= amount <= known.arr.amount * _FURTHEST
    return Money.of(amount, known.arr.currency) if near and amount != known.arr.amount else None


def find(message: Message, known: Client, found: set[str]) -> Iterator[Found]:
    """The ARR and the signed partners of now, where the message names neither and the conversation knows both."""
    if "arr" not in found and known.arr is not None and known.arr.amount >= _MILLION:
        yield from _turnover(message, known.arr)
    if "partners.signed" not in found and known.partners.signed:
        yield from _partners(message, known.partners.signed)
    if "committed_spend" not in found and known.committed_spend:
        yield from _no_commitment(message)


def _no_commitment(message: Message) -> Iterator[Found]:
    """That the buyers hold none after all: `Sorry, they do not hold any.`"""
    for hit in lexicon("again", "no_commitment").find(message.text):
        if message.states(hit.start):
            yield Found("committed_spend", False, hit.start, hit.end)
            return


@cache
def _beside(number: str) -> Regex:
    """A number with a word for now right before or behind it."""
    now = "|".join(sorted(table("again")["now"]["words"], key=len, reverse=True))
    return Regex(rf"{number}\s(?:{now})\b|\b(?:{now})\s(?:(?:it's|it is|we're at|sind es|sinds|bei|at|ist es|liegen wir bei)\s)?{number}")


def _turnover(message: Message, known: Money) -> Iterator[Found]:
    for match in _beside(_DECIMAL).finditer(message.text):
        amount = numerals.value(match[1] or match[2]) * _MILLION
        if known.amount / _FURTHEST <= amount <= known.amount * _FURTHEST and message.states(match.start()):
            yield Found("arr", Money.of(amount, known.currency), match.start(), match.end(), "inferred")
            return


def _partners(message: Message, known: int) -> Iterator[Found]:
    """Counted where partners are said to have come or gone."""
    for match in _beside(_WHOLE).finditer(message.text):
        first, last = message.sentence_at(match.start())
        moved = lexicon("again", "moved").first(message.text[first:last])
        count = int(match[1] or match[2])
        if moved is not None and known / _FURTHEST <= count <= known * _FURTHEST and message.states(match.start()):
            yield Found("partners.signed", count, match.start(), match.end(), "inferred")
            return
