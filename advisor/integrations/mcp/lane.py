"""Runs the advisor's work beside the event loop: one call at a time, so many waiting, so long each; cancelled and reported on from outside."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

from advisor.errors import ServiceError

T = TypeVar("T")
Report = Callable[[float, float, str], Coroutine[Any, Any, None]]
_REPORT: ContextVar[Report | None] = ContextVar("report", default=None)
_STEPS = 20


class CallProgress:
    """Implements `ports.Progress` for the call that the work belongs to; a call that was cancelled ends at the next step."""

    def track(self, items: Iterable[object], label: str, total: int) -> Iterator[object]:
        from anyio import from_thread

        report, every = _REPORT.get(), max(1, total // _STEPS)
        for done, item in enumerate(items):
            if report is not None:
                from_thread.check_cancelled()
                if done % every == 0:
                    from_thread.run(report, done, total, label)
            yield item


class Lane:
    """One piece of work at a time. Raises ServiceError to those who come when too many wait, and to those whose work takes too long."""

    def __init__(self, *, waiting: int = 64, seconds: float = 120) -> None:
        from anyio import CapacityLimiter

        self._limiter, self._working = CapacityLimiter(1), threading.Lock()
        self._most, self._seconds, self._inside = waiting, seconds, 0

    async def run(self, work: Callable[[], T], report: Report | None = None) -> T:
        from anyio import move_on_after, to_thread

        if self._inside >= self._most:
            raise ServiceError(f"{self._inside} calls are waiting already.", hint="Call again in a few seconds.")
        self._inside += 1
        _REPORT.set(report)
        try:
            with move_on_after(self._seconds):
                return await to_thread.run_sync(self._alone, work, abandon_on_cancel=True, limiter=self._limiter)
        finally:
            self._inside -= 1
        raise ServiceError(f"The call took longer than {self._seconds:g} seconds.", hint="Give a shorter text, or detail brief.")

    def _alone(self, work: Callable[[], T]) -> T:
        """The work, once the thread of a call that nobody waits for any more has ended."""
        with self._working:
            return work()


def note(message: str) -> None:
    """A line for whoever runs the server."""
    sys.stderr.write(f"{message}\n")
