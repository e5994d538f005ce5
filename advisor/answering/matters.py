"""Everyday matters: what somebody asks about partners, terms and people that are there already, and where a figure told stands beside the records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from advisor.answering.aim import CERTAIN, deciding, fired, silent, situation
from advisor.answering.hearsay import bare, phrases
from advisor.answering.playbook import Claims, Matter, Place, Playbook
from advisor.answering.subjects import foreign, present
from advisor.domain import TURNING, Applies, Ask, AskKind, Assessment, Benchmark, Business, Client, Finding, Move, Owner, StageId, Unit, Verdict
from advisor.domain.regex import Regex
from advisor.figures import Figure, find
from advisor.intake.message import message_of, plain
from advisor.intake.moves import mentions
from advisor.intake.patterns import Hit, count_of, lexicon
from advisor.library import Library
from advisor.ports import MatterReader, MoveFinder

_NEVER = frozenset({AskKind.SUM, AskKind.DRAFT_PLAN})
_FIRST = frozenset({AskKind.HOW_MUCH, AskKind.CHECK_CLAIM, AskKind.MATURITY, AskKind.WHO_OWNS, AskKind.WHICH_PARTNERS, AskKind.EXPLAIN_TERM, AskKind.CHIT_CHAT})  # kinds whose own answer a matter must be surer to replace
_WHOLE = frozenset({AskKind.WHERE_TO_START, AskKind.WHICH_TOOL})
WHOM = frozenset({
    Move.SI_PARTNERS, Move.CONSULTING_PARTNERS, Move.REFERRAL_PARTNERS, Move.RESELLERS, Move.TECH_PARTNERS, Move.REGIONAL_RESELLERS,
    Move.VERTICAL_SPECIALISTS, Move.IMPLEMENTATION_PARTNERS, Move.GSI_PARTNERS, Move.INFORMAL_REFERRALS,
})  # fmt: skip
"""Kinds of partners: who asks about the terms of one that is there names it without asking whether to have it."""
INTRODUCED = (
    Move.TIERED_PROGRAMME, Move.FORMAL_REFERRAL_PROGRAMME, Move.PARTNER_CERTIFICATION, Move.FIRST_PARTNER_HIRE, Move.PARTNER_MANAGER_HIRE,
    Move.LIGHT_PRM, Move.MID_PRM, Move.ENTERPRISE_PRM, Move.ACCOUNT_MAPPING_TOOL, Move.MASS_RECRUITING, Move.GSI_PARTNERS,
)  # fmt: skip
"""What is set up, bought or hired, and not there until somebody does."""
_NEW_ONE = Regex(r"\b(?:first|1st|new|another|erste[rnms]?|neue[rnms]?|weitere[rnms]?) $")  # of partners, before a kind of them
_DAYS = {Unit.DAYS: Decimal(1), Unit.WEEKS: Decimal(7), Unit.MONTHS: Decimal(30), Unit.YEARS: Decimal(365)}
_FIGURED = frozenset({AskKind.CHECK_CLAIM, AskKind.HOW_MUCH, AskKind.IS_IT_RIGHT_FOR_US, AskKind.COMPARE})  # kinds in which a figure may be wanted to be shown as certain
_NO_CHANCE = 1.01  # of a matter where a figure passed on is asked to be true
_CHANGE = Regex(r"\b(?:by|um)\s$")  # `missed by 60 %` tells how far off something is, and not where it stands
_ELSE = Regex(r"\b(?:gross margins?|gm|(?:net |gross )?(?:revenue )?retention|n?rr|grr|churn|brutto(?:marge)?|rohmarge|abwanderung|kündigungs(?:quote|rate))(?:[ :=~]|\b(?:is|of|at|rate|ca\.?|around|about|approx\.?|liegt|bei|von|etwa|rund|marge)\b)*$")  # what another share is of
_BEHIND = Regex(r"\s*(?:%|percent|prozent)?\s*(?:gross margin|gm\b|churn|retention|bruttomarge|rohmarge)")
_ENDS = re.compile(r"[.?!;]\s")
_SURELY = 0.7  # from which probability on no word of a message leads elsewhere
_LONG = 20  # words of a message that tells a story: what it is about is less likely by all the rest, and it tells more than a sum that lacks something
_FEW_WORDS = 4  # of a question that says nothing of its subject
_SOON = 45  # days that a plan in a matter spans at most
_UNLIKE = 4  # times as likely as a move is the matter that a message is about rather than that move
_NEAREST, _TOGETHER = 3, 0.15  # matters that are named where none is sure, and how probable they must be together
_PRESUMED, _APART = 0.12, 1.5  # how likely a matter must be to be answered where nothing else tells, and how many times as likely as the next
_REACH = 60  # characters between a figure and the word that tells what it is of


class Standing(NamedTuple):
    """A figure that the message tells, and where it lies beside a record: `below`, `inside` or `above`; `number` is the record's place in the list."""

    told: Figure
    record: Benchmark
    place: str
    number: int


