"""Files that a command writes for the user: whole or not at all, and never over another one unasked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from advisor.errors import InputError

output_option = click.option("-o", "--output", metavar="FILE", help="Write to this file instead of standard output.")
force_option = click.option("--force", is_flag=True, help="Replace a file that is there.")


def write_file(name: str, content: str | bytes, *, force: bool) -> None:
    """Write a file for its owner alone. Raises InputError when it is there already, or cannot be written; then nothing is left behind."""
    path = free(name, force=force)
    part = ""
    try:
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        Path(part).replace(path)
    except OSError as error:
        if part:
            Path(part).unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written: {error.strerror}.", hint="Check the folder, its permissions and the space left.") from None


def free(name: str, *, force: bool) -> Path:
    """The place of a file that may be written. Raises InputError when it is no file (a folder, a device, a pipe), is there already, or has no folder."""
    path = Path(name)
    try:
        if not name.strip() or "\0" in name or (path.exists() and not path.is_file()):
            raise InputError(f"{name[:200]!r} is no file to write to.", hint="Give the name of a file.")
        if path.exists() and not force:
            raise InputError(f"{path} is there already.", hint="Give another name, or --force.")
        if not path.parent.is_dir():
            raise InputError(f"{path} cannot be written: there is no folder {path.parent}.", hint="Make the folder, or give another one.")
    except OSError as error:
        raise InputError(f"{name[:80]!r} is no file to write to: {error.strerror}.", hint="Give another name.") from None
    return path
