"""One named conversation: reads what is kept, answers on top of it, and keeps the turn before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol

from advisor.answering.playbook import Conversation
from advisor.conversation import replies, turns
from advisor.conversation.names import stored_client
from advisor.domain import Answer, Background, Client, Decision, Fact, Money, Move, Reading, SessionRef, Turn
from advisor.domain.changes import FactChange, changes, inverse, over
from advisor.errors import InputError
from advisor.ports import ClientStore, SessionStore


class Store(SessionStore, ClientStore, Protocol):
    """Where turns and facts are kept."""


Rates = Mapping[str, Decimal | str]


class Advises(Protocol):
    """What a conversation needs of the advisor."""

    @property
    def today(self) -> Callable[[], date]: ...

    def read(self, text: str, client: Client, *, fx: Rates | None = None) -> Reading: ...

    def ask(self, text: str, client: Client, *, options: Client, fx: Rates | None, background: Background) -> Answer: ...


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Talk:
    """A conversation under a name. `base` are facts from files, below what was said in the conversation.

    With a `client_name` the facts are those of its file, and what is said goes there; `fx` gives euro per unit of currencies. `words` says how words hang on earlier
    ones. A turn is kept before the method that made it returns, or not at all.
    """

    name: str
    store: Store
    advisor: Advises
    words: Conversation
    base: Client = Client()
    client_name: str | None = None
    fx: Rates | None = None
    now: Callable[[], datetime] = _now

    def turns(self) -> tuple[Turn, ...]:
        """The turns that count, in order."""
        return turns.live(self.store.turns(self.name))

    def client(self) -> Client:
        """The facts as known now."""
        return self._known(self.turns())

    def ask(self, text: str, options: Client = Client()) -> Answer:
        """Answer the next question of the conversation; the answer names its turn."""
        past = self.turns()
        known, background = self._known(past), turns.background(past)
        told = replies.told_by(text, turns.asked_back(past), known, self._facts_in, self.words, self.advisor.today())
        answer = self.advisor.ask(text, told, options=options, fx=self.fx, background=background.model_copy(update={"told": told != known}))
        made = self._changes(past, answer.assessment.client)
        turn = self._keep(Turn(at=self.now(), text=text, changes=made, arr_readings=self._readings(text, told, answer, background), answer=answer))
        return answer.model_copy(update={"session": SessionRef(name=self.name, turn=turn.n)})

    def decide(self, move: Move, reason: str = "") -> Client:
        """Note what the client's side decided, whatever the rules say of it; the facts with the decision among them."""
        past = self.turns()
        known, made = self._known(past), Decision(move=move, on=self.advisor.today(), reason=reason)
        others = tuple(decision for decision in known.decided if decision.move is not move)
        said = Fact(origin="session", quote=reason, stated_on=made.on)
        after = known.model_copy(update={"decided": (*others, made), "facts": {**known.facts, "decided": said}})
        self._keep(Turn(at=self.now(), kind="decide", text=reason, changes=self._changes(past, after)))
        return after

    def undo(self) -> Turn:
        """Take the last turn back, with the facts it changed; the turn that no longer counts. Raises InputError when there is none."""
        past = self.turns()
        if not past:
            raise InputError(f"There is no turn to take back in session {self.name!r}.")
        last = past[-1]
        self._keep(Turn(at=self.now(), kind="undo", changes=inverse(last.changes), undone=last.n))
        return last

    def _keep(self, turn: Turn) -> Turn:
        return self.store.append(self.name, turn, self.client_name)

    def _changes(self, past: tuple[Turn, ...], after: Client) -> tuple[FactChange, ...]:
        """What is new against what is kept."""
        return turns.kept(changes(self._kept(past), after), self.advisor.today(), "session")

    def _kept(self, past: tuple[Turn, ...]) -> Client:
        """The facts of the client's file, or those of the turns where no client was named."""
        if self.client_name is None:
            return turns.client_after(past)
        return stored_client(self.store, self.client_name).client

    def _known(self, past: tuple[Turn, ...]) -> Client:
        """What is kept, on top of the facts from files; what was said before the client was named comes along."""
        kept = over(self.base, self._kept(past))
        joins = self.client_name is not None and self.store.client_of(self.name) is None
        return over(kept, turns.client_after(past)) if joins else kept

    def _facts_in(self, text: str, client: Client) -> Client:
        return self.advisor.read(text, client, fx=self.fx).client

    def _readings(self, text: str, known: Client, answer: Answer, background: Background) -> tuple[Money, ...]:
        """The ARR amounts that stay open after this turn."""
        if not any("arr" in item.facts for item in answer.assessment.contradictions):
            return ()
        return self.advisor.read(text, known, fx=self.fx).arr_readings or background.arr_readings
