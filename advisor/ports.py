"""What the inner rooms need from outside, each no wider than its need."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from advisor.domain import AskKind, Client, Entry, FactChange, Hit, Move, SessionInfo, StoredClient, Turn

Only = Literal["knowledge", "documents"]


class Wording(Protocol):
    """Turns a phrase key and its slots into a sentence of the answer's language."""

    def say(self, key: str, /, **slots: str) -> str:
        """The sentence under the key. Raises DataError when the key is missing or a slot is not filled."""
        ...

    def has(self, key: str, /) -> bool:
        """Whether the language has a sentence under the key."""
        ...

    def slots(self, key: str, /) -> frozenset[str]:
        """Names of the slots that the sentence under the key has."""
        ...

    def amount(self, text: str, /) -> str:
        """An amount, threshold or formula, written as the program writes them, in the spelling of the language."""
        ...

    def figures(self, key: str, /) -> tuple[str, ...]:
        """Ids of the records whose figures the sentence under the key shows."""
        ...

    def rules(self, key: str, /) -> tuple[str, ...]:
        """Ids of the rules whose thresholds the sentence under the key shows."""
        ...


class Retriever(Protocol):
    """Finds what the knowledge and the user's documents hold on a text."""

    def search(self, query: str, limit: int = 8, only: Only | None = None) -> tuple[Hit, ...]:
        """Hits, best first, ties by id; the relevance floor is not applied."""
        ...

    def holds(self, query: str) -> bool:
        """Whether the knowledge holds what the query asks: the floor and the coverage of its rare words."""
        ...

    def weigh(self, query: str, id_: str, parts: Sequence[str]) -> Sequence[float]:
        """How much each part of an entry's text says to the query, 0 to 1; a part that does not stand there says nothing."""
        ...

    @property
    def floor(self) -> float:
        """The score below which the answer says that the knowledge does not hold this."""
        ...


class MoveFinder(Protocol):
    """Finds the move that a message turns on, also when it names none."""

    def moves(self, text: str) -> Sequence[tuple[Move | None, float]]:
        """Moves with the probability that the message turns on them, most likely first; None says that it turns on none."""
        ...


class MatterReader(Protocol):
    """Reads which everyday matter of somebody who has partners a message is about."""

    def ranked(self, text: str) -> Sequence[tuple[str, float]]:
        """All matters, and `none`, with their probability, most likely first."""
        ...

    def turns(self, text: str, move: Move) -> float:
        """How likely it is that the message turns on a move, beside all matters and other moves."""
        ...


class KindReader(Protocol):
    """Reads what a message asks for."""

    def kinds(self, text: str, signs: Sequence[float]) -> Sequence[tuple[AskKind, float]]:
        """Kinds with their probability, most likely first; `signs` are those that `intake.signs` gives for the text."""
        ...


class VectorIndex(Protocol):
    """Stores entries with their vectors and finds the nearest."""

    def update(self, entries: Sequence[Entry]) -> None: ...

    def nearest(self, text: str, limit: int) -> Sequence[tuple[str, float]]: ...


class SessionStore(Protocol):
    """Keeps conversations. What a writing method returns from is kept; when one raises HomeError nothing was written."""

    def sessions(self) -> tuple[SessionInfo, ...]:
        """All conversations by name."""
        ...

    def turns(self, session: str) -> tuple[Turn, ...]:
        """The turns of a conversation in order; none when there is no such conversation."""
        ...

    def client_of(self, session: str) -> str | None:
        """The client whose facts a conversation uses, if it was given one."""
        ...

    def append(self, session: str, turn: Turn, client: str | None = None) -> Turn:
        """Keep a turn behind those that are there, whoever wrote them; the turn with its number.

        With a client the conversation uses its facts from now on, and what the turn changed becomes its newest version.
        """
        ...

    def delete_session(self, session: str) -> bool:
        """Remove a conversation so that none of its bytes stays in the store's files; false when there is none."""
        ...


class ClientStore(Protocol):
    """Keeps the files of clients, every version of each. What a writing method returns from is kept."""

    def clients(self) -> tuple[StoredClient, ...]:
        """The newest version of each client, by name."""
        ...

    def versions(self, name: str) -> tuple[StoredClient, ...]:
        """All versions of a client, oldest first; none when there is no such client."""
        ...

    def new_client(self, name: str, client: Client, at: datetime) -> StoredClient | None:
        """Keep the first version; none when the name is taken."""
        ...

    def revise(self, name: str, made: Sequence[FactChange], at: datetime) -> StoredClient | None:
        """Keep the newest version with these changes as the next one; none when there is no such client."""
        ...

    def delete_client(self, name: str) -> tuple[str, ...] | None:
        """Remove a client with the conversations that use it, so that none of their bytes stays; their names, or none when there is no such client."""
        ...


class Clock(Protocol):
    def today(self) -> date: ...


class Progress(Protocol):
    """Tells a waiting person how far a long task has come."""

    def track(self, items: Iterable[object], label: str, total: int) -> Iterable[object]: ...


class Message(NamedTuple):
    """One turn of what a language model is told or has said."""

    role: Literal["system", "user", "assistant"]
    text: str


class Tokens(NamedTuple):
    """What a call to a language model took, as far as the service says, else as counted here."""

    prompt: int
    written: int


class ChatModel(Protocol):
    """A language model that writes JSON. It is given words and gives words: it decides nothing."""

    @property
    def name(self) -> str:
        """Provider and model, as the user named them: `openai:gpt-5-mini`."""
        ...

    @property
    def whom(self) -> str:
        """Who gets what is sent: the host that the call goes to."""
        ...

    @property
    def window(self) -> int:
        """How many tokens prompt and answer may have together."""
        ...

    def ready(self) -> None:
        """Raises ModelError when no call can be made at all, for want of a key."""
        ...

    def count(self, text: str, /) -> int:
        """The length of a text in tokens, near enough for a budget."""
        ...

    def cost(self, tokens: Tokens, /) -> float | None:
        """What that many tokens cost in US dollars; None where the price is not known."""
        ...

    def write(self, messages: Sequence[Message], schema: Mapping[str, Any], limit: int) -> Generator[str | Tokens, None, None]:
        """The JSON that the model writes, piece by piece, and at its end the tokens; at most about `limit` tokens are written.

        Raises ModelError when nothing can be had, also half-way; closing the generator ends the call.
        """
        ...


class ToolCall(NamedTuple):
    """A tool that a language model wants called; the arguments are the JSON that it wrote, whole or not."""

    id: str
    tool: str
    arguments: str


class Step(NamedTuple):
    """A step of a talk in which a language model calls tools; `answers` is the id of the call that a tool's text answers."""

    role: Literal["system", "user", "assistant", "tool"]
    text: str
    calls: tuple[ToolCall, ...] = ()
    answers: str = ""


class CallingModel(Protocol):
    """A language model that can call tools."""

    def turn(self, steps: Sequence[Step], tools: Sequence[Mapping[str, Any]], limit: int) -> tuple[Step, Tokens]:
        """What it says next in at most so many tokens, or which of the tools (functions as OpenAI's chat writes them) it calls. Raises ModelError."""
        ...
