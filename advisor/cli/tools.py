"""`advisor tools`: the advisor's functions for other programs, as their makers' SDKs want them."""

from __future__ import annotations

import json

import click

from advisor.cli.output import debug_option
from advisor.integrations.functions import FORMATS, Format, exported


@click.command("tools")
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True, help="openai: strict functions; anthropic: with input_schema; json: everything.")
@debug_option
def command(form: Format) -> None:
    """Print the function schemas; advisor.integrations.functions answers the calls."""
    click.echo(json.dumps(exported(form), indent=2, ensure_ascii=False))
