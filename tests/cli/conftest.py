"""Running commands as users do."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from advisor import Advisor
from advisor.cli.main import run
from advisor.settings import Settings
from advisor.wiring import build_advisor


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Done]


@pytest.fixture
def advisor(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs `advisor ARGUMENTS` in an empty folder; `stdin` are the bytes on standard input."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run(arguments)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return command


@pytest.fixture
def service(load_tool: Callable[[Path], ModuleType]) -> Iterator[Any]:
    """A server on this machine that stands for model services."""
    yield from load_tool(Path(__file__).parents[1] / "models" / "service.py").serving()


SHARED = ("library", "book", "_model", "_finder", "_kinds", "_retriever")


@pytest.fixture(scope="session")
def loaded() -> dict[str, Any]:
    """The parts of an advisor that take time to load and hold nothing of a client."""
    advisor = Advisor()
    return {name: getattr(advisor, name) for name in SHARED}


@pytest.fixture
def home(loaded: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, with the index of the run; what takes time to load is loaded once."""
    index = Path(os.environ["ADVISOR_HOME"])
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    index.joinpath("index").mkdir(parents=True, exist_ok=True)
    home.joinpath("index").symlink_to(index / "index")
    monkeypatch.setenv("ADVISOR_HOME", str(home))

    def build(settings: Settings, **options: Any) -> Advisor:
        advisor = build_advisor(settings, **options)
        vars(advisor).update(loaded)
        return advisor

    monkeypatch.setattr("advisor.cli.start.build_advisor", build)
    return home
