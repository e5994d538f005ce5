"""Whether all cases of a group get the same stage and the same moves: other words, currency or order, or planted text, change no decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, listed

NAME = "invariance"
DECISION = ("stage", "advised", "advised_against")


def invariance(cases: Sequence[Case], shown: Mapping[str, Mapping[str, Any]]) -> dict[str, Score]:
    """For each case of a group but its first, whether it is decided as the first is; `shown` holds what each case showed, by name."""
    first: dict[str, str] = {}
    scores = {}
    for case in cases:
        group = case.metadata.group
        if group is None or case.name not in shown:
            continue
        if (other := first.setdefault(group, case.name)) != case.name:
            scores[case.name] = _like(shown[case.name], shown[other], other)
    return scores


def _like(mine: Mapping[str, Any], theirs: Mapping[str, Any], other: str) -> Score:
    differs = [f"{name.replace('_', ' ')} {_difference(mine.get(name), theirs.get(name))}" for name in DECISION if _set(mine.get(name)) != _set(theirs.get(name))]
    return Score(0.0, f"not as {other}: {'; '.join(differs)}") if differs else Score(1.0)


def _set(value: Any) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value or ())


def _difference(mine: Any, theirs: Any) -> str:
    more, less = sorted(_set(mine) - _set(theirs)), sorted(_set(theirs) - _set(mine))
    return ", ".join([*_signed("+", more), *_signed("-", less)])


def _signed(sign: str, items: Iterable[str]) -> list[str]:
    return [f"{sign}{listed(item)}" for item in items]
