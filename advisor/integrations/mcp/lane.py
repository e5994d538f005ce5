"""Runs the advisor's work beside the event loop: one call at a time, so many waiting, so long each; cancelled and reported on from outside."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import suppress
from contextvars import ContextVar
from typing import Any, TypeVar

from advisor.errors import ServiceError

T = TypeVar("T")
Report = Callable[[float, float | None, str], Coroutine[Any, Any, None]]
_REPORT: ContextVar[Report | None] = ContextVar("report", default=None)
_STEPS, _BEAT_SECONDS = 20, 2


class CallProgress:
    """Implements `ports.Progress` for the call that the work belongs to; a call that was cancelled ends at the next step."""

    def track(self, items: Iterable[object], label: str, total: int) -> Iterator[object]:
        from anyio import from_thread

        report, every = _REPORT.get(), max(1, total // _STEPS)
        for step, item in enumerate(items, 1):
            if report is not None:
                from_thread.check_cancelled()
                if step % every == 1 or every == 1:
                    from_thread.run(report, step, total, label)
            yield item


class _Beat:
    """Says every few seconds that a call is still worked on, until the work reports itself: hosts give up on what is silent."""

    def __init__(self, report: Report | None) -> None:
        self._report, self._silent = report, True

    async def told(self, done: float, total: float | None, label: str) -> None:
        self._silent = False
        if self._report is not None:
            await self._report(done, total, label)

    async def run(self) -> None:
        from anyio import BrokenResourceError, ClosedResourceError, sleep

        beats = 0.0
        while self._report is not None:
            await sleep(_BEAT_SECONDS)
            if not self._silent:
                return
            beats += 0.001  # what the work itself reports begins above it
            with suppress(BrokenResourceError, ClosedResourceError):  # nobody listens any more
                await self._report(beats, None, "")


class Lane:
    """One piece of work at a time. Raises ServiceError to those who come when too many wait, and to those whose work takes too long."""

    def __init__(self, *, waiting: int = 64, seconds: float = 120) -> None:
        from anyio import CapacityLimiter

        self._limiter, self._working = CapacityLimiter(1), threading.Lock()
        self._most, self._seconds, self._inside = waiting, seconds, 0

    async def run(self, work: Callable[[], T], report: Report | None = None) -> T:
        from anyio import create_task_group, move_on_after, to_thread

        if self._inside >= self._most:
            raise ServiceError(f"{self._inside} calls are waiting already.", hint="Call again in a few seconds.")
        self._inside += 1
        beat = _Beat(report)
        _REPORT.set(beat.told if report else None)
        try:
            with move_on_after(self._seconds):
                async with create_task_group() as group:
                    group.start_soon(beat.run)
                    done = await to_thread.run_sync(self._kept, work, abandon_on_cancel=True, limiter=self._limiter)
                    group.cancel_scope.cancel()
                return done()
        finally:
            self._inside -= 1
        raise ServiceError(f"The call took longer than {self._seconds:g} seconds.", hint="Give a shorter text, or detail brief.")

    def _kept(self, work: Callable[[], T]) -> Callable[[], T]:
        """What the work gave, or the error it ended with, to be had outside the task group, which would wrap it."""
        try:
            value = self._alone(work)
        except Exception as error:  # noqa: BLE001  # raised again by whoever takes it
            kept = error

            def fail() -> T:
                raise kept

            return fail
        return lambda: value

    def _alone(self, work: Callable[[], T]) -> T:
        """The work, once the thread of a call that nobody waits for any more has ended."""
        with self._working:
            return work()


def note(message: str) -> None:
    """A line for whoever runs the server."""
    sys.stderr.write(f"{message}\n")
