"""Entry points of other packages. Listing them reads metadata and imports nothing; a pack is data, so using it imports nothing either."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import EntryPoint, distributions, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from advisor.domain.base import Value
from advisor.errors import InputError
from advisor.extensions.packs import Pack, read_pack

KNOWLEDGE, RETRIEVERS, MODELS = "advisor.knowledge", "advisor.retrievers", "advisor.models"
GROUPS = (KNOWLEDGE, RETRIEVERS, MODELS)
Chosen = Literal["all"] | tuple[str, ...]


class Extension(Value):
    """Something that an installed package announces: its group, name, where it lies and which distribution brings it."""

    group: str
    name: str
    value: str
    distribution: str = ""


def extensions(group: str) -> tuple[Extension, ...]:
    """What installed packages announce under a group, by name. Raises InputError when two packages announce one name."""
    found = sorted((_extension(point) for point in _points(group)), key=lambda each: (each.name, each.distribution))
    unique = {(each.name, each.value, each.distribution): each for each in found}  # a folder may stand on the path twice
    names = [name for name, _, _ in unique]
    if twice := next((name for name in names if names.count(name) > 1), None):
        owners = " and ".join(each.distribution or each.value for each in unique.values() if each.name == twice)
        raise InputError(f"Two packages announce {twice!r} under {group}: {owners}.", hint="Uninstall one of them.")
    return tuple(unique.values())


def _points(group: str) -> Iterable[EntryPoint]:
    """The entry points of a group. Most environments have none: then none are parsed, only looked through for its name."""
    if not any(group in (each.read_text("entry_points.txt") or "") for each in distributions()):
        return ()
    return entry_points(group=group)


def installed_packs(chosen: Chosen) -> tuple[Pack, ...]:
    """The knowledge packs in force, by name. Raises InputError for a name that no package announces, DataError for a broken pack."""
    return () if chosen == () else _packs(chosen, tuple(sys.path))


@cache
def _packs(chosen: Chosen, _path: tuple[str, ...]) -> tuple[Pack, ...]:
    found = extensions(KNOWLEDGE)
    if chosen != "all":
        found = tuple(_named(KNOWLEDGE, name, found) for name in sorted(set(chosen)))
    return tuple(read_pack(_folder(each), each.name, each.distribution) for each in found)


def loaded(group: str, name: str) -> Any:
    """What an entry point leads to, imported. Raises InputError when there is none of this name or it cannot be imported."""
    extension = _named(group, name, extensions(group))
    try:
        return EntryPoint(extension.name, extension.value, group).load()
    except (ImportError, AttributeError) as error:
        raise InputError(f"{extension.value}, announced by {extension.distribution}, cannot be imported: {error}.", hint="Install that package again.") from error


def _named(group: str, name: str, found: Sequence[Extension]) -> Extension:
    match = next((each for each in found if each.name == name), None)
    if match is None:
        known = ", ".join(each.name for each in found) or "none"
        raise InputError(f"No installed package announces {name[:80]!r} under {group}.", hint=f"Installed: {known}.")
    return match


def _extension(point: EntryPoint) -> Extension:
    distribution = f"{point.dist.name} {point.dist.version}" if point.dist is not None else ""
    return Extension(group=point.group, name=point.name, value=point.value, distribution=distribution)


def _folder(extension: Extension) -> Path:
    """The folder of a pack's package. Only its first part is looked up, which imports nothing."""
    first, *rest = extension.value.partition(":")[0].split(".")
    try:
        spec = find_spec(first)
    except (ImportError, ValueError):
        spec = None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (folder := Path(place).joinpath(*rest)).is_dir():
            return folder
    where = f"The knowledge pack {extension.name!r} of {extension.distribution or extension.value} has no folder {extension.value!r}."
    raise InputError(where, hint="Its entry point must name a package that lies unpacked in the environment; install it again, or uninstall it.")
