"""The plugin for coding agents: within the open specification, made from the table of capabilities, and wired to a server that starts."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from skills_ref import read_properties, validate

from advisor.adapters.tokenizer import count_tokens
from advisor.integrations.capabilities import CAPABILITIES
from advisor.integrations.mcp.install import SERVER

CHECKOUT = Path(__file__).parents[2]
PLUGIN = CHECKOUT / "plugin"
SKILL = PLUGIN / "skills" / "partner-strategy"
SCRIPT: dict[str, Any] = runpy.run_path(str(CHECKOUT / "scripts" / "plugin.py"))
MANIFESTS = [PLUGIN / folder / "plugin.json" for folder in (".claude-plugin", ".codex-plugin", ".cursor-plugin")]


def table(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_every_file_is_what_the_script_makes_of_the_table() -> None:
    """After a change of the table, the version or scripts/skill.md: python scripts/plugin.py."""
    made = SCRIPT["files"]()
    assert {name: CHECKOUT.joinpath(name).read_text(encoding="utf-8") for name in made} == made
    there = {path.relative_to(CHECKOUT).as_posix() for path in PLUGIN.rglob("*") if path.is_file()}
    assert there == {name for name in made if name.startswith("plugin/")}


def test_the_skill_passes_the_reference_validator() -> None:
    assert validate(SKILL) == []


def test_the_skill_keeps_to_the_sizes_of_the_specification_and_of_listings() -> None:
    text = SKILL.joinpath("SKILL.md").read_text(encoding="utf-8")
    head, body = re.split(r"^---$", text, flags=re.MULTILINE)[1:]
    fields = yaml.safe_load(head)
    assert fields.keys() <= {"name", "description", "license", "compatibility", "metadata", "allowed-tools"}
    assert all(isinstance(value, str) for value in fields["metadata"].values())
    assert len(fields["description"]) <= 300  # all descriptions of a host share one small budget
    assert len(fields["compatibility"]) <= 500
    assert len(body.splitlines()) < 500
    assert count_tokens(body) < 5_000


def test_the_skill_says_when_and_when_not_to_assess_first_and_to_check_last() -> None:
    text = SKILL.joinpath("SKILL.md").read_text(encoding="utf-8")
    order = [text.index(words) for words in ("## When to use it", "## When not", "**Assess first.**", "**Check your final text before you give it.**")]
    assert order == sorted(order)
    assert [each.tool for each in CAPABILITIES if f"`{each.tool}`" not in text] == []
    assert "{" not in text.replace("{}", "")


def test_every_command_that_the_skill_names_exists() -> None:
    from advisor.cli.main import COMMANDS

    text = SKILL.joinpath("SKILL.md").read_text(encoding="utf-8")
    named = re.findall(r"(?:`|^)advisor ([a-z]+)", text, re.MULTILINE)
    assert {"assess", "ask", "doctor"} <= {*named} <= COMMANDS.keys()


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.parent.name)
def test_a_manifest_names_what_is_there(path: Path) -> None:
    manifest = table(path)
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", manifest["name"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", manifest["version"])
    assert manifest["license"] == "Apache-2.0"
    assert manifest["author"]["name"]
    assert read_properties(SKILL).metadata["version"] == manifest["version"]
    for key in ("skills", "mcpServers"):
        place = manifest.get(key, "./skills/")
        assert place.startswith("./")
        assert ".." not in place
        assert PLUGIN.joinpath(place).exists()


def test_claude_code_gets_only_the_keys_it_knows() -> None:
    known = {"name", "version", "description", "author", "homepage", "repository", "license", "keywords", "commands", "agents", "skills", "hooks", "mcpServers", "userConfig", "displayName", "$schema"}
    assert table(MANIFESTS[0]).keys() <= known


def test_codex_is_told_how_to_show_it() -> None:
    interface = table(MANIFESTS[1])["interface"]
    assert {"displayName", "shortDescription", "longDescription", "category", "defaultPrompt"} <= interface.keys()
    assert all(0 < len(prompt) <= 128 for prompt in interface["defaultPrompt"])


@pytest.mark.parametrize(("file", "manifest"), [(".claude-plugin/marketplace.json", 0), (".agents/plugins/marketplace.json", 1), (".cursor-plugin/marketplace.json", 2)])
def test_a_catalogue_leads_to_the_plugin_with_the_manifest_of_its_host(file: str, manifest: int) -> None:
    (entry,) = table(CHECKOUT / file)["plugins"]
    source = entry["source"] if isinstance(entry["source"], str) else entry["source"]["path"]
    folder = (CHECKOUT / source).resolve()
    assert folder == PLUGIN
    assert MANIFESTS[manifest].is_relative_to(folder)
    assert entry["name"] == table(MANIFESTS[manifest])["name"]


def test_the_wiring_starts_a_server_that_lists_the_tools_of_the_skill(tmp_path: Path) -> None:
    """With `advisor` on PATH and nothing else told, from another folder."""
    wired = table(PLUGIN / ".mcp.json")["mcpServers"][SERVER]
    scripts = tmp_path / "bin"
    scripts.mkdir()
    command = scripts / wired["command"]
    command.write_text(f"#!/bin/sh\nexec {sys.executable} -m advisor \"$@\"\n", encoding="utf-8")
    command.chmod(0o755)
    shutil.copytree(PLUGIN, tmp_path / "plugin")
    said = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"}}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"}, {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
    ]  # fmt: skip
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    with subprocess.Popen([wired["command"], *wired["args"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path / "plugin", env=environment) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        for each in said:
            server.stdin.write(json.dumps(each) + "\n")
            server.stdin.flush()
        answers = [json.loads(server.stdout.readline()) for _ in range(2)]
        server.stdin.close()
    assert [tool["name"] for tool in answers[1]["result"]["tools"]] == [each.tool for each in CAPABILITIES]
    assert server.returncode == 0
