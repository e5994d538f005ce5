"""Whether a call of a tool comes back as a case says: a value, or an error that tells a model how to call instead."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen

MISSING = "nothing"
LONGEST = 600  # characters of an error: what a model reads before it tries again


class Called(NamedTuple):
    """What came back of a call, and whether it is an error."""

    text: str
    failed: bool


def call(case: Case, seen: Seen) -> Score:
    """Whether the call succeeded or failed as expected; of one that succeeded, the share of the expected values."""
    of, came = case.expected, seen.other
    if came.failed:
        missing = [" or ".join(any_of) for any_of in of.refused if not _has(any_of, came.text)]
        if not of.refused:
            return Score(0.0, f"refused: {came.text}")
        return share(len(of.refused) - len(missing), len(of.refused), f"the error says nothing of {listed(missing)}: {came.text}")
    if of.refused:
        return Score(0.0, "it succeeded, and must be refused")
    value = json.loads(came.text)
    wrong = [f"{path} is {found!r} instead of {wanted!r}" for path, wanted in of.gives.items() if (found := at(value, path)) != wanted]
    return share(len(of.gives) - len(wrong), len(of.gives), listed(wrong))


def says(case: Case, seen: Seen) -> Score | None:
    """The share of words that what comes back has, or has not, and of its length."""
    checks = list(_said(case, seen.other.text))
    wrong = [why for right, why in checks if not right]
    return share(len(checks) - len(wrong), len(checks), listed(wrong)) if checks else None


def _said(case: Case, text: str) -> Iterator[tuple[bool, str]]:
    of = case.expected
    yield from ((_has(any_of, text), f"not mentioned: {' or '.join(any_of)}") for any_of in of.mentions)
    yield from ((words.lower() not in text.lower(), f"in what comes back: {words}") for words in of.never)
    if of.at_most is not None:
        yield len(text) <= of.at_most, f"{len(text)} characters"


def clear(case: Case, seen: Seen) -> Score | None:
    """Whether an error is for a model to act on: a sentence or two, no traceback, nothing of this program's inside."""
    came = seen.other
    if not came.failed:
        return None
    inside = [words for words in ("Traceback", "pydantic", "errors.pydantic.dev", 'File "') if words in came.text]
    if inside or len(came.text) > LONGEST:
        return Score(0.0, f"the error shows {listed(inside)}" if inside else f"the error has {len(came.text)} characters")
    return Score(1.0)


def at(value: Any, path: str) -> Any:
    """The value under a path of names and places; MISSING where there is none."""
    for part in path.split("."):
        if isinstance(value, Mapping) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return MISSING
    return value


def _has(any_of: tuple[str, ...], text: str) -> bool:
    return any(words.lower() in text.lower() for words in any_of)


SCORERS = (Scorer("call", "decision", "tools", call), Scorer("clear_error", "other", "tools", clear), Scorer("reply", "other", "tools", says))
