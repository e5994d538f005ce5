"""The server over HTTP: who is let in, what is refused, and that nobody sees another's conversation."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import anyio
import pytest

from advisor.errors import InputError
from advisor.integrations.capabilities import CAPABILITIES
from advisor.integrations.mcp import sdk
from advisor.integrations.mcp.http import Options, Pace, checked, tokens
from advisor.integrations.mcp.server import owner_of

ONE, OTHER = "the-token-of-one-client", "the-token-of-another-client"
QUESTION = "We are at €8M ARR, sales-assisted, nobody owns partners. Should we build a tiered programme?"


class Said(NamedTuple):
    """An answer over HTTP; `result` is the protocol's answer in it."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def result(self) -> Any:
        line = next((line for line in self.text.splitlines() if line.startswith("data: {")), self.text)
        return json.loads(line.removeprefix("data: "))


class Server(NamedTuple):
    """A server that runs, and ways to speak to it."""

    port: int
    process: subprocess.Popen[str]

    def send(self, message: Any = None, *, method: str = "POST", path: str = "/mcp", token: str | None = ONE, body: bytes | None = None, **headers: str) -> Said:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        fields = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
        if token is not None:
            fields["Authorization"] = f"Bearer {token}"
        try:
            connection.request(method, path, body if body is not None else json.dumps(message).encode(), fields)
            answer = connection.getresponse()
            return Said(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode())
        finally:
            connection.close()

    def call(self, name: str, arguments: Mapping[str, Any], token: str | None = ONE, **headers: str) -> Any:
        message = {"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
        return self.send(message, token=token, **headers).result["result"]


LISTING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}


@contextmanager
def serving(folder: Path, *options: str, with_tokens: bool = True) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    file = folder / "tokens"
    file.write_text(f"# one a line\n{ONE}\n{OTHER}\n", encoding="utf-8")
    command = [sys.executable, "-P", "-m", "advisor", "mcp", "--http", "--port", str(port), *options]
    process = subprocess.Popen([*command, *(["--token-file", str(file)] if with_tokens else [])], cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    server = Server(port, process)
    try:
        for _ in range(300):
            try:
                if server.send(method="GET", path="/health", token=None).status == 200:
                    break
            except OSError:
                time.sleep(0.1)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two workers, which keep nothing of the protocol between requests."""
    with serving(tmp_path_factory.mktemp("http"), "--workers", "2", "--per-minute", "100000") as running:
        yield running


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One worker with sessions of the protocol, few requests a minute."""
    with serving(tmp_path_factory.mktemp("alone"), "--per-minute", "60") as running:
        yield running


def test_health_says_no_more_than_that_it_lives(server: Server) -> None:
    said = server.send(method="GET", path="/health", token=None)
    assert (said.status, json.loads(said.text)) == (200, {"status": "ok"})
    assert "server" not in said.headers


@pytest.mark.parametrize("token", [None, "", "wrong-token-of-nobody", ONE[:-1], f"{ONE}x", f"{ONE}\t{OTHER}"])
def test_without_a_token_of_the_server_nobody_is_answered(token: str | None, server: Server) -> None:
    said = server.send(LISTING, token=token)
    assert said.status == 401
    assert said.headers["www-authenticate"] == "Bearer"
    assert "advisor_assess" not in said.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Origin": "https://evil.example"}, 403), ({"Origin": "null"}, 403), ({"Host": "evil.example"}, 421), ({"Host": "127.0.0.1.evil.example:80"}, 421), ({"Origin": "http://localhost:3000"}, 200)],
)
def test_a_page_of_elsewhere_is_not_answered(headers: dict[str, str], status: int, server: Server) -> None:
    assert server.send(LISTING, **headers).status == status


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/mcp", 405), ("PUT", "/mcp", 405), ("POST", "/", 404), ("GET", "/../etc/passwd", 404), ("POST", "/mcp/../../x", 404)])
def test_what_is_not_served_is_said(method: str, path: str, status: int, server: Server) -> None:
    assert server.send(LISTING, method=method, path=path).status == status


def test_a_body_that_is_too_large_is_refused_before_it_is_read(server: Server) -> None:
    assert server.send(body=b"x" * 1_000_001).status == 413
    chunks = iter([b"x" * 100_000] * 11)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("POST", "/mcp", chunks, {"Authorization": f"Bearer {ONE}", "Content-Type": "application/json"}, encode_chunked=True)
        assert connection.getresponse().status == 413
    except ConnectionError:
        pass  # it hung up instead of reading on
    finally:
        connection.close()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"jsonrpc": "1.0"}', b"\xff\xfe", b"[" * 5_000])
def test_a_body_that_is_no_request_is_refused_cleanly(body: bytes, server: Server) -> None:
    said = server.send(body=body)
    assert 400 <= said.status < 500
    assert "Traceback" not in said.text
    assert "site-packages" not in said.text


