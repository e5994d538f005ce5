"""Whether a figure that does not hold for the client is asserted."""

from __future__ import annotations

import re

from advisor.domain import Applies, Stance, Support
from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen
from advisor.figures import find

_CLIENT = re.compile(r"\b(?:you|your|yours|you're|you've)\b|(?-i:\b(?:Sie|Ihr(?:e[mnrs]?)?|Ihnen)\b)", re.IGNORECASE)


def stated(case: Case, seen: Seen) -> Score | None:
    """The share of figures that must not be asserted and are not. Quoting one to correct it is fine."""
    unwanted = case.expected.must_not_state
    if not unwanted:
        return None
    wrong = [text for text in unwanted if asserted(text, seen)]
    return share(len(unwanted) - len(wrong), len(unwanted), f"asserted: {listed(wrong)}")


def asserted(unwanted: str, seen: Seen) -> bool:
    """Whether a claim cites a record that holds for this client for the figure; of words without a figure, whether a claim says them of the client."""
    values = {figure.low for figure in find(unwanted)}
    applying = {citation.n for citation in seen.reply.citations if citation.applies is Applies.YES}
    claims = seen.reply.answer.claims
    if not values:
        of_client = [claim.text for claim in claims if _CLIENT.search(claim.text) and claim.stance is not Stance.ADVISE_AGAINST and claim.kind != "refusal"]
        return any(unwanted.lower() in text.lower() for text in of_client)
    uses = [use for claim in claims for use in claim.figures if use.support is Support.CITED and use.citation in applying]
    return any(values & {figure.low for figure in find(use.text)} for use in uses)


SCORERS = (Scorer("not_stated", "grounding", "answers", stated),)
