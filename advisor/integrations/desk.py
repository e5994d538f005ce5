"""Where a host's calls arrive: the advisor, made at the first call, and whose conversations these are."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from advisor.domain.client import Client
from advisor.errors import InputError

if TYPE_CHECKING:
    from advisor.domain.base import Value
    from advisor.wiring import Advisor

NEW = "new"


class Outcome(NamedTuple):
    """What a capability gave: the typed value, and the same as a text for people."""

    value: Value
    text: str

    def as_json(self) -> dict[str, Any]:
        """The value as JSON; what is empty is left out."""
        return self.value.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _default() -> Advisor:
    from advisor.settings import load_settings
    from advisor.wiring import build_advisor

    return build_advisor(load_settings())


@dataclass(frozen=True)
class Desk:
    """One caller's way to the advisor.

    `base` are facts below those of a call. With an `owner`, conversations are kept under that name and nobody else's are found;
    they begin with "new" alone. Without one they are the user's own, those of `advisor chat --session` among them.
    """

    make: Callable[[], Advisor] = _default
    base: Client = field(default_factory=Client)
    owner: str | None = None

    @cached_property
    def advisor(self) -> Advisor:
        with _MAKING:
            return self.make()

    def conversation(self, name: str) -> str:
        """The name of a conversation as the caller knows it. Raises InputError when it is not his."""
        if name.strip().lower() == NEW:
            return f"talk-{secrets.token_hex(8)}"
        if self.owner is not None and not self.advisor.store.turns(self.stored(name)):
            raise InputError(f"There is no conversation {name!r:.80} of yours.", hint=f'Begin one with session "{NEW}", then use the name that comes back.')
        return name

    def stored(self, name: str) -> str:
        """The name under which the conversation is kept."""
        return name if self.owner is None else f"{self.owner}.{name}"


_MAKING = threading.RLock()  # the desks of one server share an advisor, which is then made within
