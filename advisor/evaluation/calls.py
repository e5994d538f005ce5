"""What a model wrote once for the same words is kept below ADVISOR_HOME/evals/calls and not asked for again: a run that was stopped, or is
repeated after a change of rules or gates, then takes no tokens. The files hold a hash of the prompt and what came, never a key.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from advisor.errors import InputError, ModelError
from advisor.ports import ChatModel, Message, Step, Tokens, ToolCall

LENGTH = 32
MINUTE = 60.0
_AGAIN = frozenset({"busy", "server", "network", "timeout"})
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 120.0


class Terms(NamedTuple):
    """How a model may be asked in a run: calls in a minute, how often a service that failed is asked again, and the most that a run may take."""

    rate: int | None = None
    retries: int = 2
    max_tokens: int | None = None
    max_cost: Decimal | None = None
    max_minutes: float | None = None


_TERMS = Terms()


class LimitReached(Exception):  # noqa: N818  # ends a run as planned and is no error of anybody
    """A run would take more than it may; `limit` says of what."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


@dataclass
class Purse:
    """What a run has taken of a service so far, and when it asked; one for all cases of a run."""

    terms: Terms = _TERMS
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    tokens: int = 0
    spent: float = 0.0
    calls: int = 0
    _times: deque[float] = field(default_factory=deque)
    _began: float | None = None

    def take(self, most: Tokens, price: float | None) -> None:
        """Before a call that may take so much: wait for its turn. Raises LimitReached where it would go beyond what a run may take."""
        terms, now = self.terms, self.clock()
        self._began = now if self._began is None else self._began
        if terms.max_tokens is not None and self.tokens + most.prompt + most.written > terms.max_tokens:
            raise LimitReached("tokens")
        if terms.max_cost is not None and (price is None or self.spent + price > float(terms.max_cost)):
            raise LimitReached("cost")
        if terms.max_minutes is not None and now - self._began >= terms.max_minutes * MINUTE:
            raise LimitReached("minutes")
        if terms.rate is not None and len(self._times) >= terms.rate and (wait := self._times[-terms.rate] + MINUTE - now) > 0:
            self.sleep(wait)
        self._times.append(self.clock())
        while len(self._times) > (terms.rate or 0) + 1:
            self._times.popleft()
        self.calls += 1

    def paid(self, tokens: Tokens, price: float | None) -> None:
        self.tokens += tokens.prompt + tokens.written
        self.spent += price or 0.0


