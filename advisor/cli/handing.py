"""Documents to hand on: the options that say in which format, for whom, by whom and under which logo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from advisor.cli.files import force_option, free, output_option, write_file
from advisor.cli.output import F, show
from advisor.errors import InputError
from advisor.intake import clean
from advisor.rendering.answer_document import Handed
from advisor.rendering.blocks import Logo
from advisor.rendering.formats import BINARY, by_name, ready
from advisor.settings import Settings

LOOK = ("prepared_by", "logo", "spelling")
"""The options that are settings too."""


def handing_options(forms: Sequence[str], default: str, *, also: Sequence[str] = ()) -> Callable[[F], F]:
    """--format, --prepared-for, --prepared-by, --logo, --spelling, -o and --force; `also` are formats of a CRM's fields."""
    fields = f" Of a CRM's fields: {' or '.join(also)}." if also else ""

    def add(command: F) -> F:
        for option in (
            force_option,
            output_option,
            click.option("--spelling", type=click.Choice(["british", "american"]), help="Of an English document."),
            click.option("--logo", metavar="FILE", help="A PNG or JPEG picture at the head of the document."),
            click.option("--prepared-by", metavar="NAME", help="Who hands the document over."),
            click.option("--prepared-for", metavar="NAME", help="Whom the document is for; left out, the stored client's name."),
            click.option("--format", "form", metavar="FMT", help=f"One of: {', '.join(forms)}. Left out, what the name of -o ends in, else {default}.{fields}"),
        ):
            command = option(command)
        return command

    return add


def look(options: dict[str, Any]) -> dict[str, Any]:
    """Takes the options that are settings out of a command's. Raises InputError for a name or a path that says nothing."""
    taken = {name: options.pop(name) for name in LOOK}
    taken["prepared_by"] = name_of(taken["prepared_by"], "--prepared-by")
    if taken["logo"] is not None:
        if not taken["logo"].strip() or "\0" in taken["logo"]:
            raise InputError("--logo names no file.", hint="Give a PNG or JPEG file.")
        taken["logo"] = Path(taken["logo"]).expanduser().absolute()
    return taken


def form_of(form: str | None, output: str | None, forms: tuple[str, ...], *, force: bool) -> str | None:
    """The format asked for, by option or name of the file; None when nothing was asked for.

    Raises InputError before any work when there is no such format, or it cannot be written where it should; MissingExtra as `ready`.
    """
    if form is not None and form not in forms:
        raise InputError(f"There is no format {form[:40]!r}.", hint=f"There are: {', '.join(forms)}.")
    form = form or (by_name(output, forms) if output else None)
    if form in BINARY and not output:
        raise InputError(f"The format {form} is a file.", hint="Name it: -o FILE.")
    if output:
        free(output, force=force)
    if form:
        ready(form)
    return form


def handed_by(settings: Settings, prepared_for: str | None) -> Handed:
    """What stands around an answer that is handed on today."""
    return Handed(
        on=date.today(), prepared_for=name_of(prepared_for, "--prepared-for"), prepared_by=settings.prepared_by, logo=picture(settings), spelling=settings.spelling
    )


def hand_over(content: str | bytes, output: str | None, settings: Settings, form: str, *, force: bool) -> None:
    """Write a document to its file, or show its text."""
    if output:
        write_file(output, content, force=force)
    elif form == "md":
        show(str(content), settings)
    else:
        click.echo(content, nl=False)


def picture(settings: Settings) -> Logo | None:
    """The logo of the settings, looked at. Raises InputError when it is none that may be embedded."""
    from advisor.rendering.logo import logo

    return logo(settings.logo) if settings.logo is not None else None


def name_of(text: str | None, option: str) -> str | None:
    """A name as given. Raises InputError when it is empty or longer than one."""
    if text is None:
        return None
    name = clean(text).replace("\n", " ").strip()
    if not name or len(name) > 200:
        raise InputError(f"{option} is empty or longer than a name.", hint="Give 1 to 200 characters.")
    return name
