"""The slot for what is still open: the questions on which this answer hangs."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.brief import TOLD, Brief
from advisor.answering.slots.placing import known_facts
from advisor.answering.slots.start import hangs_on_motion
from advisor.domain import AskKind, ClaimKind, DraftClaim, Move, OpenQuestion

_CHOOSING = frozenset({AskKind.WHERE_TO_START, AskKind.WHICH_PARTNERS, AskKind.DRAFT_PLAN, AskKind.MATURITY})
_BY_STAGE = frozenset({AskKind.WHICH_TOOL, AskKind.WHO_OWNS})
_FOR_A_WISH = frozenset({"problems", "owner", "direct_predictable"})
_WHOLE = frozenset({
    Move.TIERED_PROGRAMME, Move.FORMAL_REFERRAL_PROGRAMME, Move.FIRST_PARTNER_HIRE, Move.PARTNER_MANAGER_HIRE, Move.PARTNER_ORG, Move.FULL_ELG_OVERLAY,
    Move.NINETY_DAY_PROGRAMME, Move.RECRUIT_5_10, Move.RECRUIT_15_30, Move.MASS_RECRUITING,
})  # fmt: skip
_NAMED_OR_ASKED = 3
_SHOWN_QUESTIONS = 2


def questions(brief: Brief) -> Iterator[DraftClaim]:
    """Facts of long ago, those that decide nothing but what was asked, then those on which something of this answer hangs: two, or more while
    hardly anything is known.

    Where knowledge answers rather than a rule, only facts that would turn a verdict on what was asked.
    """
    count = brief.most_questions or max(_SHOWN_QUESTIONS, _NAMED_OR_ASKED - len(known_facts(brief)))
    told = brief.ask.kind in TOLD
    again = [question for question in brief.assessment.questions if brief.asks_again(question)]
    others = [question for question in brief.assessment.questions if question not in again and _bears(brief, question)]
    choosing = brief.ask.kind is AskKind.WHICH_PARTNERS or hangs_on_motion(brief)  # which hangs on the motion before anything else
    others.sort(key=lambda question: (question.fact != "arr" or not brief.between_stages, choosing and question.fact != "motion", not question.turns or not set(question.turns) <= set(brief.ask.moves)))
    for question in [*again, *others[: 1 if told else count]][:count]:
        yield DraftClaim(text=question.ask, kind=ClaimKind.QUESTION, block="question", section=brief.heading("open"))


def _bears(brief: Brief, question: OpenQuestion) -> bool:
    """Whether something of this answer hangs on a question: the choice it makes as a whole, or a verdict on what was asked."""
    if brief.ask.kind in _CHOOSING or (question.fact == "arr" and (brief.stage_open or brief.between_stages) and (brief.ask.kind in _BY_STAGE or _hanging(brief))):
        return True
    if question.fact == "motion" and hangs_on_motion(brief):
        return True
    if brief.stage_open and _hanging(brief):
        return False  # only the ARR turns that
    wanted = _wishes(brief)
    return bool({*question.turns} & {*brief.ask.moves}) or (question.fact in _FOR_A_WISH and wanted and brief.ask.kind is AskKind.IS_IT_RIGHT_FOR_US)


def _hanging(brief: Brief) -> bool:
    """Whether the verdict on something asked is open with the stage."""
    return any((finding := brief.deciding(move)) and (brief.hangs_on_stage(finding) or brief.hangs_on_currency(finding)) for move in brief.ask.moves)


def _wishes(brief: Brief) -> bool:
    """Whether a whole programme, a hire or a kind of partner is asked for, and not a single step."""
    return bool({*brief.ask.moves} & _WHOLE)


SLOTS = {
    "questions": questions,
}
