"""How a command prints: Markdown to a pipe, rendered on a terminal, or one JSON document."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from advisor.domain import Value
from advisor.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
brief_option = click.option("--brief", is_flag=True, default=None, help="Five lines.")
why_option = click.option("--why", is_flag=True, help="Show the rules, facts and places behind each statement.")
language_option = click.option("--language", type=click.Choice(["en", "de"]), help="Language of the answer; left out, it is the question's.")
debug_option = click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")


def plain_output(command: F) -> F:
    """--json and --debug."""
    return json_option(debug_option(command))


def full_output(command: F) -> F:
    """--json, --brief, --why and --debug."""
    return json_option(brief_option(why_option(debug_option(command))))


def show(markdown: str, settings: Settings) -> None:
    """Print Markdown for people; on a terminal rendered, in colour unless that is unwanted."""
    if settings.colour != "always" and not sys.stdout.isatty():
        click.echo(markdown, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(no_color=settings.colour == "never" or None, force_terminal=settings.colour == "always" or None)
    console.print(Markdown(markdown, hyperlinks=False))


def show_json(document: Value, *, without: frozenset[str] = frozenset()) -> None:
    """Print a value as its JSON document; `without` names top-level keys left out when they are null."""
    table = {key: value for key, value in document.as_json().items() if value is not None or key not in without}
    click.echo(json.dumps(table, indent=2, ensure_ascii=False))


def warn(message: str) -> None:
    """A remark beside the answer, on stderr."""
    click.echo(f"Note: {message}", err=True)