class Clues(NamedTuple):
    """What an ask is read from beside its words: the subject without what the client tells of its size, the readers of matters and moves, whether its numbers make a sum or one is asked for, and whether neither is so."""

    subject: str
    reader: Callable[[], MatterReader]
    finder: Callable[[], MoveFinder]
    adds_up: Callable[[], bool] = lambda: True
    no_sum: Callable[[], bool] = lambda: False


def matter_of(ask: Ask, read: Clues, assessment: Assessment, book: Playbook, *, passes_on: bool, doubts: bool = False) -> str:
    """The matter that an ask is surely about, or nothing.

    It must be surer where a rule decides a move that the words name or the client's situation asks for, an amount is asked for, or figures are passed on. What
    exists against the rules comes before it; and it yields to a refusal of the move that
    the message turns on, and to a move on which it turns more surely.
    """
    if not assessment.in_scope:
        return ""
    if len(ask.text.split()) <= _FEW_WORDS or lexicon("asks", "what_now").first(plain(ask.text)) is not None:
        ask = ask.model_copy(update={"text": read.subject})  # what now?, or give in?, is asked of what leads to it
    in_words = _in_words(ask, read, book, assessment.client) if not (passes_on or doubts) else None
    name, chance = in_words or _likeliest(ask, read, book, assessment.client)
    if chance < CERTAIN and _fired(ask, assessment):
        return ""
    matter = book.matters.get(name)
    if matter is None or (ask.promise and ask.kind in _FIGURED and not matter.promised and not chance >= book.aim.sure):
        return ""
    counted = ask.kind is AskKind.SUM and len(ask.text.split()) >= _LONG and read.no_sum()  # numbers that nothing is to be made of
    if ask.kind in _NEVER - matter.settles and not counted and not _summed(ask, read, book, assessment.client) and not _planned(ask, read, chance, book.aim.matter):
        return ""
    if _frozen(ask, matter, assessment) or (_ruled(ask, read, name, matter, assessment, book.aim.likely) and not _fits(matter, bare(read.subject))):
        return ""
    sure = chance >= _least(name, ask, assessment, book, passes_on=passes_on, doubts=doubts)
    return name if sure and not _turns(read, name, matter, assessment, book.aim.sure, chance) else ""


def _fired(ask: Ask, assessment: Assessment) -> bool:
    """Whether it is asked what to do on a signal, and the client's own number fires it: the rules say what then."""
    tables = {finding.rule.partition(".")[0].removeprefix("signal_") for finding in fired(assessment)}
    return ask.kind is AskKind.REACT_TO_SIGNAL and any(topic.startswith(name) for topic in ask.topics for name in tables)


def _in_words(ask: Ask, read: Clues, book: Playbook, client: Client) -> tuple[str, float] | None:
    """The matter that an ask names in so many words, the likeliest of several; none where the whole message is surely about another one and hardly about any of these."""
    names = [*_named(ask, book, client)]
    if not names:
        return None
    chances = dict(read.reader().ranked(read.subject))
    best, other = max(names, key=lambda name: chances.get(name, 0.0)), _likeliest(ask, read, book, client)
    outdone = other[0] in book.matters and other[0] not in names and other[1] >= book.aim.matter and chances.get(best, 0.0) < book.aim.matter_near
    return None if outdone else (best, 1.0)


