"""The official SDK, both of its majors, behind one face: nothing else imports it.

Pages speak the protocol's own JSON. What differs between the majors stands here: how handlers are registered, how a call reports progress, and how
an error of the protocol is raised.
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from advisor.errors import MissingExtra
from advisor.integrations.mcp.lane import Report

try:
    import anyio
    from mcp import types
    from mcp.server.lowlevel import Server
    from mcp.server.stdio import stdio_server
except ModuleNotFoundError as error:
    if error.name is not None and not error.name.startswith("mcp"):
        raise
    raise MissingExtra("The MCP server", "mcp") from None

Wire = dict[str, Any]
MODERN = int(version("mcp").split(".")[0]) >= 2
INVALID_PARAMS, RESOURCE_NOT_FOUND = -32602, -32002
_FRESH_MS = 3_600_000  # lists change with the installation alone
_METHODS = {
    "tools/list": "ListTools",
    "tools/call": "CallTool",
    "resources/list": "ListResources",
    "resources/templates/list": "ListResourceTemplates",
    "resources/read": "ReadResource",
    "prompts/list": "ListPrompts",
    "prompts/get": "GetPrompt",
}


@dataclass(frozen=True)
class Call:
    """One request as pages see it: how to report progress, and the headers it came with, none on stdio."""

    progress: Report
    headers: Mapping[str, str]


Page = Callable[[Call, Wire], Awaitable[Wire]]


class ProtocolError(Exception):
    """A request that the protocol answers with an error instead of a result."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def build(name: str, title: str, release: str, instructions: str, pages: Mapping[str, Page]) -> Any:
    """The SDK's server that answers each method of `pages`."""
    return _modern(name, title, release, instructions, pages) if MODERN else _classic(name, release, instructions, pages)


def _modern(name: str, title: str, release: str, instructions: str, pages: Mapping[str, Page]) -> Any:
    from mcp.server.caching import CacheHint

    def handler(page: Page, result: Any) -> Callable[..., Awaitable[Any]]:
        async def handle(context: Any, params: Any) -> Any:
            headers = context.request.headers if context.request is not None else {}
            return result.model_validate(await _answered(page, Call(context.session.report_progress, headers), _wire(params)))

        return handle

    kinds: Any = types
    handlers: dict[str, Any] = {f"on_{_snake(stem)}": handler(pages[method], getattr(kinds, f"{stem}Result")) for method, stem in _METHODS.items()}
    fresh: Any = {method: CacheHint(ttl_ms=_FRESH_MS, scope="public") for method in pages if method.endswith("/list")}
    return Server(name, title=title, version=release, instructions=instructions, cache_hints=fresh, **handlers)


def _classic(name: str, release: str, instructions: str, pages: Mapping[str, Page]) -> Any:
    server: Any = Server(name, version=release, instructions=instructions)
    kinds: Any = types

    def handler(page: Page, result: Any) -> Callable[..., Awaitable[Any]]:
        async def handle(request: Any) -> Any:
            context = server.request_context
            headers = context.request.headers if context.request is not None else {}
            answer = await _answered(page, Call(_reporter(context), headers), _wire(request.params))
            return kinds.ServerResult(result.model_validate(answer))

        return handle

    for method, stem in _METHODS.items():
        server.request_handlers[getattr(kinds, f"{stem}Request")] = handler(pages[method], getattr(kinds, f"{stem}Result"))
    return server


def _reporter(context: Any) -> Report:
    token = context.meta.progressToken if context.meta else None

    async def report(done: float, total: float | None, message: str) -> None:
        if token is not None:
            await context.session.send_progress_notification(token, done, total, message, related_request_id=str(context.request_id))

    return report


async def _answered(page: Page, call: Call, params: Wire) -> Wire:
    try:
        return await page(call, params)
    except ProtocolError as refused:
        raise _protocol_error(refused) from None


def _protocol_error(refused: ProtocolError) -> Exception:
    from mcp.shared import exceptions

    kinds: Any = exceptions
    if MODERN:
        error: Exception = kinds.MCPError(code=refused.code, message=refused.message)
    else:
        error = kinds.McpError(types.ErrorData(code=refused.code, message=refused.message))
    return error


def _wire(params: Any) -> Wire:
    found: Wire = {} if params is None else params.model_dump(by_alias=True, mode="json", exclude_none=True)
    return found


def _snake(stem: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in stem).strip("_")


def run_stdio(server: Any) -> None:
    """Serve standard input and output until the input ends."""
    anyio.run(_serve_stdio, server)


async def _serve_stdio(server: Any) -> None:
    async with _own_stdout() as stdout, stdio_server(stdout=stdout) as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


@asynccontextmanager
async def _own_stdout() -> AsyncIterator[Any]:
    """Standard output for the protocol alone: whatever else is printed, by C libraries and children too, goes to standard error.

    It stays so to the end of the process: what a library holds back is written when the interpreter leaves.
    """
    sys.stdout.flush()
    private = os.dup(1)
    os.dup2(2, 1)
    wire = os.fdopen(private, "w", encoding="utf-8", newline="\n", closefd=False)
    sys.stdout = sys.stderr
    yield anyio.wrap_file(wire)


def session_manager(server: Any, *, stateless: bool, hosts: list[str], origins: list[str], most_bytes: int, most_sessions: int, idle_seconds: float) -> Any:
    """The SDK's streamable HTTP, which checks the host and origin of each request; an ASGI application as `handle_request`, alive within `run()`."""
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from mcp.server.transport_security import TransportSecuritySettings

    security = TransportSecuritySettings(enable_dns_rebinding_protection=True, allowed_hosts=hosts, allowed_origins=origins)
    return StreamableHTTPSessionManager(
        app=server, stateless=stateless, security_settings=security, max_request_body_size=most_bytes,
        max_sessions=most_sessions, session_idle_timeout=idle_seconds,
    )  # fmt: skip


def as_user(owner: str) -> Any:
    """The owner of a token as the SDK knows users: a session answers to the one alone who opened it."""
    from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
    from mcp.server.auth.provider import AccessToken

    return AuthenticatedUser(AccessToken(token=owner, client_id=owner, scopes=[]))
