"""The weights of retrieval and its relevance floor, as `scripts/floor.py` measured them: data, not code."""

from __future__ import annotations

from functools import cache

from pydantic import ValidationError

from advisor import datafiles
from advisor.adapters.projection import folder
from advisor.domain.base import Value
from advisor.errors import DataError

FILE = "tuning.toml"


class Tuning(Value):
    """How hits are found and judged.

    `rows` are asked of Chroma and `turned_rows` of the turned query; `candidates` of the former are judged with all of the latter.
    `fuse_dense` is the dense share when these are chosen, where a question's cosine counts less by `question_discount` than that of
    an entry's own text. `judged` are the first hits that together tell what a query leaves unmatched; `behind` is what a hit's
    distance to the first one costs of its odds.
    """

    model: str
    floor: float
    rows: int
    candidates: int
    fuse_dense: float
    question_discount: float
    turned_rows: int
    judged: int
    behind: float


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
