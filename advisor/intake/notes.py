"""Notes of a call: the client's file out of what its people say, turn by turn, and nothing of anybody else.

A later statement replaces an earlier one unless it is less sure. An answer without a subject is read with its question: a number
after `how many partners` counts partners, and an answer about a competitor stays the competitor's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from advisor.domain import Client, Contradiction, Fact, Problem, Reading
from advisor.domain.regex import Regex
from advisor.intake import contradictions, dialogue, language, merge, scope, speakers
from advisor.intake.clauses import rival_names
from advisor.intake.facts import Facts
from advisor.intake.facts import find as find_facts
from advisor.intake.found import Found
from advisor.intake.message import Message, message_of, plain
from advisor.intake.moves import mentions
from advisor.intake.numerals import whole
from advisor.intake.patterns import lexicon
from advisor.intake.read import blanked, read
from advisor.intake.speakers import Side, Turn
from advisor.intake.tables import hearing, table
from advisor.ports import Wording

NOTES_LIMIT = 200_000
"""Characters of notes that are read; a call of an hour has about fifty thousand."""
_SURE = {"inferred": 0, "assumed": 1, "stated": 1}  # only the currency of an assumed amount is not certain
_OPENING = 24  # characters in which an answer says yes or no
_SHORT = 16  # words of a sentence that may lean on its question
_YOURS = Regex(r"\b(?:you're|you've|your|yours|you|euer|eure|euch|votre|vos|vous)\b")
_OURS = Regex(r"\b(?:we're|we've|we|our|ours|us|i|i'm|my|wir|unser\w*|uns|ich|nous|notre|nos|je)\b")
_BRIEF = 4  # words of a question that only asks who is meant
_LAST_NAME = Regex(r"[a-z,] ([A-Z][\w&-]+)[.!?…]*$")
_AS_OWN = {"you're": "we're", "you've": "we've", "your": "our ", "yours": "ours ", "you": "we ", "euer": "our ", "eure": "our ", "euch": "us  ", "votre": "notre", "vos": "nos", "vous": "nous"}


class Change(NamedTuple):
    """A fact said twice and differently: its field, the words that held before, and those that hold now."""

    field: str
    before: str
    now: str


class Notes(NamedTuple):
    """The client's file as read, the side of each speaker, what the others said of themselves, and what changed on the way.

    `cut` says that the notes are longer than is read.
    """

    reading: Reading
    sides: Mapping[str, Side]
    apart: Mapping[str, Client]
    changes: tuple[Change, ...] = ()
    cut: bool = False


@dataclass(frozen=True)
class _Answer(Message):
    """A turn read behind the words that its question lends it, up to `begins`; quotes are always of the turn itself."""

    begins: int = 0

    def quote(self, start: int, end: int) -> str:
        return super().quote(start, end) or super().quote(*self.sentence_at(self.begins))


class _Before(NamedTuple):
    """What the turn before leaves behind: its question, in plain words, and whether it speaks of another company."""

    question: str = ""
    of_others: bool = False


def read_notes(text: str, client: Client | None = None, *, ours: Collection[str] = (), today: date | None = None, wording: Wording) -> Notes:
    """Read notes on top of what is known; a text that is no call is read like any message.

    `ours` names the client's people where the notes do not show them. Raises InputError when an ARR given is negative.
    """
    raw, known = text[:NOTES_LIMIT], client or Client()
    spoken = speakers.turns(raw)
    with hearing(language.heard(plain(raw))):
        if not spoken:
            return _plainly(text, known, today, wording)
        return _call(raw, spoken, known, ours, today, wording)._replace(cut=len(text) > NOTES_LIMIT)


def _plainly(text: str, known: Client, today: date | None, wording: Wording) -> Notes:
    """Notes without speakers, paragraph by paragraph where they are long."""
    reading = read(text[:NOTES_LIMIT], known, today=today, wording=wording, limit=NOTES_LIMIT)
    return Notes(reading, {}, {}, cut=len(text) > NOTES_LIMIT)


def _call(raw: str, spoken: Sequence[Turn], known: Client, ours: Collection[str], today: date | None, wording: Wording) -> Notes:
    who = speakers.sides(raw, spoken, ours)
    names = rival_names(raw, plain(raw)) | _asked_about(raw, spoken)
    file = _File(known, wording)
    apart = {name: Client() for name, side in who.items() if side != "client"}
    before, topic = _Before(), dialogue.Topic()
    for turn in spoken:
        words, side = speakers.said(raw, turn), who[turn.speaker]
        message = _message(words, before, names, today, file.planted, adviser=side != "client")
        found = find_facts(message, mentions(message.text), file.client, Client())
        if side == "client":
            rates = () if before.of_others else dialogue.answered(message, topic, agrees=_agrees(message))
            file.hear(message, found._replace(found=_with_rates(found.found, rates, file.client)))
        else:
            apart[turn.speaker] = merge.into(apart[turn.speaker], found.found, message)
        topic = dialogue.asked(message, topic) if side == "adviser" else topic
        file.told = (message, found) if side == "adviser" and not words.rstrip().endswith("?") else None
        before = _left(message, words)
    return Notes(file.reading(language.of(plain(raw))), who, {name: one for name, one in apart.items() if one.facts}, tuple(file.changes))


def _regapped(client: Client) -> Client:
    """The client with the distance of its two win rates as they are now: one of them may have been corrected later."""
    with_partners, alone, gap = (client.metrics.get(name) for name in ("win_rate_partner", "win_rate_direct", "win_rate_gap"))
    if with_partners is None or alone is None or gap is None or with_partners.value - alone.value == gap.value:
        return client
    quote = client.facts["metric_win_rate_partner"]
    now = gap.model_copy(update={"value": with_partners.value - alone.value, "quote": with_partners.quote})
    return client.model_copy(update={"metrics": {**client.metrics, "win_rate_gap": now}, "facts": {**client.facts, "metric_win_rate_gap": quote.model_copy(update={"confidence": "inferred"})}})


def _with_rates(found: list[Found], rates: Iterable[Found], known: Client) -> list[Found]:
    """What a turn states by itself, with the rates that it answers a question with and that are not known already."""
    stated = {item.field for item in found}
    held = {f"metrics.{name}": metric.value for name, metric in known.metrics.items()}
    return [*found, *(rate for rate in rates if rate.field not in stated and held.get(rate.field) != rate.value.value)]


class _File:
    """The client's file while a call goes on: what holds now, what changed, and what an adviser has just told of the client."""

    def __init__(self, known: Client, wording: Wording) -> None:
        self.client = known
        self.changes: list[Change] = []
        self.planted: list[str] = []
        self.told: tuple[Message, Facts] | None = None
        self._clashes: list[Contradiction] = []
        self._named: dict[Problem, Fact] = {}
        self._wording = wording

    def hear(self, message: Message, found: Facts) -> None:
        """A turn of the client's people: first what they agree to, then what they take back, then what they say."""
        if self.told is not None and _agrees(message):
            self._hold(*self.told, report=False)
        self._hold(message, found, report=True)

    def _hold(self, message: Message, found: Facts, *, report: bool) -> None:
        taken = _taken(message)
        self.client = _without(self.client, taken, self._named)
        holding = [item for item in found.found if _holds(item, self.client, message) and (item.field != "problems" or item.value not in taken)]
        self._named |= {item.value: item.fact(message) for item in holding if item.field == "problems"}
        if report:
            self.changes += _changes(holding, self.client, message)
            self._clashes += [clash.contradiction for clash in contradictions.predictability(message, found.said_direct, found.measured, self._wording)]
        self.client = _regapped(merge.into(self.client, holding, message))

    def reading(self, spoken_in: str) -> Reading:
        """The file as a reading, with what in it does not add up."""
        full = merge.at_rates(self.client)
        sums = [*contradictions.arithmetic(full.arr, full.acv, full.metrics, self._wording), *contradictions.partner_counts(full.partners.model_dump(), self._wording)]
        return Reading(
            client=full,
            asks=(),
            language=spoken_in,
            contradictions=(*self._clashes, *(clash.contradiction for clash in sums)),
            arr_readings=tuple(money for clash in sums for money in clash.readings),
            planted=tuple(self.planted),
        )