def _likeliest(ask: Ask, read: Clues, book: Playbook, client: Client) -> tuple[str, float]:
    """The likeliest matter of those that the words allow and that such clients have, or `none` where that is likelier; how likely, now that those before it are ruled out."""
    said, ruled_out = bare(f"{read.subject}\n{ask.text}"), 0.0
    for name, chance in read.reader().ranked(read.subject):
        matter = book.matters.get(name)
        if matter is None or (_fits(matter, said, led=chance < _SURELY) and _of_client(matter, client)):
            return name, chance / (1 - ruled_out)
        ruled_out += chance
    return "", 0.0


def _frozen(ask: Ask, matter: Matter, assessment: Assessment) -> bool:
    """Whether what exists against the rules has to be spoken of first."""
    return ask.kind in _WHOLE and Move.FREEZE_AND_REVIEW not in matter.beside and deciding(assessment, Move.FREEZE_AND_REVIEW) is not None


def _ruled(ask: Ask, read: Clues, name: str, matter: Matter, assessment: Assessment, least: float) -> bool:
    """Whether the rules say anything of a move that an ask names, or refuse one that it likely turns on."""
    move, likely = read.finder().moves(read.subject)[0]
    turned = likely >= least and (move in matter.beside or not _unlike(read, name, move))
    return any(finding.move in ask.moves or (turned and finding.move is move and finding.verdict is Verdict.FORBID) for finding in assessment.findings)


def _unlike(read: Clues, name: str, move: Move | None) -> bool:
    """Whether the reader that knows both holds a matter for far likelier than a move."""
    return move is not None and read.reader().turns(read.subject, move) < dict(read.reader().ranked(read.subject)).get(name, 0.0) / _UNLIKE


def _summed(ask: Ask, read: Clues, book: Playbook, client: Client) -> bool:
    """Whether a sum is asked for that belongs to a matter which the words name, or that is neither asked for by name nor made by the numbers."""
    found = named(ask, book, client) if ask.kind is AskKind.SUM else None
    return found is not None and (bool(book.matters[found[0]].sums) or not read.adds_up())


def _planned(ask: Ask, read: Clues, chance: float, least: float) -> bool:
    """Whether a plan is asked for in a matter that the message is certainly about, or about for some days or weeks, and not the one that builds a programme."""
    if ask.kind is not AskKind.DRAFT_PLAN:
        return False
    if any(_days(hit) <= _SOON for hit in lexicon("asks", "soon").find(plain(ask.text))):
        return chance >= least
    if "plan" not in ask.topics:
        return chance >= least
    return CERTAIN <= chance < 1 and read.reader().turns(read.subject, Move.NINETY_DAY_PROGRAMME) < chance / _UNLIKE


def _days(hit: Hit[str]) -> int:
    """How many days a phrase spans; a day of the calendar or a few of them count as none."""
    return count_of(hit.value) * (7 if hit.key == "weeks" else 1) if hit.value else 0


def _fits(matter: Matter, said: str, *, led: bool = True) -> bool:
    """Whether a message holds the words that a matter needs, and, where it may be `led` elsewhere, none of those that lead there."""
    needed = not matter.needs or phrases(matter.needs).first(said) is not None
    return needed and not (led and matter.unless and phrases(matter.unless).first(said) is not None)


def _of_client(matter: Matter, client: Client) -> bool:
    """Whether a matter is one of clients of this business."""
    if client.business is Business.CONSULTANCY:
        return matter.of_consultancies
    return not (matter.of_consultancies and (client.business is Business.B2B_SAAS or client.arr is not None))


def named(ask: Ask, book: Playbook, client: Client) -> tuple[str, float] | None:
    """The matter of such clients that an ask names in so many words, none of which lead elsewhere."""
    return next(((name, 1.0) for name in _named(ask, book, client)), None)


def _named(ask: Ask, book: Playbook, client: Client) -> Iterator[str]:
    """The matters of such clients that an ask names in so many words, none of which lead elsewhere."""
    said = bare(ask.text)
    heard = {hit.key for hit in book.naming.find(said)}
    return (name for name, matter in book.matters.items() if name in heard and _fits(matter, said) and _of_client(matter, client))


