"""What the rules say about a client: stage, motion, phase, maturity, findings, moves, questions."""

from __future__ import annotations

from typing import Literal

from advisor.domain.base import Number, Value
from advisor.domain.client import Client
from advisor.domain.moves import Move
from advisor.domain.vocabulary import STRENGTH, Motion, PhaseId, StageId, Verdict


class Stage(Value):
    """The ARR band. `also` names bands that cannot be excluded; `provisional` says that the band rests on an assumption."""

    id: StageId
    label: str
    provisional: bool = False
    also: tuple[StageId, ...] = ()
    because: str = ""


class MotionResult(Value):
    id: Motion
    label: str


class Phase(Value):
    id: PhaseId
    label: str


class Maturity(Value):
    """ELG maturity: `level` is the highest whose descriptors all hold; `progress` is a mean and never the level."""

    level: int | None = None
    label: str = ""
    progress: Number | None = None
    because: str = ""


class Finding(Value):
    """One verdict on one move, with the rule that gave it. `text` and `because` are sentences for readers."""

    rule: str
    verdict: Verdict
    move: Move | None = None
    text: str
    because: str
    would_change_if: str | None = None
    facts_used: tuple[str, ...] = ()
    provisional: bool = False
    sources: tuple[str, ...] = ()


class PartnerTypes(Value):
    start_with: tuple[Move, ...] = ()
    add_later: tuple[Move, ...] = ()


class ToolVerdict(Value):
    name: str
    verdict: Literal["fits", "later", "not_for_you", "to_check"]
    why: str
    as_of: str


class OpenQuestion(Value):
    """A fact the advice still needs, most decisive first; `turns` names the moves whose verdict it could turn.

    A question about facts of long ago, which are known, may be about several: the others are `also`.
    """

    fact: str
    ask: str
    why: str
    turns: tuple[Move, ...] = ()
    also: tuple[str, ...] = ()


class Contradiction(Value):
    """Facts that cannot all hold: the arithmetic or the two statements, and the cautious reading used meanwhile."""

    facts: tuple[str, ...]
    text: str
    treated_as: str


class Assessment(Value):
    """Everything the rules decide about a client; the same client always gives the same assessment."""

    client: Client
    in_scope: bool = True
    stage: Stage
    motion: MotionResult | None = None
    phase: Phase | None = None
    maturity: Maturity | None = None
    findings: tuple[Finding, ...] = ()
    recommended_moves: tuple[Move, ...] = ()
    allowed_moves: tuple[Move, ...] = ()
    forbidden_moves: tuple[Move, ...] = ()
    partner_types: PartnerTypes = PartnerTypes()
    tools: tuple[ToolVerdict, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()

    def finding_on(self, move: Move) -> Finding | None:
        """The finding that decides about a move: what is not yet anywhere stays so, then needed, advised, possible; None when no rule speaks of it."""
        return min((finding for finding in self.findings if finding.move is move), key=lambda finding: STRENGTH.index(finding.verdict), default=None)
