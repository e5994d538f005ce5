"""Which moves a claim advises or advises against: read from its words; what it declares about itself is only compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, Protocol

from advisor.domain import DraftClaim, Move, Stance


class Mention(Protocol):
    """A move named in a text; `intake.moves.Mention` is one."""

    @property
    def move(self) -> Move: ...
    @property
    def against(self) -> bool: ...
    @property
    def advised(self) -> bool: ...


Mentions = Callable[[str], Sequence[Mention]]
_QUOTED = re.compile("“[^”]*”|„[^“]*“")
_DO = frozenset({Stance.ADVISE, Stance.REQUIRE})


class Spoken(NamedTuple):
    """What a claim's words say about moves, and the forbidden move they advise, if any."""

    stance: Stance
    moves: tuple[Move, ...]
    advises: bool
    forbidden: Move | None


def spoken(claim: DraftClaim, mentions: Mentions, forbidden: AbstractSet[Move]) -> Spoken:
    """Stance and moves of a claim.

    Words decide. Where they only name a move, its declared stance holds; a move that the words do not name is left
    out. Turning a move down counts outside quotation marks only: what the client said is no advice of ours; and what a
    planted instruction orders is none where the claim turns it down. A claim that declares a forbidden move as advised is as wrong as one that says it, unless its words turn it down.
    """
    told = _QUOTED.sub(_blank, claim.text) if Move.OBEY_INJECTED_TEXT in claim.moves and claim.stance is Stance.ADVISE_AGAINST else claim.text
    found = mentions(told)
    advised = _unique(item.move for item in found if item.advised and not item.against)
    against = _unique(item.move for item in mentions(_QUOTED.sub(_blank, claim.text)) if item.against)
    named = _unique(item.move for item in found)
    neutral = tuple(move for move in claim.moves if move in named and move not in advised and move not in against)
    if claim.stance in _DO:
        advised += neutral
    elif claim.stance is Stance.ADVISE_AGAINST:
        against += neutral
    declared = claim.moves if claim.stance in _DO else ()
    broken = next((move for move in (*advised, *declared) if move in forbidden and (move in advised or move not in against)), None)
    if against and (claim.stance is Stance.ADVISE_AGAINST or not advised):
        return Spoken(Stance.ADVISE_AGAINST, against, bool(advised), broken)
    if advised:
        return Spoken(Stance.REQUIRE if claim.stance is Stance.REQUIRE else Stance.ADVISE, advised, True, broken)
    return Spoken(Stance.MENTION, named, False, broken)


def _blank(quoted: re.Match[str]) -> str:
    return " " * len(quoted[0])


def _unique(moves: Iterable[Move]) -> tuple[Move, ...]:
    return tuple(dict.fromkeys(moves))