def _message(words: str, before: _Before, names: Collection[str], today: date | None, planted: list[str], *, adviser: bool) -> Message:
    """A turn as a message: planted instructions blanked, behind the words lent by its question; an adviser's `you` is the client."""
    low = plain(words)
    spans = scope.planted(low)
    planted += [words[start:end].strip() for start, end in spans]
    words, low = blanked(words, spans), blanked(low, spans)
    if adviser:
        low = _turned(low)
    of_others = before.of_others and (adviser or bool(before.question))
    lent = "" if adviser or of_others else _lent(before.question, low)
    message = message_of(" " * len(lent) + words, lent + low, today, names=names, of_others=of_others, spoken=True)
    begins = len(lent) + len(words) - len(words.lstrip())
    return _Answer(message.raw, message.text, message.clauses, message.zones, message.today, begins)


def _asked_about(raw: str, spoken: Sequence[Turn]) -> frozenset[str]:
    """The names that one speaker ends on and another calls a competitor: `we looked at Nexlio.` `The competitor?`"""
    names = set()
    for before, turn in pairwise(spoken):
        words = raw[turn.start : turn.end].strip()
        if len(words.split()) <= _BRIEF and any(hit.key == "rival" for hit in lexicon("clauses").find(plain(words))):
            match = _LAST_NAME.search(raw[before.start : before.end].strip())
            names |= {match[1].lower()} if match else set()
    return frozenset(names)


