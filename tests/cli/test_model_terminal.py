"""An answer that a model words, on a real terminal: its parts appear while the rest is still being written."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

pexpect = pytest.importorskip("pexpect", reason="pexpect drives a real terminal; it is part of the dev extra")
pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning")  # the child starts another program at once
QUESTION = "We are at 3M EUR ARR and the board wants partner tiers by March. Is that right for us?"
LEAD = "a tiered programme belongs to"


@pytest.mark.parametrize("command", [("ask", QUESTION), ("chat", "--plain")])
def test_the_first_sentence_appears_while_the_model_still_writes(home: Path, service: Any, command: tuple[str, ...]) -> None:
    service.fails(pause=0.4)
    environment = {**os.environ, "ADVISOR_HOME": str(home), "TERM": "xterm", "OPENAI_API_KEY": "sk-none", "NO_COLOR": "1"}
    arguments = ["-m", "advisor", *command, "--model", "openai:gpt-4.1-mini", "--base-url", f"{service.url}/v1"]
    child = pexpect.spawn(sys.executable, arguments, env=environment, dimensions=(200, 160), encoding="utf-8", timeout=120, cwd=str(home))
    try:
        if command[0] == "chat":
            child.expect_exact("> ")
            child.sendline(QUESTION)
            child.expect_exact("Is that right for us?")  # the terminal's own echo
        child.expect_exact("writes: your question")
        child.expect_exact(LEAD)
        assert service.finished == 0
        child.expect_exact("What I still need")
        assert service.finished == 1
        if command[0] == "chat":
            child.sendline("/quit")
        rest = child.expect([pexpect.EOF]) or child.before
        assert LEAD not in rest, "what was shown is not shown again"
    finally:
        child.close(force=True)
