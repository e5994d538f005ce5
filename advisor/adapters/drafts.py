"""Turns that a user called wrong, each a suite of one draft case in ADVISOR_HOME; they go when their conversation is deleted."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

from advisor.adapters.home import usable

FOLDER = "draft-cases"
TAG = "from-a-session"
HEAD = "# A draft case: `advisor eval add NAME --to FILE` puts it into a suite of yours, where you say what the answer should have been. JSON is YAML.\n"
ANSWERED = "# The answer was: "


def write_draft(home: Path, session: str, turn: int, messages: Sequence[str], *, note: str = "", answered: str = "") -> Path:
    """Write the messages up to a turn as a suite of one case that expects nothing yet, for its owner alone; one of the same turn is replaced.

    `note` says what was wrong, `answered` what the answer was, in one line. Raises HomeError when it cannot be written.
    """
    folder = home / FOLDER
    path = folder / f"{_slug(session)}-{turn}-{_mark(session)}.yaml"
    inputs = {"question": messages[0]} if len(messages) == 1 else {"turns": list(messages)}
    metadata = {"note": note or "called wrong in a conversation", "tags": [TAG]}
    suite = {"name": "draft", "cases": [{"name": f"{_slug(session)}-{turn}", "inputs": inputs, "expected_output": {}, "metadata": metadata}]}
    with usable(folder, "The folder of draft cases"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{HEAD}{ANSWERED}{answered}\n{json.dumps(suite, indent=2, ensure_ascii=False)}\n")
        part.replace(path)
    return path


def remove_drafts(home: Path, session: str) -> None:
    """Remove the cases of a conversation."""
    folder = home / FOLDER
    with usable(folder, "The folder of draft cases"):
        for path in folder.glob(f"*-{_mark(session)}.*"):
            path.unlink(missing_ok=True)


def _slug(session: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", session.lower()).strip("-")[:40] or "session"


def _mark(session: str) -> str:
    """Tells sessions apart whose names look alike in a file's name."""
    return hashlib.blake2b(session.encode(), digest_size=5).hexdigest()
