"""What facts would change: `--what-if` of `assess`, and `/what-if` of the chat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from advisor.cli.facts import paths_of, with_facts
from advisor.domain import Applies, Assessment, BenchmarkKind, Reading
from advisor.rendering.changes import changes
from advisor.rendering.documents import Change, WhatIf
from advisor.wiring import Advisor

_COMPARED = frozenset({BenchmarkKind.BENCHMARK, BenchmarkKind.TARGET, BenchmarkKind.THRESHOLD})


def what_if(advisor: Advisor, reading: Reading, before: Assessment, pairs: Mapping[str, str], fx: Mapping[str, Decimal | str]) -> WhatIf:
    """The stage, moves, tools, figures and questions that differ when the facts are supposed."""
    supposed = advisor.supposing(reading, with_facts(reading.client, pairs), changed=paths_of(pairs), fx=fx)
    after = advisor.judge(supposed)
    figures = _figures(advisor, advisor.language_of(reading), advisor.facts(before.client), advisor.facts(supposed.client))
    return WhatIf(supposed=dict(pairs), changes=(*changes(before, after, language=advisor.language_of(reading)), *figures), assessment=after)


def _figures(advisor: Advisor, language: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """The figures that hold for the client only before, or only then."""
    library = advisor.library.in_language(language)
    for id_, record in library.benchmarks.items():
        was, now = (library.applies(id_, facts).applies for facts in (before, after))
        if record.kind in _COMPARED and (was is Applies.YES) != (now is Applies.YES):
            yield Change(what="figure", id=id_, before=was, after=now, because=library.say_record(id_))
