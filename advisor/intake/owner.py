"""Who carries the partner programme today: nobody, a founder, somebody beside another job, or one person wholly."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.domain import Owner
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, lexicon, table


def find(message: Message) -> Iterator[Found]:
    """The owner, at most one. "On the side" outweighs a title, a title outweighs "no dedicated owner"."""
    weights = list(table("owner"))
    hits = [hit for hit in lexicon("owner").find(message.text) if _holds(message, hit)]
    if hits:
        best = min(hits, key=lambda hit: (weights.index(hit.key), hit.start, -hit.end))
        yield Found("owner", Owner(best.key), best.start, best.end, "stated")


def _holds(message: Message, hit: Hit[str]) -> bool:
    even = {"question"} if message.text.startswith(("our ", "my "), hit.start) or hit.key == "none" and not message.text.startswith("nobody", hit.start) else set()
    return message.states(hit.start, even=even) and (hit.key == "none" or not message.negated(hit.start))
