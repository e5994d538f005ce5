"""Runs the `$ advisor ...` examples of README.md and docs/ and writes their real output below them; a test holds both equal.

An example is a block marked `console`; its first line is the command.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
FILES = ("README.md", "docs/tutorial.md", "docs/how-to/conversations.md")
EXAMPLE = re.compile(r"(?P<head>^```console\n\$ (?P<command>advisor [^\n]+)\n)(?P<output>.*?)(?P<foot>^```$)", re.MULTILINE | re.DOTALL)


def rewritten(text: str, home: str) -> str:
    """The text with the real output below each command."""
    return EXAMPLE.sub(lambda match: f"{match['head']}{_output(match['command'], home)}{match['foot']}", text)


def _output(command: str, home: str) -> str:
    """What the command prints to a pipe, in an empty folder. A pipe into `head` is part of some examples."""
    folder = Path(home, "elsewhere")
    folder.mkdir(exist_ok=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ADVISOR_")}
    line = f'advisor() {{ "{sys.executable}" -m advisor "$@"; }}; {command}'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        env={**environment, "HOME": home, "ADVISOR_HOME": os.environ.get("ADVISOR_HOME", f"{home}/data")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command}\n{done.stderr}")
    return done.stdout


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        for name in FILES:
            path = CHECKOUT / name
            path.write_text(rewritten(path.read_text(encoding="utf-8"), home), encoding="utf-8")
            sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
