"""Holds sentences that another room wrote against knowledge, rules and the client's own words, as answers are held.

A sentence in another language is held by its English original, since the phrases of all languages show the same figures; that these two do
is looked at once more, and that the sentence itself advises nothing forbidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from advisor.answering.ground import Grounded, citation, ground
from advisor.answering.grounding_moves import spoken
from advisor.answering.shelf import Shelf
from advisor.domain import Assessment, Citation, Claim, DraftClaim, Evidence, Removed, Verification
from advisor.figures import find
from advisor.intake.moves import mentions
from advisor.library import Library
from advisor.ports import Wording
from advisor.rules import RuleBook


class Shelved(NamedTuple):
    """Where evidence in one language comes from; `also` is what neither knowledge nor rules hold."""

    library: Library
    book: RuleBook
    wording: Wording
    also: Mapping[str, Evidence]

    def of(self, ids: Sequence[str], assessment: Assessment) -> dict[str, Evidence]:
        facts = {**assessment.client.view(), "stage": assessment.stage.id}
        shelf = Shelf(self.library, self.book, self.wording, facts, assessment.tools)
        return {id_: self.also[id_] if id_ in self.also else shelf.take(id_) for id_ in ids}


class Standing(NamedTuple):
    """For each draft the claim that stands, or None; with the sources and what was found."""

    claims: Sequence[Claim | None]
    citations: Sequence[Citation]
    verification: Verification


def hold(draft: Sequence[DraftClaim], original: Sequence[DraftClaim], assessment: Assessment, english: Shelved, shown: Shelved) -> Standing:
    """What stands of a draft. `original` are the same sentences in English, where the draft is in another language."""
    ids = list(dict.fromkeys(id_ for claim in original for id_ in claim.evidence))
    forbidden = frozenset(assessment.forbidden_moves)
    once = list(dict.fromkeys(original))
    held = ground(once, english.of(ids, assessment), question="", client=assessment.client, forbidden=forbidden)
    stood = _stood(once, held)
    claims: list[Claim | None] = []
    removed = list(held.verification.removed)
    for ours, theirs in zip(draft, original, strict=True):
        claim = stood.get(theirs)
        if claim is not None and ours is not theirs and (reason := _apart(ours, theirs, forbidden)):
            removed.append(Removed(text=ours.text, reason=reason))
            claim = None
        claims.append(claim)
    pieces = shown.of([each.id for each in held.citations], assessment)
    citations = [citation(each.n, pieces[each.id]) for each in held.citations]
    return Standing(claims, citations, held.verification.model_copy(update={"removed": tuple(dict.fromkeys(removed))}))


def _stood(drafts: Sequence[DraftClaim], held: Grounded) -> dict[DraftClaim, Claim]:
    """The claims by their draft: grounding keeps the order and leaves out what does not hold."""
    left, stood = list(held.claims), {}
    for draft in drafts:
        if left and left[0].text == draft.text:
            stood[draft] = left.pop(0)
    return stood


def _apart(ours: DraftClaim, theirs: DraftClaim, forbidden: frozenset[object]) -> str:
    """Why a sentence does not say what its English original says, or an empty text."""
    shown, wanted = (sorted(figure.key for figure in find(claim.text)) for claim in (ours, theirs))
    if shown != wanted:
        return f"it shows the figures {', '.join(shown) or 'none'}, its English original {', '.join(wanted) or 'none'}"
    broken = spoken(ours, mentions, forbidden).forbidden  # type: ignore[arg-type]
    return f"it advises {broken.value.replace('_', ' ')}, which the rules do not allow for this client" if broken else ""
