"""What a message asks for, by its words and its vector: one ask, or one for each question that wants something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from advisor.answering.computations.choice import Fit
from advisor.answering.computations.standing import says_judge
from advisor.answering.computations.wishes import Wish
from advisor.answering.gaps import Gapped, missing
from advisor.answering.parted import Part, parts
from advisor.answering.playbook import load
from advisor.answering.select import sizes, stems, subject
from advisor.domain import Ask, AskKind, Business, Move, Reading, Unit
from advisor.figures import find
from advisor.intake import signs
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon
from advisor.intake.scope import speaks_of_ours
from advisor.ports import KindReader

Read = Callable[[str], Reading]
Rank = Callable[[str, Reading], list[tuple[AskKind, float]]]
_SURE = 0.4  # a second question counts as one of another kind from this probability on
_BARE = 2  # words of a question that only leans on what is told before it
_SHORT = 4  # words of a question that says what it wants by its kind alone
_OWN_WORDS = 3  # content words from which a question that names nothing of the field stands by itself
_LIKELY = 0.2  # the same where it names something that the others do not
_POSSIBLE, _MANY = 0.1, 3  # a sum is likely enough from this probability on where it uses that many numbers of the message
_FEW, _NEAR_SUM = 2, 0.09  # numbers of a sum that is asked for by name; from which probability on one is meant that still lacks a number
_CERTAIN = 0.75  # from which probability on a sum is asked for even where its numbers do not add up yet
_ALSO, _HEARD = 0.25, 0.1  # the probability from which a second question in one sentence is answered too, alone and where patterns read it
_MORE = re.compile(
    r"\b(?:and|also|plus|or)\b[^.?!]{0,25}\b(?:what|which|who|how|where|when|should|can|do|is|are|would)\b"
    r"|\b(?:und|auch|sowie|oder)\b[^.?!]{0,25}\b(?:was|welche[rsn]?|wer|wie|womit|wann|sollen|sollten|können|lohnt)\b"
)
_POINTING = re.compile(r"\b(?:it|this|that|these|those|them|das|dies|es)\b")
_ELSEWHERE = 0.5  # from which probability on a message with words of our field is about another one all the same
_EITHER = re.compile(r"\b(?:or|vs|versus|than|between|rather|instead|better|against|oder|als|zwischen|lieber|statt|besser|gegen|differ\w*|compar\w*|unterschied\w*|vergleich\w*)\b")
_JUDGES = re.compile(r"\b(?:who(?:'s| is|se side is)? (?:right|correct|wrong)|wer (?:von \w+ )?(?:hat|liegt) (?:denn |nun |jetzt )?(?:recht|richtig|falsch))\b")
_WHEN = re.compile(r"\b(?:when (?:is|are|do|does|should|would|can)|right (?:time|moment)|ab wann|wann (?:ist|sind|soll|sollte|sollten|kann|können)|(?:richtige|beste)[rn]? (?:zeitpunkt|moment))\b")
_EXPLAINS = re.compile(r"\b(?:explain|justify|erklären|erkläre|rechtfertigen|begründen)\b.{0,60}\b(?:why|warum|weshalb|wieso)\b")  # what went otherwise than planned
_WHO = re.compile(r"\b(?:who|whom|whose|wer|wen|wem|wessen|owns?|owner|responsible|zuständig|verantwort\w*|hire|hiring|einstell\w*)\b")  # a person is asked for
_CHAT = 0.8  # from which probability on a message that tells facts is small talk all the same
_GENERAL, _SPECIFIC = 1.5, 2
_UNSURE = 0.2  # below which probability of the likeliest kind also a general one that patterns read counts fully
# How much more patterns count where the vector is that of a message in another language, said word by word in English: little for
# one in which messages were learned from, much for others.
_FOREIGN, _UNLEARNED = {"en": 1, "de": 1.5}, 6
_ADDED = frozenset({AskKind.SUM, AskKind.HOW_MUCH})  # amounts asked for one by one, which one sum of the same numbers gives
_PLAIN = frozenset({AskKind.WHERE_TO_START, AskKind.IS_IT_RIGHT_FOR_US, AskKind.HOW_TO})  # what patterns fall back on
_SETTLED = frozenset({AskKind.OUT_OF_SCOPE})
_NO_FIELD = frozenset({"another field", "general", None})  # what is named where no other field is known
_PARTNERS = frozenset({"signed_partners", "active_partners", "mapped_partners", "programme_age_months"})  # facts that no message about another field tells
_TOOLS = frozenset({Move.NO_TOOLING, Move.LIGHT_PRM, Move.MID_PRM, Move.ENTERPRISE_PRM, Move.ACCOUNT_MAPPING_TOOL, Move.CLOUD_MARKETPLACE})
_ASIDE = frozenset({AskKind.CHIT_CHAT, AskKind.OUT_OF_SCOPE})
_SHARED = frozenset({"sourced_share", "influenced_share", "win_rate", "activation"})  # what is put up to be judged rather than worked out
_MEASURED = frozenset({"sourced_share", "influenced_share", "activation_rate"})  # what a client tells of itself and wants judged
_FALLEN_BACK = frozenset({AskKind.WHERE_TO_START, AskKind.WHO_OWNS, AskKind.WHY_NOT_WORKING})
_WORDED = {AskKind.WHO_OWNS: "people", AskKind.WHICH_TOOL: "tooling", AskKind.MATURITY: "ripeness"}  # kinds that nobody asks for without words of this list


def routed(question: str, reading: Reading, again: Read, reader: KindReader, adds_up: Callable[[str], Fit]) -> tuple[Ask, ...]:
    """The asks of a message with their kinds. What patterns know for certain (planted text, another field) stays.

    `adds_up` tells how well the numbers of a text make a sum.
    """
    if not reading.asks or reading.planted or not reading.in_scope or all(ask.kind in _SETTLED for ask in reading.asks):
        return reading.asks
    asked = parts(question)
    rank = partial(_ranked, reader=reader, adds_up=adds_up)
    several = tuple(_as_sum(ask, question, adds_up) for ask in (_several(asked, again, rank) if len(asked) > 1 else ()))
    if any(ask.kind is AskKind.SUM for ask in several):
        several = tuple(ask for ask in several if ask.kind is not AskKind.COMPARE or ask.moves)
    if len(several) > 1 and not ({ask.kind for ask in several} == _ADDED and adds_up(question).uses >= _MANY):
        return several
    alone = () if _is_sum(adds_up(question), 0, claimed=0, caused=AskKind.WHY_NOT_WORKING in {ask.kind for ask in reading.asks}, judged=False) else _alone(asked, question, reading, again, rank)  # a sum needs the numbers told before its question
    whole = alone or _whole(question, reading, rank)
    return whole if not several or whole[0].kind is AskKind.SUM else several  # a sum may take its numbers from one sentence and its question from another


def _as_sum(ask: Ask, question: str, adds_up: Callable[[str], Fit]) -> Ask:
    """A question for an amount as a sum, where it names a result to which the numbers of the whole message lead."""
    if ask.kind is not AskKind.HOW_MUCH or not Wish(ask.text, ()).asked:
        return ask
    found = adds_up(question)
    return ask.model_copy(update={"kind": AskKind.SUM, "moves": (), "topics": ()}) if found.asked and found.uses >= _MANY and not found.compares else ask


def admitted(question: str, reading: Reading, adds_up: Callable[[str], Fit]) -> Reading:
    """The reading, inside our field where a message without any word of it asks for a sum of its own numbers."""
    if reading.in_scope or reading.planted or reading.out_of_scope not in _NO_FIELD or any(ask.kind is not AskKind.OUT_OF_SCOPE for ask in reading.asks):
        return reading
    fit = adds_up(question)
    if fit.missing or not fit.wanted or fit.uses < _FEW:
        return reading
    asks = tuple(ask.model_copy(update={"kind": AskKind.SUM, "topics": ()}) for ask in reading.asks)
    return reading.model_copy(update={"asks": asks, "in_scope": True, "out_of_scope": None})


def _several(asked: Sequence[Part], again: Read, rank: Rank) -> tuple[Ask, ...]:
    """The questions as asks of their own when they surely want different things, as one when they surely want the same.

    One that no source answers stands by itself, so that the others are answered as if they were all that was asked.
    """
    if all(len(part.asked.split()) <= _BARE for part in asked):
        return ()  # `realistic? what order?`: one message with nothing of its own in its questions
    pairs = [(part, _read(part, again, rank, before.asked if before else "")) for before, part in zip((None, *asked), asked, strict=False)]
    read = _leaning([each for part, each in pairs if each.gap or not part.stated])
    if any(each.ask.kind is AskKind.EXPLAIN_TERM and not _named(each.ask) - {"another field"} and _POINTING.search(each.ask.text.lower()) for each in read):
        return ()  # `how would you define it`: the term stands elsewhere in the message
    gapped = any(each.gap for each in read)
    kept = [each for each in read if each.ask.kind not in _ASIDE]
    if not gapped and (len(kept) < len(read) or not all(_sure(each, kept) for each in kept)):
        return ()
    asks: dict[str, Ask] = {}
    for each in kept:
        name = each.gap or each.ask.kind
        asks[name] = _joined(f"{asks[name].text} {each.ask.text}", (asks[name], each.ask), each.ask.kind) if name in asks else each.ask
    return tuple(asks.values()) if len(asks) > 1 or not gapped else ()


def _leaning(read: Sequence[_Read]) -> list[_Read]:
    """The questions, each with those after it that name nothing of the field and lean on it: few words, or such that could stand in any field."""
    kept: list[_Read] = []
    for each in read:
        own = len(stems(each.ask.text)) >= _OWN_WORDS and (each.chance >= _SURE or speaks_of_ours(plain(each.ask.text)))
        leans = not each.gap and ((not _named(each.ask) and not own) or _left_alone(each.ask.text))
        if leans and kept:
            before = kept[-1]
            kept[-1] = before._replace(ask=before.ask.model_copy(update={"text": f"{before.ask.text} {each.ask.text}"}))
        else:
            kept.append(each)
    return kept


def _left_alone(text: str) -> bool:
    """Whether it is asked what to leave for later, which the answer to what comes first says too."""
    return lexicon("asks", "left_alone").first(plain(text)) is not None


class _Read(NamedTuple):
    """A question of a message as an ask, how likely its kind is, the gap that it asks about, and whether patterns read that kind too."""

    ask: Ask
    chance: float
    gap: str
    heard: bool


def _read(part: Part, again: Read, rank: Rank, before: str) -> _Read:
    told = again(part.told)
    gap = missing(Ask(kind=told.asks[0].kind, text=part.told), load().gaps) if told.asks else None
    text, reading = (part.told, told) if gap else (part.asked, again(part.asked))
    if gap is None and before and (gap := _amount_of(before, part.asked, reading)):
        text = f"{before.rstrip('?.! ')}. {part.asked}"
        reading = again(text)
    ranked = rank(text, reading)
    kind, chance = next((pair for pair in ranked if pair[0] not in _ASIDE), ranked[0]) if gap else ranked[0]
    return _Read(_joined(text, reading.asks, kind), chance, gap.name if gap else "", any(ask.kind is kind for ask in reading.asks))


def _amount_of(before: str, asked: str, reading: Reading) -> Gapped | None:
    """The gap that a question for an amount asks about where it names nothing itself: the question before does."""
    if any(_named(ask) - {"another field"} for ask in reading.asks):
        return None
    gap = missing(Ask(kind=AskKind.HOW_MUCH, text=f"{before.rstrip('?.! ')}. {asked}"), load().gaps)
    return gap if gap is not None and gap.sentence in asked else None


def _sure(each: _Read, others: Sequence[_Read]) -> bool:
    """Whether a question surely wants something else than those beside it: by its kind, or by what it names."""
    if each.chance >= _SURE:
        return True
    rest = [other.ask for other in others if other is not each]
    apart = bool(_named(each.ask)) and not any(_named(each.ask) & _named(ask) for ask in rest)
    measured = bool(load().metrics(each.ask.topics))
    alone = len(each.ask.text.split()) <= _SHORT and all(ask.kind is not each.ask.kind for ask in rest)  # `who does it`, beside `and which tool`
    if each.heard and (apart or alone) and each.ask.kind not in _PLAIN:
        return True
    return (each.chance >= (_POSSIBLE if measured else _LIKELY) and apart) or (each.chance >= _POSSIBLE and each.heard and all(ask.kind is not each.ask.kind for ask in rest))


def _named(ask: Ask) -> set[str]:
    return {*ask.moves, *ask.topics}


def _alone(asked: Sequence[Part], question: str, reading: Reading, again: Read, rank: Rank) -> tuple[Ask, ...]:
    """The only question among many facts, of the kind that patterns and its own vector agree on where the whole message resembles another one, and not surely."""
    if len(asked) != 1 or reading.language == "en" or len(asked[0].asked) * 2 > len(question) or rank(question, reading)[0][1] >= _CERTAIN:
        return ()
    read = {ask.kind for ask in reading.asks}
    kind, _ = rank(asked[0].asked, again(asked[0].asked))[0]
    return (_joined(question, reading.asks, kind),) if kind in read and kind not in _ASIDE else ()


def _whole(question: str, reading: Reading, rank: Rank) -> tuple[Ask, ...]:
    """The message as one ask; as two when a second question follows in a sentence and another kind is likely too."""
    (kind, _), *others = rank(question, reading)
    read = {ask.kind for ask in reading.asks}
    second = [other for other, chance in others if chance >= (_HEARD if other in read else _ALSO) and other not in _ASIDE and _MORE.search(question.lower())][:1]
    kinds = [kind, *(other for other in second if AskKind.SUM not in {kind, other})]
    return tuple(_joined(question, tuple(ask for ask in reading.asks if ask.kind is each) or reading.asks, each) for each in kinds)


def _ranked(text: str, reading: Reading, *, reader: KindReader, adds_up: Callable[[str], Fit]) -> list[tuple[AskKind, float]]:
    """The kinds with their probability, most likely first, where a kind that patterns read counts for more than its vector gives it.

    The vector is that of the words which the search looks for, too.
    Many of the messages learned from were written to evade patterns, so that the weights trust patterns less than usual wordings deserve.
    """
    read = {ask.kind for ask in reading.asks}
    read = read - _ASIDE or read
    odds, trust = reader.kinds(subject(text, sizes(reading.client)), signs(text, reading)), _FOREIGN.get(reading.language, _UNLEARNED)
    if trust > 1:
        odds = [pair for pair in odds if pair[0] not in _ASIDE or pair[0] in read]
    odds = [pair for pair in odds if not _beside(*pair, read, reading, text)]
    general = _GENERAL if odds[0][1] >= _UNSURE else _SPECIFIC
    ranked = sorted(odds, key=lambda pair: -pair[1] * ((general if pair[0] in _PLAIN else _SPECIFIC) if pair[0] in read else 1 / trust))
    own = bool(_MEASURED & {*reading.client.metrics})
    if _weighs(text, ranked[0][0], own=own):
        ranked.sort(key=lambda pair: pair[0] is not (AskKind.HOW_MUCH if own else AskKind.CHECK_CLAIM))
    if max(chance for _, chance in odds) < _POSSIBLE:  # the vector says nothing, so the patterns do
        ranked.sort(key=lambda pair: pair[0] not in read - _PLAIN)
    fit, chance = adds_up(text), dict(odds).get(AskKind.SUM, 0)
    fit = fit._replace(compares=fit.compares and (fit.uses < _MANY or chance < _SURE))
    why = AskKind.WHY_NOT_WORKING in read
    if _is_sum(fit, chance, claimed=dict(odds).get(AskKind.CHECK_CLAIM, 0), caused=why and chance < _POSSIBLE, judged=_SHARED & {topic for ask in reading.asks for topic in ask.topics} != frozenset() and says_judge(text)):
        ranked.sort(key=lambda pair: pair[0] is not AskKind.SUM)
    elif ranked[0][0] is AskKind.SUM and (fit.compares or (why and not fit.wanted) or (ranked[0][1] < _CERTAIN and not fit.missing and not (fit.uses if AskKind.SUM in read or fit.wanted else fit.uses >= _FEW and ranked[0][1] >= _SURE))):
        ranked = ranked[1:]
    return ranked


def _beside(kind: AskKind, chance: float, read: Collection[AskKind], reading: Reading, text: str) -> bool:
    """Whether a kind is read that a message like this is not: small talk with facts, another field with partners or hardly likely where words of
    ours stand, an owner where it is asked who is right, a whole plan that nobody speaks of, a tool where only other moves, or fees, are named or by a consultancy, a choice without two things to choose from;
    an owner, a tool or a level where no word names a person, something that is bought, or how far somebody has come."""
    if kind is AskKind.WHICH_TOOL and chance < _SURE and reading.client.business is Business.CONSULTANCY:
        return True
    said = {hit.key for hit in lexicon("asks", _WORDED[kind]).find(plain(text))} if kind in _WORDED else {"words"}
    if kind is AskKind.WHO_OWNS and _WHEN.search(text.lower()) and _WHO.search(text.lower()) is None:
        return True
    if kind in read and "deal" not in said:
        return False
    if "words" not in said or "deal" in said:
        return True
    if chance >= _CHAT:
        return False
    told, moves = {*reading.client.facts}, {move for ask in reading.asks for move in ask.moves}
    other = bool(moves or {topic for ask in reading.asks for topic in ask.topics} & {"commission"}) and not moves & _TOOLS
    if kind is AskKind.DRAFT_PLAN and chance < _CHAT and _EXPLAINS.search(text.lower()):
        return True
    if chance < _SURE and (kind is AskKind.DRAFT_PLAN or (kind is AskKind.WHICH_TOOL and (other or _ending(text)))):
        return True
    if (kind is AskKind.WHO_OWNS or (kind is AskKind.WHERE_TO_START and moves)) and _JUDGES.search(text.lower()):
        return True
    if kind is AskKind.EXPLAIN_TERM and lexicon("asks", "amount").first(plain(text)) is not None:
        return True
    if kind is AskKind.COMPARE and _EITHER.search(text.lower()) is None:
        return True
    return (kind is AskKind.CHIT_CHAT and bool(told or moves or {topic for ask in reading.asks for topic in ask.topics} - _NO_FIELD)) or (kind is AskKind.OUT_OF_SCOPE and (bool(told & _PARTNERS) or (chance < _ELSEWHERE and speaks_of_ours(plain(text)))))


def _weighs(text: str, kind: AskKind, *, own: bool) -> bool:
    """Whether a share is put up to be judged where the kind read is one that a message without any words for it falls back on: `12 % for an introduction, ok?`; an `own` one that is measured also where owners or causes were read."""
    if kind not in (_FALLEN_BACK if own else {AskKind.WHERE_TO_START}) or any(hit.key == kind for hit in lexicon("asks", "kinds").find(plain(text))):
        return False
    return says_judge(text) and any(figure.unit is Unit.PERCENT for figure in find(text))


def _ending(text: str) -> bool:
    """Whether something is to be dropped: `four months, no deal. Abort?` is about no tool unless one is named."""
    return lexicon("asks", "ending").first(plain(text)) is not None


def _is_sum(fit: Fit, chance: float, *, claimed: float, caused: bool, judged: bool) -> bool:
    """Whether a sum is asked for, whatever else the words resemble: by name, or because it uses so many of the numbers; a cause that is asked for is none."""
    if fit.compares or claimed >= _CERTAIN or caused:
        return False
    if fit.missing:
        return not judged and fit.asked and fit.uses >= 1 and chance >= _NEAR_SUM
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


