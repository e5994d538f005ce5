"""A package of somebody else: installed into a folder of its own, or copied to be broken in one place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parent / "sample"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample package as pip installs it, without a network."""
    source, target = tmp_path_factory.mktemp("source") / "sample", tmp_path_factory.mktemp("installed")
    shutil.copytree(SAMPLE, source)
    source.joinpath("acme_partners/__init__.py").write_text('raise ImportError("a knowledge pack was imported")\n', encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--target", str(target), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(scope="session")
def run(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """`advisor` in a process that has the sample package on its path; `code` runs Python instead."""
    home = tmp_path_factory.mktemp("packs")

    def running(*arguments: str, path: Path = installed, code: str = "", **environment: str) -> Done:
        command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "advisor", *arguments]
        known = {**os.environ, "PYTHONPATH": str(path), "ADVISOR_HOME": str(home), **environment}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=known, cwd=home)
        return Done(done.returncode, done.stdout, done.stderr)

    return running


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The sample's folder, to change."""
    return Path(shutil.copytree(SAMPLE / "acme_partners", tmp_path / "acme_partners"))
