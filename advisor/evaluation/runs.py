"""Runs that were kept below ADVISOR_HOME/evals/runs, numbered; the last ones stay."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from advisor.errors import HomeError, InputError
from advisor.evaluation.results import Run
from advisor.settings import read_user_text

KEPT = 20


def folder(home: Path) -> Path:
    return home / "evals" / "runs"


def numbers(home: Path) -> list[int]:
    """The numbers of the runs that are kept, oldest first."""
    return sorted(int(path.stem) for path in folder(home).glob("*.json") if path.stem.isdigit())


def keep(home: Path, run: Run) -> int:
    """Keep a run; its number. Raises HomeError when it cannot be written."""
    there = numbers(home)
    number = (there or [0])[-1] + 1
    path = folder(home) / f"{number}.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.with_suffix(".part").write_text(run.model_dump_json(), encoding="utf-8")
        path.with_suffix(".part").replace(path)
        for old in there[: max(0, len(there) + 1 - KEPT)]:
            path.with_name(f"{old}.json").unlink(missing_ok=True)
    except OSError as error:
        raise HomeError(f"The run cannot be kept in {path.parent}: {error.strerror}.", hint="Set ADVISOR_HOME to a folder that you may write to.") from None
    return number


def get(home: Path, name: str) -> Run:
    """A run by its number, `last`, `last-1`, or the file that --json or a JSON report wrote. Raises InputError when there is none."""
    there = numbers(home)
    path = Path(name)
    if name.isdecimal() and int(name) in there:
        path = folder(home) / f"{name}.json"
    elif name == "last" or (name.startswith("last-") and name[5:].isdecimal()):
        back = int(name[5:] or 0) if name != "last" else 0
        if back >= len(there):
            raise InputError(f"There is no run {name!r}: {len(there)} are kept.", hint="Run a suite first: advisor eval run first_answers")
        path = folder(home) / f"{there[-1 - back]}.json"
    elif not path.is_file():
        kept = f"{there[0]} to {there[-1]}" if there else "none yet"
        raise InputError(f"There is no run {name!r}.", hint=f"Give a number ({kept}), last, last-1, or a file written with --json.")
    try:
        return Run.model_validate_json(read_user_text(path))
    except ValidationError:
        raise InputError(f"{path} is no run of a suite.", hint="Give a file that `advisor eval run --json` wrote.") from None
