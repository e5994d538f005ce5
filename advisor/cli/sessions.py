"""`advisor sessions`: the conversations that were kept."""

from __future__ import annotations

import json

import click

from advisor.cli.confirm import confirmed, yes_option
from advisor.cli.files import force_option, output_option, write_file
from advisor.cli.output import plain_output, show, show_json
from advisor.cli.start import advisor_for, settings_here
from advisor.conversation.names import checked
from advisor.errors import InputError
from advisor.rendering.clients import session_markdown, sessions_markdown
from advisor.rendering.documents import DeletedDocument, SessionDocument, SessionsDocument
from advisor.wiring import Advisor


@click.group("sessions")
def command() -> None:
    """The conversations that were kept: list them, show one, take one out, delete one."""


@command.command("list")
@plain_output
def list_(as_json: bool) -> None:
    """All conversations."""
    settings = settings_here()
    sessions = advisor_for(settings).store.sessions()
    if as_json:
        show_json(SessionsDocument(sessions=sessions))
    else:
        show(sessions_markdown(sessions), settings)


@command.command("show")
@click.argument("name")
@plain_output
def show_(name: str, as_json: bool) -> None:
    """A conversation from its first turn to its last; `export` adds the sources."""
    advisor = advisor_for(settings_here())
    document = session_document(advisor, name)
    if as_json:
        show_json(document)
    else:
        show(session_markdown(document.name, document.client, document.turns, advisor.titles_in, advisor.language()), advisor.settings)


@command.command("export")
@click.argument("name")
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True, help="Markdown, or JSON with every fact and source.")
@output_option
@force_option
def export(name: str, form: str, output: str | None, force: bool) -> None:
    """A conversation as a file."""
    advisor = advisor_for(settings_here())
    text = exported(advisor, name, form)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text, force=force)


@command.command("delete")
@click.argument("name")
@yes_option
@plain_output
def delete(name: str, yes: bool, as_json: bool) -> None:
    """Delete a conversation for good."""
    advisor = advisor_for(settings_here())
    document = session_document(advisor, name)
    count = len(document.turns)
    confirmed(document.name, f"Session {document.name} goes with {count} turn{'s' if count != 1 else ''}.", yes=yes)
    advisor.forget_session(document.name)
    if as_json:
        show_json(DeletedDocument(sessions=(document.name,)))
    else:
        click.echo(f"Deleted: {document.name}.")


def exported(advisor: Advisor, name: str, form: str) -> str:
    """A conversation as the text of a file."""
    document = session_document(advisor, name)
    if form == "json":
        return json.dumps(document.as_json(), indent=2, ensure_ascii=False) + "\n"
    return session_markdown(document.name, document.client, document.turns, advisor.titles_in, advisor.language(), advisor.documents)


def session_document(advisor: Advisor, name: str) -> SessionDocument:
    """A conversation with all its turns. Raises InputError naming those there are when there is none of this name."""
    name = checked(name)
    infos = {info.name: info for info in advisor.store.sessions()}
    if name not in infos:
        known = ", ".join(infos)
        raise InputError(f"There is no session {name!r}.", hint=f"Known: {known}." if known else "There is none yet.")
    return SessionDocument(name=name, client=infos[name].client, turns=advisor.store.turns(name))

