"""Puts a case that a user called wrong in a chat at the end of a suite. The chat has written it in the language of suites already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from advisor.adapters.drafts import ANSWERED, FOLDER
from advisor.errors import AdvisorError, InputError
from advisor.evaluation import suites
from advisor.settings import read_user_text


class Draft(NamedTuple):
    """A draft case as its file has it: its name, the case, and what the answer was."""

    name: str
    case: Mapping[str, Any]
    answered: str
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

    What the answer was is noted in comments above its empty expectation: nothing is expected until somebody says what would have been right.
    """
    import yaml

    there = read_user_text(path) if path.exists() else f"name: {re.sub(r'[^a-z0-9]+', '_', path.stem.lower()).strip('_') or 'mine'}\ncases:\n"
    names = {case.name for case in suites.load(path).cases} if path.exists() else set()
    case = {**one.case, "name": _free(one.name, names)}
    block = yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=140)
    text = there.rstrip("\n") + "\n\n" + "".join(f"  {line}\n" for line in _commented(block, one).splitlines())
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.", hint="Name a file that you may write.") from None
    suites.load(path)
    return str(case["name"])


def _commented(block: str, one: Draft) -> str:
    """The case with what was answered beside the place where the expectation goes."""
    lines = [f"{ANSWERED}{one.answered}", "# Say below what would have been right, for example must_not_advise: [tiered_programme]."]
    return block.replace("  expected_output: {}", "".join(f"  {line}\n" for line in lines) + "  expected_output: {}")


def _draft(path: Path) -> Draft:
    import yaml

    text = read_user_text(path)
    try:
        suites.load(path)
    except AdvisorError as error:
        raise InputError(f"{path} is no draft case: {error.message}", hint="Give a file that /wrong wrote.") from None
    case = yaml.safe_load(text)["cases"][0]
    answered = next((line.removeprefix(ANSWERED) for line in text.splitlines() if line.startswith(ANSWERED)), "not noted.")
    return Draft(case["name"], case, answered, path)


def _free(name: str, taken: set[str]) -> str:
    n = 2
    free = name
    while free in taken:
        free, n = f"{name}-{n}", n + 1
    return free
