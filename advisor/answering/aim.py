"""What an ask is really about: the moves of the message it stands in, or the situation it describes, and the plan for that."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from advisor.answering.computations.standing import says_judge
from advisor.answering.hearsay import doubted, goal, phrases, questions
from advisor.answering.playbook import Playbook
from advisor.answering.select import sizes, subject
from advisor.domain import ADVISED, TURNING, Ask, AskKind, Assessment, Business, Client, Finding, Move, StageId, Unit, Verdict
from advisor.figures import find
from advisor.intake.message import plain
from advisor.intake.moves import Mention, mentions
from advisor.intake.patterns import Hit, lexicon
from advisor.intake.tables import table
from advisor.library import Library
from advisor.ports import MoveFinder
from advisor.rules.facts import active_share

_OPEN = frozenset({AskKind.WHERE_TO_START, AskKind.IS_IT_RIGHT_FOR_US, AskKind.CHECK_CLAIM})
_YES_NO = frozenset({AskKind.IS_IT_RIGHT_FOR_US, AskKind.CHECK_CLAIM})
_LOOKING = frozenset({AskKind.WHICH_PARTNERS, AskKind.WHY_NOT_WORKING, AskKind.HOW_TO})  # what "what do we do about it?" may resemble
_APART = frozenset({AskKind.SUM, AskKind.EXPLAIN_TERM, AskKind.COMPARE, AskKind.DRAFT_PLAN})  # what no move decides
_DISMISSING = frozenset({AskKind.IS_IT_RIGHT_FOR_US, AskKind.WHO_OWNS, AskKind.WHERE_TO_START, AskKind.WHY_NOT_WORKING})
_BEGINNING = frozenset({AskKind.WHERE_TO_START, AskKind.WHICH_PARTNERS})  # for a consultancy one model answers both
_PARTNERS = frozenset({Move.SI_PARTNERS, Move.CONSULTING_PARTNERS, Move.REFERRAL_PARTNERS, Move.RESELLERS, Move.TECH_PARTNERS})
_HIRES = frozenset({Move.FIRST_PARTNER_HIRE, Move.PARTNER_MANAGER_HIRE})
_WEIGHING = frozenset({AskKind.IS_IT_RIGHT_FOR_US, AskKind.COMPARE})
_TREATED = {
    AskKind.WHICH_PARTNERS: frozenset({*_PARTNERS, Move.REGIONAL_RESELLERS, Move.VERTICAL_SPECIALISTS, Move.IMPLEMENTATION_PARTNERS, Move.GSI_PARTNERS}),
    AskKind.WHO_OWNS: frozenset({Move.ASSIGN_OWNER, Move.FIRST_PARTNER_HIRE, Move.PARTNER_MANAGER_HIRE, Move.PARTNER_ORG, Move.EXECUTIVE_SPONSOR}),
    AskKind.WHICH_TOOL: frozenset({Move.NO_TOOLING, Move.LIGHT_PRM, Move.MID_PRM, Move.ENTERPRISE_PRM, Move.ACCOUNT_MAPPING_TOOL}),
    AskKind.WHY_NOT_WORKING: frozenset({Move.DIAGNOSE_ENABLEMENT, Move.ENABLEMENT_PACK, Move.FOCUS_FEW_PARTNERS}),
}  # the moves that the plan of a kind treats by itself
KINDS = _TREATED[AskKind.WHICH_PARTNERS] | {Move.AFFILIATE_PROGRAMME, Move.APP_MARKETPLACE, Move.CLOUD_MARKETPLACE}
"""Kinds of partners, and of places where others sell, that somebody may choose between."""
CERTAIN = 0.75  # from which probability on a message turns on a move although its words name another, or ask for a figure
_FIGURED = 0.85  # and although it asks for a figure that records measure, or has one judged
_REFUSED = 0.5  # and from which on a refused one is refused, where none that the words name is
_HALF = 50  # per cent of the partners
_ALSO = 0.2  # from which probability on the next move may be meant too
_PAIRED = 0.4  # from which probability of the likeliest move on the next one is taken for its counterpart
_RECRUITING = (Move.RECRUIT_5_10, Move.RECRUIT_15_30)
_HELD = ("idle", "enough_partners")  # the tables that look at the partners who are there
_SIGNALLED = frozenset({Move.RESOLVE_CONFLICT_48H, Move.ACTIVATE_TOP10, Move.COMARKET_30_DAYS, Move.JOINT_EXEC_CALL, Move.INVEST_IN_PARTNERS})
_LETTER = re.compile(r"\s?(?:[a-e]\s)?")  # what may stand between a kind of partner and what it does: `reseller A makes 60 %`
_LISTED = re.compile(r"\bmarketplaces?\b|\b(?:get|be|become) listed\b|\blist(?:ing)?\b")
_WHETHER = re.compile(r"\b(?:should|shall|do|can|could|would) (?:we|i|they)\b|\b(?:soll|sollen|sollten|können) (?:wir|ich)\b")
_WHICH = re.compile(r"\b(?:which|what|who|whom|welche[mnrs]?|was|wer|wen|womit)\b")
_CHOICE = re.compile(r"\bwhich\b|\b(?:tackle|clazar)")
_PRODUCT = r"(?:[\s-](?i:tool|software|app|platform|plattform)\b)?"  # `a PLG tool` is what the client sells
_QUOTED = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.MULTIPLE, Unit.RATIO, Unit.MONEY, Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS})
_IT = re.compile(r"\b(?:it|this|that|these|them|das|es|dies|damit|daran|dabei)\b")
_SHARES = frozenset({"sourced_share", "influenced_share", "pipeline_share", "win_rate", "activation"})  # what goals are set for and the sources measure
_SHORT = 5  # words of a question that says nothing of its subject
_SITUATIONS = frozenset({"problem", "expansion", "implementation"})


def deciding(assessment: Assessment, move: Move) -> Finding | None:
    """The finding that decides about a move."""
    return assessment.finding_on(move)


def aimed(
    ask: Ask, question: str, assessment: Assessment, playbook: Playbook, library: Library, finder: Callable[[], MoveFinder]
) -> Ask:
    """The ask with the moves and the kind that its message gives it, when its own words leave them open."""
    if not assessment.in_scope:
        return ask.model_copy(update={"kind": AskKind.OUT_OF_SCOPE, "topics": ("b2c",) if ask.kind is not AskKind.OUT_OF_SCOPE else ask.topics})
    if ask.kind is AskKind.DRAFT_PLAN and "plan" not in ask.topics and {*ask.moves} & {*assessment.client.in_place}:
        ask = ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US})  # what exists is to be judged, not planned
    if ask.kind in _BEGINNING and not ask.moves and assessment.client.business is Business.CONSULTANCY:
        return ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US, "moves": (Move.OPERATOR_MODEL,), "topics": ()})
    if ask.kind is AskKind.IS_IT_RIGHT_FOR_US and not ask.moves and lexicon("asks", "in_general").first(plain(question)) is not None:
        return ask.model_copy(update={"kind": AskKind.WHICH_PARTNERS if assessment.stage.id is StageId.UNKNOWN else AskKind.WHERE_TO_START})
    ask = _of_kinds(ask, assessment)
    if not ask.moves and lexicon("asks", "which_stage").first(plain(ask.text)) is not None:
        return ask.model_copy(update={"kind": AskKind.WHERE_TO_START})
    ask = _marketplace(_first_hire(_without_own(_without_told(ask, assessment), question, assessment.client), assessment), question, assessment)
    if ask.kind is AskKind.COMPARE and len(ask.moves) == 1 and ask.moves[0] in _HIRES and _forbidden(ask.moves[0], assessment):
        ask = ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US})  # held against something that no rule knows: `another seller or a partner manager?`
    if ask.kind not in _APART and (held := _further(ask, assessment)):
        return ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US, "moves": (held,)})
    if ask.kind is AskKind.HOW_TO and not ask.moves and (against := _decided_against_the_rules(ask, assessment)):
        return ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US, "moves": against})
    if ask.kind in _YES_NO | {AskKind.REACT_TO_SIGNAL, AskKind.WHERE_TO_START} and _SHARES & {*ask.topics} and goal(question, playbook.claims) is not None:
        return ask.model_copy(update={"kind": AskKind.HOW_MUCH, "moves": (), "topics": tuple(topic for topic in ask.topics if topic in _SHARES)})
    if doubted(ask, playbook.claims) and ask.topics:
        return ask.model_copy(update={"moves": ()})
    if ask.kind is AskKind.REACT_TO_SIGNAL and _idle(ask, assessment):
        ask = ask.model_copy(update={"kind": AskKind.WHY_NOT_WORKING})
    if _judges(ask) and not ask.moves and _measured(ask, assessment, playbook):
        return ask.model_copy(update={"kind": AskKind.HOW_MUCH})
    if ask.kind in _YES_NO and (figures := _quoted(ask, question, playbook, library)):
        return ask.model_copy(update={"kind": AskKind.CHECK_CLAIM, "figures": figures, "moves": ()})
    elsewhere = ask.kind is AskKind.OUT_OF_SCOPE and any(topic not in table("asks")["topics"] for topic in ask.topics)
    if (ask.kind not in _APART or _refused(ask, question, assessment, finder)) and not elsewhere:
        ask = _turned(ask, question, assessment, playbook, finder)
    if ask.kind in _DISMISSING and _ending(question):
        return ask.model_copy(update={"kind": AskKind.WHY_NOT_WORKING, "moves": (), "topics": ("ending", *ask.topics)})
    if ask.kind is AskKind.HOW_MUCH and _prices(ask, assessment, playbook):
        return ask.model_copy(update={"kind": AskKind.WHICH_TOOL})
    return _settled(ask, question, assessment, playbook, quoted=bool(_quoted(ask, question, playbook, library)))


def _forbidden(move: Move, assessment: Assessment) -> bool:
    """Whether the rules forbid a move."""
    finding = deciding(assessment, move)
    return finding is not None and finding.verdict is Verdict.FORBID


def _of_kinds(ask: Ask, assessment: Assessment) -> Ask:
    """An ask that weighs several kinds of partners as one for those that fit how the client sells, and one for a single kind as a yes or no; affiliates, of whom no rule speaks, as the referral partners that they are."""
    if ask.kind is AskKind.WHICH_PARTNERS and len(ask.moves) == 1 and _WHETHER.search(ask.text.lower()) and not _WHICH.search(ask.text.lower()):
        return ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US})
    if ask.kind is AskKind.WHY_NOT_WORKING and KINDS & {*ask.moves} and not silent(ask.text):
        ask = ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US})  # nobody is said to bring too little
    if ask.kind not in _WEIGHING or assessment.stage.id is StageId.UNKNOWN:
        return ask
    moves = tuple(dict.fromkeys(Move.REFERRAL_PARTNERS if move is Move.AFFILIATE_PROGRAMME else move for move in ask.moves))
    several = len(KINDS & {*ask.moves}) > 1
    return ask.model_copy(update={"kind": AskKind.WHICH_PARTNERS if several else ask.kind, "moves": moves})


def _decided_against_the_rules(ask: Ask, assessment: Assessment) -> tuple[Move, ...]:
    """What somebody at the client's decided and the rules forbid, where it is asked how to go about it: the words name it as `it` alone."""
    if _IT.search(plain(ask.text)) is None:
        return ()
    found = (deciding(assessment, each.move) for each in assessment.client.decided)
    return tuple(finding.move for finding in found if finding is not None and finding.move is not None and finding.verdict is Verdict.FORBID)


