"""What the message asks for: cut into questions, each with its kind and what it is about."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from advisor.domain import Ask, AskKind, Move
from advisor.domain.regex import Regex
from advisor.intake import scope
from advisor.intake.message import Message, plain
from advisor.intake.moves import Mention
from advisor.intake.patterns import lexicon
from advisor.intake.tables import table

_TAIL = re.compile(r"\b(?:right|correct|true|really|or not|no|agreed|yes|ok)\s?\?\s*$")
_ECHO = re.compile(  # a question that says nothing itself: `thoughts?`, `is he right?`
    r"\W*(?:so|and|then|or|well|any)?\W*(?:"
    r"thoughts?|objections?|opinions?|comments?|ideas?|feedback|concerns|advice|views?|ok(?:ay)?|yes or no|yes|no|right|correct|agreed?|true|really|or not|go or no-go|go ahead|doable|realistic|fair|wise|sensible|"
    r"(?:is|are|was) (?:he|she|they|it|that|this|we) (?:really |at all )?(?:right|true|correct|ok|okay|normal|realistic|fine|wise|smart|sensible|too much|crazy|usual|plausible|a good idea|wrong|too early|too soon|bad|on track|late|sane|reasonable|fair|doable|enough)|"
    r"(?:do|would) you (?:agree|think so|support (?:it|that|this))|agree|what do you (?:think|say)|what's your (?:view|take|opinion)|your (?:view|take|opinion|thoughts|call)|(?:a )?(?:good|bad) idea|(?:does (?:that|it|this) )?makes? sense|(?:or )?(?:is (?:it|that) )?too (?:early|soon|much)|fine|good|worth it"
    r")\W*"
)
_MORE = Regex(r"\W*(?:so |and )?(?:which(?: one| ones)?|what(?: exactly)?|how so)\W*")
_WHY = re.compile(r"\W*(?:but |so |and )?why(?: is that| so| not| though| that)?\W*")
_AMOUNT_ASKED = Regex(r"\W*(?:so |and )?(?:what (?:\w+[ -]){0,2}(?:rate|uplift|share|lift|revenue|roi|cac|churn|growth|size|cycle)|how much|how many|by how much)\b")
_FIGURE = re.compile(r"(?<![\w.])[+~<>≥≤]?[€$£]?\d+(?:[.,]\d+)*(?:\s?-\s?\d+(?:[.,]\d+)*)?\+?\s?(?:%|pp\b|x\b|percent\b|points\b|k\b|m\b|bn\b|million\b|€|\$|eur\b|usd\b|:1\b|/h\b)?")
_WORD = re.compile(r"[^\W_]+")
_GENERIC = {AskKind.WHERE_TO_START, AskKind.IS_IT_RIGHT_FOR_US, AskKind.HOW_TO}
_LOOSE = {AskKind.HOW_TO, AskKind.HOW_MUCH, AskKind.EXPLAIN_TERM, AskKind.CHECK_CLAIM, AskKind.COMPARE}


class Piece(NamedTuple):
    """A part of the message that may ask something."""

    start: int
    end: int
    asks: bool


def find(message: Message, mentioned: Collection[Mention], metrics: Iterable[str], *, knows_client: bool) -> tuple[Ask, ...]:
    """The asks in order; a message that asks nothing asks where to start."""
    if not message.text.strip():
        return ()
    if _only_chat(message.text, 0, len(message.text)):
        return (Ask(kind=AskKind.CHIT_CHAT, text=message.quote(0, len(message.raw))),)
    signals = _signals(message, metrics)
    drafts = [(piece, kind) for piece in _pieces(message) if (kind := _kind(message, piece, mentioned, knows_client)) is not None]
    money = {"partner_fee"} <= set(metrics) and {"partner_hours", "partner_hourly_rate"} & set(metrics)
    asks: list[Ask] = []
    for piece, kind in drafts:
        if asks and _MORE.fullmatch(message.text, piece.start, piece.end):
            continue
        echo = piece.start > 0 and _ECHO.fullmatch(message.text, piece.start, piece.end) is not None
        kind = _refined(_echoed(kind, message, mentioned) if echo else kind, bool(money), signals, message, piece)
        ask = _ask(message, piece, kind, mentioned, signals if kind is AskKind.REACT_TO_SIGNAL else ())
        _add(asks, _with_whole(message, ask, mentioned) if echo else ask)
    asks = _pointed(asks, drafts)
    if not asks:
        whole = Piece(0, len(message.text), False)
        kind = AskKind.SUM if money else AskKind.REACT_TO_SIGNAL if signals else AskKind.WHERE_TO_START
        return (_ask(message, whole, kind, mentioned, signals),)
    return tuple(_with_promise(message, ask) for ask in _with_context(message, asks, mentioned))


def _echoed(kind: AskKind, message: Message, mentioned: Collection[Mention]) -> AskKind:
    """What a question without words of its own asks: of a claim heard whether it holds, of a move whether it is right."""
    if kind in {AskKind.OUT_OF_SCOPE, AskKind.CHIT_CHAT}:
        return kind
    claim = any(hit.key == "check_claim" for hit in lexicon("asks", "kinds").find(message.text)) and _FIGURE.search(message.text)
    return AskKind.CHECK_CLAIM if claim else AskKind.IS_IT_RIGHT_FOR_US if mentioned or topics_of(message.text) else kind


def _with_whole(message: Message, ask: Ask, mentioned: Iterable[Mention]) -> Ask:
    """An ask that belongs to the message before it, with all moves, topics and figures of the message."""
    moves = tuple(dict.fromkeys(mention.move for mention in mentioned))
    figures = _figures(message, Piece(0, len(message.text), True))
    return ask.model_copy(update={"moves": moves, "topics": _both(ask.topics, topics_of(message.text)), "figures": figures})


def _with_promise(message: Message, ask: Ask) -> Ask:
    """An ask marked when its figure is to be shown to others as certain."""
    if not lexicon("asks", "promise").find(message.text):
        return ask
    words = plain(ask.text)
    said = lexicon("asks", "promise").first(words) is not None or (len(words.split()) < 8 and lexicon("asks", "promise").first(message.text) is not None)
    about = ask.kind in {AskKind.HOW_MUCH, AskKind.CHECK_CLAIM, AskKind.SUM} or bool({*ask.topics} & {*table("asks")["figured"]["topics"]} - {"targets"}) or any("%" in figure or "x" in figure for figure in ask.figures)
    meant = re.search(r"\b(?:it|that|this|them|one)\b", words) is not None and bool({*topics_of(message.text)} & {*table("asks")["figured"]["topics"]} - {"targets"})
    return ask.model_copy(update={"promise": True}) if said and (about or meant) else ask


def _pointed(asks: list[Ask], drafts: list[tuple[Piece, AskKind]]) -> list[Ask]:
    """Without a general "what now?" beside a wish or signal that it is about, and without one nobody asked."""
    sought = any(piece.asks and kind is AskKind.WHICH_PARTNERS for piece, kind in drafts)
    if sought and not any(piece.asks and kind is AskKind.WHY_NOT_WORKING for piece, kind in drafts):
        asks = [ask for ask in asks if ask.kind is not AskKind.WHY_NOT_WORKING]
    pointed = [ask for ask in asks if ask.kind is not AskKind.WHERE_TO_START]
    asked = any(piece.asks for piece, kind in drafts if kind is AskKind.WHERE_TO_START)
    wished = any(not piece.asks for piece, kind in drafts if kind in {AskKind.IS_IT_RIGHT_FOR_US, AskKind.WHY_NOT_WORKING})
    return pointed if pointed and (wished or not asked) else asks


def _pieces(message: Message) -> Iterator[Piece]:
    """Sentences, cut where a second question begins within one."""
    start, asked = 0, False
    for index, clause in enumerate(message.clauses):
        opens = message.meant_as("question", _first_letter(message.text, clause.start, clause.end))
        new = index > 0 and message.clauses[index - 1].sentence != clause.sentence
        if new or (opens and asked):
            yield Piece(start, clause.start, asked or message.clauses[index - 1].asks)
            start, asked = clause.start, False
        asked = asked or opens
    if message.clauses:
        yield Piece(start, len(message.text), asked or message.clauses[-1].asks)


def _first_letter(text: str, start: int, end: int) -> int:
    match = re.compile(r"\w").search(text, start, end)
    return match.start() if match else start


def _only_chat(text: str, start: int, end: int) -> bool:
    left = text[start:end]
    for hit in sorted(lexicon("asks", "chit_chat").longest(text, start, end), key=lambda hit: -hit.start):
        left = left[: hit.start - start] + left[hit.end - start :]
    more = next(islice(_WORD.finditer(left), 1 if len(left) < end - start else 0, None), None)  # than the one word that may stand beside chat
    return more is None and not re.search(r"\d", left)


def _kind(message: Message, piece: Piece, mentioned: Collection[Mention], knows_client: bool) -> AskKind | None:
    words = message.text[piece.start : piece.end]
    if not words.strip(" \t\n.,;:-*>") or _only_chat(message.text, piece.start, piece.end):
        return None
    if scope.outside(message.text, piece.start, piece.end) not in {None, scope.CONSUMER}:
        return AskKind.OUT_OF_SCOPE
    if _WHY.fullmatch(words):
        return AskKind.WHY_NOT_WORKING
    here = [mention for mention in mentioned if piece.start <= mention.start < piece.end]
    kinds = {hit.key for hit in lexicon("asks", "kinds").within(message.text, piece.start, piece.end)}
    request = any(not message.text[piece.start : hit.start].strip(" \t\n\"'*->") for hit in lexicon("asks", "request").within(message.text, piece.start, piece.end))
    if piece.asks and _TAIL.search(words) and (here or _FIGURE.search(words) or len(words.split()) > 5):
        return AskKind.IS_IT_RIGHT_FOR_US if here and "check_claim" not in kinds else AskKind.CHECK_CLAIM
    if not piece.asks and not request:
        return next((AskKind(kind.removesuffix("_first")) for kind in _UNASKED if kind in kinds and _wished(message, piece, kind, here)), None)
    if " or " in words and len({mention.move for mention in here}) > 1 and "explain_term" not in kinds:
        return AskKind.COMPARE
    kind = next((AskKind(kind.removesuffix("_first")) for kind in table("asks")["kinds"] if kind in kinds), None)
    if kind is AskKind.COMPARE and not here and "differ" not in words and _AMOUNT_ASKED.match(words) and topics_of(words):
        kind = AskKind.HOW_MUCH
    if kind in _LOOSE and not knows_client and not here and not lexicon("scope", "inside").first(message.text) and not topics_of(words):
        return kind if kind is AskKind.EXPLAIN_TERM and _asks_for_a_term(words) else AskKind.OUT_OF_SCOPE
    short = mentioned and piece.asks and len(words.split()) <= 5 and not re.search(r"\b(?:what|how|where|next|now|idea)\b", words)
    return kind or _plainest(words, bool(here or short))


def _asks_for_a_term(words: str) -> bool:
    """Whether the question ends with a term of the glossary: "population of Rome" and "distribution of wealth" do not."""
    end = len(words.rstrip(" \t\n?!.\"'"))
    return any(hit.end == end for hit in lexicon("scope", "terms").find(words))


def _plainest(words: str, about_move: bool) -> AskKind:
    """The kind of a question that no pattern knows, told from how it opens."""
    if about_move or re.match(r"\W*(?:so |and |or )?(?:should|can|could|may|must|shall|is|are|do|does|would)\b", words):
        return AskKind.IS_IT_RIGHT_FOR_US
    asked = re.search(r"\b(?:who|what|which|when|how|where)\b", words)
    return AskKind.HOW_TO if asked and topics_of(words) else AskKind.WHERE_TO_START


_UNASKED = ("is_it_right_for_us_first", "check_claim", "draft_plan", "why_not_working", "which_partners", "is_it_right_for_us")


def _wished(message: Message, piece: Piece, kind: str, here: list[Mention]) -> bool:
    """Whether a sentence without a question still wants an answer: a claim heard, an idle programme, a move wished for."""
    words = message.text[piece.start : piece.end]
    if kind == "check_claim":
        return re.search(r"\d", words) is not None and re.search(r"\b(?:told|claims?|claimed|read|heard|says?|said|saw)\b", words) is not None
    if kind == "is_it_right_for_us":
        return bool(here)
    return True


def _refined(kind: AskKind, money: bool, signals: tuple[str, ...], message: Message, piece: Piece) -> AskKind:
    if money and kind in {AskKind.HOW_MUCH, AskKind.IS_IT_RIGHT_FOR_US, AskKind.WHERE_TO_START}:
        return AskKind.SUM
    if signals and kind in {*_GENERIC, AskKind.WHY_NOT_WORKING, AskKind.HOW_MUCH} and not _about_else(message, piece, signals):
        return AskKind.REACT_TO_SIGNAL
    return kind


def _about_else(message: Message, piece: Piece, signals: tuple[str, ...]) -> bool:
    """Whether the question itself is about another thing than the signal."""
    topics = set(topics_of(message.text[piece.start : piece.end]))
    near = {signal.split("_")[0] for signal in signals} | {"activation", "conflict", "pipeline", "account_mapping", "win_rate", "integrations", "targets", "deal_registration", "marketing", "enablement", "direct_sales", "trust", "resellers", "governance", "sourced_share"}
    return bool(topics - near - set(signals))


def _signals(message: Message, metrics: Iterable[str]) -> tuple[str, ...]:
    known = set(metrics)
    needed = {"activation": "activation_rate", "overlaps": "overlaps_high_fit", "win_rate_gap": "win_rate_gap"}
    found = {hit.key for hit in lexicon("asks", "signal").find(message.text) if not any(message.meant_as(zone, hit.start) for zone in ("foreign", "assumed", "wish"))}
    found -= {name for name, metric in needed.items() if metric not in known}
    found |= {name for name, metric in {**needed, "pipeline_below_target": "months_below_target"}.items() if metric in known}
    return tuple(sorted(found))


def _ask(message: Message, piece: Piece, kind: AskKind, mentioned: Iterable[Mention], signals: tuple[str, ...]) -> Ask:
    here = [mention.move for mention in mentioned if piece.start <= mention.start < piece.end]
    topics = (*signals, *(topic for topic in topics_of(message.text, piece.start, piece.end) if topic not in signals))
    figures = _figures(message, piece)
    return Ask(kind=kind, text=message.quote(piece.start, piece.end), moves=tuple(dict.fromkeys(here)), topics=topics, figures=figures)


def _figures(message: Message, piece: Piece) -> tuple[str, ...]:
    words = message.text[piece.start : piece.end]
    return tuple(dict.fromkeys(message.raw[piece.start + match.start() : piece.start + match.end()].strip() for match in _FIGURE.finditer(words)))


def topics_of(words: str, start: int = 0, end: int = sys.maxsize) -> tuple[str, ...]:
    """The subjects that plain words, or a stretch of them, name, in their order."""
    hits = sorted(lexicon("asks", "topics").within(words, start, end), key=lambda hit: hit.start)
    return tuple(dict.fromkeys(hit.key for hit in hits))


def _add(asks: list[Ask], ask: Ask) -> None:
    """Add an ask, joined with an earlier one of the same kind."""
    for index, other in enumerate(asks):
        if other.kind is ask.kind:
            asks[index] = Ask(
                kind=ask.kind, text=f"{other.text} {ask.text}", moves=_both(other.moves, ask.moves), topics=_both(other.topics, ask.topics), figures=_both(other.figures, ask.figures)
            )
            return
    asks.append(ask)


def _both(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _with_context(message: Message, asks: list[Ask], mentioned: Iterable[Mention]) -> list[Ask]:
    """Gives moves and topics of the telling sentences to the first ask that names none itself."""
    wished: list[Move] = [mention.move for mention in mentioned if message.meant_as("wish", mention.start)]
    named: list[Move] = [mention.move for mention in mentioned]
    for index, ask in enumerate(asks):
        context = wished or (named if ask.kind is AskKind.IS_IT_RIGHT_FOR_US else [])
        if not ask.moves and context and ask.kind in _GENERIC:
            asks[index] = ask.model_copy(update={"moves": tuple(dict.fromkeys(context)), "topics": _both(ask.topics, topics_of(message.text))})
            break
        if not ask.topics and not ask.moves:
            asks[index] = ask.model_copy(update={"topics": topics_of(message.text)})
    return asks
