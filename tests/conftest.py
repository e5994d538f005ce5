"""What holds in every test: no network beyond this machine, no settings of the person who runs it, a data folder of its own."""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Loader = Callable[[Path], ModuleType]
LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(scope="session")
def load_tool() -> Loader:
    """Loads a tool that stands beside tests as a script, by its path."""

    def load(path: Path) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"tool_{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Iterator[None]:
    """A connection or name look-up beyond this machine is an error at the line that tries it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        resolve = socket.getaddrinfo

        def look_up(host: Any, *rest: Any, **options: Any) -> Any:
            _refuse_beyond(host)
            return resolve(host, *rest, **options)

        patch.setattr(socket, "getaddrinfo", look_up)
        yield


@pytest.fixture(scope="session", autouse=True)
def apart_from_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """HOME and ADVISOR_HOME are folders of this run; no ADVISOR_ variable of the outside counts. One index serves the run."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("ADVISOR_", "XDG_"))] + ["NO_COLOR", "FORCE_COLOR"]:
            patch.delenv(name, raising=False)
        patch.setenv("HOME", str(home))
        patch.setenv("USERPROFILE", str(home))
        patch.setenv("ADVISOR_HOME", str(home / "data"))
        yield home


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_beyond(address[0])
        return connect(self, address)

    return guarded


def _refuse_beyond(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if not name.startswith(LOOPBACK):
        pytest.fail(f"a test tried to reach {name}: only this machine may be reached")
