"""Where a chat prints: rendered on a terminal, Markdown in a pipe, bare words for a screen reader."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import click

from advisor.cli.output import show
from advisor.settings import Settings

_MARKS = re.compile(r"\*\*|^#+ |^> ?|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)", re.M)


class Screen:
    """Prints a text block by block, so that a long answer can be stopped on its way."""

    def __init__(self, settings: Settings, *, plain: bool) -> None:
        self._settings, self._plain = settings, plain
        self._drawn = sys.stdout.isatty() or settings.colour == "always"

    def show(self, markdown: str) -> None:
        """Print Markdown. Raises KeyboardInterrupt when the reader stops it."""
        for block in blocks(markdown):
            if self._plain:
                click.echo(bare(block) + "\n")
            else:
                show(f"{block}\n\n", self._settings)
                click.echo("\n" if self._drawn else "", nl=False)
            sys.stdout.flush()

    def note(self, text: str) -> None:
        """A remark of the program, beside the answers."""
        click.echo(text, err=True)


def bare(markdown: str) -> str:
    """The words without the marks that a screen reader would read out; a table row as its cells."""
    lines = (line for line in markdown.split("\n") if not set(line) <= set("|- ") or not line.strip())
    return "\n".join("; ".join(cell.strip() for cell in line.strip("| ").split(" | ")) if line.startswith("|") else _MARKS.sub("", line) for line in lines)


def blocks(markdown: str) -> Iterator[str]:
    """The parts between blank lines; a heading stays with what it heads, so that lists keep their numbers."""
    held = ""
    for part in re.split(r"\n{2,}", markdown.strip("\n")):
        if part.startswith("#") and "\n" not in part:
            held = f"{held}{part}\n\n"
        else:
            yield held + part
            held = ""
    if held:
        yield held.strip("\n")
