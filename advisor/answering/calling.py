"""One call of a model: announced before, held to its window and to what it may cost, and counted after."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from advisor.errors import ModelError
from advisor.ports import ChatModel, Message, Tokens

_BILLED = frozenset({"timeout", "cut", "server"})  # failures in which a service may have read the prompt
_TOO_LONG = 3.0  # times the limit: where a model that writes on and on is cut
_CHARACTERS = 4  # of a token, roughly


@dataclass
class Meter:
    """What was spent on a model so far, and what may be spent, in US dollars."""

    most: float | None = None
    tokens: int = 0
    spent: float | None = 0.0

    def add(self, tokens: Tokens, cost: float | None) -> None:
        self.tokens += tokens.prompt + tokens.written
        self.spent = None if cost is None or self.spent is None else self.spent + cost

    def allows(self, cost: float | None) -> bool:
        return self.most is None or (cost is not None and self.spent is not None and self.spent + cost <= self.most)


@dataclass(frozen=True)
class Writer:
    """A model with what it may cost and who wants to hear of it.

    `announce` is told before a call what is about to be sent: the model, the tokens at most, and their price. `shown` gets parts of the
    answer's text that are final, while the rest is still being written; `client_names` are hidden wherever they stand.
    """

    model: ChatModel
    meter: Meter = field(default_factory=Meter)
    required: bool = False
    announce: Callable[[ChatModel, int, float | None], None] | None = None
    shown: Callable[[str], None] | None = None
    client_names: tuple[str, ...] = ()


class Call:
    """A prompt on its way to a model. Making it sends nothing and raises ModelError where it may not be sent; `pieces` sends it.

    `tokens` and `cost` are known when the pieces are through, also when they ended in an error; `text` is what came.
    """

    def __init__(self, writer: Writer, messages: Sequence[Message], schema: Mapping[str, Any], limit: int) -> None:
        model = writer.model
        model.ready()
        self._writer, self._messages, self._schema, self._limit = writer, messages, schema, limit
        self._prompt = sum(model.count(message.text) for message in messages)
        if self._prompt + limit > model.window:
            raise ModelError("too_long", model.name)
        dearest = model.cost(Tokens(self._prompt, limit))
        if not writer.meter.allows(dearest):
            raise ModelError("cost", model.name)
        if writer.announce is not None:
            writer.announce(model, self._prompt + limit, dearest)
        self.text, self.tokens = "", Tokens(0, 0)
        self.cost: float | None = 0.0

    def pieces(self) -> Generator[str, None, None]:
        """What the model writes, as it comes, cut where it writes on and on. Raises ModelError when it fails."""
        model, told = self._writer.model, None
        try:
            with closing(model.write(self._messages, self._schema, self._limit)) as pieces:
                for piece in pieces:
                    if isinstance(piece, Tokens):
                        told = piece
                        continue
                    self.text += piece
                    yield piece
                    if len(self.text) > _TOO_LONG * _CHARACTERS * self._limit:
                        break
        except ModelError as error:
            if not self.text and error.reason not in _BILLED:
                told = Tokens(0, 0)
            raise
        finally:
            self.tokens = told or Tokens(self._prompt, model.count(self.text))
            self.cost = model.cost(self.tokens)
            self._writer.meter.add(self.tokens, self.cost)
