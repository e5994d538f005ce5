"""The relevance floor of retrieval and how many hits tell what a query leaves unmatched, as `scripts/floor.py` measured them: data, not code."""

from __future__ import annotations

from functools import cache

from pydantic import ValidationError

from advisor import datafiles
from advisor.adapters.projection import folder
from advisor.domain.base import Value
from advisor.errors import DataError

FILE = "tuning.toml"


class Tuning(Value):
    """How hits are judged.

    The best hit must reach the `floor`; `judged` are the first hits that together tell what a query leaves unmatched.
    """

    model: str
    floor: float
    judged: int


@cache
def tuned() -> Tuning:
    """What ships. Raises DataError when the file is damaged."""
    path = folder() / FILE
    try:
        return Tuning.model_validate(datafiles.read_toml(path))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise DataError(datafiles.name_of(path), field=field, found=first["type"].replace("_", " "), allowed=", ".join(Tuning.model_fields)) from None
