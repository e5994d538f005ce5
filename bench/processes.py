"""Starts processes for measuring: wall time in milliseconds and peak memory in megabytes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """One process: how long it took and how much memory it held at most."""

    milliseconds: float
    megabytes: float


@contextmanager
def fresh_home() -> Iterator[Path]:
    """A data folder as after installation."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "home"


def run(command: Sequence[str], home: Path) -> Ran:
    """Runs a command in its own process and reads the clock and the kernel's account of it."""
    environment = {**os.environ, "ADVISOR_HOME": str(home), "PYTHONDONTWRITEBYTECODE": ""}
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = (time.perf_counter() - start) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)[:200]} ended with {process.returncode}")
    return Ran(took, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2))


def in_turns(one: Sequence[str], other: Sequence[str], home: Path, rounds: int = 15) -> tuple[float, float]:
    """The least milliseconds of two commands that run in turns, after one unmeasured round."""
    first, second = turns((one, other), home, rounds + 1, unmeasured=1)
    return first, second


def turns(commands: Sequence[Sequence[str]], home: Path, rounds: int, unmeasured: int = 0) -> list[float]:
    """The least milliseconds of each command of several that run in turns: other work on the machine only adds."""
    times = [[run(command, home).milliseconds for command in commands] for _ in range(rounds)][unmeasured:]
    return [min(took) for took in zip(*times, strict=True)]


def first_list(command: Sequence[str], home: Path) -> float:
    """Milliseconds from the start of an MCP server to its first list of tools."""
    opening = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
    messages = (
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": opening},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
    )
    environment = {**os.environ, "ADVISOR_HOME": str(home), "PYTHONDONTWRITEBYTECODE": ""}
    start = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(f"{json.dumps(message)}\n" for message in messages))
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(2)]
        took = (time.perf_counter() - start) * 1000
        process.stdin.close()
    if not answers[-1].get("result", {}).get("tools"):
        raise SystemExit(f"{' '.join(command)[:200]} listed no tools: {answers[-1]}")
    return took


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def advisor(*arguments: str) -> list[str]:
    """The installed command, as users start it."""
    beside = Path(sys.executable).with_name("advisor")
    return [str(beside) if beside.is_file() else shutil.which("advisor") or "advisor", *arguments]
