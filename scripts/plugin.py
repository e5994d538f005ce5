"""Writes the plugin for coding agents: manifests for Claude Code, Codex and Cursor, their catalogues, the MCP wiring and one skill.

    python scripts/plugin.py

Names, rules and tools come from the table of capabilities, the version from pyproject.toml, the skill's words from scripts/skill.md.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from advisor.cli.main import COMMANDS
from advisor.integrations.capabilities import CAPABILITIES
from advisor.integrations.mcp.install import SERVER

CHECKOUT = Path(__file__).resolve().parents[1]
PLUGIN, SKILL = "partner-advisor", "partner-strategy"
TITLE, CATEGORY = "Partner strategy", "Sales"
SHORT = "Partner strategy for B2B SaaS, decided by rules, every figure sourced"
LONG = "Says what a software company should do with partners at its stage, and what not yet: cited answers, sourced benchmarks, offline and without a key."
TRIGGERS = (
    "Partner programmes, channel, co-selling, referral and reseller partners, partner tiers, PRM, account mapping, ecosystem-led growth, "
    "partner economics and benchmarks for B2B SaaS. Use when someone plans, judges or mends one; answers with sources and can conclude not yet."
)
PROMPTS = (
    "We are at €8M ARR and sell with a sales team. Should we launch partner tiers?",
    "Plan our first ninety days with partners.",
    "Check the partner figures in this board memo.",
)
KEYWORDS = ("partnerships", "channel", "co-selling", "ecosystem-led-growth", "b2b-saas", "mcp")
LINES = {"assess": 'advisor assess "..." --json', "ask": 'advisor ask "..." --json', "benchmarks": "advisor benchmarks compare win_rate_uplift --json", "verify": "advisor verify draft.md"}


def files() -> dict[str, str]:
    """What is written, by path below the checkout."""
    made = {
        "plugin/.claude-plugin/plugin.json": _basics() | {"displayName": TITLE, "mcpServers": "./.mcp.json"},
        "plugin/.codex-plugin/plugin.json": _basics() | {"skills": "./skills/", "mcpServers": "./.mcp.json", "interface": _interface()},
        "plugin/.cursor-plugin/plugin.json": _basics() | {"displayName": TITLE, "skills": "./skills/", "mcpServers": "./.mcp.json"},
        "plugin/.mcp.json": {"mcpServers": {SERVER: {"command": "advisor", "args": ["mcp"]}}},
        ".claude-plugin/marketplace.json": {"name": PLUGIN, "owner": _owner(), "plugins": [_entry() | {"source": "./plugin"}]},
        ".cursor-plugin/marketplace.json": {"name": PLUGIN, "owner": _owner(), "metadata": {"description": SHORT}, "plugins": [_entry() | {"source": "plugin"}]},
        ".agents/plugins/marketplace.json": {"name": PLUGIN, "interface": {"displayName": TITLE}, "plugins": [_codex_entry()]},
    }
    texts = {path: json.dumps(table, indent=2, ensure_ascii=False) + "\n" for path, table in made.items()}
    return {**texts, f"plugin/skills/{SKILL}/SKILL.md": skill(), "plugin/LICENSE": CHECKOUT.joinpath("LICENSE").read_text(encoding="utf-8")}


def skill() -> str:
    """SKILL.md within the open specification."""
    names = {each.name for each in CAPABILITIES}
    verify = "Call `advisor_verify` on it: it marks what no source holds, and gives the sentences mended." if "verify" in names else (
        "Run `advisor verify -` on it: it marks every figure that no source holds." if "verify" in COMMANDS else "Hold every figure in it against what the tools gave you, and take out the others."
    )  # fmt: skip
    slots = {
        "description": TRIGGERS,
        "version": _version(),
        "server": SERVER,
        "assess": "Call `advisor_assess` with the person's own words before you advise anything.",
        "verify": verify,
        "tools": "\n".join(["| Tool | Does |", "|---|---|", *(f"| `{each.tool}` | {each.description} |" for each in CAPABILITIES)]),
        "rules": "\n".join(f"- {each.rule}" for each in CAPABILITIES if each.rule),
        "commands": "\n".join(line for name, line in LINES.items() if name in COMMANDS),
    }
    text = CHECKOUT.joinpath("scripts", "skill.md").read_text(encoding="utf-8")
    for name, value in slots.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _basics() -> dict[str, Any]:
    """What the three manifests share."""
    return {"name": PLUGIN, "version": _version(), "description": SHORT, "author": _owner(), "license": "Apache-2.0", "keywords": list(KEYWORDS)}


def _interface() -> dict[str, Any]:
    return {
        "displayName": TITLE, "shortDescription": SHORT, "longDescription": LONG, "developerName": _owner()["name"], "category": CATEGORY,
        "capabilities": ["Read"], "defaultPrompt": list(PROMPTS),
    }  # fmt: skip


def _entry() -> dict[str, Any]:
    return {"name": PLUGIN, "description": SHORT, "category": CATEGORY.lower(), "keywords": list(KEYWORDS)}


def _codex_entry() -> dict[str, Any]:
    policy = {"installation": "AVAILABLE", "authentication": "ON_INSTALL"}
    return {"name": PLUGIN, "source": {"source": "local", "path": "./plugin"}, "policy": policy, "category": CATEGORY}


def _owner() -> dict[str, str]:
    return {"name": _project()["authors"][0]["name"]}


def _version() -> str:
    version: str = _project()["version"]
    return version


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads(CHECKOUT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


if __name__ == "__main__":
    for name, text in files().items():
        path = CHECKOUT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(name)
