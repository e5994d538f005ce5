"""The server over streamable HTTP: who may ask, how much and how fast, before the SDK sees a byte."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from advisor.errors import InputError
from advisor.integrations.mcp import sdk
from advisor.integrations.mcp.lane import Lane, note
from advisor.integrations.mcp.server import build, shared

TOKEN, OPTIONS = "ADVISOR_MCP_TOKEN", "ADVISOR_MCP_OPTIONS"
PATH, HEALTH = "/mcp", "/health"
LEAST_TOKEN = 16
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_NO_JSON = {"jsonrpc": "2.0", "id": None, "error": {"code": -32700, "message": "The body is not JSON."}}
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True)
class Options:
    """How the server is reached and what it bears. `hosts` and `origins` are those beyond this machine."""

    bind: str = "127.0.0.1"
    port: int = 8765
    workers: int = 1
    token_file: str | None = None
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    per_minute: int = 600
    most_bytes: int = 1_000_000
    body_seconds: float = 10
    call_seconds: float = 120
    most_calls: int = 256
    most_sessions: int = 1_000
    idle_seconds: float = 1_800

    @property
    def on_loopback(self) -> bool:
        try:
            return self.bind == "localhost" or ip_address(self.bind.strip("[]")).is_loopback
        except ValueError:
            return False


def checked(options: Options, environment: Mapping[str, str]) -> tuple[str, ...]:
    """The tokens that may ask. Raises InputError when the server would stand open beyond this machine, or could not be reached."""
    found = tokens(options, environment)
    if not options.on_loopback and not found:
        raise InputError(f"{options.bind} can be reached from other machines, and no token is set.", hint=f"Put one into {TOKEN}, or one a line into a file for --token-file.")
    if not options.on_loopback and not options.hosts:
        raise InputError("Beyond this machine the server answers only under names it was given.", hint="Name the host that clients use: --allow-host advisor.example.com")
    return found


def tokens(options: Options, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Tokens from the environment and the file, one a line. Raises InputError for one that is too short."""
    lines = [environment.get(TOKEN, "")]
    if options.token_file is not None:
        from advisor.settings import read_user_text

        lines += read_user_text(Path(options.token_file)).splitlines()
    found = tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    if options.token_file is not None and not found:
        raise InputError(f"{options.token_file} holds no token.", hint="Write one a line.")
    if any(len(token) < LEAST_TOKEN or not token.isascii() for token in found):
        raise InputError(f"A token has fewer than {LEAST_TOKEN} characters, or other than plain ones.", hint="Make one: python -c 'import secrets; print(secrets.token_urlsafe(32))'")
    return found


def serve(options: Options, environment: Mapping[str, str]) -> None:
    """Serve until stopped; calls under way may end first."""
    import uvicorn

    found = checked(options, environment)
    os.environ[OPTIONS] = json.dumps(asdict(options))
    name = f"[{options.bind}]" if ":" in options.bind else options.bind
    note(f"advisor mcp: http://{name}:{options.port}{PATH}, {len(found)} tokens, {options.workers} workers. Stop it with Ctrl-C.")
    uvicorn.run(
        f"{__name__}:app", factory=True, host=options.bind, port=options.port, workers=options.workers, log_config=None, access_log=False,
        server_header=False, timeout_keep_alive=60, timeout_graceful_shutdown=10, limit_concurrency=4 * options.most_calls,
    )  # fmt: skip


def app() -> App:
    """The application of one worker, from the options that `serve` left in the environment."""
    table = json.loads(os.environ[OPTIONS])
    options = Options(**{**table, "hosts": tuple(table["hosts"]), "origins": tuple(table["origins"])})
    return application(options, tokens(options, os.environ))


def application(options: Options, allowed: tuple[str, ...], server: Any = None) -> App:
    """The guarded application. Several workers keep no session of the protocol between requests."""
    served = server or build(shared(), Lane(waiting=options.most_calls, seconds=options.call_seconds))
    names = [*_LOOPBACK, *options.hosts]
    manager = sdk.session_manager(
        served,
        stateless=options.workers > 1,
        hosts=[*names, *(f"{name}:*" for name in names)],
        origins=[*(f"{scheme}://{name}{port}" for name in _LOOPBACK for scheme in ("http", "https") for port in ("", ":*")), *options.origins],
        most_bytes=options.most_bytes,
        most_sessions=options.most_sessions,
        idle_seconds=options.idle_seconds,
    )
    return Guard(manager, options, allowed)


