"""What a message wants besides its asks: a matter or a gap that a part of it is surely about, and that nothing else in the answer speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from advisor.answering.brief import Brief
from advisor.answering.parted import parts, wishes
from advisor.domain import AskKind

_MOST = 2
_CLOSED = frozenset({AskKind.SUM, AskKind.CHIT_CHAT, AskKind.OUT_OF_SCOPE, AskKind.DRAFT_PLAN, AskKind.EXPLAIN_TERM})


def besides(question: str, briefs: Sequence[Brief], brief_of: Callable[[str], Brief | None]) -> list[Brief]:
    """The first few parts of a message that are about something of their own; `brief_of` gives a part's brief where it is surely about a matter or a gap."""
    if not briefs or briefs[0].reading.planted or any(brief.ask.kind in _CLOSED or brief.occasion or brief.choice for brief in briefs):
        return []
    said = {name for brief in briefs for name in _subjects(brief)}
    found: list[Brief] = []
    for text in _pieces(question, briefs):
        brief = brief_of(text)
        if brief is not None and not said & {*_subjects(brief)}:
            said |= {*_subjects(brief)}
            found.append(replace(brief, beside=True))
    return found[:_MOST]


def _pieces(question: str, briefs: Sequence[Brief]) -> Iterator[str]:
    """What a message says that is wanted, one thing each, and its questions where they were answered as one."""
    yield from wishes(question)
    asked = parts(question)
    if len(briefs) == 1 and len(asked) > 1:
        yield from (part.told for part in asked)


def _subjects(brief: Brief) -> Iterator[str]:
    if brief.matter:
        yield from (brief.matter, *brief.playbook.matters[brief.matter].covers)
    if brief.gap is not None:
        yield brief.gap.name
