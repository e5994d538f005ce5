"""The weights of retrieval and its relevance floor, as `scripts/floor.py` measured them: data, not code."""

from __future__ import annotations

from functools import cache

from advisor import datafiles
from advisor.adapters.projection import folder
from advisor.domain.base import Value

FILE = "tuning.toml"


class Tuning(Value):
    """How hits are found, ordered and judged.

    `fuse_dense` is the dense share when candidates are chosen. A hit's score is the weighted sum of its late interaction,
    cosine and covered words, minus `unheard` times the share of the query's rare words that the knowledge never uses.
    """

    model: str
    floor: float
    rows: int
    candidates: int
    fuse_dense: float
    late: float
    cosine: float
    covered: float
    unheard: float


@cache
def tuned() -> Tuning:
    """What ships. Raises DataError when the file is damaged."""
    return Tuning.model_validate(datafiles.read_toml(folder() / FILE))