@dataclass
class Pace:
    """A bucket of requests for each caller: full at first, and filled again over a minute."""

    per_minute: int
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def allows(self, caller: str, now: float) -> bool:
        left, then = self._left.get(caller, (float(self.per_minute), now))
        left = min(float(self.per_minute), left + (now - then) * self.per_minute / 60)
        if len(self._left) > 10_000:
            self._left.clear()
        self._left[caller] = (left - 1 if left >= 1 else left, now)
        return left >= 1


class Guard:
    """Answers health, refuses who may not ask or asks too much, and hands the rest to the SDK with a body that has arrived whole."""

    def __init__(self, manager: Any, options: Options, allowed: tuple[str, ...]) -> None:
        self._manager, self._options = manager, options
        self._allowed = [hashlib.sha256(token.encode()).digest() for token in allowed]
        self._pace, self._inside = Pace(options.per_minute), 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with self._running():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[None]:
        async with self._manager.run():
            yield

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if scope["path"] == HEALTH and scope["method"] in {"GET", "HEAD"}:
            await _say(send, 200, {"status": "ok"})
        elif (refusal := self._refusal(scope, headers)) is not None:
            await _say(send, *refusal)
        else:
            self._inside += 1
            try:
                await self._hand_on(scope, headers, receive, send)
            finally:
                self._inside -= 1

    def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> tuple[int, dict[str, str], dict[str, str]] | None:
        if scope["path"].rstrip("/") != PATH:
            return 404, {"error": f"The server answers at {PATH}."}, {}
        if scope["method"] not in {"POST", "DELETE"}:
            return 405, {"error": "Send requests by POST: nothing is sent unasked."}, {"allow": "POST, DELETE"}
        caller = self._caller(scope, headers)
        if caller is None:
            return 401, {"error": "A bearer token of this server is needed: Authorization: Bearer TOKEN."}, {"www-authenticate": "Bearer"}
        if not self._pace.allows(caller, time.monotonic()):
            return 429, {"error": f"More than {self._options.per_minute} requests a minute. Wait a little."}, {"retry-after": "5"}
        if self._inside >= self._options.most_calls:
            return 503, {"error": "Too many calls are under way. Wait a little."}, {"retry-after": "2"}
        scope["user"] = sdk.as_user(caller)
        return None

    def _caller(self, scope: Scope, headers: Mapping[str, str]) -> str | None:
        """Who asks: the bearer of a token where one is needed, else the address; none without the right to."""
        if not self._allowed:
            return f"at {(scope.get('client') or ('?',))[0]}"
        scheme, _, token = headers.get("authorization", "").partition(" ")
        given = hashlib.sha256(token.strip().encode()).digest()
        known = [hmac.compare_digest(given, each) for each in self._allowed]
        return given.hex() if scheme.lower() == "bearer" and any(known) else None

    async def _hand_on(self, scope: Scope, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
        from anyio import move_on_after

        told, most = headers.get("content-length", ""), self._options.most_bytes
        body = None
        with move_on_after(self._options.body_seconds) as waiting:
            body = None if told.isdecimal() and int(told[:20]) > most else await _body(receive, most)
        if waiting.cancelled_caught:
            await _say(send, 408, {"error": "The request did not arrive in time."})
        elif body is None:
            await _say(send, 413, {"error": f"A request may have {most:,} bytes."})
        elif not _is_json(body):
            await _say(send, 400, _NO_JSON)
        else:
            await self._manager.handle_request(scope, _given_back(body, receive), send)


async def _body(receive: Receive, most: int) -> bytes | None:
    """The body once it is whole; none when it is larger than it may be."""
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        more = message["type"] == "http.request" and message.get("more_body", False)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            return None
    return b"".join(parts)


def _is_json(body: bytes) -> bool:
    """Whether a body can be read at all: one that nests without end is none."""
    try:
        json.loads(body or b"null")
    except (ValueError, RecursionError):
        return False
    return True


def _given_back(body: bytes, receive: Receive) -> Receive:
    """A `receive` that has the whole body first, then what comes later: that the caller has gone."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _say(send: Send, status: int, table: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
    body = json.dumps(table).encode()
    fields = {"content-type": "application/json", "content-length": str(len(body)), **(headers or {})}
    await send({"type": "http.response.start", "status": status, "headers": [(name.encode(), value.encode()) for name, value in fields.items()]})
    await send({"type": "http.response.body", "body": body})
