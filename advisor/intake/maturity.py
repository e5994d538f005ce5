"""The ELG maturity level from the signs a message names: the highest level whose signs hold in every dimension.

Why the weakest dimension decides stands in `docs/design/0002-maturity-without-overlap.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, lexicon

DIMENSIONS = ("strategy", "process", "measurement", "economics")


def find(message: Message) -> Iterator[Found]:
    """The level, inferred, when every dimension is spoken of, or when one of them is plainly at the first level."""
    hits = sorted(lexicon("maturity").find(message.text), key=lambda hit: hit.start)
    reached = {name: level for name in DIMENSIONS if (level := _reached(message, hits, name)) is not None}
    if reached and (len(reached) == len(DIMENSIONS) or (min(reached.values()) == 1 and len(reached) > 1)):
        yield Found("maturity", min(reached.values()), hits[0].start, hits[-1].end, "inferred")


class Doubt(NamedTuple):
    """A level that somebody claims, and the sign in the same message that keeps a dimension below it."""

    claim: Found
    level: int
    sign: Hit[str]


def doubt(message: Message, said: Found | None) -> Doubt | None:
    """What speaks against a claimed level: the sign that leaves least of it. Silence on a practice is no evidence against it."""
    if said is None:
        return None
    hits = [hit for hit in lexicon("maturity").find(message.text) if message.states(hit.start) and _against(message, hit)]
    sign = min(hits, key=lambda hit: (_bound(hit), hit.start), default=None)
    return Doubt(said, _bound(sign), sign) if sign is not None and _bound(sign) < said.value else None


def _bound(sign: Hit[str]) -> int:
    """The highest level that a sign against a claim leaves: the first for a plain sign of it, else the one below what is missing."""
    level = int(sign.key[-1])
    return max(1, level - 1)


def _against(message: Message, hit: Hit[str]) -> bool:
    return hit.key.endswith("_1") or _missing(message, hit)


def _reached(message: Message, hits: list[Hit[str]], dimension: str) -> int | None:
    """The highest level said to hold in a dimension, below the lowest one said to be missing; None when nothing is said."""
    own = [(int(hit.key[-1]), _missing(message, hit)) for hit in hits if hit.key.startswith(dimension) and not message.meant_as("foreign", hit.start)]
    holding = [level for level, missing in own if not missing]
    lacking = [level for level, missing in own if missing and level > 1]
    if not own or not (holding or lacking):
        return None
    return max(1, min([max(holding, default=1), *(level - 1 for level in lacking)]))


def _missing(message: Message, hit: Hit[str]) -> bool:
    """Whether a sign is said not to hold: "no standard co-selling", "nobody looks at it per segment"."""
    return not hit.key.endswith("_1") and message.negated(hit.start)