def _refused(ask: Ask, question: str, assessment: Assessment, finder: Callable[[], MoveFinder]) -> bool:
    """Whether what reads as a comparison certainly turns on one move, and the rules refuse that: `instead of adding both we show their total`."""
    if ask.kind is not AskKind.COMPARE or len(ask.moves) > 1:
        return False
    move, chance = finder().moves(subject(question, sizes(assessment.client)))[0]
    finding = deciding(assessment, move) if move and chance >= _FIGURED else None
    return finding is not None and finding.verdict is Verdict.FORBID


def _prices(ask: Ask, assessment: Assessment, playbook: Playbook) -> bool:
    """Whether it is asked what a tool costs, and none is named: those that fit the client's stage are told with their prices."""
    named = any(tool.name.lower() in ask.text.lower() for tool in assessment.tools)
    return "tools" in ask.topics and not playbook.metrics(tuple(topic for topic in ask.topics if topic != "roi")) and not named and assessment.stage.id is not StageId.UNKNOWN


def _judges(ask: Ask) -> bool:
    """Whether a figure is to be judged, also where only the words say so: `9 % sourced. good or bad?`."""
    return ask.kind is AskKind.CHECK_CLAIM or (ask.kind in {AskKind.WHERE_TO_START, AskKind.IS_IT_RIGHT_FOR_US} and says_judge(ask.text) and bool(find(ask.text)))


