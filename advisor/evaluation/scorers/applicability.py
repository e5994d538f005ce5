"""Whether advice rests on figures that hold for this client."""

from __future__ import annotations

from advisor.domain import Applies, EvidenceKind, Stance, Support
from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, share
from advisor.evaluation.seen import Seen

ADVISING = frozenset({Stance.ADVISE, Stance.REQUIRE})


def applicability(case: Case, seen: Seen) -> Score | None:
    """The share of cited figures in advice whose record's condition is not known to fail for the client."""
    records = {citation.n: citation for citation in seen.reply.citations if citation.kind is EvidenceKind.BENCHMARK}
    uses = [use for claim in seen.reply.answer.claims if claim.stance in ADVISING for use in claim.figures if use.support is Support.CITED and use.citation in records]
    wrong = [use for use in uses if use.citation and records[use.citation].applies is Applies.NO]
    return share(len(uses) - len(wrong), len(uses), f"{wrong[0].text} is advised on, though its condition does not hold for the client" if wrong else "") if uses else None


SCORERS = (Scorer("applicability", "grounding", "answers", applicability),)
