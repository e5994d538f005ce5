"""Turns that a user called wrong, each a draft evaluation case in ADVISOR_HOME; they go when their conversation is deleted."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

from advisor.adapters.home import usable

FOLDER = "draft-cases"
HEAD = "# A draft case: `advisor eval add NAME --to FILE` puts it into a suite of yours, where you say what the answer should have been. JSON is YAML.\n"


def write_draft(home: Path, session: str, turn: int, case: dict[str, Any]) -> Path:
    """Write a case for its owner alone; one of the same turn is replaced. Raises HomeError when it cannot be written."""
    folder = home / FOLDER
    path = folder / f"{_slug(session)}-{turn}-{_mark(session)}.yaml"
    with usable(folder, "The folder of draft cases"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(HEAD + json.dumps({"cases": [case]}, indent=2, ensure_ascii=False) + "\n")
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
