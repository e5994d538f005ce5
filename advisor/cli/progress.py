"""A progress bar on stderr for long work; one line where stderr is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator


class StderrProgress:
    """Implements `ports.Progress`."""

    def track(self, items: Iterable[object], label: str, total: int) -> Iterable[object]:
        return self._bar(items, label, total) if sys.stderr.isatty() else self._line(items, label)

    def _bar(self, items: Iterable[object], label: str, total: int) -> Iterator[object]:
        from rich.console import Console
        from rich.progress import track

        yield from track(items, description=label, total=total, console=Console(file=sys.stderr), transient=True)

    def _line(self, items: Iterable[object], label: str) -> Iterator[object]:
        sys.stderr.write(f"{label} ...\n")
        yield from items
