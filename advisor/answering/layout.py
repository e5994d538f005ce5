"""Claims to Markdown: nothing is said here that is not a claim, headings aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

from advisor.domain import Claim, DraftClaim

Placed = tuple[Claim, DraftClaim]
_OURS = re.compile(r" (\((?:our view|unsere Sicht)\))(?=[.!?:]?$)")
_UNDER_HEADING = re.compile(r"(\*\*(?: \([^()\n]*\))?(?: (?:\[\d+\])+)?)\n\n(?=- |1\. )")
_LISTED = frozenset({"step", "bullet"})


class _Line(NamedTuple):
    """A sentence with the markers of what it rests on, and whether a figure stands in it."""

    text: str
    markers: str
    figured: bool

    def __str__(self) -> str:
        return f"{self.text} {self.markers}".strip()


def markdown(placed: Sequence[Placed]) -> str:
    """The answer's text: sections in order, sentences of a paragraph joined, list items one a line.

    Markers stand behind each sentence with a figure; of sentences without one that rest on the same, behind the last of a paragraph, and beside a
    list's heading where that goes for all of its items.
    """
    blocks: list[str] = []
    for section, run in groupby(placed, key=lambda pair: pair[1].section):
        members = list(run)
        ours, shared = (_all_ours(members), _all_rest_on(members)) if section else ("", "")
        if section:
            blocks.append(" ".join(part for part in (f"**{section}**", ours, shared) if part))
        blocks += _blocks(members, ours=ours, shared=shared)
    return _UNDER_HEADING.sub(r"\1\n", "\n\n".join(blocks))


def _all_ours(members: Sequence[Placed]) -> str:
    """The words that mark a view as ours where every item of a section's list carries them: then its heading says it once."""
    marks = [_OURS.search(claim.text) for claim, planned in members if planned.block in _LISTED]
    return marks[0][1] if len(marks) > 1 and marks[0] and all(marks) else ""


def _all_rest_on(members: Sequence[Placed]) -> str:
    """The markers that every item of a section's list has, where no item shows a figure and nothing but the list stands there."""
    if not all(planned.block in _LISTED for _, planned in members):
        return ""
    lines = _lines([claim for claim, _ in members])
    return lines[0].markers if len(lines) > 1 and len({line.markers for line in lines}) == 1 and not any(line.figured for line in lines) else ""


def _blocks(members: Sequence[Placed], *, ours: str, shared: str) -> list[str]:
    blocks = []
    for kind, run in groupby(members, key=lambda pair: pair[1].block):
        lines = _lines([claim for claim, _ in run])
        if kind in _LISTED:
            lines = [line._replace(text=_OURS.sub("", line.text) if ours else line.text, markers="" if shared else line.markers) for line in lines]
        if kind == "lead":
            lead, *rest = lines
            blocks.append(" ".join(map(str, [lead._replace(text=f"**{lead.text}**"), *_shared_once(rest)])))
        elif kind == "step":
            blocks.append("\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)))
        elif kind in {"bullet", "question"}:
            blocks.append("\n".join(f"- {line}" for line in lines))
        else:
            blocks.append(" ".join(map(str, _shared_once(lines))))
    return blocks


def _shared_once(lines: Sequence[_Line]) -> list[_Line]:
    """A paragraph's sentences: one without a figure leaves its markers to the next one where that rests on the same."""
    pairs = zip_longest(lines, lines[1:])
    return [line._replace(markers="") if after and not line.figured and line.markers == after.markers else line for line, after in pairs if line]


def _lines(claims: Sequence[Claim]) -> list[_Line]:
    """Sentences with their markers; one that ends in a colon runs on into the next, whose markers then speak for both."""
    lines: list[_Line] = []
    joined: list[Claim] = []
    for claim in claims:
        joined.append(claim)
        if claim.text.endswith(":") and claim is not claims[-1]:
            continue
        numbers = dict.fromkeys(n for one in joined for n in one.citations)
        lines.append(_Line(" ".join(one.text for one in joined), "".join(f"[{n}]" for n in numbers), any(one.figures for one in joined)))
        joined = []
    return lines
