"""Results by content below ADVISOR_HOME/evals: one small file each, whole or not there, so that a killed run goes on where it stopped."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pydantic import ValidationError

from advisor.errors import HomeError
from advisor.evaluation.results import Result
from advisor.evaluation.versions import code_version, knowledge_version

KEPT = 3  # versions of code and knowledge whose results stay: the present one and two to go back to


class Cache:
    """Results of the present code and knowledge."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "evals" / "results" / f"{code_version()}-{knowledge_version()}"

    def open(self) -> None:
        """Make the folder, and drop those of the oldest versions. Raises HomeError when it cannot be made."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.utime(self.folder)
            old = sorted((path for path in self.folder.parent.iterdir() if path.is_dir()), key=lambda path: -path.stat().st_mtime)[KEPT:]
        except OSError as error:
            raise HomeError(f"The folder of evaluation results {self.folder} cannot be made: {error.strerror}.", hint="Set ADVISOR_HOME to a folder that you may write to.") from None
        for path in old:
            shutil.rmtree(path, ignore_errors=True)

    def get(self, key: str) -> Result | None:
        """The result under a key; None where there is none, or where what lies there is damaged."""
        try:
            return Result.model_validate_json(self._path(key).read_bytes())
        except (OSError, ValidationError):
            return None

    def put(self, key: str, result: Result) -> None:
        """Keep a result. A full disk loses nothing but the reuse."""
        part = self._path(key).with_suffix(f".{os.getpid()}")
        try:
            part.write_bytes(result.model_dump_json().encode())
            part.replace(self._path(key))
        except OSError:
            part.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"
