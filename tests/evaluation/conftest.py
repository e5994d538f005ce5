"""A subject shared by the run, and suites written on the spot."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from advisor.evaluation.subjects import Subject

Written = Callable[..., Path]


@cache
def shared(without: str = "") -> Subject:
    return Subject(Path(os.environ["ADVISOR_HOME"]), without)


@pytest.fixture
def subject() -> Subject:
    return shared()


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a suite of these lines below `cases:`."""

    def write(cases: str, *, name: str = "mine", top: str = "") -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(f"{top}name: {name}\ncases:\n{cases}", encoding="utf-8")
        return path

    return write
