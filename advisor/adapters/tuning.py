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
    """How hits are found, ordered and judged.

    `rows` are asked of Chroma, `candidates` reranked; `fuse_dense` is the dense share when these are chosen. A question's
    cosine counts less by `question_discount` than that of an entry's own text. A hit's score is the weighted sum of its late
    interaction, cosine and share of words, minus `gap` times what the first `judged` hits together leave unmatched. `meaning` weighs how much nearer a question
    of the knowledge is by its sense than by its words alone; a query that asks for a figure loses `figure`.
    """

    model: str
    floor: float
    rows: int
    candidates: int
    fuse_dense: float
    question_discount: float
    late: float
    cosine: float
    words: float
    gap: float
    judged: int
    meaning: float
    figure: float


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
