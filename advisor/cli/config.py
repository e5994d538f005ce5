"""`advisor config`: each setting and where it comes from."""

from __future__ import annotations

import click

from advisor.cli.output import plain_output, show, show_json
from advisor.cli.start import settings_here
from advisor.extensions import KNOWLEDGE, Extension, extensions
from advisor.rendering.documents import ConfigDocument, SettingRow
from advisor.rendering.words import table
from advisor.settings import FILE_NAME, MODEL_FIELDS, Settings, settings_folder

_SHOWN = ("home", "offline", "colour", "brief", "packs", *MODEL_FIELDS, "prepared_by", "logo", "spelling")


@click.command("config")
@plain_output
def command(as_json: bool) -> None:
    """Each setting and where it comes from."""
    settings = settings_here()
    document = described(settings)
    if as_json:
        show_json(document)
        return
    rows: list[tuple[object, ...]] = [(row.name, _words(row.value), row.origin) for row in document.settings]
    show(f"{table(('Setting', 'Value', 'From'), rows)}\n\nYour settings file: {settings_folder() / FILE_NAME}\n", settings)


def described(settings: Settings) -> ConfigDocument:
    """The settings as rows; client facts are listed one by one with the file that states them."""
    values = settings.as_json()
    rows = [SettingRow(name=name, value=values[name], origin=settings.origins[name]) for name in (*_SHOWN, *(("retriever",) if settings.retriever else ()), *(("otel",) if settings.otel != "off" else ())) if name in settings.origins]
    for name in ("client", "fx"):
        given = values[name]
        keys = sorted(settings.client.model_fields_set - {"facts"}) if name == "client" else sorted(given)
        rows += [SettingRow(name=f"{name}.{key}", value=given[key], origin=settings.origins[name]) for key in keys]
    rows += [SettingRow(name=f"packs.{each.name}", value=each.value, origin=each.distribution) for each in in_force(settings)]
    return ConfigDocument(settings=tuple(rows), files=tuple(str(path) for path in settings.files))


def in_force(settings: Settings) -> tuple[Extension, ...]:
    """The installed knowledge packs that the settings let in; nothing of them is read."""
    return tuple(each for each in extensions(KNOWLEDGE) if settings.packs == "all" or each.name in settings.packs)


def _words(value: object) -> object:
    """A value as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and "amount" in value:
        return f"{value['amount']:,} {value['currency'] or ''}".strip()
    return ", ".join(map(str, value)) if isinstance(value, list) else value
