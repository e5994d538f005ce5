"""Which sentences of the offline answer a model may word anew, and what of them must stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from advisor.domain import Claim, ClaimKind, DraftClaim, Move
from advisor.figures import find
from advisor.intake.moves import mentions

_FIXED_BLOCKS = frozenset({"question", "heading_row"})
_QUOTES = "“„\""


@dataclass(frozen=True)
class Point:
    """A sentence to be worded: its number in the prompt, its place in the draft, and what was read from it."""

    number: int
    place: int
    draft: DraftClaim
    claim: Claim
    group: int

    @property
    def figures(self) -> frozenset[str]:
        return figures_of(self.draft.text)

    @property
    def against(self) -> frozenset[Move]:
        return against_in(self.draft.text)


def points_of(draft: Sequence[DraftClaim], claims: Sequence[Claim]) -> tuple[Point, ...]:
    """The sentences that may be worded anew: all but questions, sums, table rows, lead-ins, and those that quote somebody or refuse an order."""
    said = {claim.text: claim for claim in claims}
    groups = groups_of(draft)
    found = [(place, item) for place, item in enumerate(draft) if item.text in said and _free(item)]
    return tuple(Point(n, place, item, said[item.text], groups[place]) for n, (place, item) in enumerate(found, 1))


def _free(item: DraftClaim) -> bool:
    fixed = item.block in _FIXED_BLOCKS or item.kind is ClaimKind.QUESTION or bool(item.computed) or Move.OBEY_INJECTED_TEXT in item.moves
    return not fixed and not item.text.rstrip().endswith((":", "?")) and not any(mark in item.text for mark in _QUOTES)


def groups_of(draft: Sequence[DraftClaim]) -> Mapping[int, int]:
    """The run that each place of a draft belongs to: what is printed together, a section with its heading or a paragraph."""
    runs = groupby(enumerate(draft), key=lambda pair: (pair[1].section, "" if pair[1].section else pair[1].block))
    return {place: number for number, (_, run) in enumerate(runs) for place, _ in run}


def figures_of(text: str) -> frozenset[str]:
    """The figures of a sentence, each in one spelling."""
    return frozenset(figure.key for figure in find(text))


def against_in(text: str) -> frozenset[Move]:
    """The moves that a sentence turns down."""
    return frozenset(item.move for item in mentions(text) if item.against)
