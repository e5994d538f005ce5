"""One SQLite file inside ADVISOR_HOME: private to the user, write-ahead log, migrated step by step, never overwritten.

A transaction takes the write lock at once, so two processes wait for each other instead of failing half way. What was deleted
is overwritten, and `scrub` leaves nothing of it in the log either.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from advisor.adapters import home
from advisor.errors import HomeError

APPLICATION = 0x50414456  # "PADV": the file is ours
WAIT_SECONDS = 10.0
Migrations = Sequence[str]


class Database:
    """The file and its layout. `migrations[n]` leads from layout n to n + 1; a file of a newer layout is refused as it is.

    Every method raises HomeError with the file and the remedy.
    """

    def __init__(self, path: Path, migrations: Migrations, *, what: str, wait_seconds: float = WAIT_SECONDS) -> None:
        self.path, self._migrations, self._what, self._wait = path, migrations, what, wait_seconds

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection whose statements see one state; none while there is no file yet."""
        with self._translated():
            if not self.path.exists():
                yield None
                return
            with closing(self._open()) as connection:
                connection.execute("BEGIN")
                yield connection
                connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that holds the write lock; everything is kept at the end, or nothing when the block raises."""
        with self._translated():
            home.refuse_synchronised(self.path.parent, self._what)
            if not self.path.exists():
                self._make()
            with closing(self._open()) as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.rollback()
                    raise
                connection.execute("COMMIT")

    def scrub(self) -> None:
        """Leaves no byte of deleted rows in the file or its log. Raises HomeError while another process keeps it from that."""
        with self._translated(), closing(self._open()) as connection:
            try:
                connection.execute("VACUUM")
                busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError:
                busy = 1
        if busy:
            hint = "They go with the next deletion after that process has ended."
            raise HomeError(f"It is deleted, but traces stay in {self.path} while another process uses it.", hint=hint)

    def _make(self) -> None:
        """The file, private, on a drive that keeps what it is told."""
        folder = self.path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.refuse_shared_drive(folder, self._what)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=self._wait, isolation_level=None)
        try:
            layout = self._layout(connection)
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("PRAGMA synchronous=FULL")
            if layout < len(self._migrations):
                self._migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _layout(self, connection: sqlite3.Connection) -> int:
        """The layout of the file. Raises HomeError when it is another program's, or newer than this one knows."""
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if owner != APPLICATION and (tables or layout):
            raise HomeError(f"{self.path} was written by another program.", hint="Move it away, or set ADVISOR_HOME to another folder.")
        if layout > len(self._migrations):
            known = f"it has layout {layout}, this version knows {len(self._migrations)}"
            raise HomeError(f"{self.path} was written by a newer partner-advisor: {known}.", hint="Install that version again, or set ADVISOR_HOME to another folder.")
        return int(layout)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        """Brings the file to the newest layout, in one transaction; another process may have done it meanwhile."""
        self._log_ahead(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            for number in range(self._layout(connection), len(self._migrations)):
                for statement in self._migrations[number].split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version={number + 1}")
            connection.execute(f"PRAGMA application_id={APPLICATION}")
        except BaseException:
            connection.rollback()
            raise
        connection.execute("COMMIT")

    def _log_ahead(self, connection: sqlite3.Connection) -> None:
        """Switches to the write-ahead log; SQLite does not wait for others here, so we do."""
        end = time.monotonic() + self._wait
        while True:
            try:
                connection.execute("PRAGMA journal_mode=wal")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > end:
                    raise
                time.sleep(0.02)
            else:
                return

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            reason, hint = _told(error)
            raise HomeError(f"{self._what} at {self.path} cannot be used: {reason}.", hint=hint) from error


def _told(error: OSError | sqlite3.Error) -> tuple[str, str]:
    """What is wrong, and the next step."""
    words = str(error)
    if isinstance(error, OSError):
        return str(error.strerror or error), home.REMEDIES.get(error.errno or 0, home.ELSEWHERE)
    if "locked" in words or "busy" in words:
        return "another process holds it", "Try again when that has ended; nothing was written."
    if "full" in words:
        return "the disk is full", f"Nothing was written. {home.REMEDIES[errno.ENOSPC]}"
    if "disk I/O" in words:
        return "the disk cannot be written, or is full", f"Nothing was written. {home.REMEDIES[errno.ENOSPC]}"
    if "malformed" in words or "not a database" in words:
        return "it is damaged", "Nothing was changed. Put a copy of the file back, or move it away to begin anew."
    return words, home.ELSEWHERE
