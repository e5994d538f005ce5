"""A subject shared by the run, suites written on the spot, and models by script behind the names that a run asks for."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from advisor.evaluation.subjects import Subject
from advisor.testing import ScriptedModel

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


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Each test keeps calls of its own; the index is shared with the others."""
    shared, own = Path(os.environ["ADVISOR_HOME"]), tmp_path / "home"
    own.mkdir()
    for part in shared.glob("*"):
        if part.name not in {"evals"}:
            own.joinpath(part.name).symlink_to(part)
    return own


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Callable[[ScriptedModel], None]:
    """Puts scripted models behind the names that a run asks for."""
    models: dict[str, ScriptedModel] = {}

    def put(model: ScriptedModel) -> None:
        models[model.name] = model

    monkeypatch.setattr("advisor.wiring._model_of", lambda name, settings: models[name])
    return put
