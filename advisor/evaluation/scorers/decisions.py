"""Whether the rules decide as the case says: a client's stage and verdicts, or the row of one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen

NAMED = ("stage", "also", "phase", "start_with", "add_later", "gives")


def decided(case: Case, seen: Seen) -> Score | None:
    """The share of what is expected that is decided so."""
    pairs = list(_pairs(case, seen.other))
    wrong = [f"{name} is {_told(found)} instead of {_told(wanted)}" for name, wanted, found in pairs if wanted != found]
    return share(len(pairs) - len(wrong), len(pairs), listed(wrong)) if pairs else None


def _pairs(case: Case, found: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    of = case.expected
    for name in NAMED:
        if getattr(of, name) is not None:
            yield name, getattr(of, name), found.get(name)
    if of.comes_to is not None:
        yield "comes_to", of.comes_to, of.comes_to if of.comes_to in found["results"] else found["results"]
    for tool, verdict in of.tools.items():
        yield tool, verdict, found["tools"].get(tool)
    verdicts = found.get("verdicts", {})
    for move, verdict in of.verdicts.items():
        yield str(move), verdict, verdicts.get(str(move))
    if of.only:
        yield "other verdicts", [], sorted(set(verdicts) - {str(move) for move in of.verdicts})


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return listed([f"{name} {_told(each)}" for name, each in value.items()]) or "nothing"
    return (listed(value) if isinstance(value, (list, tuple)) else str(value)) or "nothing" if value is not None else "nothing"


SCORERS = (Scorer("decided", "decision", "decisions", decided),)