def _without_told(ask: Ask, assessment: Assessment) -> Ask:
    """The ask without topics that only the words name in which the client tells its size: `ACV 40k` asks nothing about deal sizes."""
    rest = ask.text
    measured = [metric.quote for metric in assessment.client.metrics.values() if metric.quote]
    for quote in sizes(assessment.client):
        if not any(each in quote for each in measured):  # `sourced revenue is 18 % after 30 months` tells a size and a number on the topic
            rest = re.sub(re.escape(quote) + _PRODUCT, " ", rest)
    topics = lexicon("asks", "topics")
    told = {hit.key for hit in topics.find(plain(ask.text))} - {hit.key for hit in topics.find(plain(rest))}
    return ask.model_copy(update={"topics": tuple(topic for topic in ask.topics if topic not in told)}) if told else ask


def _without_own(ask: Ask, question: str, client: Client) -> Ask:
    """The ask without kinds of partners that the client has, or that want something: what is asked is something about them."""
    own = _there(question, client) | _only_told(ask, client)
    kept = tuple(move for move in ask.moves if move not in own)
    return ask if kept == ask.moves else ask.model_copy(update={"moves": kept})


def _only_told(ask: Ask, client: Client) -> frozenset[Move]:
    """What the client has already and no sentence that asks names: `Crossbeam is connected, and nobody opens it. Is the target too high?`."""
    existing = {*client.in_place} & {*ask.moves}
    asking = questions(ask.text)
    if not existing or not asking or any(_IT.search(sentence.lower()) or len(sentence.split()) <= _SHORT for sentence in asking):
        return frozenset()
    return frozenset(existing - {item.move for sentence in asking for item in mentions(sentence)})


