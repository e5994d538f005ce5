"""Finding commands, and what errors look like."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from advisor.cli import main
from advisor.errors import ServiceError


def test_help_lists_every_command_with_its_summary(advisor: Any) -> None:
    done = advisor("--help")
    assert done.code == 0
    listed = [line.split()[0] for line in done.out.partition("Commands:\n")[2].splitlines() if line[2:3].strip()]
    assert listed == list(main.COMMANDS)


@pytest.mark.parametrize("name", main.COMMANDS)
def test_every_listed_command_has_help_of_its_own(advisor: Any, name: str) -> None:
    done = advisor(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: advisor {name}")


def test_a_mistyped_command_names_the_near_one(advisor: Any) -> None:
    assert advisor("asess") == (2, "", "Error: There is no command 'asess'. Did you mean 'assess'? See: advisor --help\n")


def test_a_wrong_option_says_where_to_look(advisor: Any) -> None:
    done = advisor("config", "--nonsense")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: No such option")
    assert done.err.endswith("See: advisor config --help\n")


def _failing(error: BaseException) -> click.Command:
    @click.command("config")
    @click.option("--debug", is_flag=True)
    def command(debug: bool) -> None:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (ServiceError("The service is down.", hint="Try later."), 3, "Error: The service is down. Try later.\n"),
        (KeyboardInterrupt(), 130, "\nStopped. Nothing was left half done.\n"),
    ],
)
def test_expected_ends_are_a_sentence_and_a_code(
    advisor: Any, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, message: str
) -> None:
    monkeypatch.setattr("advisor.cli.config.command", _failing(error))
    assert advisor("config") == (code, "", message)


def test_debug_shows_the_traceback(advisor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.cli.config.command", _failing(ServiceError("down")))
    with pytest.raises(ServiceError):
        advisor("config", "--debug")


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    """`advisor ... | head -1` ends quietly."""
    code = "import sys; from advisor.cli.main import run\nfor _ in range(3000): run(['--help'])"
    command = f'{sys.executable} -c "{code}" | head -1'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert (done.stdout.splitlines(), done.stderr) == (["Usage: advisor [OPTIONS] COMMAND [ARGS]..."], "")


def test_python_m_advisor_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "advisor", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == "advisor, version 0.1.0\n"
