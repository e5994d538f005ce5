"""A run in several processes that is interrupted or killed leaves soon, leaves nobody behind, and goes on where it stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from advisor.evaluation import runner, suites

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
CASES = "name: many\ncases:\n" + "".join(f'  - name: case-{n}\n    inputs: {{question: "We are at {n}M EUR ARR with {n} partners. Where do we start, and do we need tiers?"}}\n' for n in range(2, 92))
PATIENCE = 120


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == pid and words[0] != "Z":
            found.append(int(path.parent.name))
    return found


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(holds: object) -> bool:
    assert callable(holds)
    began = time.monotonic()
    while not holds() and time.monotonic() - began < PATIENCE:
        time.sleep(0.1)
    return bool(holds())


@contextmanager
def half_way(path: Path, home: Path) -> Iterator[subprocess.Popen[str]]:
    """A run of two processes that has found something."""
    command = [sys.executable, "-m", "advisor", "eval", "run", str(path), "--workers", "2"]
    environment = {**os.environ, "ADVISOR_HOME": str(home)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert wait_until(lambda: len(list(home.glob("evals/results/*/*.json"))) >= 4 or process.poll() is not None)
        yield process


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder without results, with the index of the run."""
    index, home = Path(os.environ["ADVISOR_HOME"]) / "index", tmp_path / "home"
    home.mkdir()
    index.mkdir(parents=True, exist_ok=True)
    home.joinpath("index").symlink_to(index)
    return home


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_run_leaves_nobody_behind_and_goes_on(sent: signal.Signals, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text(CASES, encoding="utf-8")
    with half_way(path, home) as process:
        started = children(process.pid)
        process.send_signal(sent)
        process.wait(PATIENCE)
    assert process.returncode == (130 if sent is signal.SIGINT else -signal.SIGKILL)
    assert started
    assert wait_until(lambda: not any(map(runs, started)))
    kept = len(list(home.glob("evals/results/*/*.json")))
    run = runner.run([suites.load(path)], runner.Options(home))
    assert run.cached == kept >= 4
    assert len(run.results) == 90
