"""Makes a case out of a turn that a user called wrong, and puts it at the end of a suite."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from advisor.adapters.drafts import FOLDER
from advisor.errors import InputError
from advisor.evaluation import suites
from advisor.settings import read_user_text


class Draft(NamedTuple):
    """A draft case: its name, the messages, what was said to be wrong, and what the answer was."""

    name: str
    messages: tuple[str, ...]
    note: str
    answered: Mapping[str, Any]
    path: Path


def drafts(home: Path) -> list[Draft]:
    """The drafts that `/wrong` wrote, oldest first."""
    paths = sorted((home / FOLDER).glob("*.yaml"), key=lambda path: path.stat().st_mtime)
    return [_draft(path) for path in paths]


def draft(home: Path, name: str) -> Draft:
    """A draft by its name or file. Raises InputError when there is none."""
    found = {each.name: each for each in drafts(home)}
    if name in found:
        return found[name]
    if Path(name).is_file():
        return _draft(Path(name))
    hint = f"There are: {', '.join(found)}." if found else "Call an answer wrong in a chat first: /wrong \"reason\"."
    raise InputError(f"There is no draft case {name!r}.", hint=hint)


def add(one: Draft, path: Path) -> str:
    """Append the draft to a suite, which is begun where there is none; the name of the new case. Raises InputError or DataError when it cannot be.

    What the answer was is noted in comments above each empty expectation: nothing is expected until somebody says what would have been right.
    """
    import yaml

    there = read_user_text(path) if path.exists() else f"name: {re.sub(r'[^a-z0-9]+', '_', path.stem.lower()).strip('_') or 'mine'}\ncases:\n"
    names = {case.name for case in suites.load(path).cases} if path.exists() else set()
    name = _free(one.name, names)
    inputs = {"question": one.messages[0]} if len(one.messages) == 1 else {"turns": list(one.messages)}
    case = {"name": name, "inputs": inputs, "expected_output": {}, "metadata": {"note": one.note or "called wrong in a conversation", "tags": ["from-a-session"]}}
    block = yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=140)
    text = there.rstrip("\n") + "\n\n" + "".join(f"  {line}\n" for line in _commented(block, one).splitlines())
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.", hint="Name a file that you may write.") from None
    suites.load(path)
    return name


def _commented(block: str, one: Draft) -> str:
    """The case with what was answered beside the place where the expectation goes."""
    said = one.answered
    lines = [
        "# The answer was: stage {}; advised {}; advised against {}.".format(said.get("stage") or "unknown", _some(said.get("advised")), _some(said.get("against"))),
        "# Say below what would have been right, for example must_not_advise: [tiered_programme].",
    ]
    return block.replace("  expected_output: {}", "".join(f"  {line}\n" for line in lines) + "  expected_output: {}")


def _some(moves: Any) -> str:
    return ", ".join(moves) if moves else "nothing"


def _draft(path: Path) -> Draft:
    text = "\n".join(line for line in read_user_text(path).splitlines() if not line.startswith("#"))
    try:
        case = json.loads(text)["cases"][0]
        messages = (*(str(words) for words in case["inputs"].get("earlier", ()) if words), str(case["inputs"]["question"]))
        trace = case.get("metadata", {}).get("trace", {})
        answer = trace.get("answer", {})
        said = {"stage": trace.get("assessment", {}).get("stage", {}).get("id"), "advised": answer.get("recommended_moves"), "against": answer.get("advised_against")}
        return Draft(_kebab(str(case["name"])), messages, str(case.get("note", "")), said, path)
    except (ValueError, LookupError, TypeError, AttributeError):
        raise InputError(f"{path} is no draft case.", hint="Give a file that /wrong wrote.") from None


def _kebab(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "draft"


def _free(name: str, taken: set[str]) -> str:
    n = 2
    free = name
    while free in taken:
        free, n = f"{name}-{n}", n + 1
    return free
