"""Two things that a question holds against each other: `is a VAR the same as a reseller`, and what the answer to that yes or no is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from advisor.answering.hearsay import phrases
from advisor.answering.parted import parts
from advisor.answering.playbook import Difference, load
from advisor.domain import Term
from advisor.figures import find
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon
from advisor.library.glossary import names_in

_TWO = 2
_MOST_WORDS = 9  # of the question beside the two: a longer one asks for more than their difference
_FEW_WORDS = 4  # beside the two, of a question that leaves out its opening
_POINTS = re.compile(r"\w+(?:'\w+)?\s(?:it|that|this|they|das|es|dies)\b")  # at something said before
_ASKS_WHAT = re.compile(r"(?:^|: )\W*(?:so |and |und |also )?(?:(?:what|how|was|wie|wo|worin|explain|erklär\w*|tell)\b|(?:the )?differences? |unterschied )")
_STARTS = re.compile(r"(?:^|[,;:–]|\s-|\b(?:and|so|but|und|aber|also))\s*$")


class Apart(NamedTuple):
    """`form` ends the phrase that says yes or no: `same_` or `unlike_` by what was asked, then `two`, `kind` or `one`; `unknown` where the glossary does not have both.

    Of a kind and its whole the kind stands first; where both names mean one thing there is one term.
    """

    form: str
    terms: tuple[Term, ...] = ()


def apart(text: str) -> Apart | None:
    """The answer to the yes or no of a text that asks whether two things are the same, or different; None where it asks for something else."""
    return next((found for part in parts(text) if (found := _of(part.asked))), None) or _of(text)


def written(text: str, differences: Mapping[str, Difference]) -> str:
    """The name of the written difference between two things that a text names; nothing where there is none."""
    low = plain(text)
    return next((name for name, pair in differences.items() if all(phrases(words).first(low) for words in (pair.one, pair.other))), "")


def differ(text: str, differences: Mapping[str, Difference]) -> bool:
    """Whether a text asks what sets two things apart of which that is written down."""
    asked = next((part.asked for part in parts(text) if lexicon("asks", "unlike").first(plain(part.asked))), "")
    return bool(asked and _ASKS_WHAT.search(plain(asked)) and written(asked, differences))


def _of(asked: str) -> Apart | None:
    low = plain(asked).strip()
    opening = next((hit for hit in lexicon("asks", "closed").find(low) if _STARTS.search(low[: hit.start])), None)
    low = low[opening.start :] if opening else low
    unlike, alike = (lexicon("asks", name).first(low) is not None for name in ("unlike", "alike"))
    named = names_in(low)
    words = len(low.split()) - sum(len(name.split()) for name, _ in named)
    if words > _MOST_WORDS or not ((unlike and opening) or (alike and (opening or words <= _FEW_WORDS))):
        return None
    if len(named) == _TWO and named[0][0] != named[1][0]:
        return _judged("unlike" if unlike else "same", *named)
    weighed = opening and len(named) < _TWO and not _POINTS.match(low) and lexicon("asks", "side_by_side").first(low) is not None
    return Apart("unknown") if weighed and phrases(load().claims.own).first(low) is None and not find(low) else None


def _judged(asked: str, first: tuple[str, Term], second: tuple[str, Term]) -> Apart | None:
    (name, one), (also, other) = first, second
    if one is other:
        return Apart(f"{asked}_one", (one,)) if {name, also} == {one.term.casefold(), one.stands_for.casefold()} else None
    if one.term == other.kind_of:
        return Apart(f"{asked}_kind", (other, one))
    return Apart(f"{asked}_{'kind' if other.term == one.kind_of else 'two'}", (one, other))
