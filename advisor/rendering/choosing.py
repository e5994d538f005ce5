"""Picks benchmark records by id or metric, however these are spelt, and holds those of one metric beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from advisor.answering import playbook
from advisor.errors import InputError
from advisor.library import Library
from advisor.rendering.comparison import Dispute, compare
from advisor.rendering.documents import BenchmarkRow, ComparisonDocument


def one_record(rows: Iterable[BenchmarkRow], id_: str, listing: str) -> BenchmarkRow:
    """The row under an id. Raises InputError when there is none; `listing` says where all ids stand."""
    rows = tuple(rows)
    for row in rows:
        if row.id == id_:
            return row
    raise InputError(f"There is no record {id_[:80]!r}.", hint=_near(id_, (row.id for row in rows), listing))


def of_metric(rows: Iterable[BenchmarkRow], metric: str, listing: str) -> tuple[BenchmarkRow, ...]:
    """The rows of a metric, however its name is spelt: win_rate_uplift, Win-rate uplift; a part of a name will do when it fits one only."""
    rows = tuple(rows)
    known = sorted({row.metric for row in rows})
    asked = _plain(metric)
    fitting = [asked] if asked in known else [name for name in known if asked and set(asked.split("_")) <= set(name.split("_"))]
    if len(fitting) > 1:
        raise InputError(f"{metric[:80]!r} fits {len(fitting)} metrics.", hint=f"Name one: {', '.join(fitting)}.")
    if not fitting:
        raise InputError(f"There is no metric {metric[:80]!r}.", hint=_near(asked, known, listing))
    return tuple(row for row in rows if row.metric == fitting[0])


def compared(rows: Iterable[BenchmarkRow], metric: str, library: Library, thresholds: Mapping[str, str], listing: str) -> ComparisonDocument:
    """The records of one metric beside each other, with those of other metrics that disagree, and which to prefer."""
    rows = tuple(rows)
    own = of_metric(rows, metric, listing)
    ids = {row.id for row in own}
    against = [row for row in rows if row.id not in ids and {*row.conflicts_with} & ids]
    return compare(own[0].metric, own, against, _disputes(library, thresholds, ids))


def _disputes(library: Library, thresholds: Mapping[str, str], ids: set[str]) -> list[Dispute]:
    """What the knowledge says of the disagreements in which more than one of these records stands."""
    found = {name: conflict for name, conflict in playbook.load().besides(library.superseded).conflicts.items() if ids & {*conflict.prefer} or len(ids & {*conflict.records}) > 1}
    wording = library.wording("", thresholds)
    return [Dispute(conflict.prefer, *(wording.say(f"answers.conflict.{name}.{part}") for part in ("why", "prefer"))) for name, conflict in found.items()]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _near(word: str, known: Iterable[str], listing: str) -> str:
    near = get_close_matches(word, sorted(set(known)), n=3, cutoff=0.5)
    return f"Near it: {', '.join(near)}. {listing}" if near else listing
