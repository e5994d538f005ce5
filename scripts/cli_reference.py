"""Writes docs/reference/cli.md from the commands' own help. Run it after changing an option; a test holds both equal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from advisor.cli.main import group

FILE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "cli.md"
HEAD = """# The command line

Written by `scripts/cli_reference.py` from `advisor COMMAND --help`.

Answers go to standard output, progress and remarks to standard error. With `--json` standard output holds one JSON document and
nothing else; its schemas stand in `schemas/`. To a pipe, text is plain Markdown in UTF-8; on a terminal it is rendered.

| Exit code | Meaning |
|---|---|
| 0 | done; also when facts are unknown or contradict each other, or when the answer is that the knowledge does not hold this |
| 1 | a check found problems (`check`, `doctor`, `eval run --gate`) |
| 2 | you must change something: an option, a file, the installation; the message says what |
| 3 | an outside service failed after retries |
| 130 | you stopped it |
"""


def text() -> str:
    return HEAD + "".join(f"\n## {path}\n\n```text\n{help_}\n```\n" for path, help_ in _pages(group, "advisor"))


def _pages(command: click.Command, path: str, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    context = command.make_context(path.rpartition(" ")[2], [], parent=parent, resilient_parsing=True)
    context.max_content_width = 100
    context.terminal_width = 100
    yield path, command.get_help(context).rstrip()
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _pages(below, f"{path} {name}", context)


def main() -> None:
    FILE.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{FILE.name}\n")


if __name__ == "__main__":
    main()