def _least(name: str, ask: Ask, assessment: Assessment, book: Playbook, *, passes_on: bool, doubts: bool = False) -> float:
    """From which probability on an ask is about a matter."""
    matter = book.matters.get(name)
    asked = {*ask.moves} - WHOM - ({*matter.beside} if matter and ask.kind in matter.settles else set())
    if passes_on and not (matter and _tells(matter, ask.text, book.claims)):
        return _NO_CHANCE if ask.kind is AskKind.CHECK_CLAIM else book.aim.matter_passed_on
    if doubts:
        return book.aim.sure
    if ask.kind is AskKind.WHY_NOT_WORKING and not silent(ask.text):
        return book.aim.matter_cause
    frozen = deciding(assessment, Move.FREEZE_AND_REVIEW) is not None and not (matter and Move.FREEZE_AND_REVIEW in matter.beside)
    if any(hit.key == AskKind.WHICH_PARTNERS for hit in lexicon("asks", "kinds").find(plain(ask.text))) and ask.kind is AskKind.WHICH_PARTNERS and not (matter and ask.kind in matter.settles):
        return CERTAIN
    first = ask.kind in _FIRST and not (matter and ask.kind in matter.settles)
    ruled = frozen or first or any((finding.move in asked and finding.verdict in TURNING) or situation(finding) for finding in assessment.findings)
    least = book.aim.matter_ruled if ruled else book.aim.matter
    return least * book.aim.matter_long if len(ask.text.split()) >= _LONG else least


def _tells(matter: Matter, text: str, claims: Claims) -> bool:
    """Whether a message tells a single figure that the matter could place, which is its own then."""
    place = matter.place
    return place is not None and sum(figure.unit in place.units for figure in find(text)) == 1 and _told(place, text, claims) is not None


def _turns(read: Clues, name: str, matter: Matter, assessment: Assessment, least: float, chance: float) -> bool:
    """Whether the message surely turns on a move that the rules refuse, more surely on one that they ask for, or certainly on one of which they say anything, other than one that the matter treats itself."""
    move, likely = read.finder().moves(read.subject)[0]
    if move is None or move in WHOM or (move in matter.beside and not likely >= CERTAIN > chance):
        return False
    verdicts = {finding.verdict for finding in assessment.findings if finding.move is move}
    if _unlike(read, name, move):
        return False
    if Verdict.FORBID in verdicts:
        return likely >= (CERTAIN if chance == 1 else least)  # what words name is left for what is certain alone
    return (bool(verdicts & TURNING) and likely > chance) or (bool(verdicts) and likely >= CERTAIN > chance)


def near_to(ask: Ask, read: Clues, assessment: Assessment, book: Playbook) -> tuple[str, ...] | None:
    """The matters that come nearest to an ask, likeliest first, none where all are far; None where it is surely about none."""
    ranked, said = read.reader().ranked(read.subject), bare(ask.text)
    if ranked[0][0] not in book.matters and ranked[0][1] >= book.aim.matter:
        return None
    near = [(name, chance) for name, chance in ranked if name in book.matters and chance >= book.aim.matter_near]
    near = [(name, chance) for name, chance in near if _fits(book.matters[name], said) and _of_client(book.matters[name], assessment.client)][:_NEAREST]
    return tuple(name for name, _ in near) if sum(chance for _, chance in near) >= _TOGETHER else ()


def presumed(ask: Ask, read: Clues, book: Playbook) -> str:
    """The matter that an ask, of which nothing else tells what it turns on, is most likely about, where it stands out from the next; empty where none does."""
    (name, chance), (_, less) = read.reader().ranked(read.subject)[:2]
    matter = book.matters.get(name)
    stands_out = chance >= _PRESUMED and chance >= _APART * less and ask.kind not in _FIGURED - {AskKind.HOW_MUCH}  # a yes or no is not given on a guess
    return name if matter is not None and stands_out and _fits(matter, bare(ask.text)) and not ask.promise else ""