@dataclass
class Calls:
    """A model whose calls are kept. `repeat` keeps those of each repetition apart; `fresh` asks again, and keeps what comes then."""

    inner: ChatModel
    folder: Path
    address: str = ""
    fresh: bool = False
    purse: Purse = field(default_factory=Purse)
    repeat: int = 0
    seconds: float = field(default=0.0, init=False)
    """How long the service took for what was asked of it, also when that was long ago."""

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def whom(self) -> str:
        return self.inner.whom

    @property
    def window(self) -> int:
        return self.inner.window

    def ready(self) -> None:
        self.inner.ready()

    def count(self, text: str, /) -> int:
        return self.inner.count(text)

    def cost(self, tokens: Tokens, /) -> float | None:
        return self.inner.cost(tokens)

    def write(self, messages: Sequence[Message], schema: Mapping[str, Any], limit: int) -> Generator[str | Tokens, None, None]:
        """See the port. A call that fails is not kept, and neither is one that nobody read to its end. Raises LimitReached too."""
        path = self.folder / f"{self._key(messages, schema, limit)}.json"
        if not self.fresh and (kept := _read(path)) is not None:
            self.seconds += kept["seconds"]
            yield kept["text"]
            yield Tokens(*kept["tokens"])
            return
        started, text, tokens = time.monotonic(), "", Tokens(0, 0)
        with closing(self._asked(messages, schema, limit)) as pieces:
            for piece in pieces:
                if isinstance(piece, Tokens):
                    tokens = piece
                else:
                    text += piece
                yield piece
        seconds = round(time.monotonic() - started, 2)
        self.seconds += seconds
        _keep(path, {"model": self.name, "text": text, "tokens": list(tokens), "seconds": seconds})

    def _asked(self, messages: Sequence[Message], schema: Mapping[str, Any], limit: int) -> Generator[str | Tokens, None, None]:
        """A call to the service, again where it failed before anything came."""
        most = Tokens(sum(self.count(message.text) for message in messages), limit)
        for attempt in range(self.purse.terms.retries + 1):
            self.purse.take(most, self.cost(most))
            text, told = "", None
            try:
                for piece in self.inner.write(messages, schema, limit):
                    if isinstance(piece, Tokens):
                        told = piece
                    else:
                        text += piece
                    yield piece
                return
            except ModelError as error:
                if text or error.reason not in _AGAIN or attempt == self.purse.terms.retries:
                    raise
                self.purse.sleep(_pause(error, attempt + 1))
            finally:
                taken = told or Tokens(most.prompt, self.count(text) if text else 0)  # a service that failed may have read the prompt
                self.purse.paid(taken, self.cost(taken))

    def turn(self, steps: Sequence[Step], tools: Sequence[Mapping[str, Any]], limit: int) -> tuple[Step, Tokens]:
        """See the port; kept like what is written. Raises InputError where the model cannot be given tools, LimitReached too."""
        path = self.folder / f"{self._key(steps, {'tools': list(tools)}, limit)}.json"
        if not self.fresh and (kept := _read(path)) is not None:
            self.seconds += kept["seconds"]
            return Step("assistant", kept["text"], tuple(ToolCall(*call) for call in kept["calls"])), Tokens(*kept["tokens"])
        started = time.monotonic()
        said, tokens = self._turned(steps, tools, limit)
        seconds = round(time.monotonic() - started, 2)
        self.seconds += seconds
        _keep(path, {"model": self.name, "text": said.text, "calls": said.calls, "tokens": list(tokens), "seconds": seconds})
        return said, tokens

    def _turned(self, steps: Sequence[Step], tools: Sequence[Mapping[str, Any]], limit: int) -> tuple[Step, Tokens]:
        """A turn asked of the service, again where it failed."""
        turn = getattr(self.inner, "turn", None)
        if turn is None:
            raise InputError(f"The model {self.name} cannot be given tools.", hint="Name one of openai, anthropic or ollama.")
        most, attempt = Tokens(self.count(json.dumps([steps, tools])), limit), 0
        while True:
            self.purse.take(most, self.cost(most))
            taken = most._replace(written=0)  # a service that failed may have read the prompt
            try:
                said, taken = turn(steps, tools, limit)
                return said, taken
            except ModelError as error:
                attempt += 1
                if error.reason not in _AGAIN or attempt > self.purse.terms.retries:
                    raise
                self.purse.sleep(_pause(error, attempt))
            finally:
                self.purse.paid(taken, self.cost(taken))

    def _key(self, said: Sequence[Message] | Sequence[Step], schema: Mapping[str, Any], limit: int) -> str:
        told = [self.name, self.address, [each._asdict() for each in said], schema, limit, self.repeat]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:LENGTH]


def _pause(error: ModelError, attempt: int) -> float:
    """How long to wait after the n-th attempt failed."""
    return min(error.wait or _FIRST_WAIT * 2 ** (attempt - 1), _LONGEST_WAIT)


def folder(home: Path) -> Path:
    return home / "evals" / "calls"


def _read(path: Path) -> dict[str, Any] | None:
    """What was kept; None where there is nothing, or it is damaged."""
    try:
        kept = json.loads(path.read_bytes())
        text, tokens, seconds = str(kept["text"]), [int(number) for number in kept["tokens"]][:2], float(kept["seconds"])
        calls = [[str(part) for part in call] for call in kept.get("calls", ()) if len(call) == len(ToolCall._fields)]
        return {"text": text, "calls": calls, "tokens": tokens, "seconds": seconds}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(path: Path, call: Mapping[str, Any]) -> None:
    """Keep a call, whole or not at all. A full disk loses nothing but the reuse."""
    part = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.write_text(json.dumps(call, ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
