"""The last word of a host's model, held against what the rules forbid: words are read as the gate of our own answers reads them.

A forbidden move may be named where the text turns it down. It may not be advised anywhere, and not be named as if nothing stood against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from advisor.domain import BANDS, Client, Move, Unit
from advisor.figures import find
from advisor.intake.moves import Mention, mentions
from advisor.integrations.capabilities import call, named
from advisor.integrations.desk import Desk
from advisor.integrations.inputs import LONGEST_TEXT
from advisor.integrations.pieces import bare, is_whole, marker, spans
from advisor.library import LANGUAGES
from advisor.rendering.words import page, sentence


_MEASURED = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.PERCENT_UNSPECIFIED, Unit.MULTIPLE, Unit.RATIO})
_SOURCE_BEFORE = re.compile(r"(?:according to|source:?|quelle:?|laut|nach|from|\()\s*$", re.I)
_SOURCE_AFTER = re.compile(r"(?:['’]s)?\s*(?:,?\s*\(?(?:19|20)[0-9]{2}|data|stud(?:y|ies)|reports?\b|surveys?|research|daten|studien?|umfragen?|finds?|found|says?|misst|meldet)", re.I)
_HEADING = re.compile(r"#{1,6}\s.+|\*\*[^*]+\*\*:?")


Sourced = Callable[[str], bool]


def _never(piece: str) -> bool:
    return False


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


def oversteps(text: str, forbidden: Collection[str], sourced: Sourced = _never) -> tuple[Overstep, ...]:
    """Where a text advises a forbidden move, or names one that it nowhere turns down; empty when it keeps to the rules.

    A piece for which `sourced` holds may name what it does not advise: it passes on what is known.
    """
    named = [(piece, item) for head, piece in _headed(text) for item in _named(piece, sourced, head) if item.move in forbidden]
    turned_down = {item.move for _, item in named if item.against}
    found = (Overstep(item.move, piece) for piece, item in named if not item.against and (_advises(item) or item.move not in turned_down))
    return tuple(dict.fromkeys(found))


def mended(text: str, forbidden: Mapping[str, str], titles: Mapping[str, str], language: str = "en", sourced: Sourced = _never) -> str:
    """The text without the pieces that go on with forbidden moves, and a closing paragraph that says so.

    `forbidden` gives what would change each verdict, as `advisor_assess` does, `titles` the words for each move. A text that keeps to the rules comes back as it is.
    """
    broken = {item.move for item in oversteps(text, forbidden, sourced)}
    if not broken:
        return text
    kept = "\n".join(line for line in (_kept(line, broken, sourced) for line in text.splitlines()) if line is not None)
    if left := {item.move for item in oversteps(kept, forbidden, sourced)}:
        broken, kept = broken | left, ""
    return "\n\n".join(part for part in (kept.strip(), _closing(sorted(broken), forbidden, titles, language)) if part)


def _named(piece: str, sourced: Sourced, head: str = "") -> list[Mention]:
    """The moves that a piece names; `Tiers: not yet` turns them down as `Tiers are not yet due` does, and a list item under `Not yet` as `Not yet: tiers` does."""
    flat = _turned_down(piece) | _under(head, piece[len(marker(piece)) :])
    told = [item for item in mentions(piece) if item.advised or not (_evidence(piece, item) or sourced(piece))]
    return [item._replace(against=item.against or (item.move in flat and not item.advised)) for item in told]


def _turned_down(piece: str) -> set[Move]:
    """The moves that a piece turns down where its colon is none; behind a heading that names no move, each part of the list is read with it: `Not yet: tiers; resellers`."""
    head, colon, rest = piece.partition(":")
    parts = rest.replace(":", "").split(";" if not mentions(head) else "\n") if colon else []
    return {item.move for part in parts for item in mentions(f"{head} {part}") if item.against}


def _under(head: str, item: str) -> set[Move]:
    """The moves of a list item that the line above the list turns down; all of them under the words with which a mended text closes."""
    if not head:
        return set()
    closing = head in {page(language).say("host.left_out") for language in LANGUAGES}
    return {each.move for each in mentions(item if closing else f"{bare(head)} {item}") if closing or each.against}


def _evidence(piece: str, item: Mention) -> bool:
    """Whether a piece only reports what was measured, or names a tool's maker as the source: `ELG deals close 46 % faster (Crossbeam)`."""
    measured = any(figure.unit in _MEASURED for figure in find(piece))
    return measured or _SOURCE_BEFORE.search(piece[: item.start]) is not None or _SOURCE_AFTER.match(piece[item.end :]) is not None


def _advises(item: Mention) -> bool:
    return item.advised and not item.against


def _headed(text: str) -> Iterator[tuple[str, str]]:
    """The pieces, a list item with the line that heads its list: one that ends with a colon, a heading, or one in bold alone."""
    head = ""
    for piece in _pieces(text):
        if not marker(piece):
            head = piece if piece.endswith(":") or _HEADING.fullmatch(piece) else ""
        yield head if marker(piece) else "", piece


def _pieces(text: str) -> Iterator[str]:
    return (text[start:end] for start, end in spans(text))


def _kept(line: str, broken: Collection[Move], sourced: Sourced) -> str | None:
    """A line without its pieces that name a broken move; None when nothing is left of it."""
    if not any(_names(piece, broken, sourced) for piece in _pieces(line)):
        return line
    if is_whole(line):
        return None
    return " ".join(piece for piece in _pieces(line) if not _names(piece, broken, sourced)) or None


def _names(piece: str, broken: Collection[Move], sourced: Sourced) -> bool:
    return any(item.move in broken and not item.against for item in _named(piece, sourced))


def _closing(broken: list[Move], forbidden: Mapping[str, str], titles: Mapping[str, str], language: str) -> str:
    labels = page(language)
    lines = [labels.say("host.left_out_item", move=titles[move], until=sentence(forbidden[move])).strip() for move in broken]
    return "\n".join([labels.say("host.left_out"), *(f"- {line}" for line in lines)])
