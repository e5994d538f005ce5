"""The command `advisor`: finds the command, runs it, and turns expected errors into a sentence and an exit code.

The table below is all that `--help` needs: no command is imported before it runs.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

import click

from advisor.errors import AdvisorError

COMMANDS = {
    "assess": ("advisor.cli.assess", "Stage, what fits now, what comes later, and what is still open. No index, no network."),
    "ask": ("advisor.cli.ask", "A cited answer to a question about a client's partner strategy."),
    "chat": ("advisor.cli.chat", "The same over many turns, remembering the client."),
    "plan": ("advisor.cli.plan", "A dated plan for a client, to hand on: tasks, gates, targets, budget, sources."),
    "plan-diff": ("advisor.cli.plan_diff", "What changed between two plans."),
    "client": ("advisor.cli.client", "The clients you keep: one file each, every fact with its words and day."),
    "sessions": ("advisor.cli.sessions", "The conversations that were kept: list, show, export, delete."),
    "search": ("advisor.cli.search", "The passages and figures that the knowledge holds on a text."),
    "benchmarks": ("advisor.cli.benchmarks", "The figures: list them, show one, compare those of one metric."),
    "verify": ("advisor.cli.verify", "Every figure of a text: supported, derived, contradicted, of another source, not for you, or unknown."),
    "eval": ("advisor.cli.eval", "Whether the advisor answers as cases expect, and what got worse."),
    "mcp": ("advisor.cli.mcp", "The advisor as a server for agents (MCP), and its entry in their settings."),
    "tools": ("advisor.cli.tools", "The advisor's function schemas for OpenAI, Anthropic and others."),
    "check": ("advisor.cli.check", "Validate knowledge, rules, phrases and prompts; list records due for review."),
    "config": ("advisor.cli.config", "Each setting and where it comes from."),
    "doctor": ("advisor.cli.doctor", "What is installed, what is wrong, and how to mend it."),
}
INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group whose commands are imported when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return cast(click.Command, import_module(COMMANDS[cmd_name][0]).command)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            raise click.UsageError(f"There is no command {args[0]!r}.{f' Did you mean {near[0]!r}?' if near else ''}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="partner-advisor", prog_name="advisor")
def group() -> None:
    """Partner strategy for B2B SaaS, decided by rules, every figure with its proof.

    Runs offline, without a key. Words for a command may come from a pipe: write - in their place.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    A command ends before cycles of garbage would matter, so nobody looks for them, not at the end either: that takes a fifth of a
    short one. Plug-ins of pydantic are not looked for: a process of ours needs none.
    """
    gc.disable()
    atexit.register(gc.freeze)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code is 0 done, 1 a check found problems, 2 the user must act, 3 a service failed."""
    _speak_utf8()
    try:
        result = group.main(args=list(arguments), prog_name="advisor", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_stdout()
        return 0
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped. Nothing was left half done.", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        return _refuse(_click_sentence(error), 2)
    except AdvisorError as error:
        if "--debug" in arguments:
            raise
        return _refuse(str(error), error.exit_code)
    return result if isinstance(result, int) else 0


def _refuse(message: str, code: int) -> int:
    from advisor.intake.clean import clean

    click.echo(f"Error: {clean(message)}", err=True)
    return code


def _click_sentence(error: click.ClickException) -> str:
    """A wrong option in the shape of all our errors: what is wrong, then the next step."""
    message = error.format_message().rstrip()
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "advisor"
    return f"{message if message.endswith(('.', '?')) else f'{message}.'} See: {path} --help"


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _close_stdout() -> None:
    """Nobody reads any more: keep the interpreter from complaining about that at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
