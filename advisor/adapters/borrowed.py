"""Retrievers and language models of other packages behind our ports: what they give is held to the port, what they raise becomes ours."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from advisor import extensions
from advisor.domain import Entry, Hit
from advisor.errors import AdvisorError, InputError, ModelError, ServiceError
from advisor.ports import ChatModel, Message, Only, Retriever, Tokens

T = TypeVar("T")


class _Borrowed(ABC):
    """What another package made: our own errors pass, any other becomes the one that `_failed` names."""

    @abstractmethod
    def _failed(self, error: Exception) -> AdvisorError: ...

    def _tried(self, run: Callable[[], T]) -> T:
        with self._named():
            return run()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except AdvisorError:
            raise
        except Exception as error:
            raise self._failed(error) from error


class BorrowedRetriever(_Borrowed):
    """Implements `ports.Retriever` by one of another package. Hits on what the knowledge does not hold are left out."""

    def __init__(self, name: str, entries: Sequence[Entry], home: Path) -> None:
        self._name, self._known = name, {entry.id for entry in entries}
        with self._named():
            self._held: Retriever = _able(extensions.loaded(extensions.RETRIEVERS, name)(entries, home), Retriever, f"The retriever {name!r}")

    @property
    def floor(self) -> float:
        return self._tried(lambda: float(self._held.floor))

    def search(self, query: str, limit: int = 8, only: Only | None = None) -> tuple[Hit, ...]:
        hits = self._tried(lambda: [Hit.model_validate(hit) for hit in self._held.search(query, limit, only)])
        return tuple(hit.model_copy(update={"rank": rank}) for rank, hit in enumerate([hit for hit in hits if hit.id in self._known][:limit], 1))

    def holds(self, query: str) -> bool:
        return self._tried(lambda: bool(self._held.holds(query)))

    def weigh(self, query: str, id_: str, parts: Sequence[str]) -> Sequence[float]:
        return self._tried(lambda: [min(max(float(weight), 0.0), 1.0) for weight, _ in zip(self._held.weigh(query, id_, parts), parts, strict=True)])

    def _failed(self, error: Exception) -> AdvisorError:
        message = f"The retriever {self._name!r} of another package failed: {type(error).__name__}: {str(error)[:200]}"
        return ServiceError(message.rstrip(".") + ".", hint='Take `retriever` out of your settings to search with our own.')


class BorrowedModel(_Borrowed):
    """Implements `ports.ChatModel` by one of another package. Raises InputError when it lacks what the port asks."""

    def __init__(self, provider: str, name: str, base_url: str | None) -> None:
        self.name = name
        with self._named():
            self._held: ChatModel = _able(extensions.loaded(extensions.MODELS, provider)(name, base_url), ChatModel, f"The model {name!r}")

    @property
    def whom(self) -> str:
        return self._tried(lambda: str(self._held.whom))

    @property
    def window(self) -> int:
        return self._tried(lambda: int(self._held.window))

    def ready(self) -> None:
        self._tried(self._held.ready)

    def count(self, text: str) -> int:
        return self._tried(lambda: int(self._held.count(text)))

    def cost(self, tokens: Tokens) -> float | None:
        return self._tried(lambda: self._held.cost(tokens))

    def write(self, messages: Sequence[Message], schema: Mapping[str, Any], limit: int) -> Generator[str | Tokens, None, None]:
        with self._named():
            yield from self._held.write(messages, schema, limit)

    def _failed(self, error: Exception) -> AdvisorError:
        return ModelError("server", self.name)


def _able(made: T, port: type, what: str) -> T:
    """What another package made, where it has all that a port asks for."""
    if missing := [name for name in vars(port) if not name.startswith("_") and not hasattr(made, name)]:
        raise InputError(f"{what} has no {missing[0]!r}.", hint=f"It must do what advisor.ports.{port.__name__} asks.")
    return made
