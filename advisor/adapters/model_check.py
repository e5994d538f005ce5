"""One tiny call to a model, and what it shows: whether it answers, in which form it can be asked, and whether it streams."""

from __future__ import annotations

import json
import time
from typing import NamedTuple

from advisor.adapters.chat_models import LangChainModel, Way
from advisor.ports import Message, Tokens

_ASKED = (
    Message("system", "Answer with JSON alone."),
    Message("user", 'Answer exactly this: {"claims": ["one two three four five six seven eight nine ten", "ten nine eight seven six five four three two one"]}'),
)
_SCHEMA = {
    "type": "object", "additionalProperties": False, "required": ["claims"],
    "properties": {"claims": {"type": "array", "maxItems": 4, "items": {"type": "string", "maxLength": 80}}},
}
_LIMIT = 120


class Shown(NamedTuple):
    """What a call showed. `tools` is None where the call did not need one and nothing is known of it."""

    way: Way
    pieces: int
    readable: bool
    seconds: float
    tokens: Tokens | None
    tools: bool | None


def tried(model: LangChainModel) -> Shown:
    """Makes the call. Raises ModelError when it fails."""
    model.ready()
    started = time.perf_counter()
    came = list(model.write(_ASKED, _SCHEMA, _LIMIT))
    seconds = time.perf_counter() - started
    texts = [piece for piece in came if isinstance(piece, str)]
    tokens = next((piece for piece in came if isinstance(piece, Tokens)), None)
    return Shown(model.way, len(texts), _readable("".join(texts)), seconds, tokens, True if model.way == "tools" else model.tools)


def _readable(text: str) -> bool:
    start, end = text.find("{"), text.rfind("}")
    try:
        return isinstance(json.loads(text[start : end + 1])["claims"], list)
    except (ValueError, LookupError, TypeError):
        return False
