"""The file of sessions survives what happens to files: kills, two writers, old and new layouts, damage, full and foreign disks."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisor.adapters import sessions
from advisor.adapters.database import Database
from advisor.adapters.sessions import FILE, MIGRATIONS, SqliteSessions
from advisor.domain import Turn
from advisor.errors import HomeError

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from advisor.adapters.sessions import SqliteSessions
from advisor.domain import Turn

store = SqliteSessions(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    kept = store.append("acme", Turn(at=datetime.now(UTC), text=f"{sys.argv[2]}-{number} " + "x" * 20_000))
    print(kept.n, kept.text.split()[0], flush=True)
"""


def turn(text: str) -> Turn:
    return Turn(at=NOW, text=text)


def writer(home: Path, name: str, turns: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(home), name, str(turns)], stdout=subprocess.PIPE, text=True)


def test_a_process_killed_during_fifty_turns_loses_none_that_it_acknowledged(tmp_path: Path) -> None:
    """Killed again and again at whatever it is doing; each time the file opens and holds all that was said to be kept."""
    acknowledged: set[str] = set()
    for round_ in range(8):
        process = writer(tmp_path, f"round{round_}", 50)
        assert process.stdout is not None
        for _ in range(1 + 6 * round_):
            acknowledged.add(process.stdout.readline().split()[1])
        process.send_signal(signal.SIGKILL)
        acknowledged |= {line.split()[1] for line in process.stdout.read().splitlines() if len(line.split()) == 2}
        process.communicate()
        kept = SqliteSessions(tmp_path).turns("acme")
        assert acknowledged <= {each.text.split()[0] for each in kept}
        assert [each.n for each in kept] == list(range(1, len(kept) + 1))


def test_processes_that_write_one_session_at_once_lose_no_turn(tmp_path: Path) -> None:
    """The file itself is made by all of them at the same moment."""
    processes = [writer(tmp_path, name, 20) for name in ("one", "two", "three")]
    assert [process.wait() for process in processes if process.communicate()] == [0, 0, 0]
    kept = SqliteSessions(tmp_path).turns("acme")
    assert sorted(each.text.split()[0] for each in kept) == sorted(f"{name}-{n}" for name in ("one", "two", "three") for n in range(20))
    assert [each.n for each in kept] == list(range(1, 61))


def test_the_file_and_its_log_are_private_to_the_user(tmp_path: Path) -> None:
    home = tmp_path / "home"
    before = os.umask(0)
    try:
        SqliteSessions(home).append("acme", turn("Tiers?"))
        with closing(sqlite3.connect(home / FILE)) as held:
            held.execute("SELECT * FROM turns").fetchone()
            SqliteSessions(home).append("acme", turn("Tiers?"))
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    finally:
        os.umask(before)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert modes == {FILE: 0o600, f"{FILE}-wal": 0o600, f"{FILE}-shm": 0o600}


def test_looking_makes_no_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert (SqliteSessions(home).sessions(), home.exists()) == ((), False)


def test_a_file_of_every_older_layout_is_migrated_and_keeps_its_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for layout in range(1, len(MIGRATIONS) + 1):
        home = tmp_path / str(layout)
        Database(home / FILE, MIGRATIONS[:layout], what="The file")
        with Database(home / FILE, MIGRATIONS[:layout], what="The file").writing() as connection:
            connection.execute("INSERT INTO sessions(name, began) VALUES ('acme', ?)", (NOW.isoformat(),))
            connection.execute("INSERT INTO turns VALUES ('acme', 1, ?, ?)", (NOW.isoformat(), turn("Old.").model_dump_json(exclude={"n"})))
        newer = (*MIGRATIONS, "CREATE TABLE later(x)")
        for known in (MIGRATIONS, newer):
            monkeypatch.setattr(sessions, "MIGRATIONS", known)
            assert [each.text for each in SqliteSessions(home).turns("acme")] == ["Old."]
            monkeypatch.undo()


def test_a_file_of_a_newer_version_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    store = SqliteSessions(tmp_path)
    store.append("acme", turn("Tiers?"))
    with closing(sqlite3.connect(tmp_path / FILE)) as newer:
        newer.execute("PRAGMA user_version=99")
    before = tmp_path.joinpath(FILE).read_bytes()
    for use in (lambda: store.append("acme", turn("Again?")), lambda: store.turns("acme"), store.sessions, lambda: store.delete_session("acme")):
        with pytest.raises(HomeError, match="newer partner-advisor: it has layout 99"):
            use()
    assert tmp_path.joinpath(FILE).read_bytes() == before


