"""The documentation says what the program does."""

from __future__ import annotations

import runpy
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def test_cli_reference_is_current() -> None:
    """After changing an option: python scripts/cli_reference.py."""
    made = runpy.run_path(str(CHECKOUT / "scripts" / "cli_reference.py"))["text"]()
    assert CHECKOUT.joinpath("docs", "reference", "cli.md").read_text(encoding="utf-8") == made
