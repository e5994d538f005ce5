"""`advisor plan-diff`: what changed between two plans."""

from __future__ import annotations

from pathlib import Path

import click
from pydantic import ValidationError

from advisor.cli.output import plain_output, show, show_json
from advisor.cli.start import settings_here
from advisor.domain.plan import Plan
from advisor.errors import InputError
from advisor.planning.diff import differences
from advisor.rendering.plan_changes import changes_markdown
from advisor.settings import read_user_text, reasons


@click.command("plan-diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@plain_output
def command(old: str, new: str, as_json: bool) -> None:
    """Work that came, went or moved, decisions, targets and money, between two plans written with --format json."""
    before, after = _plan(old), _plan(new)
    try:
        found = differences(before, after)
    except ValueError as error:
        raise InputError(f"{old} and {new} cannot be compared: {error}.", hint="Give two plans of one kind.") from None
    if as_json:
        show_json(found)
    else:
        show(changes_markdown(found, after), settings_here())


def _plan(name: str) -> Plan:
    path = Path(name)
    try:
        return Plan.model_validate_json(read_user_text(path))
    except ValidationError as error:
        raise InputError(f"{name[:200]} is no plan: {reasons(error)[:200]}", hint="Give a file that `advisor plan --format json -o FILE` has written.") from None
