"""Writes server.json, for the MCP registry, and mcpb/manifest.json, for a bundle, from the table of capabilities. Run it after changing the table or
the version; a test holds both equal."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from advisor.integrations.capabilities import CAPABILITIES
from advisor.integrations.mcp.prompts import PROMPTS

CHECKOUT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads(CHECKOUT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
REGISTERED = "io.github.partner-advisor/partner-advisor"
SDK: str = PROJECT["optional-dependencies"]["mcp"][0]
SUMMARY = "Partner strategy for B2B SaaS: stage rules, cited benchmarks, checked texts. Offline, no key."


def registry() -> dict[str, Any]:
    """The entry of the registry: how to get and start the server."""
    return {
        "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
        "name": REGISTERED,
        "title": "Partner strategy advisor",
        "description": SUMMARY,
        "version": PROJECT["version"],
        "packages": [
            {
                "registryType": "pypi",
                "identifier": PROJECT["name"],
                "version": PROJECT["version"],
                "runtimeHint": "uvx",
                "runtimeArguments": [{"type": "named", "name": "--with", "value": SDK}],
                "packageArguments": [{"type": "positional", "value": "mcp"}],
                "transport": {"type": "stdio"},
                "environmentVariables": [{"name": "ADVISOR_HOME", "description": "Folder of conversations and index; the system's by default", "isRequired": False}],
            }
        ],
    }


def bundle() -> dict[str, Any]:
    """The manifest of a bundle for hosts that install by a click; it starts the package that Python has."""
    return {
        "manifest_version": "0.3",
        "name": PROJECT["name"],
        "display_name": "Partner strategy advisor",
        "version": PROJECT["version"],
        "description": SUMMARY,
        "author": {"name": PROJECT["authors"][0]["name"]},
        "license": PROJECT["license"],
        "keywords": PROJECT["keywords"],
        "server": {
            "type": "python",
            "entry_point": "server/main.py",
            "mcp_config": {"command": "python3", "args": ["-P", "${__dirname}/server/main.py"], "env": {"ADVISOR_HOME": "${user_config.home}"}},
        },
        "user_config": {
            "home": {"type": "directory", "title": "Data folder", "description": "Where conversations and the index lie", "required": False, "default": "${HOME}/.partner-advisor"}
        },
        "tools": [{"name": each.tool, "description": each.description} for each in CAPABILITIES],
        "prompts": [{"name": each["name"], "description": each["description"], "arguments": ["client"], "text": each["title"]} for each in PROMPTS],
        "compatibility": {"platforms": ["darwin", "linux", "win32"], "runtimes": {"python": PROJECT["requires-python"]}},
    }


FILES = {"server.json": registry, "mcpb/manifest.json": bundle}


def text_of(name: str) -> str:
    return json.dumps(FILES[name](), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    for name in FILES:
        path = CHECKOUT / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text_of(name), encoding="utf-8")
    sys.stdout.write(f"{', '.join(FILES)}\n")


if __name__ == "__main__":
    main()
