"""Whether something that a message names is enough: the CRM or a tool, or part of somebody's time. That is a yes or no on what the rules ask for."""

from __future__ import annotations

import re

from advisor.domain import Ask, AskKind, Move, StageId
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon

_TOOLS = (Move.LIGHT_PRM, Move.MID_PRM, Move.ENTERPRISE_PRM)
STACKS = (Move.NO_TOOLING, *_TOOLS)
"""What may be enough as a tool for partners, the CRM alone first."""
_OR = re.compile(r"\b(?:or|oder)\b")
_NEVER = frozenset({AskKind.EXPLAIN_TERM, AskKind.CHIT_CHAT, AskKind.OUT_OF_SCOPE, AskKind.DRAFT_PLAN})


def asks_enough(text: str) -> bool:
    """Whether a text asks if something is enough."""
    low = plain(text)
    return lexicon("asks", "enough").first(low) is not None and lexicon("asks", "not_enough").first(low) is None


def asks_part_time(text: str) -> bool:
    """Whether a text asks if part of somebody's time is enough."""
    return asks_enough(text) and lexicon("asks", "part_time").first(plain(text)) is not None


def as_enough(ask: Ask, stage: StageId) -> Ask:
    """The ask as one on the tool or the owner that it asks to be enough; unchanged where it names neither."""
    if ask.kind in _NEVER or not asks_enough(ask.text):
        return ask
    if so_many := lexicon("asks", "so_many").first(plain(ask.text)):
        return ask.model_copy(update={"kind": AskKind.HOW_MUCH, "topics": (so_many.key,), "moves": ()})
    if ask.kind is AskKind.SUM:
        return ask
    if asks_part_time(ask.text):
        return ask.model_copy(update={"kind": AskKind.WHO_OWNS, "moves": ()})
    if _chooses(ask.text):
        return ask.model_copy(update={"kind": AskKind.WHICH_TOOL, "moves": ()})
    tool = next((move for move in _TOOLS if move in ask.moves), None)
    if tool is None and lexicon("asks", "the_crm").first(plain(ask.text)) is not None:
        if stage is StageId.UNKNOWN:
            return ask.model_copy(update={"kind": AskKind.WHICH_TOOL, "moves": ()})
        tool = Move.NO_TOOLING
    return ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US, "moves": (tool,)}) if tool else ask


def _chooses(text: str) -> bool:
    """Whether what may be enough stands behind something else: `do we need a tool, or will the CRM do`, which no yes or no answers."""
    hit = lexicon("asks", "enough").first(plain(text))
    return hit is not None and _OR.search(plain(text), 0, hit.start) is not None and lexicon("asks", "the_crm").first(plain(text)) is not None
