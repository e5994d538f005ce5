"""Rates that are told over several turns of a call: the question names them, the answer holds the number.

`and the activation?` — `about forty percent`. A rate counts where question and answer leave no other reading: one percentage in the answer,
of nothing else that the sentence names. Two win rates put to the client as a question count once the client repeats or affirms them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from advisor.domain import Metric, Unit
from advisor.intake import numerals, winrates
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import lexicon
from advisor.intake.tables import table
from advisor.intake.winrates import Pair

_TURNS = 4  # of the adviser for which a rate asked about stays the topic, unless another is asked about
_MOST = 60  # words of an answer; a longer one is about more than was asked
_WIN_RATES = ("win_rate_partner", "win_rate_direct")
_ZONES = ("foreign", "assumed", "question", "unsure", "hearsay")


class Topic(NamedTuple):
    """The rate that the adviser asked about last, for how many turns it still is the topic, and two win rates put to the client."""

    rate: str | None = None
    turns: int = 0
    put: Pair | None = None


def asked(message: Message, before: Topic) -> Topic:
    """The topic after a turn of the adviser."""
    named = [name for name in table("speakers")["rate"] if lexicon("speakers", f"rate.{name}").first(message.text)]
    if not before.turns:
        named = [name for name in named if name != "win_rate_other"]
    rate = {"win_rate_other": "win_rate_direct"}.get(named[0], named[0]) if named else None
    if rate is None and before.turns > 1 and not _about_else(message):
        rate, turns = before.rate, before.turns - 1
    else:
        turns = _TURNS if rate else 0
    pair = winrates.across(message.text) if rate in _WIN_RATES and message.text.rstrip().endswith("?") else None
    return Topic(rate, turns, pair)


def answered(message: Message, topic: Topic, *, agrees: bool) -> Iterator[Found]:
    """The rates that a turn of the client's people answers the topic with."""
    if not topic.rate or len(message.text.split()) > _MOST:
        return
    pair = winrates.across(message.text) if topic.rate in _WIN_RATES else None
    if pair and _plain(message, pair.start):
        yield from _both(message, pair, pair.start, pair.end)
    elif topic.put and (place := _affirmed(message, topic.put, agrees=agrees)):
        yield from _both(message, topic.put, *place)
    elif not topic.put:
        yield from _one(message, topic.rate)


def _about_else(message: Message) -> bool:
    """Whether the adviser has come to something else that is asked for by a number or a yes."""
    return any(lexicon("speakers", f"answer.{name}").first(message.text) for name in table("speakers")["answer"] if name not in _WIN_RATES)


def _both(message: Message, pair: Pair, start: int, end: int) -> Iterator[Found]:
    values = {"win_rate_partner": (pair.with_partners, Unit.PERCENT), "win_rate_direct": (pair.alone, Unit.PERCENT), "win_rate_gap": (pair.with_partners - pair.alone, Unit.PERCENTAGE_POINTS)}
    for name, (value, unit) in values.items():
        yield Found(f"metrics.{name}", Metric(value=value, unit=unit, quote=message.quote(start, end)), start, end, "inferred")


def _affirmed(message: Message, put: Pair, *, agrees: bool) -> tuple[int, int] | None:
    """The first clause of an answer that affirms two win rates, or repeats one of them and names no other percentage."""
    numbers = {numerals.value(match[1]) for match in _percent(bare=True).finditer(message.text)}
    first = next(clause for clause in message.clauses if message.text[clause.start : clause.end].strip())
    repeats = bool(numbers) and numbers <= {put.with_partners, put.alone}
    return (first.start, first.end) if repeats or (agrees and not numbers) else None


def _one(message: Message, rate: str) -> Iterator[Found]:
    """The only percentage of an answer, where its sentence is about nothing else."""
    shares = list(_percent(bare=False).finditer(message.text))
    if len(shares) != 1 or not _plain(message, shares[0].start()):
        return
    start, end = shares[0].span()
    first, last = message.sentence_at(start)
    if lexicon("speakers", "other_rate").first(message.text[first:last]) is None and not message.negated(start):
        yield Found(f"metrics.{rate}", Metric(value=Decimal(numerals.value(shares[0][1])), unit=Unit.PERCENT, quote=message.quote(start, end)), start, end, "inferred")


def _plain(message: Message, place: int) -> bool:
    return not any(message.meant_as(zone, place) for zone in _ZONES)


@cache
def _percent(*, bare: bool) -> re.Pattern[str]:
    """A percentage in digits or words; `bare` also a number of two digits without its sign."""
    sign = r"\s?(?:%|percent\b|per cent\b|prozent\b|pour cent\b)"
    number = rf"(?<![\w.,])(\d{{1,3}}(?:[.,]\d)?|{numerals.below_hundred()})"
    return re.compile(rf"(?<![\w.,])(\d{{2}}(?:[.,]\d)?)(?![\w.,]*\d)(?:{sign})?" if bare else number + sign)