def _there(question: str, client: Client) -> frozenset[Move]:
    """The kinds of partners that a message speaks of only as those that the client has or counts, or as wanting something, and the partner manager who does."""
    low, signed = plain(question), client.facts.get("signed_partners")
    place = low.find(plain(signed.quote)) if signed and signed.quote else -1
    last = place + len(plain(signed.quote)) if signed and signed.quote else -1
    named, said = mentions(low), _digits(lexicon("asks", "there").find(low))
    there = {item: _had(item, said, low) or (place >= 0 and item.start < last and place < item.end) for item in named}
    own = {item.move for item in named if there[item]} - {item.move for item in named if not there[item]}
    hires = [item for item in named if item.move is Move.PARTNER_MANAGER_HIRE]
    staff = {Move.PARTNER_MANAGER_HIRE} if hires and all(_acts(item, said, low) for item in hires) else frozenset()
    ranked = {item.move for item in named if item.move is Move.TIERED_PROGRAMME and {hit.key for hit in lexicon("asks", "ranked").find(low)} == {"partner"}}
    return frozenset(own & _PARTNERS | ranked | staff)


def _digits(hits: Sequence[Hit[str]]) -> list[Hit[str]]:
    """The hits without those whose number is written as a word: `with one tech partner` counts nobody."""
    return [hit for hit in hits if hit.value is None or hit.value[:1].isdigit()]


def _had(item: Mention, said: Sequence[Hit[str]], low: str) -> bool:
    """Whether words right before or behind a kind of partners tell that the client has it, or that it wants something."""
    before = any(hit.key == "before" and hit.end <= item.start and not low[hit.end : item.start].strip() for hit in said)
    return before or _acts(item, said, low)


def _acts(item: Mention, said: Sequence[Hit[str]], low: str) -> bool:
    return any(hit.key == "behind" and hit.start >= item.end and _LETTER.fullmatch(low, item.end, hit.start) for hit in said)


def _first_hire(ask: Ask, assessment: Assessment) -> Ask:
    """Below the first programme stage whoever is to be hired for partners would be the first one, whatever the title."""
    if StageId.BELOW_5M not in {assessment.stage.id, *assessment.stage.also} or Move.PARTNER_MANAGER_HIRE not in ask.moves:
        return ask
    moves = (Move.FIRST_PARTNER_HIRE if move is Move.PARTNER_MANAGER_HIRE else move for move in ask.moves)
    return ask.model_copy(update={"moves": tuple(dict.fromkeys(moves))})


