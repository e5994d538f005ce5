"""A search touches no network and writes nowhere but into the data folder: watched by Python's audit hook and by strace."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SEARCH = """
import os, sys
from pathlib import Path

home = sys.argv[1]
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        print("NETWORK", event, arguments[-1], file=sys.stderr)
    if event == "open" and isinstance(arguments[0], str) and arguments[2] & WRITES and not Path(arguments[0]).resolve().is_relative_to(home):
        print("WRITE", arguments[0], file=sys.stderr)
    if event == "import" and arguments[0] == "onnxruntime" and os.environ.get("ORT_DISABLE_TELEMETRY") != "1":
        print("TELEMETRY", file=sys.stderr)

sys.addaudithook(watch)
sys.dont_write_bytecode = True

from advisor.adapters.index import open_index
from advisor.domain import Entry

entry = Entry(id="tiers", kind="passage", heading="Tiers", text="Gold and silver levels.", source_doc="000", locator="x", questions=("Which levels?",))
for _ in range(2):
    index = open_index(Path(home), [entry])
    print(index.search("gold levels", 1)[0].id, index.holds("salary in munich"), "onnxruntime" in sys.modules)
"""
CALLS = "connect,sendto,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,symlink,symlinkat,link,linkat"
CONNECTS = re.compile(r"(?:connect|sendto)\(.*sa_family=AF_INET6?.*?\"([^\"]+)\"")
WRITES = re.compile(r"(?:open|openat)\((?:AT_FDCWD, )?\"([^\"]+)\", [^)]*O_(?:WRONLY|RDWR|CREAT)|(?:creat|mkdir|rename|unlink|symlink|link)\w*\((?:[A-Z_]+, )?\"([^\"]+)\"")
HARMLESS = ("/dev/", "/proc/self/")


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    made = {name: tmp_path / name for name in ("home", "data", "work", "temporary")}
    for path in made.values():
        path.mkdir()
    return made


def search(places: dict[str, Path], *watcher: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "SYSTEMROOT", "PYTHONPATH")}
    environment = {**kept, "HOME": str(places["home"]), "TMPDIR": str(places["temporary"])}
    command = [*watcher, sys.executable, "-c", SEARCH, str(places["data"])]
    return subprocess.run(command, env=environment, cwd=places["work"], capture_output=True, text=True, timeout=120, check=False)


def test_a_search_reaches_no_network_and_writes_only_below_its_home(places: dict[str, Path]) -> None:
    done = search(places)
    assert (done.stdout, done.stderr, done.returncode) == ("tiers False True\n" * 2, "", 0)
    assert [list(places[name].rglob("*")) for name in ("home", "work", "temporary")] == [[], [], []]


def test_the_machine_saw_no_connection_and_no_write_elsewhere(places: dict[str, Path], tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        assert sys.platform != "linux" or "CI" not in os.environ, "CI installs strace: see .ci/apt.txt"
        return
    log = tmp_path / "log"
    done = search(places, strace, "-f", "-qq", "-s", "300", "-e", f"trace={CALLS}", "-o", str(log))
    assert done.returncode == 0, done.stderr
    lines = [line for line in log.read_text().splitlines() if not re.search(r"= -1 E\w+", line)]
    connected = [found[1] for line in lines if (found := CONNECTS.search(line))]
    written = {found[1] or found[2] for line in lines if (found := WRITES.search(line))}
    assert [address for address in connected if not address.startswith(("127.", "::1"))] == []
    assert sorted(path for path in written if path.startswith("/") and not path.startswith((str(places["data"]), *HARMLESS))) == []
    assert any(path.startswith(str(places["data"])) for path in written)
