"""`advisor chat`: a conversation that remembers the client, on a terminal, in a pipe or with a screen reader."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal

import click

from advisor.cli import slash
from advisor.cli.facts import Given, fact_options, given
from advisor.cli.model import facts_from_model_option, model_options, model_settings, note, stem_of
from advisor.cli.lines import EditedLines, Lines, PlainLines
from advisor.cli.output import debug_option
from advisor.cli.screen import Screen
from advisor.cli.start import advisor_for, settings_here
from advisor.cli.texts import notes_option, words
from advisor.conversation.names import checked
from advisor.conversation.talk import Talk
from advisor.domain import Answer, Client
from advisor.errors import AdvisorError, InputError
from advisor.intake import clean
from advisor.wiring import Advisor


@click.command("chat")
@click.option("--session", metavar="NAME", help="Go on with this conversation, or begin it; without it, a new one of today.")
@fact_options
@notes_option
@click.option("--plain", is_flag=True, help="Plain lines, nothing drawn: for screen readers.")
@model_options
@facts_from_model_option
@debug_option
def command(session: str | None, notes: tuple[str, ...], plain: bool, model_facts: Literal["show", "use"] | None, **facts: Any) -> int:
    """A conversation that remembers the client. Facts may come as options; /help lists the commands.

    In a pipe each line is a message. Ctrl-C stops an answer, Ctrl-D leaves. With --model a language model words the answers; /cost
    says what it took.
    """
    settings = settings_here(**model_settings(facts))
    told, advisor = given(facts, settings), advisor_for(settings)
    advisor.announced, advisor.model_facts = note, model_facts
    advisor.hide(stem_of(facts["client"]))
    person = sys.stdin.isatty() and sys.stdout.isatty()
    chat = Chat(advisor, told, Screen(settings, plain=plain), person=person)
    chat.follow()
    chat.begin(session, told.stored, notes=words(None, notes))
    return chat.run(_lines(chat, person, plain))


def _lines(chat: Chat, person: bool, plain: bool) -> Lines:
    if person and not plain and os.environ.get("TERM") != "dumb":
        return EditedLines(lambda text: slash.completions(chat, text))
    return PlainLines(prompt="> " if person else "")


class Chat:
    """A conversation and the screen it is shown on. `last` is the last answer that counts."""

    def __init__(self, advisor: Advisor, told: Given, screen: Screen, *, person: bool) -> None:
        self.advisor, self.screen, self._person = advisor, screen, person
        self._told, self._options, self._notes = told, told.options, ""
        self._failed, self._shown = False, ""
        self.talk: Talk
        self._lines: Lines

    def begin(self, name: str | None, client: str | None, *, notes: str = "") -> None:
        """Go on with the conversation of this name, or with a new one; about a stored client when one is named."""
        name = checked(name) if name is not None else self._unused()
        self.talk = self.advisor.talk(name, client, base=self._told.files, fx=self._told.fx)
        self._notes = notes

    def another(self, name: str | None) -> None:
        """Leave this conversation for another one, which is about the same client unless it has its own."""
        uses = self.advisor.store.client_of(checked(name)) if name is not None else None
        self.begin(name, uses or self.talk.client_name)
        self._lines.remember(turn.text for turn in self.talk.turns())

    def run(self, lines: Lines) -> int:
        """Message after message until the end; the exit code is 2 when one of a pipe could not be answered."""
        self._greet()
        self._lines = lines
        lines.remember(turn.text for turn in self.talk.turns())
        with suppress(EOFError, slash.LeaveError):
            while True:
                self._next()
        self._leave()
        return 2 if self._failed and not self._person else 0

    @property
    def last(self) -> Answer | None:
        return next((turn.answer for turn in reversed(self.talk.turns()) if turn.answer is not None), None)

    def say(self, key: str, **slots: str) -> str:
        """A sentence of the chat itself."""
        return self.advisor.say(f"chat.{key}", **slots)

    def _next(self) -> None:
        """One message and its answer. Ctrl-C stops these for a person, and the whole chat in a pipe."""
        before = self._kept()
        line = None
        try:
            line = self._lines.read()
            self._answer(line)
        except KeyboardInterrupt:
            if not self._person:
                raise
            self.screen.note(f"\n{self._stopped(before) if line is not None else self.say('leave')}")
        except AdvisorError as error:
            self._failed = True
            self.screen.note(f"Error: {clean(str(error))}")

    def _stopped(self, before: int) -> str:
        kept = self._kept()
        return self.say("stopped") if kept == before else self.say("stopped_kept", turn=str(kept))

    def _answer(self, line: str) -> None:
        if line.startswith("/"):
            slash.run(self, clean(line))
        elif line.strip():
            with unbroken():
                self.advisor.load()
            text = words("\n\n".join(part for part in (self._notes, line) if part))
            if not text.strip():
                raise InputError(self.say("unreadable"))
            self._shown = ""
            answer = self.talk.ask(text, self._options)
            self._options, self._notes = Client(), ""
            for notice in answer.run.notices:
                self.screen.note(notice)
            told = answer.text.startswith(self._shown)
            self.screen.show(answer.text[len(self._shown) :].lstrip("\n") if told else answer.text)

    def follow(self) -> None:
        """Show what a model writes while the rest of it is still being checked, where a person reads along. Raises InputError where no such model can be."""
        if self.advisor.chat_model is not None and self._person:
            self.advisor.shown = self._part

    def _part(self, part: str) -> None:
        self._shown += part
        self.screen.show(part)

    def _kept(self) -> int:
        """How many turns are kept, whether they count or not."""
        return next((info.turns for info in self.advisor.store.sessions() if info.name == self.talk.name), 0)

    def _unused(self) -> str:
        """A name of today that no conversation has yet."""
        taken, day = {info.name for info in self.advisor.store.sessions()}, self.advisor.today().isoformat()
        return next(name for number in range(1, len(taken) + 2) if (name := day if number == 1 else f"{day} {number}") not in taken)

    def _greet(self) -> None:
        kept = self._kept()
        self.screen.note(self.say("again", session=self.talk.name, turn=str(kept)) if kept else self.say("hello", session=self.talk.name))
        if self.talk.client_name:
            self.screen.note(self.say("about", client=self.talk.client_name))

    def _leave(self) -> None:
        self.screen.note(self.say("bye", session=_quoted(self.talk.name)) if self._kept() else self.say("bye_empty"))


@contextmanager
def unbroken() -> Iterator[None]:
    """Holds Ctrl-C back until the block is through: an import that is stopped half-way stays broken for the rest of the process."""
    stopped: list[bool] = []
    before = signal.signal(signal.SIGINT, lambda *_: stopped.append(True))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if stopped:
        raise KeyboardInterrupt


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