def _agrees(message: Message) -> bool:
    """Whether a turn begins by agreeing with what the adviser has just said of the client."""
    return any(hit.start <= 1 for hit in lexicon("speakers", "agrees").find(message.text.lstrip()))


def _without(known: Client, taken: Collection[Problem], named: Mapping[Problem, Fact]) -> Client:
    """The client without the problems taken back; the words for those that stay stand in `named`."""
    problems = tuple(problem for problem in known.problems if problem not in taken)
    if problems == known.problems:
        return known
    facts = {name: fact for name, fact in known.facts.items() if name != "problems"}
    facts |= {"problems": named.get(problems[0], known.facts["problems"])} if problems else {}
    return known.model_copy(update={"problems": problems, "facts": facts})


def _taken(message: Message) -> frozenset[Problem]:
    """The problems that a turn takes back."""
    hits = [(hit.end, message.clause_at(hit.start).end) for hit in lexicon("speakers", "withdraws").find(message.text)]
    return frozenset(Problem(found.key) for start, end in hits for found in lexicon("problems").find(message.text[start:end]))


def _turned(low: str) -> str:
    """An adviser's words with the client as `we`: `how many partners do you have`; his own firm is nobody here."""
    own = _OURS.sub(lambda match: " " * len(match[0]), low)
    return _YOURS.sub(lambda match: _AS_OWN[match[0]].ljust(len(match[0]))[: len(match[0])], own)


def _lent(question: str, low: str) -> str:
    """What an answer states with its question: `partners: ` before a number, `no dedicated owner. ` before a no."""
    if not question:
        return ""
    sentence = re.split(r"[.!?\n]", low.strip(), maxsplit=1)[0]
    for name, entry in table("speakers")["lends"].items():
        if lexicon("speakers", f"answer.{name}").first(question) is None:
            continue
        opening = sentence[:_OPENING]
        for answer in ("yes", "no"):
            hit = lexicon("speakers", answer).first(opening)
            if hit is not None and hit.start == 0 and entry.get(answer):
                return f"{entry[answer]}. "
        if entry.get("number") and len(sentence.split()) <= _SHORT and _number().search(sentence):
            return f"{entry['number']} "
        return ""
    return ""


@cache
def _number() -> re.Pattern[str]:
    return re.compile(rf"\d|\b{whole()}\b")


def _left(message: Message, words: str) -> _Before:
    """What a turn leaves for the next one: its last question, and whether it ends on another company."""
    text = message.text.rstrip()
    first, last = message.sentence_at(max(len(text) - 1, 0))
    sentence = text[first:last].strip()
    earlier = text[message.sentence_at(first - 2)[0] : first] if first > 1 else ""
    asked = f"{earlier} {sentence}" if earlier.rstrip().endswith("?") else sentence
    of_others = any(message.meant_as("foreign", place) for place in (first + len(sentence) // 2, max(len(text) - 2, 0)))
    return _Before(asked if "?" in words[-200:] else "", of_others)


def _holds(item: Found, known: Client, message: Message) -> bool:
    """Whether a fact may replace what is known: it is as sure and no hearsay, or it corrects."""
    fact = known.facts.get(_name(item.field))
    if fact is not None and message.meant_as("hearsay", item.start):
        return False
    return fact is None or _SURE[item.confidence] >= _SURE[fact.confidence] or any(hit.key == "correction" for hit in lexicon("clauses").find(message.text))


def _changes(found: Sequence[Found], known: Client, message: Message) -> Iterator[Change]:
    for item in found:
        name = _name(item.field)
        fact = known.facts.get(name)
        if fact is not None and name not in {"problems", "in_place", "decided"} and item.value != _value(known, item.field):
            yield Change(name, fact.quote, item.fact(message).quote)


def _name(field: str) -> str:
    group, _, name = field.partition(".")
    return {"partners": f"{name}_partners", "metrics": f"metric_{name}"}.get(group, field)


def _value(known: Client, field: str) -> object:
    group, _, name = field.partition(".")
    if group == "metrics":
        return known.metrics.get(name)
    return getattr(known.partners, name) if group == "partners" else getattr(known, field, None)
