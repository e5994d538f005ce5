"""Where a chat's lines come from: a line editor on a terminal, plain lines in a pipe or for a screen reader."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from advisor.errors import InputError
from advisor.settings import MOST_BYTES

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyBindings

PROMPT, MORE = "> ", ". "
Complete = Callable[[str], Iterable[str]]


class Lines(Protocol):
    """What a person says, one message after the other."""

    def read(self) -> str:
        """The next message. Raises EOFError at the end and KeyboardInterrupt on Ctrl-C."""
        ...

    def remember(self, texts: Iterable[str]) -> None:
        """Messages of earlier turns, to be called back with the arrow keys."""
        ...


class PlainLines:
    """One line is one message; a line that ends in a backslash goes on in the next. A prompt stands only before a person."""

    def __init__(self, *, prompt: str = "") -> None:
        self._prompt = prompt

    def read(self) -> str:
        parts: list[str] = []
        while True:
            sys.stderr.write(self._prompt)
            sys.stderr.flush()
            line = sys.stdin.buffer.readline(MOST_BYTES + 1)
            if len(line) > MOST_BYTES:
                _pass_over(line)
            if not line:
                if parts:
                    return "\n".join(parts)
                raise EOFError
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            parts.append(text.removesuffix("\\"))
            if not text.endswith("\\"):
                return "\n".join(parts)

    def remember(self, texts: Iterable[str]) -> None:
        """There is nothing to call back with."""


def _pass_over(line: bytes) -> None:
    """Reads to the end of an endless line, then raises InputError."""
    while line and not line.endswith(b"\n"):
        line = sys.stdin.buffer.readline(MOST_BYTES)
    raise InputError(f"A line has more than {MOST_BYTES // 10**6} MB.", hint="Give the part about this client.")


class EditedLines:
    """A line editor: history, completion with Tab, Alt-Enter or Ctrl-J for a further line; pasted lines stay together."""

    def __init__(self, complete: Complete) -> None:
        self._complete = complete
        self._session = self._made(())

    def read(self) -> str:
        return self._session.prompt(PROMPT)

    def remember(self, texts: Iterable[str]) -> None:
        self._session = self._made(texts)

    def _made(self, texts: Iterable[str]) -> PromptSession[str]:
        """An editor whose history lives in memory alone: what was typed lies in the session's turns and nowhere else."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.history import InMemoryHistory

        return PromptSession(
            history=InMemoryHistory([text for text in texts if text]),
            completer=_completer(self._complete),
            complete_while_typing=False,
            multiline=True,
            prompt_continuation=MORE,
            key_bindings=_keys(),
        )


def _completer(complete: Complete) -> Any:
    from prompt_toolkit.completion import Completer, Completion
    from prompt_toolkit.document import Document

    class Ours(Completer):
        def get_completions(self, document: Document, complete_event: object) -> Iterator[Completion]:
            text = document.text_before_cursor
            word = text.rpartition(" ")[2]
            for found in complete(text):
                yield Completion(found, start_position=-len(word))

    return Ours()


def _keys() -> KeyBindings:
    """Enter sends; Alt-Enter and Ctrl-J begin a further line."""
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    keys = KeyBindings()

    @keys.add("enter")
    def _send(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter")
    @keys.add("c-j")
    def _further(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys
