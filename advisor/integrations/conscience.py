"""The last word of a host's model, held against what the rules forbid: words are read as the gate of our own answers reads them.

A forbidden move may be named where the text turns it down. It may not be advised anywhere, and not be named as if nothing stood against it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from advisor.domain import BANDS, Client, Move
from advisor.intake.moves import Mention, mentions
from advisor.integrations.capabilities import call, named
from advisor.integrations.desk import Desk
from advisor.integrations.inputs import LONGEST_TEXT
from advisor.rendering.words import page, sentence

_WHOLE = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|\||>)")
_ENDS = re.compile(r"(?<=[.!?])\s+(?=\S)")


class Overstep(NamedTuple):
    """A piece of a text (a sentence, list item, heading or table row) that goes on with a forbidden move."""

    move: Move
    text: str


def ruled_out(desk: Desk, said: Sequence[str], assessed: Mapping[str, str] | None = None) -> dict[str, str]:
    """The moves forbidden for the client of a conversation, each with what would change that.

    `said` are the messages of its people, oldest first: where they give an ARR, the newest one decides. `assessed` is what the last call of
    `advisor_assess` forbade; arguments that a model made up can forbid more, never less, and decide alone only where people gave no ARR.
    """
    arr = next((client.arr for text in reversed(said) if (client := desk.advisor.read(text[-LONGEST_TEXT:]).client).arr), desk.base.arr)
    facts = {"arr": f"{arr.amount} {arr.currency or ''}".strip()} if arr else {}
    own = call(named("assess").tool, {"text": "\n\n".join(said)[-LONGEST_TEXT:], "facts": facts}, desk).as_json().get("forbidden", {})
    settled = arr is not None and desk.advisor.assess("", Client(arr=arr)).stage.id in BANDS
    return {**(assessed or {}), **(own if settled or assessed is None else {})}


def again(found: Iterable[Overstep], forbidden: Mapping[str, str], language: str = "en") -> str:
    """What a model is asked that went on with forbidden moves: the pieces, and what would change each verdict."""
    told = "; ".join(f"“{each.text}” ({each.move}: {forbidden[each.move]})" for each in found)
    return page(language).say("host.again", found=told)


def oversteps(text: str, forbidden: Collection[str]) -> tuple[Overstep, ...]:
    """Where a text advises a forbidden move, or names one that it nowhere turns down; empty when it keeps to the rules."""
    pieces = [*_pieces(text)]
    named = [(piece, item) for piece in pieces for item in _named(piece) if item.move in forbidden]
    turned_down = {item.move for _, item in named if item.against}
    found = (Overstep(item.move, piece) for piece, item in named if not item.against and (_advises(item) or item.move not in turned_down))
    return tuple(dict.fromkeys(found))


def mended(text: str, forbidden: Mapping[str, str], titles: Mapping[str, str], language: str = "en") -> str:
    """The text without the pieces that go on with forbidden moves, and a closing paragraph that says so.

    `forbidden` gives what would change each verdict, as `advisor_assess` does, `titles` the words for each move. A text that keeps to the rules comes back as it is.
    """
    broken = {item.move for item in oversteps(text, forbidden)}
    if not broken:
        return text
    kept = "\n".join(line for line in (_kept(line, broken) for line in text.splitlines()) if line is not None)
    if left := {item.move for item in oversteps(kept, forbidden)}:
        broken, kept = broken | left, ""
    return "\n\n".join(part for part in (kept.strip(), _closing(sorted(broken), forbidden, titles, language)) if part)


def _named(piece: str) -> list[Mention]:
    """The moves that a piece names; `Tiers: not yet` turns them down as `Tiers are not yet due` does."""
    flat = {item.move for item in mentions(piece.replace(":", "")) if item.against} if ":" in piece else set()
    return [item._replace(against=item.against or (item.move in flat and not item.advised)) for item in mentions(piece)]


def _advises(item: Mention) -> bool:
    return item.advised and not item.against


def _pieces(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from (line.strip(),) if _WHOLE.match(line) else (part.strip() for part in _ENDS.split(line) if part.strip())


def _kept(line: str, broken: Collection[Move]) -> str | None:
    """A line without its pieces that name a broken move; None when nothing is left of it."""
    if not any(_names(piece, broken) for piece in _pieces(line)):
        return line
    if _WHOLE.match(line):
        return None
    return " ".join(piece for piece in _pieces(line) if not _names(piece, broken)) or None


def _names(piece: str, broken: Collection[Move]) -> bool:
    return any(item.move in broken and not item.against for item in _named(piece))


def _closing(broken: list[Move], forbidden: Mapping[str, str], titles: Mapping[str, str], language: str) -> str:
    labels = page(language)
    lines = [labels.say("host.left_out_item", move=titles[move], until=sentence(forbidden[move])).strip() for move in broken]
    return "\n".join([labels.say("host.left_out"), *(f"- {line}" for line in lines)])
