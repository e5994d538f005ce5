"""Three prompts that lead a host's model through the tools in the right order; their words stand in `knowledge/phrases`."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from advisor.errors import InputError
from advisor.integrations.inputs import LONGEST_TEXT

_CLIENT = {"name": "client", "description": "What is known of the client, in any words", "required": True}
PROMPTS: list[dict[str, Any]] = [
    {"name": "blueprint", "title": "Partner programme blueprint", "description": "A cited blueprint of a client's partner programme", "arguments": [_CLIENT]},
    {"name": "ninety_day_plan", "title": "90-day plan", "description": "The next ninety days of a client's partner work", "arguments": [_CLIENT]},
    {"name": "diagnose", "title": "Diagnose a stalled programme", "description": "Why a partner programme does not produce, and what to do", "arguments": [_CLIENT]},
]


def rendered(name: str, arguments: Mapping[str, str]) -> dict[str, Any]:
    """A prompt with the client's words put in as material. Raises InputError for an unknown prompt or a missing client."""
    from advisor.intake import clean, language_of
    from advisor.library import spoken
    from advisor.rendering.words import page

    prompt = next((each for each in PROMPTS if each["name"] == name), None)
    if prompt is None:
        names = [each["name"] for each in PROMPTS]
        raise InputError(f"There is no prompt {name[:80]!r}.", hint=f"There are: {', '.join(get_close_matches(name, names, n=1) or names)}.")
    client = clean(str(arguments.get("client", ""))).replace("```", "'''")
    if not client or len(client) > LONGEST_TEXT:
        raise InputError(f"client has {len(client):,} characters.", hint=f"Say what is known of the client, in at most {LONGEST_TEXT:,}.")
    labels = page(spoken(language_of(client)))
    parts = [labels.say(f"prompt.{name}"), labels.say("prompt.rules"), labels.say("prompt.material"), f"```\n{client}\n```"]
    return {"description": prompt["description"], "messages": [{"role": "user", "content": {"type": "text", "text": "\n\n".join(parts)}}]}
