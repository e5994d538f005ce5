"""The maturity questionnaire: per dimension four descriptors, the level the highest that holds in all of them.

Document 000 scores the levels with overlapping ranges; why the weakest dimension decides stands in
`docs/design/0002-maturity-without-overlap.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from advisor.datafiles import name_of, read_toml
from advisor.domain import Maturity
from advisor.errors import DataError, InputError
from advisor.ports import Wording
from advisor.rules.tables import closed

LEVELS = (1, 2, 3, 4)


class Questionnaire(NamedTuple):
    """The dimensions by id, in the order in which they are asked. Wording: `rules.maturity.DIMENSION.LEVEL`."""

    dimensions: tuple[str, ...]
    source: str


def read_questionnaire(path: Path) -> Questionnaire:
    data, file = read_toml(path), name_of(path)
    closed(data, ("dimensions", "source"), file, required=("dimensions", "source"))
    if len(set(data["dimensions"])) != len(data["dimensions"]) or not data["dimensions"]:
        raise DataError(file, field="dimensions", found=repr(data["dimensions"]), allowed="each dimension once")
    return Questionnaire(tuple(data["dimensions"]), data["source"])


def score(answers: Mapping[str, int | None], questionnaire: Questionnaire, wording: Wording) -> Maturity:
    """The level from the level reached in each dimension; an unanswered dimension leaves it open unless another is at 1.

    `progress` is the mean over the answered dimensions and never the level. Raises InputError for an unknown
    dimension or a level that does not exist.
    """
    _check(answers, questionnaire)
    known = {name: level for name in questionnaire.dimensions if (level := answers.get(name)) is not None}
    if not known:
        return Maturity(because=wording.say("rules.maturity.unanswered"))
    progress = round(Decimal(sum(known.values())) / len(known), 1)
    lowest = min(known.values())
    weakest = ", ".join(wording.say(f"rules.maturity.{name}.title") for name, level in known.items() if level == lowest)
    if len(known) < len(questionnaire.dimensions) and lowest > LEVELS[0]:
        missing = ", ".join(wording.say(f"rules.maturity.{name}.title") for name in questionnaire.dimensions if name not in known)
        return Maturity(progress=progress, because=wording.say("rules.maturity.incomplete", missing=missing))
    label = wording.say(f"rules.maturity.label.level_{lowest}")
    even = set(known.values()) == {lowest} and len(known) == len(questionnaire.dimensions)
    because = wording.say("rules.maturity.even") if even else wording.say("rules.maturity.weakest", weakest=weakest)
    return Maturity(level=lowest, label=label, progress=progress, because=because)


def stated(level: int, wording: Wording, *, inferred: bool = False) -> Maturity:
    """A level that the client gave, or that was inferred from the signs named, without answering the questionnaire."""
    because = wording.say("rules.maturity.inferred" if inferred else "rules.maturity.stated")
    return Maturity(level=level, label=wording.say(f"rules.maturity.label.level_{level}"), because=because)


def _check(answers: Mapping[str, int | None], questionnaire: Questionnaire) -> None:
    for name, level in answers.items():
        if name not in questionnaire.dimensions:
            raise InputError(f"{name!r} is no dimension of the maturity questionnaire.", hint=f"Use: {', '.join(questionnaire.dimensions)}.")
        if level is not None and level not in LEVELS:
            raise InputError(f"{name} cannot be at level {level}.", hint="Use a level from 1 to 4, or leave it out.")
