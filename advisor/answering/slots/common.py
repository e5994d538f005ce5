"""Slots that several plans share: where the client stands, their own words, what not yet, what is still open."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.amounts import money_text
from advisor.answering.brief import Brief
from advisor.answering.select import NEAR
from advisor.domain import AskKind, ClaimKind, DraftClaim, Finding, Money, Move, OpenQuestion, StageId, Stance, Verdict
from advisor.figures import find
from advisor.intake.moves import mentions
from advisor.rules import asks_again
from advisor.toolbox.parts import shown

_SHOWN_FACTS = 4
_DIRECT = (Move.FIX_DIRECT_FIRST,)
_SHOWN_POINTS = 2
_TOLD = frozenset({AskKind.HOW_TO, AskKind.COMPARE, AskKind.EXPLAIN_TERM})
_CHOOSING = frozenset({AskKind.WHERE_TO_START, AskKind.WHICH_PARTNERS, AskKind.DRAFT_PLAN, AskKind.MATURITY})
_BY_STAGE = frozenset({AskKind.WHICH_TOOL, AskKind.WHO_OWNS})
_FOR_A_WISH = frozenset({"problems", "owner", "direct_predictable"})
_WHOLE = frozenset({
    Move.TIERED_PROGRAMME, Move.FORMAL_REFERRAL_PROGRAMME, Move.FIRST_PARTNER_HIRE, Move.PARTNER_MANAGER_HIRE, Move.PARTNER_ORG, Move.FULL_ELG_OVERLAY,
    Move.NINETY_DAY_PROGRAMME, Move.RECRUIT_5_10, Move.RECRUIT_15_30, Move.MASS_RECRUITING,
})  # fmt: skip
_NAMED_OR_ASKED = 3
_SHOWN_QUESTIONS = 2
_METRICS = (
    "activation_rate", "win_rate_gap", "win_rate_partner", "win_rate_direct", "overlaps_high_fit", "months_below_target", "sourced_share", "influenced_share",
)
_TEMPTING = (
    Move.TIERED_PROGRAMME,
    Move.FORMAL_REFERRAL_PROGRAMME,
    Move.FULL_ELG_OVERLAY,
    Move.MASS_RECRUITING,
    Move.ACCOUNT_MAPPING_TOOL,
    Move.PARTNER_ORG,
    Move.FIRST_PARTNER_HIRE,
)


def placing(brief: Brief) -> Iterator[DraftClaim]:
    """The client's own facts read back, and the stage they lead to."""
    stage, facts = brief.assessment.stage, brief.join(_for_this_kind(brief, known_facts(brief))[:_SHOWN_FACTS])
    rule = f"stage.{stage.id}"
    if stage.id is StageId.UNKNOWN:
        if brief.client.arr is None and facts and (brief.ask.kind not in _TOLD or brief.ask.moves):
            yield brief.claim("placing.no_arr", kind=ClaimKind.QUESTION, facts=facts)
        return
    if rule in brief.shelf and facts:
        yield brief.claim("placing.stage", kind=ClaimKind.FACT, evidence=[rule], facts=facts, stage=stage.label)


def _for_this_kind(brief: Brief, facts: list[str]) -> list[str]:
    """The facts in an order that differs with what is asked, the first one kept in place."""
    shift = list(AskKind).index(brief.ask.kind) % max(len(facts) - 1, 1)
    return [*facts[:1], *facts[1 + shift :], *facts[1 : 1 + shift]]


def read_for(brief: Brief) -> Iterator[DraftClaim]:
    """The client's own facts read back, where the stage is beside the point; what the message passes on is no fact of theirs."""
    passed_on = {(number, figure.unit) for figure in brief.passed_on for number in figure.bounds}
    own = [fact for fact in known_facts(brief) if not passed_on & {(figure.bounds[0], figure.unit) for figure in find(fact)}]
    facts = own[:_SHOWN_FACTS]
    if facts:
        yield brief.claim("placing.read_for", kind=ClaimKind.QUESTION, facts=brief.join(facts))


