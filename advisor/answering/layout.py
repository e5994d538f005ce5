"""Claims to Markdown: nothing is said here that is not a claim, headings aside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from advisor.domain import Claim, DraftClaim

Placed = tuple[Claim, DraftClaim]


def markdown(placed: Sequence[Placed]) -> str:
    """The answer's text: sections in order, sentences of a paragraph joined, list items one a line, markers after each."""
    blocks: list[str] = []
    for section, members in groupby(placed, key=lambda pair: pair[1].section):
        if section:
            blocks.append(f"**{section}**")
        blocks += _blocks(list(members), under_heading=bool(section))
    return "\n\n".join(blocks).replace("**\n\n- ", "**\n- ").replace("**\n\n1. ", "**\n1. ")


def _blocks(members: Sequence[Placed], *, under_heading: bool) -> list[str]:
    blocks = []
    for kind, run in groupby(members, key=lambda pair: pair[1].block):
        lines = [_marked(claim) for claim, _ in run]
        if kind == "lead":
            blocks.append(" ".join([f"**{lines[0].split(' [')[0]}**{_markers(lines[0])}", *lines[1:]]))
        elif kind == "step":
            blocks.append("\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)))
        elif kind in {"bullet", "question"}:
            blocks.append("\n".join(f"- {line}" for line in lines))
        else:
            blocks.append(" ".join(lines))
    return blocks


def _markers(line: str) -> str:
    return line[len(line.split(" [")[0]) :]


def _marked(claim: Claim) -> str:
    return " ".join([claim.text, "".join(f"[{n}]" for n in claim.citations)]).strip()
