"""Things done with partners that a question puts up to choose from and no rule decides: `webinar or account list first`, `which do we cut: newsletter or portal`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from advisor.answering.hearsay import bare, phrases, sentences
from advisor.answering.playbook import Activity, Playbook
from advisor.domain import Ask, AskKind
from advisor.intake.patterns import Lexicon

_NEVER = frozenset({AskKind.SUM, AskKind.EXPLAIN_TERM, AskKind.CHIT_CHAT, AskKind.DRAFT_PLAN, AskKind.CHECK_CLAIM})
_JOINT = re.compile(r"\b(?:or|oder|vs\.?|versus)\b", re.I)
_TWO = 2


class Picked(NamedTuple):
    """The activities in the order in which they go: those nearest to a deal first, or last where one is to be dropped."""

    names: tuple[str, ...]
    drops: bool = False


def picked(ask: Ask, book: Playbook) -> Picked | None:
    """What goes first of the activities that a sentence puts up; None where it puts up no two, or does not ask for an order."""
    if ask.kind in _NEVER:
        return None
    asked = bare(ask.text)
    drops = phrases(book.choosing.drops).first(asked) is not None
    if not drops and phrases(book.choosing.first).first(asked) is None:
        return None
    for sentence in sentences(ask.text):
        named = _named(bare(sentence), book.activities, drops=drops) if _JOINT.search(sentence) else []
        if len(named) >= _TWO:
            return Picked(tuple(sorted(named, key=lambda name: book.activities[name].order, reverse=drops)), drops)
    return None


def _named(said: str, activities: Mapping[str, Activity], *, drops: bool) -> list[str]:
    """The activities that a sentence names, each once; what is only weighed where something is dropped leaves the choice to the rules elsewhere."""
    found = list(dict.fromkeys(hit.key for hit in _names(tuple((name, each.words) for name, each in activities.items())).longest(said)))
    return found if drops or all(activities[name].builds for name in found) else []


@cache
def _names(words: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon[str]:
    return Lexicon(dict(words))
