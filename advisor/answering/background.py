"""What a message means in a conversation: facts that answer the last question anew, contradictions that are still open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from advisor.answering.hearsay import phrases
from advisor.answering.playbook import Conversation
from advisor.domain import Ask, AskKind, Assessment, Background, Client, Contradiction, DraftClaim, Reading
from advisor.intake import LIMIT

_BARE, _FEW, _SOME, _LONGEST = 3, 8, 14, 24  # words of a message that leans on the one before, and of one that asks for a recap
_SIGNALS = frozenset({"overlaps_high_fit", "win_rate_gap", "conflicts", "months_below_target", "pipeline_vs_target", "integrations_live"})
_NOTHING = Ask(kind=AskKind.WHERE_TO_START, text="")
_OPENING = re.compile(r"\W*(\w+)\s*[,;:.!\u2013\u2014-]")
_MISREAD = frozenset({AskKind.COMPARE, AskKind.WHICH_PARTNERS, AskKind.EXPLAIN_TERM, AskKind.MATURITY, AskKind.HOW_TO, AskKind.WHERE_TO_START, AskKind.OUT_OF_SCOPE})
_ASIDE = frozenset({AskKind.CHIT_CHAT, AskKind.OUT_OF_SCOPE})
_OF_MOVES = frozenset({AskKind.IS_IT_RIGHT_FOR_US, AskKind.HOW_TO})


def denies(text: str, background: Background, words: Conversation) -> bool:
    """Whether a message opens by denying what was said before: "no, it's 12M"."""
    opening = _OPENING.match(text.lower())
    return background.before is not None and opening is not None and phrases(words.no).first(opening[1]) is not None


def as_of_earlier(client: Client, today: date) -> Client:
    """The client with what was said today as if said the day before: what is denied stands against nothing."""
    before = today - timedelta(days=1)
    facts = {name: fact.model_copy(update={"stated_on": before}) if fact.stated_on in (None, today) else fact for name, fact in client.facts.items()}
    return client.model_copy(update={"facts": facts})


def as_said(reading: Reading, known: Client, earlier: Client) -> Reading:
    """The reading with the facts that it did not touch as they were really said."""
    facts = {name: known.facts[name] if fact == earlier.facts.get(name) else fact for name, fact in reading.client.facts.items()}
    return reading.model_copy(update={"client": reading.client.model_copy(update={"facts": facts})})


class Context(NamedTuple):
    """A message as part of a conversation: its reading, the words it is about, whether it only told facts, and whether it wants a recap."""

    reading: Reading
    question: str
    told: bool
    recap: bool = False


def in_context(text: str, reading: Reading, known: Client, background: Background, words: Conversation) -> Context:
    """The message after what was said before; with an empty background it stands for itself."""
    reading = still_open(reading, known, background)
    if wants_recap(text, reading, background, words):
        return Context(continued(reading, background), background.question[:LIMIT], False, True)
    if only_tells(text, reading, known, background, words):
        return Context(continued(reading, background), f"{background.question}\n\n{text}"[:LIMIT], True)
    return Context(followed(text, reading, background, words), text, False)


def named_again(text: str, background: Background, words: Conversation) -> str:
    """The message with the partner of the question before in place of its first pronoun: "what would you pay him?"."""
    partner, others = phrases(words.partner), phrases(words.others)
    before, low = background.question.lower(), text.lower()
    pronoun = re.search(rf"\b(?:{'|'.join(words.pronouns)})\b", low)
    named = list(partner.find(before))
    if pronoun is None or not named or any(each.first(low) for each in (partner, others)) or others.first(before):
        return text
    noun = background.question[named[-1].start : named[-1].end]
    return text[: pronoun.start()] + words.pronouns[pronoun[0]].format(noun=noun) + text[pronoun.end() :]


def wants_recap(text: str, reading: Reading, background: Background, words: Conversation) -> bool:
    """Whether a message of a conversation only asks where it stands: it names no move and no figure of its own."""
    if not background.asks or reading.planted or len(text.split()) > _LONGEST or any(ask.moves for ask in reading.asks):
        return False
    return phrases(words.recap).first(text.lower()) is not None


def only_tells(text: str, reading: Reading, known: Client, background: Background, words: Conversation) -> bool:
    """Whether a message states facts of the client and asks nothing, so that it belongs to the last question, or opens a conversation.

    A message about a move is about that move, planted instructions are answered as such, and a number told that is a signal is what to react to.
    """
    if reading.planted or any(ask.moves for ask in reading.asks) or _fires(reading, known):
        return False
    opens = background.talk and not background.asks and reading.in_scope and (len(text.split()) <= _FEW or all(ask.kind in _ASIDE for ask in reading.asks))
    if not background.asks and not opens:
        return False
    tells = background.told or reading.client.facts != known.facts
    return tells and "?" not in text and phrases(words.asks).first(text.lower()) is None


def _fires(reading: Reading, known: Client) -> bool:
    """Whether the message tells a signal anew: overlaps found, a win rate, conflicts."""
    told = [name for name in reading.client.metrics if reading.client.metrics[name] != known.metrics.get(name)]
    return bool({*told} & _SIGNALS) and any(ask.kind is AskKind.REACT_TO_SIGNAL for ask in reading.asks)


def continued(reading: Reading, background: Background) -> Reading:
    """The reading as an answer to what was asked last; where nothing was asked yet, as the question where to start."""
    asks = background.asks or (Ask(kind=AskKind.WHERE_TO_START, text=" ".join(ask.text for ask in reading.asks)),)
    return reading.model_copy(update={"asks": asks, "in_scope": True, "out_of_scope": None})


def followed(text: str, reading: Reading, background: Background, words: Conversation) -> Reading:
    """The reading of a few words that lean on the last question.

    Those that only name another move ("and co-selling?", "tiers?") ask of it what was asked of the last one; those that name none but
    point back ("should we do it anyway?") are about the moves of the last one.
    """
    if not background.talk or len(reading.asks) != 1:
        return reading
    (ask,), before, low, length = reading.asks, next(iter(background.asks), _NOTHING), text.lower(), len(text.split())
    bare = length <= _BARE or (length <= _FEW and phrases(words.follows).first(low) is not None)
    if ask.moves and ask.kind in _MISREAD and bare:
        ask = ask.model_copy(update={"kind": before.kind if before.kind in _OF_MOVES else AskKind.IS_IT_RIGHT_FOR_US})
    elif not ask.moves and ask.kind in _OF_MOVES and before.moves and length <= _SOME and phrases(words.refers).first(low) is not None:
        ask = ask.model_copy(update={"moves": before.moves})
    return reading.model_copy(update={"asks": (ask,)})


def still_open(reading: Reading, known: Client, background: Background) -> Reading:
    """The reading with the contradictions of earlier turns about which it says nothing new."""
    carried = tuple(item for item in background.contradictions if not _settled(item, reading, known))
    if not carried:
        return reading
    arr = any("arr" in item.facts for item in carried)
    readings = reading.arr_readings or (background.arr_readings if arr else ())
    return reading.model_copy(update={"contradictions": (*reading.contradictions, *carried), "arr_readings": readings})


def _settled(item: Contradiction, reading: Reading, known: Client) -> bool:
    """Whether a fact of the contradiction was said anew, or the contradiction is found anew."""
    told = any(reading.client.facts.get(name) != known.facts.get(name) for name in item.facts)
    return told or any(set(item.facts) == set(other.facts) for other in reading.contradictions)


def asking_at_most(draft: Iterable[DraftClaim], most: int | None) -> tuple[DraftClaim, ...]:
    """The draft with the first questions that it asks back, and no more."""
    asked = count(1)
    return tuple(claim for claim in draft if most is None or claim.block != "question" or next(asked) <= most)


def by_weight(assessment: Assessment, background: Background) -> Assessment:
    """The questions that would change the advice most first; what was asked often enough without an answer comes last."""
    asked = sorted(assessment.questions, key=lambda question: (question.fact in background.ignored, -len(question.turns)))
    return assessment.model_copy(update={"questions": tuple(asked)})