def _marketplace(ask: Ask, question: str, assessment: Assessment) -> Ask:
    """A question for "the marketplace" beside committed cloud spend means that of the cloud provider."""
    told = assessment.client.facts.get("committed_spend")
    if ask.moves or told is None or not told.quote or told.quote not in question or not _LISTED.search(question.lower()):
        return ask
    return ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US if ask.kind is AskKind.HOW_TO else ask.kind, "moves": (Move.CLOUD_MARKETPLACE,)})


def _further(ask: Ask, assessment: Assessment) -> Move | None:
    """The recruiting of further partners that is asked for, of whatever kind, where the rules hold it back for those that are there."""
    if not assessment.client.partners.signed or lexicon("asks", "more").first(plain(ask.text)) is None:
        return None
    held = (move for move in _RECRUITING if (finding := deciding(assessment, move)) and finding.verdict is Verdict.FORBID and finding.rule.startswith(_HELD))
    return next(held, None)


def _turned(ask: Ask, question: str, assessment: Assessment, playbook: Playbook, finder: Callable[[], MoveFinder]) -> Ask:
    """An ask with the move that its message surely turns on; without moves that anything decides about also with those named beside it."""
    named = tuple(move for move in ask.moves if deciding(assessment, move))
    if ask.kind in {*_LOOKING, AskKind.WHERE_TO_START} and not named and fired(assessment) and lexicon("asks", "what_now").first(plain(ask.text)) is not None:
        return ask.model_copy(update={"kind": AskKind.REACT_TO_SIGNAL, "moves": ()})
    if not named and ask.kind in _OPEN and (beside := _beside(ask, question, assessment, playbook)):
        return ask.model_copy(update={"moves": beside})
    if ask.kind is AskKind.REACT_TO_SIGNAL and _alarm(assessment):
        return ask
    own, least = _there(question, assessment.client), _least(ask, named, playbook)
    found = [pair for pair in finder().moves(subject(question, sizes(assessment.client))) if pair[0] not in own][:2]
    if found[0][0] in named:  # the words say what is meant, so that nothing beside it is
        found, least = [found[0], (None, 0.0)], min(least, playbook.aim.sure) if ask.kind in _YES_NO and not _of_figures(ask, playbook) else least
    refused = found[0][0] not in named and any(finding is not None and finding.verdict is Verdict.FORBID for finding in (deciding(assessment, move) for move in named))
    fitting = ask.kind is AskKind.IS_IT_RIGHT_FOR_US and any((finding := deciding(assessment, move)) and finding.verdict in ADVISED for move in named)
    moves = _decided(found, assessment, least, refusing=least if refused or fitting or _of_figures(ask, playbook) else min(least, _REFUSED))
    if moves:
        return ask.model_copy(update={"kind": _plan_for(moves[0], ask.kind), "moves": tuple(dict.fromkeys((*moves, *named)))})
    move, chance = found[0]
    signalled = move in _SIGNALLED and chance >= least
    return ask.model_copy(update={"kind": AskKind.REACT_TO_SIGNAL, "moves": ()}) if signalled else ask


def _least(ask: Ask, named: tuple[Move, ...], playbook: Playbook) -> float:
    """From which probability on a move counts: more where patterns heard another one, a tool or a kind of partners is to be chosen, or a figure on a known topic is asked for."""
    if named or ask.kind in {AskKind.WHICH_TOOL, AskKind.WHICH_PARTNERS}:
        return CERTAIN
    topical = bool(playbook.metrics(ask.topics))
    if _of_figures(ask, playbook):
        return _FIGURED
    return playbook.aim.likely if ask.kind is AskKind.IS_IT_RIGHT_FOR_US and not topical else playbook.aim.sure


def _of_figures(ask: Ask, playbook: Playbook) -> bool:
    """Whether a figure on a subject that records measure is asked for, or one that was named is to be judged."""
    weighs = ask.kind is AskKind.HOW_MUCH or (ask.kind is AskKind.CHECK_CLAIM and bool(find(ask.text)))
    return weighs and bool(playbook.metrics(ask.topics))