def introduced(question: str, matter: Matter, assessment: Assessment, finder: MoveFinder, book: Playbook) -> Move | None:
    """What a message on a matter wants to introduce, where the rules refuse it: no way of telling, paying or timing it goes before that.

    It is what the matter introduces or the message calls the first or a new one, plans or wishes for, or turns on: certainly, where it does not name it or the matter treats it itself.
    """
    if assessment.stage.id is StageId.UNKNOWN:
        return None
    turned, likely = finder.moves(question)[0]
    text = plain(question)
    message, named = message_of(question, text, None), [item for item in mentions(question) if not item.against]
    meant = {item.move for item in named if item.move in INTRODUCED and any(message.meant_as(zone, item.start) for zone in ("planned", "wish"))}
    meant |= {item.move for item in named if item.move in WHOM and (matter.signing or _NEW_ONE.search(text, 0, item.start))}
    sure = turned in {item.move for item in named} - matter.beside
    meant |= {turned} if turned in INTRODUCED and likely >= (book.aim.sure if sure else CERTAIN) else set()
    started = (*matter.introduces, *(move for move in (*INTRODUCED, *sorted(WHOM)) if move in meant and (move not in matter.against or move in WHOM)))
    return next((move for move in started if move not in _there(assessment.client) and _forbidden(move, assessment)), None)


def untimely(matter: Matter, assessment: Assessment) -> Finding | None:
    """What the rules say of a thing that a matter takes for granted and that they refuse."""
    if assessment.stage.id is StageId.UNKNOWN:
        return None
    refused = (move for move in (*matter.introduces, *matter.presumes) if _forbidden(move, assessment))
    return next((deciding(assessment, move) for move in refused), None)


def _there(client: Client) -> set[Move]:
    """What exists or was decided; a dedicated owner is the first hire."""
    hired = {Move.FIRST_PARTNER_HIRE} if client.owner is Owner.DEDICATED else set()
    return {*client.in_place, *(decision.move for decision in client.decided), *hired}


def _forbidden(move: Move, assessment: Assessment) -> bool:
    return (finding := deciding(assessment, move)) is not None and finding.verdict is Verdict.FORBID


def standing(matter: Matter, text: str, library: Library, facts: Mapping[str, Any], claims: Claims) -> Standing | None:
    """The figure that a message tells on a matter beside the first record that holds for the client; while that is open, beside one of those that may hold, if it lies alike beside all.

    None where a figure or a record is missing.
    """
    place = matter.place
    if place is None or (told := _told(place, text, claims)) is None:
        return None
    records = [(number, library.benchmarks[id_], library.applies(id_, facts).applies) for number, id_ in enumerate(place.records)]
    placed = [(Standing(told, record, where, number), applies) for number, record, applies in records if (where := _where(told, record))]
    held = [standing for standing, applies in placed if applies is Applies.YES]
    open_ = [standing for standing, applies in placed if applies is Applies.UNKNOWN]
    return next(iter(held), None) or (open_[0] if open_ and len({each.place for each in open_}) == 1 else None)


def _told(place: Place, text: str, claims: Claims) -> Figure | None:
    """The figure in one of the units that stands nearest to a telling word; the only one where no word tells. One of something else is left out, as are a goal and what was before, where another tells how things are."""
    figures = [figure for figure in find(text) if figure.unit in place.units and None not in figure.bounds and not figure.is_edge and not _CHANGE.search(text, 0, figure.start)]
    low = bare(text)
    figures = [figure for figure in figures if not (_ELSE.search(low, max(0, figure.start - _REACH), figure.start) or _BEHIND.match(low, figure.end))]
    figures = present(text, [figure for figure in figures if not foreign(text, figure, place.metric, claims)], claims) if place.metric else figures
    spots = [hit.start for hit in phrases(place.near).find(low)] if place.near else []
    near = [(abs(figure.start - spot), figure.start, figure) for figure in figures for spot in spots if _ENDS.search(low, *sorted((figure.start, spot))) is None]
    if near and min(near)[0] <= _REACH:
        return min(near, key=lambda each: each[:2])[2]
    return figures[0] if len(figures) == 1 and not place.only_near else None


def _where(told: Figure, record: Benchmark) -> str:
    """Where a figure lies beside a record of its unit, or of another length of time."""
    number = _in(told, record.unit)
    if number is None:
        return ""
    if record.low is not None and number < record.low:
        return "below"
    return "above" if record.high is not None and number > record.high else "inside"


def _in(told: Figure, unit: Unit) -> Decimal | None:
    high = told.bounds[1]
    if high is None or told.unit is unit:
        return high
    return high * _DAYS[told.unit] / _DAYS[unit] if told.unit in _DAYS and unit in _DAYS else None
