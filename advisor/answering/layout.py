"""Claims to Markdown: nothing is said here that is not a claim, headings aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from advisor.domain import Claim, DraftClaim

Placed = tuple[Claim, DraftClaim]
_OURS = re.compile(r" (\((?:our view|unsere Sicht)\))(?=[.!?:]?$)")
_UNDER_HEADING = re.compile(r"(\*\*(?: \([^()\n]*\))?)\n\n(?=- |1\. )")
_LISTED = frozenset({"step", "bullet"})


def markdown(placed: Sequence[Placed]) -> str:
    """The answer's text: sections in order, sentences of a paragraph joined, list items one a line, markers after each."""
    blocks: list[str] = []
    for section, run in groupby(placed, key=lambda pair: pair[1].section):
        members = list(run)
        ours = _all_ours(members) if section else ""
        if section:
            blocks.append(f"**{section}** {ours}".rstrip())
        blocks += _blocks(members, told_above=bool(ours))
    return _UNDER_HEADING.sub(r"\1\n", "\n\n".join(blocks))


def _all_ours(members: Sequence[Placed]) -> str:
    """The words that mark a view as ours where every item of a section's list carries them: then its heading says it once."""
    marks = [_OURS.search(claim.text) for claim, planned in members if planned.block in _LISTED]
    return marks[0][1] if len(marks) > 1 and marks[0] and all(marks) else ""


def _blocks(members: Sequence[Placed], *, told_above: bool) -> list[str]:
    blocks = []
    for kind, run in groupby(members, key=lambda pair: pair[1].block):
        lines = _lines([claim for claim, _ in run])
        if told_above and kind in _LISTED:
            lines = [(_OURS.sub("", text), markers) for text, markers in lines]
        if kind == "lead":
            blocks.append(" ".join([_bold(lines[0]), *map(_marked, lines[1:])]))
        elif kind == "step":
            blocks.append("\n".join(f"{number}. {_marked(line)}" for number, line in enumerate(lines, 1)))
        elif kind in {"bullet", "question"}:
            blocks.append("\n".join(f"- {_marked(line)}" for line in lines))
        else:
            blocks.append(" ".join(map(_marked, lines)))
    return blocks


def _lines(claims: Sequence[Claim]) -> list[tuple[str, str]]:
    """Sentences with their markers; one that ends in a colon runs on into the next, whose markers then speak for both."""
    lines: list[tuple[str, str]] = []
    opening: str = ""
    before: tuple[int, ...] = ()
    for claim in claims:
        numbers = tuple(dict.fromkeys((*before, *claim.citations)))
        if claim.text.endswith(":") and claim is not claims[-1]:
            opening, before = f"{opening}{claim.text} ", numbers
            continue
        lines.append((f"{opening}{claim.text}", "".join(f"[{n}]" for n in numbers)))
        opening, before = "", ()
    return lines


def _bold(line: tuple[str, str]) -> str:
    text, markers = line
    return _marked((f"**{text}**", markers))


def _marked(line: tuple[str, str]) -> str:
    return " ".join(line).strip()