def _decided(found: Sequence[tuple[Move | None, float]], assessment: Assessment, least: float, *, refusing: float) -> tuple[Move, ...]:
    """The likeliest move where a finding decides about it, and the next one where both together are meant and one of them is refused:
    who asks for one of such a pair asks about the other. A refused one needs only `refusing`, since it is refused whatever else is asked."""
    (move, chance), (other, less) = found
    finding = deciding(assessment, move) if move else None
    if move is None or finding is None:
        return ()
    beside = deciding(assessment, other) if other and less >= _ALSO else None
    pair = beside is not None and Verdict.FORBID in {finding.verdict, beside.verdict}
    refused = finding.verdict is Verdict.FORBID
    if chance + (less if pair and chance >= _PAIRED else 0) < (refusing if refused else least):
        return ()
    return (move, other) if pair and other else (move,)


def _beside(ask: Ask, question: str, assessment: Assessment, playbook: Playbook) -> tuple[Move, ...]:
    """The moves that the message names beside an open question, or what exists against advice."""
    existing = {*assessment.client.in_place, *(decision.move for decision in assessment.client.decided)}
    named = _without_own(ask.model_copy(update={"moves": tuple(item.move for item in mentions(question) if not item.against and item.move not in existing)}), question, assessment.client).moves
    named = () if playbook.metrics(ask.topics) and len(ask.text) < len(question) else named  # another question of the message is about those
    moves = tuple(move for move in dict.fromkeys(named) if (finding := deciding(assessment, move)) and finding.verdict in TURNING)
    return moves or ((Move.FREEZE_AND_REVIEW,) if existing and not figured(ask) and deciding(assessment, Move.FREEZE_AND_REVIEW) else ())


def _plan_for(move: Move, kind: AskKind) -> AskKind:
    """The kind of answer to a message that turns on a move: the kind that was read where its plan treats such moves, else a yes or no."""
    return kind if move in _TREATED.get(kind, frozenset()) else AskKind.IS_IT_RIGHT_FOR_US


def _quoted(ask: Ask, question: str, playbook: Playbook, library: Library) -> tuple[str, ...]:
    """Figures of the message that some record on its topic holds: then the question is whether they are right for this client."""
    metrics = set(playbook.metrics(ask.topics))
    held = {frozenset({record.low, record.high}) for record in library.benchmarks.values() if record.metric in metrics}
    return tuple(figure.text for figure in find(question) if figure.unit in _QUOTED and frozenset({figure.low, figure.high}) in held)


def _ending(question: str) -> bool:
    """Whether somebody or something is to be dropped for lack of results, and not somebody to be replaced who has left."""
    said = {hit.key for hit in lexicon("asks", "ending").find(plain(question))}
    return "words" in said and "left" not in said


def silent(question: str) -> bool:
    """Whether a message says that partners who are there bring nothing or too little."""
    return lexicon("asks", "silent").first(plain(question)) is not None


def mostly_idle(client: Client) -> bool:
    """Whether the client tells that fewer than half of its partners do anything."""
    share = active_share(client)
    return share is not None and share < _HALF


def _settled(ask: Ask, question: str, assessment: Assessment, playbook: Playbook, *, quoted: bool) -> Ask:
    """The kind of plan that fits: a wish the rules refuse is a yes/no question however it was put; a fired signal is answered as one."""
    findings = [finding for move in ask.moves if (finding := deciding(assessment, move)) and finding.verdict is not Verdict.ASK]
    kind = ask.kind
    if kind in _OPEN and any(finding.rule.startswith("signal") and finding.verdict is not Verdict.FORBID for finding in findings):
        kind = AskKind.REACT_TO_SIGNAL
    elif kind is AskKind.WHICH_TOOL and ask.moves == (Move.CLOUD_MARKETPLACE,) and not _CHOICE.search(ask.text.lower()):
        kind = AskKind.IS_IT_RIGHT_FOR_US
    elif kind is AskKind.CHECK_CLAIM and not ask.moves and playbook.metrics(ask.topics) and says_judge(ask.text):
        kind = AskKind.HOW_MUCH
    elif kind is AskKind.CHECK_CLAIM and findings and not quoted:
        kind = AskKind.IS_IT_RIGHT_FOR_US
    elif kind is AskKind.CHECK_CLAIM and not find(ask.text):
        kind = AskKind.HOW_MUCH if playbook.metrics(ask.topics) else AskKind.HOW_TO
    elif kind is AskKind.WHERE_TO_START and any(finding.verdict is Verdict.FORBID for finding in findings):
        kind = AskKind.IS_IT_RIGHT_FOR_US
    elif kind is AskKind.HOW_TO and Move.NINETY_DAY_PROGRAMME in ask.moves:
        kind = AskKind.DRAFT_PLAN
    elif kind in {*_OPEN, AskKind.HOW_TO} - {AskKind.CHECK_CLAIM} and not findings and assessment.client.business is Business.CONSULTANCY:
        kind = AskKind.WHERE_TO_START
    elif kind is AskKind.IS_IT_RIGHT_FOR_US and not findings and hangs(ask, question, assessment):
        return ask
    elif kind in _OPEN - {AskKind.CHECK_CLAIM} and ask.moves and not findings:
        kind = AskKind.HOW_TO
    elif kind in _OPEN - {AskKind.CHECK_CLAIM} and not findings and (kind is AskKind.IS_IT_RIGHT_FOR_US or _alarm(assessment)):
        kind = _by_topic(ask, assessment, playbook)
    return ask.model_copy(update={"kind": kind}) if kind is not ask.kind else ask


