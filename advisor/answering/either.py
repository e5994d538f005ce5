"""Two things that a question puts up to choose from: `resellers in France or two AEs`, and which of the two the rules put first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from advisor.answering.aim import deciding
from advisor.domain import ADVISED, Ask, AskKind, Assessment, Expansion, Finding, Move, StageId, Verdict
from advisor.intake.message import plain
from advisor.intake.moves import mentions
from advisor.intake.patterns import lexicon

_JOINT = re.compile(r",?\s+(?:or|oder|vs\.?|versus)\s+(?:rather\s|lieber\s|eher\s|erst\s|first\s|should we\s|do we\s|sollen wir\s|just\s)?", re.I)
_LEFT, _RIGHT = re.compile(r"[.?!;:,\n–]|\s-\s"), re.compile(r"[.?!;,\n–]|\s-\s|\s\?")
_FRAME = re.compile(
    r"^(?:(?:should|shall|do|would|could|can) (?:we|i)\s|is it better to\s|better to\s|better\s|rather\s|either\s|first\s|to\s|"
    r"(?:hire|hiring|add|adding|get|use|roll out|\d+)\s|(?:sollen|sollten|soll) (?:wir|ich)\s|lieber\s|besser\s|eher\s|entweder\s|erst\s|zuerst\s|jetzt\s)+",
    re.I,
)
_TAIL = re.compile(r"\s+(?:first|zuerst|now|jetzt|instead|at \d.*|bei \d.*|with \d.*|mit \d.*)$", re.I)
_MOST_WORDS = 7  # of a side that is named in the client's own words
_LATER = frozenset({Verdict.FORBID, Verdict.ALLOW, Verdict.WARN})
_NEVER = frozenset({AskKind.SUM, AskKind.EXPLAIN_TERM, AskKind.CHIT_CHAT, AskKind.DRAFT_PLAN, AskKind.CHECK_CLAIM})
_HIRES = frozenset({Move.PARTNER_MANAGER_HIRE, Move.FIRST_PARTNER_HIRE})
_STAGED = frozenset({"arr", "arr_eur", "stage"})
_LOCAL = frozenset({Move.RESELLERS, Move.REGIONAL_RESELLERS})


class Side(NamedTuple):
    """One of the two: what the rules say of the move that it names, or the client's own words for what it would do itself (`kind` is `direct`, `hire` or `keep`)."""

    finding: Finding | None = None
    own: str = ""
    kind: str = ""


class Either(NamedTuple):
    """The answer to the choice: `form` ends the phrase that gives it, `first` and `second` stand in it in this order."""

    form: str
    first: Side
    second: Side

    @property
    def moves(self) -> tuple[Move, ...]:
        found = (side.finding for side in (self.first, self.second) if side.finding is not None)
        return tuple(finding.move for finding in found if finding.move)


def chosen(ask: Ask, assessment: Assessment) -> Either | None:
    """Which of the two sides of a question goes first; None where it puts up no two, or the rules do not decide between them."""
    if ask.kind in _NEVER or not assessment.in_scope or assessment.stage.id is StageId.NOT_APPLICABLE:
        return None
    for one, other in _sides(ask.text, assessment):
        if (found := _decided(one, other, assessment)) and not _hangs(found, assessment):
            return found
    return None


def _hangs(found: Either, assessment: Assessment) -> bool:
    """Whether a verdict on one of the two rests on the stage while that is open."""
    if assessment.stage.id is not StageId.UNKNOWN:
        return False
    return any(side.finding and _STAGED & {*side.finding.facts_used} for side in (found.first, found.second))


def _sides(text: str, assessment: Assessment) -> Iterator[tuple[Side, Side]]:
    for joint in _JOINT.finditer(text):
        left, right = _LEFT.split(text[: joint.start()])[-1], _RIGHT.split(text[joint.end() :])[0]
        yield _side(left, assessment), _side(right, assessment)


def _side(words: str, assessment: Assessment) -> Side:
    named = [item.move for item in mentions(plain(words)) if not item.against] or [Move(hit.key) for hit in lexicon("asks", "short_names").find(plain(words))]
    local = lexicon("asks", "local").first(plain(words)) is not None and assessment.client.expansion is Expansion.GEOGRAPHIC
    moves = [Move.REGIONAL_RESELLERS] if local and not {*named} - _LOCAL else _fitting(named, assessment)
    finding = next((found for move in moves if (found := deciding(assessment, move))), None)
    if finding is not None and finding.verdict is not Verdict.ASK:
        return Side(finding)
    own = _TAIL.sub("", _FRAME.sub("", words.strip())).strip(" \"'“”„")
    kinds = [hit.key for hit in lexicon("asks", "own_way").find(plain(words))]
    told = bool(own) and len(own.split()) <= _MOST_WORDS and not any(map(str.isdigit, own))
    return Side(own=own, kind=kinds[0]) if kinds and told else Side()


def _fitting(named: list[Move], assessment: Assessment) -> list[Move]:
    """The moves, the first hire in place of a manager's where the stage knows only that one."""
    early = assessment.stage.id in {StageId.BELOW_5M, StageId.FROM_5M}
    return [Move.FIRST_PARTNER_HIRE if early and move is Move.PARTNER_MANAGER_HIRE else move for move in named]


def _decided(one: Side, other: Side, assessment: Assessment) -> Either | None:
    if one.finding is not None and other.finding is not None:
        return _of_moves(one, other)
    move, own = (one, other) if one.finding is not None else (other, one)
    if move.finding is None or not own.kind:
        return None
    if move.finding.verdict is Verdict.FORBID:
        return Either("own", own, move)
    if move.finding.verdict not in ADVISED:
        return None
    direct = deciding(assessment, Move.FIX_DIRECT_FIRST)
    unsure = direct is not None and assessment.client.direct_predictable is None
    return Either("move_if" if unsure and own.kind == "hire" and move.finding.move in _HIRES else "move", move, own)


def _of_moves(one: Side, other: Side) -> Either | None:
    if one.finding is None or other.finding is None or one.finding.move is other.finding.move:
        return None
    verdicts = one.finding.verdict, other.finding.verdict
    if all(verdict in ADVISED for verdict in verdicts):
        return Either("both", one, other)
    if all(verdict is Verdict.FORBID for verdict in verdicts):
        return Either("neither", one, other)
    first, second = (one, other) if verdicts[0] in ADVISED else (other, one)
    if first.finding is None or second.finding is None or first.finding.verdict not in ADVISED or second.finding.verdict not in _LATER:
        return None
    return Either("first" if second.finding.verdict is Verdict.FORBID else "order", first, second)
