"""The prompts: files of `prompts/` with declared variables and a version, filled with data that stays data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from advisor.datafiles import files, name_of, read_headed, root
from advisor.errors import DataError
from advisor.ports import Message

DRAFTING = ("draft", "repair")
NAMES = (*DRAFTING, "intake", "bare", "tools", "tools_end", "judge")
_VARIABLE = re.compile(r"\{([a-z_]+)\}")
_PART = re.compile(r"^# (system|user)$\n", re.M)
_FENCE = re.compile(r"<{2,}|>{2,}")
_HEAD = frozenset({"version", "variables"})


@dataclass(frozen=True)
class Prompt:
    """A prompt: its version, the variables it needs, and its parts by role."""

    name: str
    version: str
    variables: frozenset[str]
    parts: tuple[Message, ...]

    def filled(self, **values: str) -> tuple[Message, ...]:
        """The messages with the values put in. A value cannot end the fence it stands in. Raises KeyError for a missing one."""
        safe = {name: _FENCE.sub(" ", value) for name, value in values.items()}
        return tuple(Message(part.role, _VARIABLE.sub(lambda found: safe[found[1]], part.text)) for part in self.parts)


@cache
def load(name: str) -> Prompt:
    """A prompt by name. Raises DataError when its file breaks its own rules."""
    path = root() / "prompts" / f"{name}.md"
    head, body = read_headed(path)
    file = name_of(path)
    unknown = sorted(head.keys() ^ _HEAD)
    if unknown:
        raise DataError(file, "head", unknown[0], found="a key that is missing or unknown", allowed="version and variables, nothing else")
    parts = _parts(body)
    if not parts or parts[-1].role != "user":
        raise DataError(file, found="no part for the user", allowed="an optional '# system', then '# user'")
    used = {found for part in parts for found in _VARIABLE.findall(part.text)}
    if wrong := sorted(used ^ set(head["variables"])):
        raise DataError(file, "head", "variables", found=f"{wrong[0]!r}, which is declared or used and not both", allowed=", ".join(sorted(used)))
    return Prompt(name, str(head["version"]), frozenset(used), parts)


def version() -> str:
    """The versions of the prompts that word an answer, with a hash that changes with any word of them."""
    prompts = [load(name) for name in DRAFTING]
    words = "\n".join(part.text for prompt in prompts for part in prompt.parts)
    return f"{'.'.join(prompt.version for prompt in prompts)}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def problems() -> Iterator[DataError]:
    """What is wrong with the prompts, file by file."""
    for name in NAMES:
        try:
            load(name)
        except DataError as error:
            yield error
    for path in files("prompts", ".md"):
        if path.stem not in NAMES:
            yield DataError(name_of(path), found="a prompt that nothing uses", allowed=", ".join(NAMES))


def _parts(body: str) -> tuple[Message, ...]:
    marks = list(_PART.finditer(body))
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    return tuple(Message("system" if mark[1] == "system" else "user", body[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True))
