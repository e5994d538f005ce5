"""The last few results by what they are of: readers of one question ask for its vectors again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Result = TypeVar("Result")
KEPT = 8


class Recent(Generic[Key, Result]):
    """Remembers the last results; threads may share it."""

    def __init__(self) -> None:
        self._held: dict[Key, Result] = {}

    def get(self, key: Key, make: Callable[[], Result]) -> Result:
        """What was made for the key, or is made now."""
        held = self._held
        if key in held:
            return held[key]
        result = make()
        self._held = dict([*list(held.items())[1 - KEPT :], (key, result)])
        return result
