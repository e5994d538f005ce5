"""`advisor chat` driven in a real terminal, as a person does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pexpect = pytest.importorskip("pexpect", reason="pexpect drives a real terminal; it is part of the dev extra")
pytestmark = [
    pytest.mark.skipif(not Path("/proc").exists(), reason="what the program has loaded is read from /proc"),
    pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning"),  # the child starts another program at once
]
READY = "\x1b[?2004h"  # the line editor is waiting
TAKEN = "\x1b[?2004l"  # it has handed the line on
TIERS = "We're at 8M EUR ARR, mid-touch. Should we launch tiers?"


class Terminal:
    """A chat in a terminal of its own."""

    def __init__(self, home: Path, *arguments: str) -> None:
        environment = {**os.environ, "ADVISOR_HOME": str(home), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
        command = ["-m", "advisor", "chat", *arguments]
        self.child: Any = pexpect.spawn(sys.executable, command, env=environment, dimensions=(50, 160), encoding="utf-8", timeout=90, cwd=str(home))

    def ready(self) -> None:
        self.child.expect_exact(READY)

    def say(self, keys: str, *expected: str) -> None:
        """Type, press Enter, and wait for words and for the next prompt."""
        self.child.send(f"{keys}\r")
        for words in expected:
            self.child.expect_exact(words)
        self.ready()

    def loading(self) -> None:
        """Wait until the first answer loads the model, which takes longer than anything else."""
        while "onnxruntime" not in Path(f"/proc/{self.child.pid}/maps").read_text(encoding="utf-8"):
            pass

    def complete(self, keys: str, rest: str) -> None:
        """Type, press Tab, and wait for the rest of the word."""
        self.child.send(f"{keys}\t")
        self.child.expect_exact(rest)

    def ended(self) -> int:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus)


@pytest.fixture
def terminals(home: Path) -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.child.close(force=True)


def test_three_turns_a_stopped_answer_a_return_and_an_export(home: Path, terminals: list[Terminal]) -> None:
    first = Terminal(home, "--session", "acme")
    terminals.append(first)
    first.child.expect_exact("Session acme. Ask away")
    first.ready()
    first.child.send(f"{TIERS}\r")
    first.child.expect_exact(TAKEN)
    first.loading()
    first.child.sendintr()
    first.child.expect_exact("Stopped.")
    first.ready()
    first.say(TIERS, "Not yet", "What I still need")
    first.say("nobody", "nobody in charge of partners")
    first.say("And what\x1b\rabout co-selling?", "co-selling")
    first.child.sendintr()
    first.child.expect_exact("Ctrl-D or /quit leaves.")
    first.ready()
    first.child.sendeof()
    first.child.expect_exact("Go on with: advisor chat --session acme")
    assert first.ended() == 0

    second = Terminal(home, "--session", "acme")
    terminals.append(second)
    second.child.expect_exact("Session acme goes on after turn")
    second.ready()
    second.complete("/dec", "ide")
    second.complete("tiered_pro", "gramme")
    second.say('"board"', "Noted: a tiered programme")
    second.say("\x1b[A\x1b[A", "co-selling")
    second.say("/export talk.md", "Written: talk.md")
    second.child.send("/quit\r")
    assert second.ended() == 0
    assert "> And what\n> about co-selling?" in home.joinpath("talk.md").read_text(encoding="utf-8")


def test_a_killed_chat_goes_on_with_every_answer_it_showed(home: Path, terminals: list[Terminal]) -> None:
    first = Terminal(home, "--session", "acme")
    terminals.append(first)
    first.ready()
    first.say(TIERS, "Not yet")
    first.child.kill(9)
    second = Terminal(home, "--session", "acme")
    terminals.append(second)
    second.child.expect_exact("Session acme goes on after turn 1.")
    second.ready()
    second.say("/facts", "8M EUR ARR")


def test_plain_mode_draws_nothing_on_a_terminal(home: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(home, "--session", "acme", "--plain")
    terminals.append(terminal)
    terminal.child.expect_exact("> ")
    terminal.child.send(f"{TIERS}\n")
    terminal.child.expect_exact("What I still need")
    assert "\x1b" not in terminal.child.before
    terminal.child.sendeof()
    assert terminal.ended() == 0
