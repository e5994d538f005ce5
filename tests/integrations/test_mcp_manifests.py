"""The entry for the registry and the bundle are those that the table makes, in the shape that both ask for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from advisor.integrations.capabilities import CAPABILITIES

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made(load_tool: Callable[[Path], ModuleType]) -> ModuleType:
    return load_tool(CHECKOUT / "scripts" / "mcp_manifests.py")


@pytest.mark.parametrize("name", ["server.json", "mcpb/manifest.json"])
def test_the_file_is_the_one_that_is_made(name: str, made: ModuleType) -> None:
    """After changing the table: python scripts/mcp_manifests.py."""
    assert CHECKOUT.joinpath(name).read_text(encoding="utf-8") == made.text_of(name)


def test_the_registry_gets_what_it_asks_for(made: ModuleType) -> None:
    entry: dict[str, Any] = made.registry()
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", entry["name"])
    assert len(entry["description"]) <= 100
    assert {package["version"] for package in entry["packages"]} == {entry["version"]}
    assert f"<!-- mcp-name: {entry['name']} -->" in CHECKOUT.joinpath("README.md").read_text(encoding="utf-8")


def test_the_bundle_names_every_tool(made: ModuleType) -> None:
    manifest: dict[str, Any] = made.bundle()
    assert {"manifest_version", "name", "version", "description", "author", "server"} <= set(manifest)
    assert [tool["name"] for tool in manifest["tools"]] == [capability.tool for capability in CAPABILITIES]
    assert CHECKOUT.joinpath("mcpb", manifest["server"]["entry_point"]).is_file()


def test_the_server_of_the_bundle_starts(tmp_path: Path) -> None:
    opening = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": opening})
    command = [sys.executable, "-P", str(CHECKOUT / "mcpb" / "server" / "main.py")]
    done = subprocess.run(command, input=f"{request}\n", capture_output=True, text=True, timeout=60, check=False, env={"ADVISOR_HOME": str(tmp_path), "PATH": ""})
    assert json.loads(done.stdout.splitlines()[0])["result"]["serverInfo"]["name"] == "partner-advisor"
