"""One named conversation: reads what is kept, answers on top of it, and keeps the turn before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from advisor.answering.playbook import Conversation
from advisor.conversation import replies, turns
from advisor.domain import Answer, Background, Client, Decision, Fact, Money, Move, Reading, SessionRef, Turn
from advisor.domain.changes import applied, changes, inverse
from advisor.errors import InputError
from advisor.ports import SessionStore


class Advises(Protocol):
    """What a conversation needs of the advisor."""

    def read(self, text: str, client: Client) -> Reading: ...

    def answer(self, text: str, client: Client, options: Client, background: Background) -> Answer: ...

    def today(self) -> date: ...


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Talk:
    """A conversation under a name. `base` are facts from files, below what was said in the conversation.

    `words` says how words hang on earlier ones. A turn is kept before the method that made it returns, or not at all.
    """

    name: str
    store: SessionStore
    advisor: Advises
    words: Conversation
    base: Client = Client()
    now: Callable[[], datetime] = _now

    def turns(self) -> tuple[Turn, ...]:
        """The turns that count, in order."""
        return turns.live(self.store.turns(self.name))

    def client(self) -> Client:
        """The facts as known now."""
        return self._known(turns.client_after(self.turns()))

    def ask(self, text: str, options: Client = Client()) -> Answer:
        """Answer the next question of the conversation; the answer names its turn."""
        past = self.turns()
        kept = turns.client_after(past)
        known, background = self._known(kept), turns.background(past)
        told = replies.told_by(text, turns.asked_back(past), known, self._facts_in, self.words, self.advisor.today())
        answer = self.advisor.answer(text, told, options, background.model_copy(update={"told": told != known}))
        made = turns.kept(changes(kept, answer.assessment.client))
        turn = self._keep(Turn(at=self.now(), text=text, changes=made, arr_readings=self._readings(text, told, answer, background), answer=answer))
        return answer.model_copy(update={"session": SessionRef(name=self.name, turn=turn.n)})

    def decide(self, move: Move, reason: str = "") -> Client:
        """Note what the client's side decided, whatever the rules say of it; the facts with the decision among them."""
        kept = turns.client_after(self.turns())
        made = Decision(move=move, on=self.advisor.today(), reason=reason)
        others = tuple(decision for decision in kept.decided if decision.move is not move)
        said = Fact(origin="session", quote=reason, stated_on=made.on)
        after = kept.model_copy(update={"decided": (*others, made), "facts": {**kept.facts, "decided": said}})
        self._keep(Turn(at=self.now(), kind="decide", text=reason, changes=changes(kept, after)))
        return self._known(after)

    def undo(self) -> Turn:
        """Take the last turn back, with the facts it changed; the turn that no longer counts. Raises InputError when there is none."""
        past = self.turns()
        if not past:
            raise InputError(f"There is no turn to take back in session {self.name!r}.")
        last = past[-1]
        self._keep(Turn(at=self.now(), kind="undo", changes=inverse(last.changes), undone=last.n))
        return last

    def _keep(self, turn: Turn) -> Turn:
        return self.store.append(self.name, turn)

    def _known(self, kept: Client) -> Client:
        """What was said in the conversation, on top of the facts from files."""
        return applied(self.base, changes(Client(), kept))

    def _facts_in(self, text: str, client: Client) -> Client:
        return self.advisor.read(text, client).client

    def _readings(self, text: str, known: Client, answer: Answer, background: Background) -> tuple[Money, ...]:
        """The ARR amounts that stay open after this turn."""
        if not any("arr" in item.facts for item in answer.assessment.contradictions):
            return ()
        return self.advisor.read(text, known).arr_readings or background.arr_readings
