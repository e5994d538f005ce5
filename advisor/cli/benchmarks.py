"""`advisor benchmarks`: the figures we hold, with their sources and whether each holds for given facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import click

from advisor.answering import playbook
from advisor.cli.facts import fact_options, given
from advisor.cli.output import plain_output, show, show_json
from advisor.cli.start import advisor_for, settings_here
from advisor.domain import BenchmarkKind
from advisor.errors import InputError
from advisor.rendering.benchmarks import benchmark_markdown, benchmarks_markdown, comparison_markdown
from advisor.rendering.comparison import Dispute
from advisor.rendering.comparison import compare as compare_rows
from advisor.rendering.documents import BenchmarkRow, BenchmarksDocument
from advisor.rendering.records import record_row
from advisor.settings import Settings
from advisor.wiring import Advisor


@click.group("benchmarks")
def command() -> None:
    """The figures: list them, show one, compare those of one metric."""


@command.command("list")
@click.option("--metric", metavar="METRIC", help="Only the records of one metric.")
@click.option("--kind", type=click.Choice([str(kind) for kind in BenchmarkKind]), help="Only records of one kind.")
@fact_options
@plain_output
def list_(metric: str | None, kind: str | None, as_json: bool, **facts: Any) -> None:
    """Every record; with facts, whether each holds for them."""
    settings, _, rows = _rows(facts)
    if metric is not None:
        rows = _of_metric(rows, metric)
    chosen = tuple(row for row in rows if kind in (None, row.kind))
    if as_json:
        show_json(BenchmarksDocument(benchmarks=chosen))
    else:
        show(benchmarks_markdown(chosen), settings)


@command.command("show")
@click.argument("id_", metavar="ID")
@fact_options
@plain_output
def show_(id_: str, as_json: bool, **facts: Any) -> None:
    """One record in full."""
    settings, advisor, rows = _rows(facts)
    found = [row for row in rows if row.id == id_]
    if not found:
        raise InputError(f"There is no record {id_[:80]!r}.", hint=_near(id_, (row.id for row in rows), "advisor benchmarks list"))
    if as_json:
        show_json(BenchmarksDocument(benchmarks=tuple(found)))
    else:
        show(benchmark_markdown(found[0], advisor.documents), settings)


@command.command("compare")
@click.argument("metric")
@fact_options
@plain_output
def compare(metric: str, as_json: bool, **facts: Any) -> None:
    """The records of one metric: what explains their difference, and which to prefer."""
    settings, advisor, rows = _rows(facts)
    own = _of_metric(rows, metric)
    against = [row for row in rows if row not in own and {*row.conflicts_with} & {each.id for each in own}]
    document = compare_rows(own[0].metric, own, against, _disputes(advisor, {row.id for row in own}))
    if as_json:
        show_json(document)
    else:
        show(comparison_markdown(document), settings)


def _rows(facts: dict[str, Any]) -> tuple[Settings, Advisor, tuple[BenchmarkRow, ...]]:
    settings = settings_here()
    told = given(facts, settings)
    advisor = advisor_for(settings)
    known = advisor.facts(advisor.read("", told.client, options=told.options, fx=told.fx).client)
    return settings, advisor, tuple(record_row(advisor.library, id_, known) for id_ in sorted(advisor.library.benchmarks))


def _disputes(advisor: Advisor, ids: set[str]) -> list[Dispute]:
    """What the knowledge says of the disagreements in which more than one of these records stands."""
    found = {name: conflict for name, conflict in playbook.load().besides(advisor.library.superseded).conflicts.items() if ids & {*conflict.prefer} or len(ids & {*conflict.records}) > 1}
    wording = advisor.library.wording("", advisor.book.thresholds)
    return [Dispute(conflict.prefer, *(wording.say(f"answers.conflict.{name}.{part}") for part in ("why", "prefer"))) for name, conflict in found.items()]


def _of_metric(rows: Iterable[BenchmarkRow], metric: str) -> tuple[BenchmarkRow, ...]:
    """The rows of a metric, however its name is spelt: win_rate_uplift, Win-rate uplift; a part of a name will do when it fits one only."""
    rows = tuple(rows)
    known = sorted({row.metric for row in rows})
    asked = _plain(metric)
    fitting = [asked] if asked in known else [name for name in known if asked and set(asked.split("_")) <= set(name.split("_"))]
    if len(fitting) > 1:
        raise InputError(f"{metric[:80]!r} fits {len(fitting)} metrics.", hint=f"Name one: {', '.join(fitting)}.")
    if not fitting:
        raise InputError(f"There is no metric {metric[:80]!r}.", hint=_near(asked, known, "advisor benchmarks list --json"))
    return tuple(row for row in rows if row.metric == fitting[0])


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _near(word: str, known: Iterable[str], listing: str) -> str:
    near = get_close_matches(word, sorted(set(known)), n=3, cutoff=0.5)
    return f"Near it: {', '.join(near)}." if near else f"All are listed by: {listing}"