def test_a_client_that_sends_slowly_is_hung_up_on(server: Server) -> None:
    """Others are answered meanwhile."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as slow:
        slow.sendall(f"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {ONE}\r\nContent-Length: 100\r\n\r\n{{".encode())
        assert server.send(LISTING).status == 200
        assert b"408" in slow.recv(1_000)


def test_each_call_of_many_at_once_gets_its_own_answer(server: Server) -> None:
    """Two hundred calls of two clients by two workers."""

    def ask(number: int) -> str:
        result = server.call("advisor_assess", {"facts": {"arr": f"{number}M EUR"}, "detail": "brief"}, (ONE, OTHER)[number % 2])
        return str(result["content"][0]["text"])

    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(ask, range(1, 201)))
    assert [number for number, text in enumerate(answers, 1) if f"€{number}M" not in text and "waiting already" not in text] == []


def test_conversations_of_one_client_are_not_found_by_another(server: Server) -> None:
    name = server.call("advisor_ask", {"question": QUESTION, "session": "new"})["structuredContent"]["session"]
    for guess in (name, f"{owner_of({'authorization': f'Bearer {ONE}'})}.{name}", "acme", "../sessions", "%2e%2e"):
        refused = server.call("advisor_ask", {"question": "And what did I ask before?", "session": guess}, OTHER)
        assert refused["isError"] is True
        assert "no conversation" in refused["content"][0]["text"]
        read = {"jsonrpc": "2.0", "id": 3, "method": "resources/read", "params": {"uri": f"advisor://sessions/{guess}"}}
        assert "error" in server.send(read, token=OTHER).result
    again = server.call("advisor_ask", {"question": "And a first hire?", "session": name})
    assert again["structuredContent"]["session"] == name


def test_requests_beyond_the_pace_are_put_off(alone: Server) -> None:
    statuses = [alone.send(LISTING, token=OTHER).status for _ in range(80)]
    assert statuses[0] != 429
    assert 429 in statuses
    assert alone.send(LISTING, token=ONE).status != 429


def test_a_session_of_the_protocol_answers_only_the_one_who_opened_it(tmp_path: Path) -> None:
    opening = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    with serving(tmp_path) as alone:
        said = alone.send({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": opening})
        session = said.headers["mcp-session-id"]
        assert alone.send({"jsonrpc": "2.0", "method": "notifications/initialized"}, Mcp_Session_Id=session).status == 202
        assert alone.send(LISTING, Mcp_Session_Id=session).status == 200
        assert alone.send(LISTING, token=OTHER, Mcp_Session_Id=session).status == 404
        assert alone.send(LISTING, Mcp_Session_Id="0" * 32).status == 404


def test_on_this_machine_alone_no_token_is_needed_and_conversations_stay_apart(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "2", with_tokens=False) as running:
        assert len(running.send(LISTING, token=None).result["result"]["tools"]) == len(CAPABILITIES)
        name = running.call("advisor_ask", {"question": QUESTION, "session": "new"}, None)["structuredContent"]["session"]
        assert len(name) > 16
        assert running.call("advisor_ask", {"question": "And?", "session": "acme"}, None)["isError"] is True


@pytest.mark.skipif(not sdk.MODERN, reason="written for the client of the second major")
def test_the_official_client_is_served(server: Server) -> None:
    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    async def main() -> None:
        async with (
            httpx2.AsyncClient(headers={"Authorization": f"Bearer {ONE}"}, timeout=60) as http_client,
            Client(streamable_http_client(f"http://127.0.0.1:{server.port}/mcp", http_client=http_client)) as client,
        ):
            assert [tool.name for tool in (await client.list_tools()).tools] == [capability.tool for capability in CAPABILITIES]
            result = await client.call_tool("advisor_ask", {"question": QUESTION})
            assert "tiered_programme" in result.structured_content["advised_against"]
            assert (await client.read_resource("advisor://sources")).contents

    anyio.run(main)


def test_a_server_that_is_stopped_ends_by_itself(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        running.process.send_signal(signal.SIGTERM)
        out, errors = running.process.communicate(timeout=30)
    assert running.process.returncode in {0, -signal.SIGTERM}
    assert out == ""
    assert "Traceback" not in errors


def test_a_bucket_fills_again_over_a_minute() -> None:
    pace = Pace(2)
    assert [pace.allows("one", 0.0) for _ in range(3)] == [True, True, False]
    assert pace.allows("other", 0.0)
    assert not pace.allows("one", 20.0)
    assert pace.allows("one", 40.0)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "[::1]", "localhost", "127.8.8.8"])
def test_this_machine_needs_no_token(address: str) -> None:
    assert checked(Options(bind=address), {}) == ()


@pytest.mark.parametrize("address", ["192.0.2.7", "::", "example.com", "127.0.0.1.example.com"])
def test_other_addresses_need_one(address: str) -> None:
    with pytest.raises(InputError, match="no token is set"):
        checked(Options(bind=address, hosts=("a.example",)), {})
    assert checked(Options(bind=address, hosts=("a.example",)), {"ADVISOR_MCP_TOKEN": ONE}) == (ONE,)


def test_tokens_come_from_the_environment_and_the_file(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text(f"\ufeff{OTHER}\n\n", encoding="utf-8")
    assert tokens(Options(token_file=str(file)), {"ADVISOR_MCP_TOKEN": ONE}) == (ONE, OTHER)


def test_memory_stays_flat_over_many_calls(server: Server) -> None:
    if not Path("/proc/self/statm").is_file():
        pytest.skip("the kernel does not tell")

    def held() -> int:
        family = [server.process.pid, *_children(server.process.pid)]
        return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") for pid in family)

    def round_of_calls() -> int:
        for number in range(100):
            server.call("advisor_assess", {"facts": {"arr": f"{number + 1}M EUR"}})
        return held()

    first, last = round_of_calls(), [round_of_calls() for _ in range(2)][-1]
    assert last < first * 1.1


def _children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
