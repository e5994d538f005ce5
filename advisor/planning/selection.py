"""Which tasks of a template a client gets, and what each waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.domain import Assessment, Move, Stance
from advisor.planning.refuse import holds
from advisor.planning.templates import Book, TaskTemplate, Template

GENERIC = "hold"
"""The part of tasks that stand once for each thing that exists against advice and has no words of its own."""


@dataclass(frozen=True)
class Chosen:
    """A task that the client gets: its template, where it stands, and the move it is about when it stands for several."""

    id: str
    template: TaskTemplate
    phase: str
    weeks: tuple[int, int]
    after: tuple[str, ...] = ()
    about: Move | None = None


def select(template: Template, book: Book, assessment: Assessment, facts: Mapping[str, Any]) -> list[Chosen]:
    """The tasks in the order of the template, each once, with the ids of those it waits for."""
    found: dict[str, Chosen] = {}
    for phase in template.phase:
        for work in (each for each in phase.work if holds(each, facts)):
            for name in work.do:
                for task in book.called(name):
                    if holds(task, facts) and _permitted(task, assessment):
                        for chosen in _instances(task, phase.id, work.weeks, facts, book):
                            found.setdefault(chosen.id, chosen)
    return [_linked(chosen, found) for chosen in found.values()]


def _permitted(task: TaskTemplate, assessment: Assessment) -> bool:
    """Rules win: a task that carries out a forbidden move stands in no plan."""
    return task.stance is Stance.ADVISE_AGAINST or not set(task.moves) & set(assessment.forbidden_moves)


def _instances(task: TaskTemplate, phase: str, weeks: tuple[int, int], facts: Mapping[str, Any], book: Book) -> Iterator[Chosen]:
    if task.part != GENERIC:
        yield Chosen(task.id, task, phase, weeks)
        return
    worded = {move for moves in book.house.own_words.values() for move in moves}
    for move in facts.get("existing") or ():
        if move not in worded:
            own = task.model_copy(update={"moves": (move,)})
            yield Chosen(f"{task.id}-{move.replace('_', '-')}", own, phase, weeks, about=move)


def _linked(chosen: Chosen, found: Mapping[str, Chosen]) -> Chosen:
    """With the ids of what it waits for among the tasks that were chosen; a task never waits for itself."""
    after = (other.id for name in chosen.template.after for other in found.values() if name in (other.template.id, other.template.part) and other.about in (None, chosen.about))
    return Chosen(chosen.id, chosen.template, chosen.phase, chosen.weeks, tuple(dict.fromkeys(id_ for id_ in after if id_ != chosen.id)), chosen.about)


def without(chosen: Sequence[Chosen], gone: set[str]) -> list[Chosen]:
    """The tasks without some; what waited for one of those waits for what it waited for."""
    by_id = {each.id: each for each in chosen}

    def waits(ids: Sequence[str]) -> Iterator[str]:
        for id_ in ids:
            yield from waits(by_id[id_].after) if id_ in gone else (id_,)

    return [Chosen(each.id, each.template, each.phase, each.weeks, tuple(dict.fromkeys(waits(each.after))), each.about) for each in chosen if each.id not in gone]
