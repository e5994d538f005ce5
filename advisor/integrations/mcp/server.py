"""The server itself: what each method of the protocol answers."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from advisor.errors import AdvisorError
from advisor.integrations import capabilities
from advisor.integrations.capabilities import CAPABILITIES, Capability
from advisor.integrations.desk import Desk
from advisor.integrations.mcp import prompts, sdk
from advisor.integrations.mcp.lane import CallProgress, Lane, note
from advisor.integrations.mcp.sdk import INVALID_PARAMS, RESOURCE_NOT_FOUND, Call, ProtocolError, Wire
from advisor.integrations.schemas import short_input, short_output

if TYPE_CHECKING:
    from advisor.wiring import Advisor

NAME, TITLE = "partner-advisor", "Partner strategy advisor"
_PAGE = 100
OpenDesk = Callable[[Call], Desk]


def tool(capability: Capability) -> Wire:
    """A capability as `tools/list` names it."""
    return {
        "name": capability.tool,
        "title": capability.title,
        "description": capability.description,
        "inputSchema": short_input(capability),
        "outputSchema": short_output(capability),
        "annotations": {
            "readOnlyHint": capability.read_only,
            "destructiveHint": False,
            "idempotentHint": capability.read_only,
            "openWorldHint": False,
        },
    }


def default_advisor() -> Advisor:
    """The advisor of the user's own settings, whose long work reports to the call it belongs to; what a model is sent is said to whoever runs the server."""
    from advisor.settings import load_settings
    from advisor.wiring import build_advisor

    advisor = build_advisor(load_settings(), progress=CallProgress())
    advisor.announced = note
    return advisor


def local(make: Callable[[], Advisor] = default_advisor) -> OpenDesk:
    """One desk for the one user of this machine."""
    desk = Desk(make)
    return lambda call: desk


def shared(make: Callable[[], Advisor] = default_advisor) -> OpenDesk:
    """A desk for each caller of a server: his conversations are found by nobody else."""
    common = Desk(make)
    return lambda call: Desk(lambda: common.advisor, owner=owner_of(call.headers))


def owner_of(headers: Mapping[str, str]) -> str:
    """Who calls: the bearer of a token, else the session of the protocol, else anybody, who has only the names that nobody can guess."""
    key = headers.get("authorization") or headers.get("mcp-session-id") or ""
    return hashlib.sha256(key.encode()).hexdigest()[:16] if key else "anybody"


def build(open_desk: OpenDesk | None = None, lane: Lane | None = None) -> Any:
    """The SDK's server over these desks."""
    pages = Pages(open_desk or local(), lane or Lane())
    return sdk.build(NAME, TITLE, version("partner-advisor"), capabilities.instructions(), pages.by_method())


class Pages:
    """Answers in the protocol's own JSON. Lists stand in one order always."""

    def __init__(self, open_desk: OpenDesk, lane: Lane) -> None:
        self._open, self._lane = open_desk, lane

    def by_method(self) -> dict[str, sdk.Page]:
        return {
            "tools/list": self.list_tools,
            "tools/call": self.call_tool,
            "resources/list": self.list_resources,
            "resources/templates/list": self.list_templates,
            "resources/read": self.read_resource,
            "prompts/list": self.list_prompts,
            "prompts/get": self.get_prompt,
        }

    async def list_tools(self, call: Call, params: Wire) -> Wire:
        return _page("tools", [tool(capability) for capability in CAPABILITIES], params)

    async def call_tool(self, call: Call, params: Wire) -> Wire:
        """The outcome as text and as structured content; an expected error as a result that says how to repair the call."""
        desk = self._open(call)
        try:
            outcome = await self._lane.run(lambda: capabilities.call(params["name"], params.get("arguments"), desk), call.progress)
        except AdvisorError as error:
            return {"content": [_text(str(error))], "isError": True}
        except Exception as error:  # noqa: BLE001  # the host gets a sentence, whoever runs the server the cause
            note(f"{params['name']} failed: {type(error).__name__}: {error}")
            return {"content": [_text(f"The advisor failed at this call ({type(error).__name__}). Call again with other words, and report it.")], "isError": True}
        return {"content": [_text(outcome.text)], "structuredContent": outcome.as_json(), "isError": False}

    async def list_resources(self, call: Call, params: Wire) -> Wire:
        from advisor.integrations.mcp import resources

        desk = self._open(call)
        return _page("resources", await self._lane.run(lambda: resources.listed(desk.advisor)), params)

    async def list_templates(self, call: Call, params: Wire) -> Wire:
        from advisor.integrations.mcp.resources import TEMPLATES

        return _page("resourceTemplates", TEMPLATES, params)

    async def read_resource(self, call: Call, params: Wire) -> Wire:
        from advisor.integrations.mcp import resources

        desk, uri = self._open(call), str(params["uri"])
        try:
            text = await self._lane.run(lambda: resources.read(desk, uri))
        except AdvisorError as error:
            raise ProtocolError(RESOURCE_NOT_FOUND, str(error)) from None
        return {"contents": [{"uri": uri, "mimeType": "text/markdown", "text": text}]}

    async def list_prompts(self, call: Call, params: Wire) -> Wire:
        return _page("prompts", prompts.PROMPTS, params)

    async def get_prompt(self, call: Call, params: Wire) -> Wire:
        try:
            return prompts.rendered(params["name"], params.get("arguments") or {})
        except AdvisorError as error:
            raise ProtocolError(INVALID_PARAMS, str(error)) from None


def _text(text: str) -> Wire:
    return {"type": "text", "text": text}


def _page(name: str, items: Sequence[Wire], params: Wire) -> Wire:
    """One page of a list, and where the next one begins."""
    start = _start(params.get("cursor"), len(items))
    rest = {"nextCursor": _cursor(start + _PAGE)} if start + _PAGE < len(items) else {}
    return {name: [*items[start : start + _PAGE]], **rest}


def _cursor(start: int) -> str:
    return base64.urlsafe_b64encode(f"from {start}".encode()).decode()


def _start(cursor: str | None, total: int) -> int:
    """Where a page begins. Raises ProtocolError for a cursor that no list of ours gave."""
    if cursor is None:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(cursor.encode()).decode().partition(" ")
    except (binascii.Error, ValueError):
        word, number = "", ""
    if word != "from" or not number.isdecimal() or not 0 < int(number) < total:
        raise ProtocolError(INVALID_PARAMS, f"{cursor[:40]!r} is not a cursor of this list. Begin without one.")
    return int(number)