def test_a_migration_that_fails_leaves_the_older_layout(tmp_path: Path) -> None:
    SqliteSessions(tmp_path).append("acme", turn("Tiers?"))
    broken = Database(tmp_path / FILE, (*MIGRATIONS, "CREATE TABLE more(x); NONSENSE"), what="The file")
    with pytest.raises(HomeError, match="syntax error"), broken.writing():
        pass
    assert [each.text for each in SqliteSessions(tmp_path).turns("acme")] == ["Tiers?"]


def test_a_database_of_another_program_is_not_touched(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        other.execute("CREATE TABLE recipes(x)")
    before = tmp_path.joinpath(FILE).read_bytes()
    with pytest.raises(HomeError, match="another program"):
        SqliteSessions(tmp_path).append("acme", turn("Tiers?"))
    assert tmp_path.joinpath(FILE).read_bytes() == before


@pytest.mark.parametrize("damage", [b"no database at all, but long enough to be one" * 40, b"\x00" * 4096])
def test_a_damaged_file_is_said_in_one_sentence_and_stays_as_it_is(tmp_path: Path, damage: bytes) -> None:
    SqliteSessions(tmp_path).append("acme", turn("Tiers?"))
    with tmp_path.joinpath(FILE).open("r+b") as file:
        file.write(damage)
    before = tmp_path.joinpath(FILE).read_bytes()
    with pytest.raises(HomeError, match=FILE) as told:
        SqliteSessions(tmp_path).append("acme", turn("Tiers?"))
    assert told.value.hint
    assert tmp_path.joinpath(FILE).read_bytes() == before


def test_a_turn_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    SqliteSessions(tmp_path).append("acme", turn("Tiers?"))
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute("UPDATE turns SET json = '{\"at\": 5, \"nonsense\": 1}'")
        database.commit()
    with pytest.raises(HomeError, match="Turn 1 of session 'acme'"):
        SqliteSessions(tmp_path).turns("acme")


def test_a_file_that_another_process_holds_is_said_after_a_while(tmp_path: Path) -> None:
    store = SqliteSessions(tmp_path, wait_seconds=0.1)
    store.append("acme", turn("Tiers?"))
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HomeError, match="another process holds it"):
            store.append("acme", turn("Again?"))
        assert len(store.turns("acme")) == 1


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    """The limit on the size of files stands for the disk."""
    code = (
        "import resource, signal, sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from advisor.adapters.sessions import SqliteSessions; from advisor.domain import Turn; from advisor.errors import HomeError\n"
        "store = SqliteSessions(Path(sys.argv[1])); store.append('acme', Turn(at=datetime.now(UTC), text='first'))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try: store.append('acme', Turn(at=datetime.now(UTC), text='x' * 1_000_000))\n"
        "except HomeError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "full" in done.stdout
    assert "Nothing was written" in done.stdout
    assert [each.text for each in SqliteSessions(tmp_path).turns("acme")] == ["first"]


def test_a_folder_that_another_program_synchronises_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="OneDrive - Contoso copies files"):
        SqliteSessions(tmp_path / "OneDrive - Contoso" / "advisor").append("acme", turn("Tiers?"))


def test_a_folder_that_was_moved_to_where_it_is_synchronised_is_read_and_no_longer_written(tmp_path: Path) -> None:
    SqliteSessions(tmp_path / "data").append("acme", turn("Tiers?"))
    moved = tmp_path.joinpath("data").rename(tmp_path / "Dropbox")
    with pytest.raises(HomeError, match="Dropbox copies files"):
        SqliteSessions(moved).append("acme", turn("Tiers?"))
    assert len(SqliteSessions(moved).turns("acme")) == 1


def test_a_drive_without_a_working_log_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.adapters.home._log_works", lambda probe: False)
    with pytest.raises(HomeError, match="does not support SQLite's log"):
        SqliteSessions(tmp_path).append("acme", turn("Tiers?"))
    assert list(tmp_path.iterdir()) == []


def test_a_deleted_conversation_leaves_no_byte_behind(tmp_path: Path) -> None:
    """Many turns of several sessions, rewritten in between; then every file of the folder is searched."""
    store = SqliteSessions(tmp_path)
    for number in range(30):
        store.append("acme", turn(f"Quokka{number} secret " + "abc " * (97 * (number % 7))))
        store.append("zeta", turn("Resellers? " + "def " * (31 * (number % 5))))
    store.delete_session("acme")
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Quokka" not in left
    assert b"acme" not in left
    assert len(store.turns("zeta")) == 30


def test_a_deletion_beside_a_reader_says_that_traces_stay_until_it_ends(tmp_path: Path) -> None:
    store = SqliteSessions(tmp_path, wait_seconds=0.1)
    store.append("acme", turn("Quokka"))
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM turns").fetchall()
        with pytest.raises(HomeError, match="It is deleted, but traces stay"):
            store.delete_session("acme")
    assert store.turns("acme") == ()
    assert b"Quokka" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
