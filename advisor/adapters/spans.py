"""OpenTelemetry spans of a question's way: one for the question, and one below it for each hop.

They go to whatever the host has set up for OpenTelemetry. This package sets up nothing, opens no connection, and says in spans how long
each hop took and what was counted; words, facts and figures only where they are asked for.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Literal

from advisor.errors import MissingExtra, ModelError
from advisor.rendering.hops import plain

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

    from advisor.domain import Answer

Otel = Literal["off", "spans", "contents"]
Hear = Callable[[str, Any], None]
_LONGEST = 32_000  # characters of a hop's value in a span


class Watch:
    """Hears the hops of one question, and passes each on to `also`."""

    def __init__(self, also: Hear | None) -> None:
        self._also = also

    def __call__(self, hop: str, value: Any) -> None:
        if self._also is not None:
            self._also(hop, value)

    def answered(self, answer: Answer) -> None:
        """The question has its answer."""


class SpanWatch(Watch):
    """As a span below that of the question each hop lasts from the end of the one before it."""

    def __init__(self, also: Hear | None, tracer: Tracer, question: Span, *, contents: bool) -> None:
        super().__init__(also)
        self._tracer, self._question, self._contents = tracer, question, contents
        self._since = time.time_ns()

    def __call__(self, hop: str, value: Any) -> None:
        super().__call__(hop, value)
        now = time.time_ns()
        span = self._tracer.start_span(f"advisor.{hop.replace(' ', '_')}", start_time=self._since)
        if self._contents:
            span.set_attribute("advisor.value", json.dumps(plain(value), ensure_ascii=False, default=str)[:_LONGEST])
        span.end(now)
        self._since = now

    def answered(self, answer: Answer) -> None:
        run, checked = answer.run, answer.verification
        told = {
            "advisor.composer": run.composer, "advisor.language": answer.language, "advisor.knowledge_version": run.knowledge_version, "advisor.prompt_version": run.prompt_version,
            "gen_ai.request.model": run.model, "advisor.tokens": run.tokens, "advisor.cost": None if run.cost is None else float(run.cost),
            "advisor.claims": len(answer.answer.claims), "advisor.figures": checked.figures, "advisor.repairs": checked.repairs, "advisor.removed": len(checked.removed),
            "advisor.abstained": answer.answer.abstained,
        }  # fmt: skip
        self._question.set_attributes({name: value for name, value in told.items() if value is not None})


@contextmanager
def watched(otel: Otel, also: Hear | None = None) -> Iterator[Watch]:
    """Hears one question, with spans where they are wanted. Raises MissingExtra where OpenTelemetry is not there."""
    if otel == "off":
        yield Watch(also)
        return
    try:
        from opentelemetry import trace
    except ImportError:
        raise MissingExtra("ADVISOR_OTEL", "otel") from None
    tracer = trace.get_tracer("partner-advisor", _version())
    with tracer.start_as_current_span("advisor.ask", record_exception=False, set_status_on_exception=False) as span:
        try:
            yield SpanWatch(also, tracer, span, contents=otel == "contents")
        except BaseException as error:  # told by its kind alone: a message may repeat what was asked
            span.set_attribute("error.type", error.reason if isinstance(error, ModelError) else type(error).__name__)
            span.set_status(trace.StatusCode.ERROR)
            raise


def _version() -> str:
    try:
        return version("partner-advisor")
    except PackageNotFoundError:
        return ""
