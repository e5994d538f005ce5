"""A run in several processes that is interrupted or killed leaves soon, leaves nobody behind, and goes on where it stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.evaluation import runner, suites

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
CASES = "name: many\ncases:\n" + "".join(f'  - name: case-{n}\n    inputs: {{question: "We are at {n}M EUR ARR with {n} partners. Where do we start, and do we need tiers?"}}\n' for n in range(2, 92))
SCRIPT = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs the tests in the background has it ignored
from advisor.evaluation.cache import Cache
put = Cache.put
def told(self, key, result):
    put(self, key, result)
    print(f"kept {result.case}\\n", end="", flush=True)  # in one write: several processes share the pipe
Cache.put = told
if __name__ == "__main__":
    from advisor.cli.main import main
    main()
"""


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
    """Every process of the run writes what it keeps to one pipe: the pipe ends when the last of them has left."""
    path, script = tmp_path / "many.yaml", tmp_path / "run.py"
    path.write_text(CASES, encoding="utf-8")
    script.write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, str(script), "eval", "run", str(path), "--workers", "2"]
    with subprocess.Popen(command, env={**os.environ, "ADVISOR_HOME": str(home)}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(4)]
        process.send_signal(sent)
        told += process.stdout.readlines()
    assert process.returncode == (130 if sent is signal.SIGINT else -signal.SIGKILL)
    kept = len(list(home.glob("evals/results/*/*.json")))
    assert 4 <= sum(line.startswith("kept ") for line in told) <= kept < 90
    run = runner.run([suites.load(path)], runner.Options(home))
    assert run.cached == kept
    assert len(run.results) == 90