def known_facts(brief: Brief) -> list[str]:
    """Phrases for the facts the client gave, those that decided something first."""
    client = brief.client
    used = [fact for finding in brief.assessment.findings if finding.move in brief.ask.moves for fact in finding.facts_used]
    phrases: dict[str, str] = {
        f"metric_{name}": brief.say(f"fact.{name}", number=brief.amount(shown(client.metrics[name].value))) for name in _METRICS if name in client.metrics
    }
    if client.arr is not None:
        phrases["arr"] = brief.say(_arr_as_read(brief, client.arr), amount=brief.amount(money_text(client.arr)))
    if client.direct_predictable is not None:
        phrases["direct_predictable"] = brief.say(f"fact.direct.{str(client.direct_predictable).lower()}")
    if client.motion is not None:
        phrases["motion"] = brief.say(f"fact.motion.{client.motion}")
    if client.partners.mapped is not None:
        one = client.partners.mapped == 1
        phrases["mapped_partners"] = brief.say("fact.mapped.one") if one else brief.say("fact.mapped.many", number=str(client.partners.mapped))
    elif client.partners.signed is not None:
        key = {0: "none", 1: "one"}.get(client.partners.signed, "many")
        phrases["signed_partners"] = brief.say(f"fact.signed.{key}", **({"number": str(client.partners.signed)} if key == "many" else {}))
    if client.partners.active is not None:
        phrases["active_partners"] = brief.say("fact.active", number=str(client.partners.active))
    if client.owner is not None:
        phrases["owner"] = brief.say(f"fact.owner.{client.owner}")
    if client.acv is not None:
        phrases["acv"] = brief.say("fact.acv", amount=brief.amount(money_text(client.acv)))
    if client.programme_age_months is not None:
        key = "one" if client.programme_age_months == 1 else "new" if client.programme_age_months == 0 else "many"
        slots = {"number": str(client.programme_age_months)} if key == "many" else {}
        phrases["programme_age_months"] = brief.say(f"fact.age.{key}", **slots)
    if client.expansion is not None:
        phrases["expansion"] = brief.say(f"fact.expansion.{client.expansion}")
    order = [name.removesuffix("_eur") for name in used]
    return [phrases[name] for name in sorted(phrases, key=lambda name: (name not in order, list(phrases).index(name)))]


def _arr_as_read(brief: Brief, arr: Money) -> str:
    """The phrase for the ARR: with what was assumed of its currency where it leads to the stage all the same."""
    if brief.client.facts.get("arr") and brief.client.facts["arr"].confidence == "assumed":
        return "fact.arr_assumed"
    if arr.eur is not None or brief.assessment.stage.id in {StageId.UNKNOWN, StageId.NOT_APPLICABLE}:
        return "fact.arr"
    return "fact.arr_bare" if arr.currency is None else "fact.arr_unconverted"


def own_words(brief: Brief) -> Iterator[DraftClaim]:
    """The client's own sentence about direct sales, when it is the stronger reason."""
    finding = brief.deciding(Move.FIX_DIRECT_FIRST)
    if finding is None or finding.verdict is not Verdict.REQUIRE or finding.provisional:
        return
    fact, resting = brief.client.facts.get("direct_predictable"), [finding.rule]
    if fact and fact.quote and fact.origin == "text":
        yield brief.claim("own_words.direct", kind=ClaimKind.ADVICE, stance=Stance.REQUIRE, evidence=resting, moves=_DIRECT, quote=tidy(fact.quote))
    else:
        yield brief.claim("own_words.direct_unquoted", kind=ClaimKind.ADVICE, stance=Stance.REQUIRE, evidence=resting, moves=_DIRECT)


def tidy(quote: str) -> str:
    """A quote as it stands in a sentence: one line, no closing mark, cut at a word."""
    flat = " ".join(quote.split()).strip(" .,;:!?\"“”'")
    return flat if len(flat) <= 90 else flat[:90].rsplit(" ", 1)[0] + " …"


def not_yet(brief: Brief) -> Iterator[DraftClaim]:
    """The moves that tempt a client of this kind most and do not fit yet."""
    for finding in tempting(brief)[:2]:
        yield brief.finding_claim(finding, worded=unlabelled(finding.text), block="bullet", section=brief.heading("not_yet"))


def tempting(brief: Brief) -> list[Finding]:
    """Refusals of what clients of this kind wish for most; none while the stage is open."""
    if brief.assessment.stage.id is StageId.UNKNOWN and brief.client.arr is None:
        return []
    return [finding for move in _TEMPTING if (finding := brief.deciding(move)) and finding.verdict is Verdict.FORBID]


