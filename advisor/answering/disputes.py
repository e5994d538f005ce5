"""Questions about sources that disagree: found by the figures that a question quotes, or by its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from advisor.answering.hearsay import bare, phrases, same_number
from advisor.answering.playbook import Conflict, Playbook
from advisor.domain import Applies, Benchmark, Unit
from advisor.figures import Figure, find
from advisor.library import Library

_SEVERAL = 2
_SPANS = frozenset({Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.QUARTERS})
_COMMON = frozenset({Unit.COUNT, Unit.FTE})  # numbers that two sentences share by chance


def disputed(text: str, library: Library, playbook: Playbook, *, passed_on: bool = False) -> str:
    """The name of the conflict that a text is about, or nothing: most of its figures quoted, or its subject named in a question on sources.

    With `passed_on` the text holds up a claim, so that one span of time of a conflict's records is enough beside its subject.
    """
    low, figures = bare(text), find(text)
    asking = phrases(playbook.asking).first(low) is not None
    ranked = {name: _score(conflict, figures, low, library, asking=asking, passed_on=passed_on) for name, conflict in playbook.conflicts.items()}
    best = max(ranked, key=lambda name: ranked[name], default="")
    return best if best and ranked[best] > 0 else ""


def _score(conflict: Conflict, figures: Sequence[Figure], low: str, library: Library, *, asking: bool, passed_on: bool) -> int:
    if conflict.defines and phrases(conflict.defines).first(low) is not None:
        return 1
    told = _quoted(figures, [library.benchmarks[id_] for id_ in conflict.records])
    if not (told or asking):
        return 0
    named = phrases(conflict.words).first(low) is not None
    asking = asking or (passed_on and any(figure.unit in _SPANS for figure in told))
    found = {figure.bounds for figure in told if named or figure.unit not in _COMMON}
    if len(found) >= _SEVERAL and (named or asking):
        return 2 * len(found) + named
    return 1 if named and asking else 0


def quoted(text: str, conflict: Conflict, library: Library) -> tuple[Figure, ...]:
    """The figures of a text that are those of the conflict's records."""
    return tuple(_quoted(find(text), [library.benchmarks[id_] for id_ in conflict.records]))


def _quoted(figures: Sequence[Figure], records: Sequence[Benchmark]) -> list[Figure]:
    return [figure for figure in figures if any(same_number(figure, record) for record in records)]


def preferred(conflict: Conflict, library: Library, facts: Mapping[str, Any]) -> Benchmark:
    """The record to go by: the first that holds for the client, else the first whose condition is not known to fail."""
    records = [library.benchmarks[id_] for id_ in conflict.prefer]
    order = (Applies.YES, Applies.UNKNOWN, Applies.NO)
    return min(records, key=lambda record: order.index(library.applies(record.id, facts).applies))