def _measured(ask: Ask, assessment: Assessment, playbook: Playbook) -> bool:
    """Whether the client tells its own number on the topic: that is held against the range for the client, and no claim of anybody's."""
    own = {playbook.topics[name].own for name in ask.topics if name in playbook.topics}
    if phrases(playbook.claims.said).first(plain(ask.text)) is not None:
        return False
    return bool(playbook.metrics(ask.topics)) and bool(own & {*assessment.client.metrics})


def _idle(ask: Ask, assessment: Assessment) -> bool:
    """Whether a message counts partners who bring nothing, and tells of no signal."""
    signal = {*table("asks")["signal"]} & {*ask.topics} or fired(assessment)
    return not signal and bool(assessment.client.partners.signed) and silent(ask.text)


def hangs(ask: Ask, question: str, assessment: Assessment) -> tuple[str, ...]:
    """The open facts that would give a verdict on a move which is asked for by name."""
    named = {mention.move for mention in mentions(plain(question))} & {*ask.moves}
    return tuple(open_.fact for open_ in assessment.questions if {*open_.turns} & named)


def fired(assessment: Assessment) -> list[Finding]:
    """What the client's own numbers call for by the tables of signals."""
    return [finding for finding in assessment.findings if finding.rule.startswith("signal") and finding.verdict in ADVISED]


def _alarm(assessment: Assessment) -> bool:
    """Whether the client's own numbers call for action, whatever was asked."""
    return bool(fired(assessment)) or any(finding.rule.startswith("idle") and finding.verdict in ADVISED for finding in assessment.findings)


def situation(finding: Finding) -> bool:
    """Whether the client's problem or situation itself asks for a kind of partner."""
    table, _, row = finding.rule.partition(".")
    return table in _SITUATIONS and row != "unknown" and finding.verdict in ADVISED


def _by_topic(ask: Ask, assessment: Assessment, playbook: Playbook) -> AskKind:
    """A yes/no question without a move: what comes first for this client, the topic's own plan, or whatever passages say."""
    if fired(assessment):
        return AskKind.REACT_TO_SIGNAL
    if _alarm(assessment):
        return AskKind.WHY_NOT_WORKING
    if any((topic := playbook.topics.get(name)) and topic.own and topic.own in assessment.client.metrics for name in ask.topics):
        return AskKind.HOW_MUCH
    owner, told = deciding(assessment, Move.ASSIGN_OWNER), assessment.client.facts.get("owner")
    if owner is not None and owner.verdict is Verdict.REQUIRE and told and told.quote and told.quote in ask.text:
        return AskKind.WHO_OWNS
    first = deciding(assessment, Move.FIX_DIRECT_FIRST)
    if first is not None and first.verdict is Verdict.REQUIRE and not first.provisional:
        return AskKind.WHERE_TO_START
    if any(situation(finding) for finding in assessment.findings):
        return AskKind.WHICH_PARTNERS
    plans = (playbook.topics[name].plan for name in ask.topics if name in playbook.topics)
    return next((plan for plan in plans if plan is not None and (plan is not AskKind.HOW_MUCH or figured(ask))), AskKind.HOW_TO)


def of_amount(ask: Ask) -> bool:
    """Whether a question says that it wants a figure."""
    return lexicon("asks", "amount").first(plain(ask.text)) is not None


def figured(ask: Ask) -> bool:
    """Whether a question wants a figure or weighs one."""
    return of_amount(ask) or any(figure.unit in _QUOTED - {Unit.MONEY} for figure in find(ask.text))
