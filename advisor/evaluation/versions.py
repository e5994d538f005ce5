"""What a result depends on: the code, the knowledge, and the case, each as a short hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from advisor import datafiles
from advisor.evaluation.cases import Case

LENGTH = 16


@cache
def code_version() -> str:
    """A hash of every module and every prompt of the program."""
    return _of_files((*Path(__file__).resolve().parents[1].rglob("*.py"), *datafiles.root().joinpath("prompts").glob("*.md")))


@cache
def knowledge_version() -> str:
    """A hash of every file of the knowledge: texts, rules, phrases, vectors, learned weights."""
    return _of_files(path for path in datafiles.root().joinpath("knowledge").rglob("*") if path.is_file())


def digest(case: Case) -> str:
    """A hash of what a case asks and expects; its notes and tags do not count."""
    table = case.as_json()
    told = {key: table[key] for key in ("kind", "inputs", "expected")} | {"group": case.metadata.group}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:LENGTH]


def key(case: Case, subject: str, repeat: int) -> str:
    """The name under which a result is kept."""
    return hashlib.sha256("\n".join((case.suite, case.name, digest(case), subject, str(repeat))).encode()).hexdigest()[:LENGTH]


def _of_files(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]
