"""Notes as plain text: text files as they are, transcripts with a line for each speaker, mails without their heads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import groupby
from pathlib import Path

from advisor.errors import InputError
from advisor.settings import read_user_text

_TIMES = re.compile(r"^(?:\d+:)?\d+:\d+[.,]\d+\s+-->\s")
_VOICE = re.compile(r"<v(?:\.[\w.]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<\d[\d:.]*>")
_STYLE = re.compile(r"<(style|script)\b.*?</\1>", re.S | re.I)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)\b[^>]*>", re.I)


def notes_text(path: Path) -> str:
    """The text of a file of notes. Raises InputError when it cannot be read or is of another kind."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(kind.lstrip(".") for kind in READERS if kind)
        raise InputError(f"{path} cannot be read as notes.", hint=f"Give one of: {kinds}; save other formats as text first.")
    return reader(read_user_text(path))


def _as_is(text: str) -> str:
    return text


def _transcript(text: str) -> str:
    """The words of a WebVTT or SubRip file, what one speaker says in a row on one line."""
    turns = groupby(_cues(text), key=lambda cue: cue[0])
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


def _mail(text: str) -> str:
    """Subject and text of a mail; where it has only HTML, the words of that."""
    from email import message_from_string, policy

    mail = message_from_string(text, policy=policy.default)
    body = mail.get_body(("plain", "html"))
    try:
        content = body.get_content() if body is not None else ""
    except (LookupError, ValueError) as error:
        raise InputError(f"The mail cannot be read: {error}.", hint="Save its text as a .txt file.") from None
    if body is not None and body.get_content_type() == "text/html":
        content = unescape(_TAG.sub("", _BREAK.sub("\n", _STYLE.sub("", content))))
    return "\n\n".join(part.strip() for part in (str(mail.get("subject", "")), content) if part.strip())


READERS: dict[str, Callable[[str], str]] = {
    ".txt": _as_is, ".md": _as_is, ".markdown": _as_is, "": _as_is, ".vtt": _transcript, ".srt": _transcript, ".eml": _mail,
}  # fmt: skip
"""How each kind of file is read, by the ending of its name."""
