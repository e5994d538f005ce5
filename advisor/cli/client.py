"""`advisor client`: one file for each client, every fact with its words and day, every version kept."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from advisor import datafiles
from advisor.cli.confirm import confirmed, yes_option
from advisor.cli.facts import fact_options, forgotten, given
from advisor.cli.files import force_option, output_option, write_file
from advisor.cli.output import plain_output, show, show_json, warn
from advisor.cli.start import advisor_for, settings_here
from advisor.cli.texts import client_file, notes_option, words
from advisor.conversation.names import checked, stored_client
from advisor.conversation.turns import kept, written
from advisor.domain import Client, FactChange, StoredClient
from advisor.domain.changes import changes, over
from advisor.errors import InputError
from advisor.rendering.clients import client_markdown, client_toml, clients_markdown
from advisor.settings import client_of
from advisor.wiring import Advisor


@click.group("client")
def command() -> None:
    """One file for each client, every fact with its words and day; every version is kept."""


@command.command("new")
@click.argument("name")
@click.argument("text", required=False)
@fact_options
@notes_option
@plain_output
def new(name: str, text: str | None, notes: tuple[str, ...], as_json: bool, **facts: Any) -> None:
    """Keep a client under a name, with facts read from TEXT (- reads standard input) and from the options."""
    advisor, name = _advisor(), checked(name, "client")
    client = _read(advisor, Client(), words(text, notes), facts)
    _show(advisor, _first(advisor, name, _dated(advisor, Client(), client)), as_json)


@command.command("show")
@click.argument("name")
@click.option("--version", "number", type=int, metavar="N", help="An earlier version.")
@plain_output
def show_(name: str, number: int | None, as_json: bool) -> None:
    """The facts known of a client, with the words and the day of each."""
    advisor = _advisor()
    _show(advisor, _version(advisor, name, number), as_json)


@command.command("edit")
@click.argument("name")
@click.argument("text", required=False)
@click.option("--forget", "forget", metavar="FACT", multiple=True, help="A fact that is no longer known, like arr. Repeatable.")
@click.option("--restore", type=int, metavar="N", help="Go back to what version N held.")
@fact_options
@notes_option
@plain_output
def edit(
    name: str, text: str | None, forget: tuple[str, ...], restore: int | None, notes: tuple[str, ...], as_json: bool, **facts: Any
) -> None:
    """Change facts of a client by TEXT and options; with neither, in your editor. The version before is kept."""
    advisor = _advisor()
    now = stored_client(advisor.store, name)
    if restore is not None:
        made = changes(now.client, _version(advisor, name, restore).client)
    elif not text and not notes and not forget and not any(value not in (None, ()) for value in facts.values()):
        made = _in_editor(advisor, now)
    else:
        start = forgotten(now.client, forget)
        made = _dated(advisor, now.client, _read(advisor, start, words(text, notes), facts))
    revised = advisor.store.revise(now.name, made, datetime.now(UTC))
    if revised is None or revised.version == now.version:
        warn("Nothing changed.")
    _show(advisor, revised or now, as_json)


@command.command("list")
@plain_output
def list_(as_json: bool) -> None:
    """All clients that are stored."""
    settings = settings_here()
    clients = advisor_for(settings).store.clients()
    if as_json:
        from advisor.rendering.documents import ClientsDocument

        show_json(ClientsDocument(clients=clients))
    else:
        show(clients_markdown(clients), settings)


@command.command("export")
@click.argument("name")
@output_option
@force_option
@plain_output
def export(name: str, output: str | None, force: bool, as_json: bool) -> None:
    """A client as a TOML file (with --json as JSON) that `import` and --client read."""
    import json

    advisor = _advisor()
    stored = stored_client(advisor.store, name)
    text = client_toml(stored.client, f"Client {stored.name}, version {stored.version}")
    if as_json:
        text = json.dumps(_document(advisor, stored).as_json(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text, force=force)


@command.command("import")
@click.argument("file")
@click.option("--name", help="The client's name; without it, that of the file.")
@click.option("--force", is_flag=True, help="Make it the newest version of a client that is there.")
@plain_output
def import_(file: str, name: str | None, force: bool, as_json: bool) -> None:
    """Bring a client in from a TOML or JSON file."""
    advisor, client = _advisor(), client_file(file)
    name = checked(name or Path(file).stem, "client")
    there = advisor.store.versions(name)
    if there and force:
        made = _dated(advisor, there[-1].client, client)
        _show(advisor, advisor.store.revise(name, made, datetime.now(UTC)) or there[-1], as_json)
    else:
        _show(advisor, _first(advisor, name, _dated(advisor, Client(), client)), as_json)


@command.command("delete")
@click.argument("name")
@yes_option
@plain_output
def delete(name: str, yes: bool, as_json: bool) -> None:
    """Delete a client for good: every version, and the conversations about it."""
    advisor = _advisor()
    stored = stored_client(advisor.store, name)
    about = [info.name for info in advisor.store.sessions() if info.client == stored.name]
    told = f", and the conversations about it: {', '.join(about)}" if about else ""
    confirmed(stored.name, f"Client {stored.name} goes with {stored.version} version{'s' if stored.version > 1 else ''}{told}.", yes=yes)
    sessions = advisor.forget_client(stored.name)
    if as_json:
        from advisor.rendering.documents import DeletedDocument

        show_json(DeletedDocument(clients=(stored.name,), sessions=sessions))
    else:
        click.echo(f"Deleted: {stored.name}{told}.")


def _advisor() -> Advisor:
    return advisor_for(settings_here())


def _read(advisor: Advisor, known: Client, text: str, facts: dict[str, Any]) -> Client:
    """The facts of files, words and options on top of what is known; what does not fit together is told."""
    told = given(facts, advisor.settings)
    reading = advisor.read(text, over(known, told.named), options=told.options, fx=told.fx)
    for contradiction in reading.contradictions:
        warn(f"{contradiction.text} {contradiction.treated_as}")
    return reading.client


def _dated(advisor: Advisor, before: Client, after: Client) -> tuple[FactChange, ...]:
    return kept(changes(before, after), advisor.today())


def _first(advisor: Advisor, name: str, made: Iterable[FactChange]) -> StoredClient:
    from advisor.domain.changes import applied

    stored = advisor.store.new_client(name, applied(Client(), made), datetime.now(UTC))
    if stored is None:
        raise InputError(f"There is a client {name!r} already.", hint=f"Change it: advisor client edit {name!r}, or take another name.")
    return stored


def _version(advisor: Advisor, name: str, number: int | None) -> StoredClient:
    newest = stored_client(advisor.store, name)
    found = [each for each in advisor.store.versions(newest.name) if number in (None, each.version)]
    if not found:
        raise InputError(f"Client {newest.name!r} has no version {number}.", hint=f"It has 1 to {newest.version}.")
    return found[-1]


def _in_editor(advisor: Advisor, now: StoredClient) -> tuple[FactChange, ...]:
    """The changes that the user makes to the file in an editor."""
    if not _terminal():
        raise InputError("There is nothing to change.", hint="Give TEXT, facts as options, --forget or --restore.")
    before = client_toml(now.client, f"Client {now.name}, version {now.version}: change what has changed, save and close.")
    after = click.edit(before, extension=".toml")
    if after is None:
        return ()
    source = f"the file of {now.name}"
    return written(changes(now.client, client_of(datafiles.parse_toml(after, source), source)), advisor.today())


def _terminal() -> bool:
    return sys.stdin.isatty()


def _document(advisor: Advisor, stored: StoredClient) -> Any:
    from advisor.rendering.documents import ClientDocument, VersionRow

    versions = tuple(VersionRow(version=each.version, at=each.at) for each in advisor.store.versions(stored.name))
    return ClientDocument(name=stored.name, version=stored.version, at=stored.at, client=stored.client, versions=versions)


def _show(advisor: Advisor, stored: StoredClient, as_json: bool) -> None:
    if as_json:
        show_json(_document(advisor, stored))
    else:
        show(client_markdown(stored, advisor.store.versions(stored.name), advisor.told(stored.client)), advisor.settings)
