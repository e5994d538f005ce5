"""Folders and files inside ADVISOR_HOME: private, locked for writing, on a drive that SQLite can trust."""

from __future__ import annotations

import errno
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from advisor.errors import HomeError

LOCK_SECONDS = 600.0  # a first build without shipped vectors on a slow machine takes a few minutes
ELSEWHERE = "Set ADVISOR_HOME to a folder that you may write to."
SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud drive", "mobile documents", "nextcloud", "box sync")
REMEDIES = {
    errno.ENOSPC: "Free some space, or set ADVISOR_HOME to a folder on another disk.",
    errno.EDQUOT: "Free some space, or set ADVISOR_HOME to a folder on another disk.",
}


def make_private(home: Path) -> None:
    """Makes the data folder, for its owner alone; one that is there stays as it is."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeError(f"The data folder {home} cannot be made: {error.strerror}.", hint=ELSEWHERE) from None


@contextmanager
def usable(folder: Path, what: str = "The index at") -> Iterator[None]:
    """Turns failures of the file system into HomeError with the folder and the remedy."""
    try:
        yield
    except OSError as error:
        short = error.errno is None and "requested and" in str(error)  # numpy's words for a file that could not be written in full
        remedy = REMEDIES.get(errno.ENOSPC if short else error.errno or 0, ELSEWHERE)
        reason = "the disk is full, or files may not grow so large" if short else error.strerror or error
        raise HomeError(f"{what} {folder} cannot be used: {reason}.", hint=remedy) from error
    except sqlite3.Error as error:
        remedy = REMEDIES[errno.ENOSPC] if "full" in str(error) else ELSEWHERE
        raise HomeError(f"{what} {folder} cannot be used: {error}.", hint=remedy) from error


@contextmanager
def locked(folder: Path, seconds: float | None = None) -> Iterator[None]:
    """Makes the folder, private to the user, and holds its lock. Raises HomeError when another process keeps it too long."""
    with usable(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", timeout=LOCK_SECONDS if seconds is None else seconds)
        try:
            lock.acquire()
        except Timeout as error:
            raise HomeError(
                f"The index at {folder} is locked by another process.", hint="Wait until that has ended, then try again."
            ) from error
    try:
        yield
    finally:
        lock.release()


def refuse_synchronised(folder: Path, what: str) -> None:
    """Raises HomeError on a folder that another program synchronises."""
    for part in folder.resolve().parts:
        if part.casefold().startswith(SYNCHRONISED):
            raise HomeError(f"{what} cannot lie in {folder}: {part} copies files while they are written.", hint=ELSEWHERE)


def refuse_shared_drive(folder: Path, what: str = "The index") -> None:
    """Raises HomeError on a folder that another program synchronises, or on a drive where SQLite's log does not work."""
    refuse_synchronised(folder, what)
    probe = folder / f"probe-{secrets.token_hex(4)}.sqlite3"
    with usable(folder, f"{what} at"):
        try:
            if not _log_works(probe):
                raise HomeError(f"{what} cannot lie in {folder}: its drive does not support SQLite's log.", hint=ELSEWHERE)
        finally:
            for path in folder.glob(f"{probe.name}*"):
                path.unlink(missing_ok=True)


def _log_works(probe: Path) -> bool:
    """Writes in write-ahead mode and reads it back over a second connection."""
    with closing(sqlite3.connect(probe)) as writer, closing(sqlite3.connect(probe)) as reader:
        if writer.execute("PRAGMA journal_mode=wal").fetchone() != ("wal",):
            return False
        writer.execute("CREATE TABLE probe(n)")
        writer.execute("INSERT INTO probe VALUES (1)")
        writer.commit()
        return bool(reader.execute("SELECT n FROM probe").fetchone() == (1,))
