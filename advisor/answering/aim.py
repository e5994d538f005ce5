"""What an ask is really about: the moves of the message it stands in, or the situation it describes, and the plan for that."""

from __future__ import annotations

from collections.abc import Callable

from advisor.answering.playbook import Playbook
from advisor.domain import Ask, AskKind, Assessment, Finding, Move, Verdict
from advisor.intake.moves import mentions
from advisor.ports import MoveFinder

_OPEN = frozenset({AskKind.WHERE_TO_START, AskKind.IS_IT_RIGHT_FOR_US, AskKind.CHECK_CLAIM})
_RANKS = (Verdict.FORBID, Verdict.REQUIRE, Verdict.RECOMMEND, Verdict.WARN, Verdict.ALLOW, Verdict.ASK)


def deciding(assessment: Assessment, move: Move) -> Finding | None:
    """The finding that decides about a move: what is not yet anywhere stays so, then needed, advised, possible."""
    about = [finding for finding in assessment.findings if finding.move is move]
    return min(about, key=lambda finding: _RANKS.index(finding.verdict), default=None)


def aimed(ask: Ask, question: str, assessment: Assessment, playbook: Playbook, finder: Callable[[], MoveFinder]) -> Ask:
    """The ask with the moves and the kind that its message gives it, when its own words leave them open."""
    if ask.kind not in _OPEN or any(deciding(assessment, move) for move in ask.moves):
        return _settled(ask, assessment, playbook)
    existing = {*assessment.client.in_place, *(decision.move for decision in assessment.client.decided)}
    named = [item.move for item in mentions(question) if not item.against and item.move not in existing]
    moves = tuple(move for move in dict.fromkeys(named) if deciding(assessment, move))
    if not moves and not _topical(ask, playbook):
        moves = _situated(question, assessment, playbook, finder())
    return _settled(ask.model_copy(update={"moves": moves}) if moves else ask, assessment, playbook)


def _topical(ask: Ask, playbook: Playbook) -> bool:
    """Whether the ask turns on a figure that the knowledge may hold."""
    return ask.kind is not AskKind.WHERE_TO_START and any(playbook.topics[name].metrics for name in ask.topics if name in playbook.topics)


def _situated(question: str, assessment: Assessment, playbook: Playbook, finder: MoveFinder) -> tuple[Move, ...]:
    """The move whose situations the message resembles clearly more than any other's."""
    move, lead = finder.moves(question)[0]
    return (move,) if lead >= playbook.aim.lead and deciding(assessment, move) else ()


def _settled(ask: Ask, assessment: Assessment, playbook: Playbook) -> Ask:
    """The kind of plan that fits: a wish the rules refuse is a yes/no question however it was put; a fired signal is answered as one."""
    findings = [finding for move in ask.moves if (finding := deciding(assessment, move))]
    signal = any(finding.rule.startswith("signal") and finding.verdict is not Verdict.FORBID for finding in findings)
    kind = ask.kind
    if signal and kind in _OPEN:
        kind = AskKind.REACT_TO_SIGNAL
    elif findings and kind is AskKind.CHECK_CLAIM and not ask.figures:
        kind = AskKind.IS_IT_RIGHT_FOR_US
    elif kind is AskKind.WHERE_TO_START and any(finding.verdict is Verdict.FORBID for finding in findings):
        kind = AskKind.IS_IT_RIGHT_FOR_US
    elif not findings and kind in _OPEN - {AskKind.CHECK_CLAIM}:
        plans = (playbook.topics[name].plan for name in ask.topics if name in playbook.topics)
        kind = next((plan for plan in plans if plan is not None), AskKind.HOW_TO if kind is AskKind.IS_IT_RIGHT_FOR_US else kind)
    return ask.model_copy(update={"kind": kind}) if kind is not ask.kind else ask
