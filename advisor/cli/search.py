"""`advisor search`: what retrieval finds, with scores."""

from __future__ import annotations

import click

from advisor.cli.output import plain_output, show, show_json
from advisor.cli.start import advisor_for, settings_here
from advisor.cli.texts import words
from advisor.errors import InputError
from advisor.ports import Only
from advisor.rendering.benchmarks import search_markdown
from advisor.rendering.documents import SearchDocument


@click.command("search")
@click.argument("text")
@click.option("-k", "k", type=click.IntRange(1, 100), default=8, show_default=True, help="How many to show.")
@click.option("--only", type=click.Choice(["knowledge", "documents"]), help="The shipped knowledge, or your own documents.")
@plain_output
def command(text: str, k: int, only: Only | None, as_json: bool) -> None:
    """The passages and figures that the knowledge holds on TEXT (- reads standard input), best first."""
    settings, query = settings_here(), words(text)
    if not query:
        raise InputError("There is nothing to search for.", hint='Write it after the command: advisor search "..."')
    advisor = advisor_for(settings)
    hits = advisor.search(query, k, only)
    document = SearchDocument(query=query, results=hits, floor=advisor.floor, below_floor=not advisor.holds(query))
    if as_json:
        show_json(document)
    else:
        show(search_markdown(document, advisor.documents), settings)
