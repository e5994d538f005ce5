"""Writes the server into the settings file of a host, beside what stands there, or not at all."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from advisor.errors import InputError

SERVER = "partner-advisor"
HOSTS = ("claude-desktop", "claude-code", "cursor", "vscode")


class Place(NamedTuple):
    """A host's settings file, the key under which servers stand, and what an entry says besides the command."""

    path: Path
    key: str
    extra: Mapping[str, str]


def place(host: str, home: Path, *, system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Place:
    """Where a host keeps its servers on this system."""
    if host == "claude-desktop":
        return Place(_config(home, system, environment) / "Claude" / "claude_desktop_config.json", "mcpServers", {})
    if host == "claude-code":
        return Place(home / ".claude.json", "mcpServers", {"type": "stdio"})
    if host == "cursor":
        return Place(home / ".cursor" / "mcp.json", "mcpServers", {})
    return Place(_config(home, system, environment) / "Code" / "User" / "mcp.json", "servers", {"type": "stdio"})


def _config(home: Path, system: str, environment: Mapping[str, str]) -> Path:
    if system == "darwin":
        return home / "Library" / "Application Support"
    if system == "win32":
        return Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
    return Path(environment.get("XDG_CONFIG_HOME") or home / ".config")


def entry(extra: Mapping[str, str], data: Path | None) -> dict[str, Any]:
    """The command by absolute paths, which needs no PATH and looks for no module in the working folder (-P); `data` is the data folder where it is not the default."""
    command = {**extra, "command": str(Path(sys.executable).absolute()), "args": ["-P", "-m", "advisor", "mcp"]}
    return {**command, **({"env": {"ADVISOR_HOME": str(data.absolute())}} if data is not None else {})}


def merged(where: Place, made: Mapping[str, Any]) -> str:
    """The settings with the server among the others. Raises InputError when the file is not what it should be."""
    table = _read(where.path)
    servers = table.get(where.key, {})
    if not isinstance(servers, dict):
        raise InputError(f"{where.path}: {where.key} is not a table.", hint="Mend the file, or print the entry with --print and put it there by hand.")
    whole = {**table, where.key: {**servers, SERVER: dict(made)}}
    text = json.dumps(whole, indent=2, ensure_ascii=False)
    return (text if _can_be_written(text) else json.dumps(whole, indent=2)) + "\n"


def _can_be_written(text: str) -> bool:
    """Whether the text holds no half character, which a JSON file can name and no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(path: Path) -> dict[str, Any]:
    hint = "Mend the file, or print the entry with --print and put it there by hand."
    try:
        text = path.read_text(encoding="utf-8-sig")
        table = json.loads(text, object_pairs_hook=_once) if text.strip() else {}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", hint="Check its permissions.") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not JSON: {error}.", hint=hint) from None
    if not isinstance(table, dict):
        raise InputError(f"{path} holds no table.", hint=hint)
    return table


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("a key stands twice, and one of both would be lost")
    return table


def write(path: Path, text: str) -> None:
    """Put the file in place as a whole, with the rights that it had. Raises InputError when it cannot be."""
    target = path.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        made = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            made.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o600)
            made.replace(target)
        finally:
            made.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.", hint="Check its permissions, or print the entry with --print.") from None
