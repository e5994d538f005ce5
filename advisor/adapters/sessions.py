"""Conversations and clients in one SQLite file: one row a turn, one row a version; implements `ports.SessionStore` and `ports.ClientStore`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from advisor.adapters.database import WAIT_SECONDS, Database
from advisor.domain import Client, FactChange, SessionInfo, StoredClient, Turn
from advisor.domain.changes import applied
from advisor.errors import HomeError

FILE = "sessions.sqlite3"
MIGRATIONS = (
    """CREATE TABLE sessions(name TEXT PRIMARY KEY, began TEXT NOT NULL);
    CREATE TABLE turns(session TEXT NOT NULL, n INTEGER NOT NULL, at TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY(session, n))""",
    """CREATE TABLE clients(name TEXT NOT NULL, version INTEGER NOT NULL, at TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY(name, version));
    ALTER TABLE sessions ADD COLUMN client TEXT""",
)
_LIST = "SELECT name, client, began, count(n), coalesce(max(at), began) FROM sessions LEFT JOIN turns ON session = name GROUP BY name ORDER BY name"
_NEWEST = "SELECT name, version, at, json FROM clients AS c WHERE version = (SELECT max(version) FROM clients WHERE name = c.name)"
_PUT = "INSERT INTO clients(name, version, at, json) VALUES (?, ?, ?, ?)"


class SqliteSessions:
    """The conversations and clients of one ADVISOR_HOME. Nothing is made before something is kept."""

    def __init__(self, folder: Path, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self._database = Database(folder / FILE, MIGRATIONS, what="The file of sessions", wait_seconds=wait_seconds)

    def sessions(self) -> tuple[SessionInfo, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(_LIST).fetchall() if connection else []
        return tuple(
            SessionInfo(name=name, client=client, turns=count, began=_time(began), last=_time(last)) for name, client, began, count, last in rows
        )

    def turns(self, session: str) -> tuple[Turn, ...]:
        with self._database.reading() as connection:
            rows = connection.execute("SELECT n, json FROM turns WHERE session = ? ORDER BY n", (session,)).fetchall() if connection else []
        return tuple(self._turn(session, n, text) for n, text in rows)

    def client_of(self, session: str) -> str | None:
        with self._database.reading() as connection:
            row = connection.execute("SELECT client FROM sessions WHERE name = ?", (session,)).fetchone() if connection else None
        return row[0] if row else None

    def append(self, session: str, turn: Turn, client: str | None = None) -> Turn:
        text, at = turn.model_dump_json(by_alias=True, exclude={"n"}), turn.at.isoformat()
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO sessions(name, began) VALUES (?, ?)", (session, at))
            (n,) = connection.execute("SELECT coalesce(max(n), 0) + 1 FROM turns WHERE session = ?", (session,)).fetchone()
            connection.execute("INSERT INTO turns(session, n, at, json) VALUES (?, ?, ?, ?)", (session, n, at, text))
            if client is not None:
                connection.execute("UPDATE sessions SET client = ? WHERE name = ?", (client, session))
                if self._revised(connection, client, turn.changes, at) is None:
                    raise HomeError(f"The client {client!r} was deleted meanwhile.", hint="The turn was not kept.")
        return turn.model_copy(update={"n": n})

    def delete_session(self, session: str) -> bool:
        with self._database.reading() as connection:
            if connection is None or not _there(connection, "sessions", session):
                return False
        with self._database.writing() as connection:
            _delete_sessions(connection, (session,))
        self._database.scrub()
        return True

    def clients(self) -> tuple[StoredClient, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(f"{_NEWEST} ORDER BY name").fetchall() if connection else []
        return tuple(self._stored(*row) for row in rows)

    def versions(self, name: str) -> tuple[StoredClient, ...]:
        with self._database.reading() as connection:
            rows = connection.execute("SELECT name, version, at, json FROM clients WHERE name = ? ORDER BY version", (name,)).fetchall() if connection else []
        return tuple(self._stored(*row) for row in rows)

    def new_client(self, name: str, client: Client, at: datetime) -> StoredClient | None:
        with self._database.writing() as connection:
            if _there(connection, "clients", name):
                return None
            connection.execute(_PUT, (name, 1, at.isoformat(), _text(client)))
        return StoredClient(name=name, version=1, at=at, client=client)

    def revise(self, name: str, made: Sequence[FactChange], at: datetime) -> StoredClient | None:
        with self._database.writing() as connection:
            return self._revised(connection, name, made, at.isoformat())

    def delete_client(self, name: str) -> tuple[str, ...] | None:
        with self._database.reading() as connection:
            if connection is None or not _there(connection, "clients", name):
                return None
        with self._database.writing() as connection:
            sessions = tuple(row[0] for row in connection.execute("SELECT name FROM sessions WHERE client = ? ORDER BY name", (name,)))
            _delete_sessions(connection, sessions)
            connection.execute("DELETE FROM clients WHERE name = ?", (name,))
        self._database.scrub()
        return sessions

    def _revised(self, connection: sqlite3.Connection, name: str, made: Sequence[FactChange], at: str) -> StoredClient | None:
        """The newest version with the changes, kept as the next one unless nothing changed."""
        row = connection.execute(f"{_NEWEST} AND name = ?", (name,)).fetchone()
        if row is None:
            return None
        newest = self._stored(*row)
        client = applied(newest.client, made)
        if client == newest.client:
            return newest
        connection.execute(_PUT, (name, newest.version + 1, at, _text(client)))
        return StoredClient(name=name, version=newest.version + 1, at=_time(at), client=client)

    def _stored(self, name: str, version: int, at: str, text: str) -> StoredClient:
        try:
            return StoredClient(name=name, version=version, at=_time(at), client=Client.model_validate_json(text))
        except ValidationError as error:
            raise self._unreadable(f"Version {version} of client {name!r}", error) from None

    def _turn(self, session: str, n: int, text: str) -> Turn:
        try:
            return Turn.model_validate_json(text).model_copy(update={"n": n})
        except ValidationError as error:
            raise self._unreadable(f"Turn {n} of session {session!r}", error) from None

    def _unreadable(self, what: str, error: ValidationError) -> HomeError:
        where = f"{what} in {self._database.path} cannot be read: {error.error_count()} values do not fit."
        return HomeError(where, hint="Put a copy of the file back, or delete it by name.")


def _there(connection: sqlite3.Connection, table: Literal["sessions", "clients"], name: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {table} WHERE name = ?", (name,)).fetchone() is not None  # noqa: S608  one of two words


def _delete_sessions(connection: sqlite3.Connection, names: Sequence[str]) -> None:
    for name in names:
        connection.execute("DELETE FROM turns WHERE session = ?", (name,))
        connection.execute("DELETE FROM sessions WHERE name = ?", (name,))


def _text(client: Client) -> str:
    return client.model_dump_json(by_alias=True)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
