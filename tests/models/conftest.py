"""The server that stands for model services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def service(load_tool: Callable[[Path], ModuleType]) -> Iterator[Any]:
    yield from load_tool(Path(__file__).with_name("service.py")).serving()
