"""What was said: transcripts with a line for each speaker, mails without their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import groupby

from advisor.adapters.documents.pages import text_of_page
from advisor.adapters.documents.text import decoded
from advisor.errors import InputError

_TIMES = re.compile(r"^(?:\d+:)?\d+:\d+[.,]\d+\s+-->\s")
_VOICE = re.compile(r"<v(?:\.[\w.]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<\d[\d:.]*>")


def transcript(content: bytes, name: str) -> str:
    """The words of a WebVTT or SubRip file, what one speaker says in a row on one line."""
    turns = groupby(_cues(decoded(content, name)), key=lambda cue: cue[0])
    return "\n".join(f"{f'{speaker}: ' if speaker else ''}{' '.join(words for _, words in cues)}" for speaker, cues in turns)


def _cues(text: str) -> Iterator[tuple[str, str]]:
    """Speaker and words of each line that is said; everything that only steers a player is left out."""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        lines = block.strip().split("\n")
        times = next((place for place, line in enumerate(lines) if _TIMES.match(line)), None)
        if times is None:
            continue
        speaker = ""
        for line in lines[times + 1 :]:
            if voice := _VOICE.search(line):
                speaker = unescape(voice[1]).strip()
            if words := unescape(_TAG.sub("", _VOICE.sub("", line))).strip():
                yield speaker, words


def mail(content: bytes, name: str) -> str:
    """Subject and text of a mail; where it has only HTML, the words of that."""
    from email import message_from_bytes, policy

    message = message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain", "html"))
    try:
        said = body.get_content() if body is not None else ""
    except (LookupError, ValueError) as error:
        raise InputError(f"The mail cannot be read: {error}.", hint="Save its text as a .txt file.") from None
    if body is not None and body.get_content_type() == "text/html":
        said = text_of_page(said)
    return "\n\n".join(part.strip() for part in (str(message.get("subject", "")), said) if part.strip())
