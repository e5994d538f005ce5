"""Frozen values that all rooms share; nothing here reads files, clocks or networks.

A name is loaded on first use: rules need no answers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.domain.answer import (
        Answer,
        Citation,
        Claim,
        Computation,
        DraftClaim,
        FigureUse,
        Removed,
        Reply,
        Run,
        SessionRef,
        Verification,
    )
    from advisor.domain.assessment import (
        Assessment,
        Contradiction,
        Finding,
        Maturity,
        MotionResult,
        OpenQuestion,
        PartnerTypes,
        Phase,
        Stage,
        ToolVerdict,
    )
    from advisor.domain.base import Number, Value
    from advisor.domain.changes import FactChange
    from advisor.domain.client import FACT_NAMES, Client, Decision, Fact, Metric, Partners, phase_of
    from advisor.domain.knowledge import Benchmark, Entry, Evidence, Hit, Passage, Source, Term
    from advisor.domain.money import Money
    from advisor.domain.moves import REFUSALS, Move
    from advisor.domain.reading import Ask, Reading
    from advisor.domain.turn import Background, SessionInfo, StoredClient, Turn
    from advisor.domain.verified import FigureVerdict, Nearest, VerifiedFigure, VerifyReport, VerifySummary
    from advisor.domain.vocabulary import (
        ADVISED,
        BANDS,
        DOABLE,
        STRENGTH,
        TURNING,
        Applies,
        AskKind,
        BenchmarkKind,
        Business,
        ClaimKind,
        Compliance,
        Direction,
        EvidenceClass,
        EvidenceKind,
        Expansion,
        Motion,
        Owner,
        PhaseId,
        Problem,
        Stance,
        StageId,
        Support,
        Unit,
        Verdict,
    )

__all__ = [
    "ADVISED", "BANDS", "DOABLE", "FACT_NAMES", "REFUSALS", "STRENGTH", "TURNING", "Answer", "Applies", "Ask", "AskKind", "Assessment", "Background", "Benchmark", "BenchmarkKind", "Business",
    "Citation", "Claim", "ClaimKind", "Client", "Compliance", "Computation", "Contradiction", "Decision", "Direction", "DraftClaim",
    "Entry", "Evidence", "EvidenceClass", "EvidenceKind", "Expansion", "Fact", "FactChange", "FigureUse", "FigureVerdict", "Finding", "Hit", "Maturity", "Metric",
    "Money", "Motion", "MotionResult", "Move", "Nearest", "Number", "OpenQuestion", "Owner", "PartnerTypes", "Partners", "Passage", "Phase",
    "PhaseId", "Problem", "Reading", "Removed", "Reply", "Run", "SessionInfo", "SessionRef", "Source", "Stage", "StageId", "Stance", "StoredClient", "Support", "Term",
    "ToolVerdict", "Turn", "Unit", "Value", "Verdict", "Verification", "VerifiedFigure", "VerifyReport", "VerifySummary", "phase_of",
]

_ROOMS = ("vocabulary", "moves", "base", "money", "client", "assessment", "reading", "knowledge", "answer", "changes", "turn", "verified")


def __getattr__(name: str) -> Any:
    """A public name, from the first module that has it."""
    if name in __all__:
        for room in _ROOMS:
            module = import_module(f"advisor.domain.{room}")
            if hasattr(module, name):
                value = globals()[name] = getattr(module, name)
                return value
    raise AttributeError(f"module 'advisor.domain' has no attribute {name!r}")
