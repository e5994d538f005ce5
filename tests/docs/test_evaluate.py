"""The how-to on evaluation: its suite, its output and its recipes work as printed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from advisor.evaluation.cases import AnswersExpected, AnswersInputs

TEXT = (Path(__file__).parents[2] / "docs" / "how-to" / "evaluate.md").read_text(encoding="utf-8")
SECONDS = re.compile(r"\| [\w.]+ \|\n\n")


def block(language: str, number: int = 0) -> str:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)[number]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.joinpath("acme.yaml").write_text(block("yaml"), encoding="utf-8")
    return tmp_path


def test_the_suite_gives_what_is_printed(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "advisor", "eval", "run", "acme.yaml"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert SECONDS.sub("\n\n", done.stdout) == SECONDS.sub("\n\n", block("text"))


def test_the_recipe_for_pytest_fails_the_one_case_with_its_reason(folder: Path) -> None:
    folder.joinpath("test_acme.py").write_text(block("python"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_acme.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    assert "1 failed, 4 passed" in done.stdout
    assert "figures 0: not shown: 5–10 from partners-5-15m" in done.stdout


def test_the_workflow_is_yaml_and_gates() -> None:
    steps = yaml.safe_load(block("yaml", 1))["jobs"]["evaluate"]["steps"]
    assert any("--gate" in step.get("run", "") for step in steps)


@pytest.mark.parametrize("model", [AnswersInputs, AnswersExpected])
def test_every_key_is_explained(model: type[AnswersInputs] | type[AnswersExpected]) -> None:
    assert [key for key in model.model_fields if not re.search(rf"^\| (?:`\w+`, )?`{key}`", TEXT, re.MULTILINE)] == []
