"""Conversations in one SQLite file, one row a turn; implements `ports.SessionStore`."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from advisor.adapters.database import WAIT_SECONDS, Database
from advisor.domain import SessionInfo, Turn
from advisor.errors import HomeError

FILE = "sessions.sqlite3"
MIGRATIONS = (
    """CREATE TABLE sessions(name TEXT PRIMARY KEY, began TEXT NOT NULL);
    CREATE TABLE turns(session TEXT NOT NULL, n INTEGER NOT NULL, at TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY(session, n))""",
)
_LIST = "SELECT name, began, count(n), coalesce(max(at), began) FROM sessions LEFT JOIN turns ON session = name GROUP BY name ORDER BY name"


class SqliteSessions:
    """The conversations of one ADVISOR_HOME. Nothing is made before something is kept."""

    def __init__(self, folder: Path, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self._database = Database(folder / FILE, MIGRATIONS, what="The file of sessions", wait_seconds=wait_seconds)

    def sessions(self) -> tuple[SessionInfo, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(_LIST).fetchall() if connection else []
        return tuple(SessionInfo(name=name, began=_day(began), turns=count, last=_day(last)) for name, began, count, last in rows)

    def turns(self, session: str) -> tuple[Turn, ...]:
        with self._database.reading() as connection:
            rows = connection.execute("SELECT n, json FROM turns WHERE session = ? ORDER BY n", (session,)).fetchall() if connection else []
        return tuple(self._turn(session, n, text) for n, text in rows)

    def append(self, session: str, turn: Turn) -> Turn:
        text, at = turn.model_dump_json(by_alias=True, exclude={"n"}), turn.at.isoformat()
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO sessions(name, began) VALUES (?, ?)", (session, at))
            (n,) = connection.execute("SELECT coalesce(max(n), 0) + 1 FROM turns WHERE session = ?", (session,)).fetchone()
            connection.execute("INSERT INTO turns(session, n, at, json) VALUES (?, ?, ?, ?)", (session, n, at, text))
        return turn.model_copy(update={"n": n})

    def delete_session(self, session: str) -> bool:
        with self._database.reading() as connection:
            if connection is None or not _there(connection, session):
                return False
        with self._database.writing() as connection:
            connection.execute("DELETE FROM turns WHERE session = ?", (session,))
            connection.execute("DELETE FROM sessions WHERE name = ?", (session,))
        self._database.scrub()
        return True

    def _turn(self, session: str, n: int, text: str) -> Turn:
        try:
            return Turn.model_validate_json(text).model_copy(update={"n": n})
        except ValidationError as error:
            where = f"Turn {n} of session {session!r} in {self._database.path}"
            raise HomeError(f"{where} cannot be read: {error.error_count()} values do not fit.", hint="Put a copy of the file back, or delete the session.") from None


def _there(connection: sqlite3.Connection, session: str) -> bool:
    return connection.execute("SELECT 1 FROM sessions WHERE name = ?", (session,)).fetchone() is not None


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text)
