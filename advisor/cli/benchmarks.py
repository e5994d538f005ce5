"""`advisor benchmarks`: the figures we hold, with their sources and whether each holds for given facts."""

from __future__ import annotations

from typing import Any

import click

from advisor.cli.facts import fact_options, given
from advisor.cli.output import plain_output, show, show_json
from advisor.cli.start import advisor_for, settings_here
from advisor.domain import BenchmarkKind
from advisor.rendering.benchmarks import benchmark_markdown, benchmarks_markdown, comparison_markdown
from advisor.rendering.choosing import compared, of_metric, one_record
from advisor.rendering.documents import BenchmarkRow, BenchmarksDocument
from advisor.rendering.records import record_row
from advisor.settings import Settings
from advisor.wiring import Advisor

LISTING = "All are listed by: advisor benchmarks list"

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
        rows = of_metric(rows, metric, LISTING)
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
    row = one_record(rows, id_, LISTING)
    if as_json:
        show_json(BenchmarksDocument(benchmarks=(row,)))
    else:
        show(benchmark_markdown(row, advisor.documents), settings)


@command.command("compare")
@click.argument("metric")
@fact_options
@plain_output
def compare(metric: str, as_json: bool, **facts: Any) -> None:
    """The records of one metric: what explains their difference, and which to prefer."""
    settings, advisor, rows = _rows(facts)
    document = compared(rows, metric, advisor.library, advisor.book.thresholds, LISTING)
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