def unlabelled(text: str) -> str:
    """A verdict's sentence without its label, for lists whose heading says it: `Not yet: a PRM …` becomes `A PRM …`."""
    label, _, rest = text.partition(": ")
    return f"{rest[:1].upper()}{rest[1:]}" if rest and len(label.split()) <= 4 else text


def asked_moves(brief: Brief) -> Iterator[DraftClaim]:
    """What the rules say of the moves the question names, when the plan's lead has not said it, and of wishes elsewhere in the message."""
    for move in brief.ask.moves:
        finding = brief.deciding(move)
        if finding is not None and finding.verdict is not Verdict.ASK and not brief.hangs_on_stage(finding):
            yield brief.finding_claim(finding, worded="" if finding.verdict is Verdict.FORBID else unlabelled(finding.text))
            if finding.verdict is Verdict.FORBID:
                yield brief.finding_claim(finding, "because")
    yield from refused_wishes(brief)


def refused_wishes(brief: Brief) -> Iterator[DraftClaim]:
    """Moves that the message names beside the question and that the rules refuse."""
    if brief.ask.kind is AskKind.REACT_TO_SIGNAL or brief.assessment.stage.id is StageId.UNKNOWN:
        return
    existing = {*brief.client.in_place, *(decision.move for decision in brief.client.decided), *brief.ask.moves}
    named = dict.fromkeys(item.move for item in mentions(brief.question) if not item.against)
    refused = [finding for move in named if move not in existing and (finding := brief.deciding(move)) and finding.verdict is Verdict.FORBID]
    refused = [] if brief.ask.kind is AskKind.WHY_NOT_WORKING else refused
    for finding in refused[:2]:
        yield brief.finding_claim(finding)


def questions(brief: Brief) -> Iterator[DraftClaim]:
    """Facts of long ago, those that decide nothing but what was asked, then those on which something of this answer hangs: two, or more while
    hardly anything is known.

    Where knowledge answers rather than a rule, only facts that would turn a verdict on what was asked.
    """
    count = brief.most_questions or max(_SHOWN_QUESTIONS, _NAMED_OR_ASKED - len(known_facts(brief)))
    told = brief.ask.kind in _TOLD
    again = [question for question in brief.assessment.questions if asks_again(question, brief.client)]
    others = [question for question in brief.assessment.questions if question not in again and _bears(brief, question)]
    others.sort(key=lambda question: not question.turns or not set(question.turns) <= set(brief.ask.moves))
    for question in [*again, *others[: 1 if told else count]][:count]:
        yield DraftClaim(text=question.ask, kind=ClaimKind.QUESTION, block="question", section=brief.heading("open"))


def _bears(brief: Brief, question: OpenQuestion) -> bool:
    """Whether something of this answer hangs on a question: the choice it makes as a whole, or a verdict on what was asked."""
    if brief.ask.kind in _CHOOSING or (question.fact == "arr" and brief.stage_open and (brief.ask.kind in _BY_STAGE or _hanging(brief))):
        return True
    wanted = _wishes(brief)
    return bool({*question.turns} & {*brief.ask.moves}) or (question.fact in _FOR_A_WISH and wanted and brief.ask.kind is AskKind.IS_IT_RIGHT_FOR_US)


def _hanging(brief: Brief) -> bool:
    """Whether the verdict on something asked is open with the stage."""
    return any((finding := brief.deciding(move)) and brief.hangs_on_stage(finding) for move in brief.ask.moves)


def _wishes(brief: Brief) -> bool:
    """Whether a whole programme, a hire or a kind of partner is asked for, and not a single step."""
    return bool({*brief.ask.moves} & _WHOLE)


def found_points(brief: Brief) -> Iterator[DraftClaim]:
    """What the knowledge says on the question beyond the rules: the sentences nearest to it."""
    for point in [point for point in brief.selection.points if point.weight >= NEAR][:_SHOWN_POINTS]:
        yield brief.nearest(point)


SLOTS = {
    "placing": placing,
    "read_for": read_for,
    "own_words": own_words,
    "not_yet": not_yet,
    "asked_moves": asked_moves,
    "refused_wishes": refused_wishes,
    "questions": questions,
    "points": found_points,
}
