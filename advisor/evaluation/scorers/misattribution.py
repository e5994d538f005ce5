"""Whether each cited figure stands in the record that its citation names."""

from __future__ import annotations

from advisor.domain import Support
from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, share
from advisor.evaluation.seen import Seen
from advisor.figures import find, supports


def misattribution(case: Case, seen: Seen) -> Score | None:
    """The share of cited figures that the cited piece itself says, held against the knowledge anew."""
    total, wrong = 0, []
    for claim in seen.reply.answer.claims:
        by_place = {(figure.start, figure.end): figure for figure in find(claim.text)}
        for use in claim.figures:
            if use.support is not Support.CITED:
                continue
            total += 1
            figure, piece = by_place.get((use.start, use.end)), seen.evidence.get(use.citation or 0)
            if figure is None or piece is None or not supports(figure, claim.text, [piece, *(seen.evidence[n] for n in claim.citations if n in seen.evidence)]):
                wrong.append(f"{use.text} is not what {piece.id if piece else 'the cited source'} says")
    return share(total - len(wrong), total, wrong[0] if wrong else "") if total else None


SCORERS = (Scorer("attribution", "grounding", "answers", misattribution),)
