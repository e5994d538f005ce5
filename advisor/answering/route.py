"""What a message asks for, by its words and its vector: one ask, or one for each question that wants something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from advisor.answering.computations.choice import Fit
from advisor.answering.select import questions
from advisor.domain import Ask, AskKind, Reading
from advisor.intake import signs
from advisor.ports import KindReader

Read = Callable[[str], Reading]
Rank = Callable[[str, Reading], list[tuple[AskKind, float]]]
_SURE = 0.4  # a second question counts as one of another kind from this probability on
_WORDS = 4
_POSSIBLE, _MANY = 0.1, 3  # a sum is likely enough from this probability on where it uses that many numbers of the message
_FEW, _NEAR_SUM = 2, 0.04  # numbers of a sum that is asked for by name; from which probability on one is meant that still lacks a number
_CERTAIN = 0.75  # from which probability on a sum is asked for even where its numbers do not add up yet
_ALSO, _HEARD = 0.25, 0.1  # the probability from which a second question in one sentence is answered too, alone and where patterns read it
_MORE = re.compile(
    r"\b(?:and|also|plus|or)\b[^.?!]{0,25}\b(?:what|which|who|how|where|when|should|can|do|is|are|would)\b"
    r"|\b(?:und|auch|sowie|oder)\b[^.?!]{0,25}\b(?:was|welche[rsn]?|wer|wie|womit|wann|sollen|sollten|können|lohnt)\b"
)
_CHAT = 0.8  # from which probability on a message that tells facts is small talk all the same
_GENERAL, _SPECIFIC = 1.5, 2
# How much more patterns count where the vector is that of a message in another language, said word by word in English: little for
# one in which messages were learned from, much for others.
_FOREIGN, _UNLEARNED = {"en": 1, "de": 1.5}, 6
_PLAIN = frozenset({AskKind.WHERE_TO_START, AskKind.IS_IT_RIGHT_FOR_US, AskKind.HOW_TO})  # what patterns fall back on
_SETTLED = frozenset({AskKind.OUT_OF_SCOPE})
_NO_FIELD = frozenset({"another field", "general", None})  # what is named where no other field is known
_ASIDE = frozenset({AskKind.CHIT_CHAT, AskKind.OUT_OF_SCOPE})


def routed(question: str, reading: Reading, again: Read, reader: KindReader, adds_up: Callable[[str], Fit]) -> tuple[Ask, ...]:
    """The asks of a message with their kinds. What patterns know for certain (planted text, another field) stays.

    `adds_up` tells how well the numbers of a text make a sum.
    """
    if not reading.asks or reading.planted or not reading.in_scope or all(ask.kind in _SETTLED for ask in reading.asks):
        return reading.asks
    parts = [part for part in questions(question) if len(part.split()) >= _WORDS]
    rank = partial(_ranked, reader=reader, adds_up=adds_up)
    several = _several(parts, again, rank) if len(parts) > 1 else ()
    return several or _alone(parts, question, reading, again, rank) or _whole(question, reading, rank)


def admitted(question: str, reading: Reading, adds_up: Callable[[str], Fit]) -> Reading:
    """The reading, inside our field where a message without any word of it asks for a sum of its own numbers."""
    if reading.in_scope or reading.planted or reading.out_of_scope not in _NO_FIELD or any(ask.kind is not AskKind.OUT_OF_SCOPE for ask in reading.asks):
        return reading
    fit = adds_up(question)
    if fit.missing or not fit.wanted or fit.uses < _FEW:
        return reading
    asks = tuple(ask.model_copy(update={"kind": AskKind.SUM, "topics": ()}) for ask in reading.asks)
    return reading.model_copy(update={"asks": asks, "in_scope": True, "out_of_scope": None})


def _several(parts: Sequence[str], again: Read, rank: Rank) -> tuple[Ask, ...]:
    """The questions as asks of their own when they surely want different things, as one when they surely want the same."""
    asks: dict[AskKind, Ask] = {}
    for part in parts:
        reading = again(part)
        kind, chance = rank(part, reading)[0]
        if chance < _SURE or kind in _ASIDE:
            return ()
        ask = _joined(part, reading.asks, kind)
        asks[kind] = _joined(f"{asks[kind].text} {part}", (asks[kind], ask), kind) if kind in asks else ask
    return tuple(asks.values())


def _alone(parts: Sequence[str], question: str, reading: Reading, again: Read, rank: Rank) -> tuple[Ask, ...]:
    """The only question among many facts, of the kind that patterns and its own vector agree on where the whole message resembles another one."""
    if len(parts) != 1 or reading.language == "en" or len(parts[0]) * 2 > len(question):
        return ()
    read = {ask.kind for ask in reading.asks}
    kind, _ = rank(parts[0], again(parts[0]))[0]
    return (_joined(question, reading.asks, kind),) if kind in read and kind not in _ASIDE else ()


def _whole(question: str, reading: Reading, rank: Rank) -> tuple[Ask, ...]:
    """The message as one ask; as two when a second question follows in a sentence and another kind is likely too."""
    (kind, _), *others = rank(question, reading)
    read = {ask.kind for ask in reading.asks}
    second = [other for other, chance in others[:1] if chance >= (_HEARD if other in read else _ALSO) and other not in _ASIDE and _MORE.search(question.lower())]
    kinds = [kind, *(other for other in second if AskKind.SUM not in {kind, other})]
    return tuple(_joined(question, tuple(ask for ask in reading.asks if ask.kind is each) or reading.asks, each) for each in kinds)


def _ranked(text: str, reading: Reading, *, reader: KindReader, adds_up: Callable[[str], Fit]) -> list[tuple[AskKind, float]]:
    """The kinds with their probability, most likely first, where a kind that patterns read counts for more than its vector gives it.

    Many of the messages learned from were written to evade patterns, so that the weights trust patterns less than usual wordings deserve.
    """
    read = {ask.kind for ask in reading.asks}
    odds, trust = reader.kinds(text, signs(text, reading)), _FOREIGN.get(reading.language, _UNLEARNED)
    if trust > 1:
        odds = [pair for pair in odds if pair[0] not in _ASIDE or pair[0] in read]
    if reading.client.facts and odds[0][0] is AskKind.CHIT_CHAT and odds[0][1] < _CHAT:
        odds = odds[1:]
    ranked = sorted(odds, key=lambda pair: -pair[1] * ((_GENERAL if pair[0] in _PLAIN else _SPECIFIC) if pair[0] in read else 1 / trust))
    fit, chance = adds_up(text), dict(odds).get(AskKind.SUM, 0)
    fit = fit._replace(compares=fit.compares and (fit.uses < _MANY or chance < _SURE))
    if _is_sum(fit, chance, claimed=dict(odds).get(AskKind.CHECK_CLAIM, 0)):
        ranked.sort(key=lambda pair: pair[0] is not AskKind.SUM)
    elif ranked[0][0] is AskKind.SUM and (fit.compares or (ranked[0][1] < _CERTAIN and not (fit.uses or fit.missing))):
        ranked = ranked[1:]
    return ranked


def _is_sum(fit: Fit, chance: float, *, claimed: float) -> bool:
    """Whether a sum is asked for, whatever else the words resemble: by name, or because it uses so many of the numbers."""
    if fit.compares or claimed >= _CERTAIN:
        return False
    if fit.missing:
        return fit.asked and fit.uses >= 1 and chance >= _NEAR_SUM
    return (fit.asked and fit.uses >= _FEW) or (chance >= _POSSIBLE and fit.uses >= _MANY)


def _joined(text: str, asks: Iterable[Ask], kind: AskKind) -> Ask:
    """One ask about everything that several are about."""
    kept = tuple(asks)
    moves, topics, figures = ([item for ask in kept for item in getattr(ask, name)] for name in ("moves", "topics", "figures"))
    return Ask(
        kind=kind,
        text=text,
        moves=tuple(dict.fromkeys(moves)),
        topics=tuple(dict.fromkeys(topics)),
        figures=tuple(dict.fromkeys(figures)),
        promise=any(ask.promise for ask in kept),
    )


