"""Asking by name before something is deleted for good."""

from __future__ import annotations

import sys

import click

from advisor.errors import InputError

yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


def confirmed(name: str, what: str, *, yes: bool) -> None:
    """Returns when the user typed the name, or said --yes. Raises InputError otherwise."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise InputError("Deleting asks first, and here is nobody to ask.", hint="Give --yes.")
    typed = click.prompt(f"{what} This cannot be taken back. Type {name} to go on", default="", show_default=False, err=True)
    if typed.strip() != name:
        raise InputError("Nothing was deleted.", hint=f"What was typed is not {name}.")
