"""A server on this machine that speaks as model services do, and misbehaves when told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from advisor.ports import Message
from advisor.testing import as_draft, claim_on, given_points

Reply = Callable[[dict[str, Any]], str]


class Fault(NamedTuple):
    """How the server misbehaves: a status with a body, a pause in seconds before each piece, or a cut after so many pieces."""

    status: int = 200
    body: str = ""
    pause: float = 0.0
    cut: int | None = None
    headers: Mapping[str, str] = {}


class Service:
    """What was asked, and what is answered: `reply` makes the text from the request, `faults` are used up one a request, the last for good."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.reply: Reply = lambda body: as_draft([claim_on(point) for point in given_points(messages(body))])
        self.faults: list[Fault] = []
        self.usage = {"prompt": 1200, "written": 300}
        self.url, self.finish = "", "stop"
        self.finished = 0  # answers given to their end

    def fails(self, **how: Any) -> None:
        """Misbehave like this, after what was named before."""
        self.faults.append(Fault(**how))

    def fault(self) -> Fault:
        if not self.faults:
            return Fault()
        return self.faults.pop(0) if len(self.faults) > 1 else self.faults[0]

    def requests(self) -> list[list[Message]]:
        """The messages of each request."""
        return [messages(body) for body in self.asked]

    @property
    def sent(self) -> str:
        """Everything that reached the server, as one text."""
        return "\n".join([*(json.dumps(body, ensure_ascii=False) for body in self.asked), *(json.dumps(each) for each in self.headers), *self.paths])


def messages(body: Mapping[str, Any]) -> list[Message]:
    """The messages of a request, of whichever service."""
    found = [Message("system", _plain(body["system"]))] if body.get("system") else []
    return found + [Message(each["role"], _plain(each["content"])) for each in body.get("messages", ())]


def _plain(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def pieces(text: str, size: int = 60) -> Sequence[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def serving() -> Iterator[Service]:
    """A server that answers as OpenAI (/v1/chat/completions), Anthropic (/v1/messages) and Ollama (/api/chat) do."""
    state = Service()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            state.asked.append(body)
            state.paths.append(self.path)
            state.headers.append(dict(self.headers))
            fault = state.fault()
            try:
                self._answer(body, fault)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _answer(self, body: dict[str, Any], fault: Fault) -> None:
            if fault.status != 200 or fault.body:
                time.sleep(fault.pause)
                self._head(fault.status, "application/json", {**fault.headers, "content-length": str(len(fault.body.encode()))})
                self.wfile.write(fault.body.encode())
                return
            kind = "application/x-ndjson" if self.path.endswith("/api/chat") else "text/event-stream"
            self._head(200, kind, {"transfer-encoding": "chunked"})
            lines = list(_lines(self.path, body, state))
            for number, line in enumerate(lines):
                if fault.cut is not None and number >= fault.cut:
                    self.wfile.flush()
                    self.connection.close()
                    return
                time.sleep(fault.pause)
                data = line.encode()
                self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
                self.wfile.flush()
            state.finished += 1
            self.wfile.write(b"0\r\n\r\n")

        def _head(self, status: int, kind: str, headers: Mapping[str, str]) -> None:
            self.protocol_version = "HTTP/1.1"
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("connection", "close")  # it does close, so nobody may keep the connection for later
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()


def _lines(path: str, body: dict[str, Any], state: Service) -> Iterator[str]:
    """The lines of a streamed answer, in the service's own form."""
    text = state.reply(body)
    if path.endswith("/chat/completions"):
        yield from _openai(text, body, state)
    elif path.endswith("/messages"):
        yield from _anthropic(text, body, state.usage)
    else:
        yield from _ollama(text, body, state.usage)


def _openai(text: str, body: dict[str, Any], state: Service) -> Iterator[str]:
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}
    tool = bool(body.get("tools"))
    for number, piece in enumerate(pieces(text)):
        call = {"index": 0, "function": {"arguments": piece}, **({"id": "call_1", "type": "function"} if not number else {})}
        if not number:
            call["function"]["name"] = "draft"
        first = {} if number else {"role": "assistant"}
        delta: dict[str, Any] = {"tool_calls": [call]} if tool else {"content": piece}
        yield f"data: {json.dumps({**head, 'choices': [{'index': 0, 'delta': {**first, **delta}, 'finish_reason': None}]})}\n\n"
    yield f"data: {json.dumps({**head, 'choices': [{'index': 0, 'delta': {}, 'finish_reason': state.finish}]})}\n\n"
    if body.get("stream_options", {}).get("include_usage"):
        usage = state.usage
        total = {"prompt_tokens": usage["prompt"], "completion_tokens": usage["written"], "total_tokens": sum(usage.values())}
        yield f"data: {json.dumps({**head, 'choices': [], 'usage': total})}\n\n"
    yield "data: [DONE]\n\n"


def _anthropic(text: str, body: dict[str, Any], usage: Mapping[str, int]) -> Iterator[str]:
    def event(kind: str, **more: Any) -> str:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **more})}\n\n"

    start = {"id": "msg_1", "type": "message", "role": "assistant", "model": body["model"], "content": [], "stop_reason": None, "stop_sequence": None}
    yield event("message_start", message={**start, "usage": {"input_tokens": usage["prompt"], "output_tokens": 1}})
    tool = bool(body.get("tools"))
    block = {"type": "tool_use", "id": "toolu_1", "name": "draft", "input": {}} if tool else {"type": "text", "text": ""}
    yield event("content_block_start", index=0, content_block=block)
    for piece in pieces(text):
        delta = {"type": "input_json_delta", "partial_json": piece} if tool else {"type": "text_delta", "text": piece}
        yield event("content_block_delta", index=0, delta=delta)
    yield event("content_block_stop", index=0)
    yield event("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None}, usage={"input_tokens": usage["prompt"], "output_tokens": usage["written"]})
    yield event("message_stop")


def _ollama(text: str, body: dict[str, Any], usage: Mapping[str, int]) -> Iterator[str]:
    head = {"model": body["model"], "created_at": "2026-11-26T00:00:00Z"}
    for piece in pieces(text):
        yield json.dumps({**head, "message": {"role": "assistant", "content": piece}, "done": False}) + "\n"
    done = {"done": True, "done_reason": "stop", "prompt_eval_count": usage["prompt"], "eval_count": usage["written"]}
    yield json.dumps({**head, "message": {"role": "assistant", "content": ""}, **done}) + "\n"
