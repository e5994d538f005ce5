"""The examples in README and tutorial print what stands below them."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SCRIPT: dict[str, Any] = runpy.run_path(str(CHECKOUT / "scripts" / "examples.py"))


@pytest.mark.parametrize("name", SCRIPT["FILES"])
def test_examples_print_what_stands_below_them(name: str, tmp_path: Path) -> None:
    """After a change of wording: python scripts/examples.py."""
    text = CHECKOUT.joinpath(name).read_text(encoding="utf-8")
    assert SCRIPT["EXAMPLE"].search(text)
    assert SCRIPT["rewritten"](text, str(tmp_path)) == text


def test_readme_opens_with_the_two_commands() -> None:
    """Install and ask; install and test: in these words."""
    opening = CHECKOUT.joinpath("README.md").read_text(encoding="utf-8")[:1500]
    assert "pip install . && advisor ask \"" in opening
    assert "pip install '.[dev]' && pytest" in opening


def test_every_command_is_mentioned_in_the_readme() -> None:
    from advisor.cli.main import COMMANDS

    text = CHECKOUT.joinpath("README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"advisor {name}" not in text] == []
