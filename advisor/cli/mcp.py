"""`advisor mcp`: the server for hosts that speak the Model Context Protocol, and its entry in their settings."""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from advisor.cli.output import debug_option
from advisor.integrations.mcp import install

_HTTP = ("bind", "port", "workers", "token_file", "allow_host", "allow_origin", "per_minute")


@click.group("mcp", invoke_without_command=True)
@click.option("--http", is_flag=True, help="Serve over HTTP instead of standard input and output.")
@click.option("--bind", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="With --http: the address to listen on. Beyond this machine a token is needed.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="With --http: the port.")
@click.option("--workers", type=click.IntRange(1, 32), default=1, show_default=True, help="With --http: processes that answer.")
@click.option("--token-file", metavar="FILE", help="With --http: bearer tokens, one a line, each a client of its own. Or one in ADVISOR_MCP_TOKEN.")
@click.option("--allow-host", metavar="NAME", multiple=True, help="With --http: a host name that clients use beyond this machine. Repeatable.")
@click.option("--allow-origin", metavar="URL", multiple=True, help="With --http: a web page that may ask. Repeatable.")
@click.option("--per-minute", type=click.IntRange(1, 1_000_000), default=600, show_default=True, help="With --http: requests a minute from each client.")
@debug_option
@click.pass_context
def command(context: click.Context, /, http: bool, **options: Any) -> None:
    """Serve the advisor to agents over the Model Context Protocol.

    Without --http the host starts this command and speaks over standard input and output.
    """
    if context.invoked_subcommand is not None:
        return
    given = [name for name in _HTTP if context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT]
    if given and not http:
        raise click.UsageError(f"--{given[0].replace('_', '-')} goes with --http.", context)
    gc.freeze()
    gc.enable()  # other commands end before that would matter
    if http:
        _serve_http(options)
    else:
        _serve_stdio()


def _serve_http(options: dict[str, Any]) -> None:
    from advisor.integrations.mcp.http import Options, serve

    hosts, origins = options.pop("allow_host"), options.pop("allow_origin")
    serve(Options(hosts=hosts, origins=origins, **options), os.environ)


def _serve_stdio() -> None:
    from advisor.integrations.mcp import sdk
    from advisor.integrations.mcp.server import build

    sdk.run_stdio(build())


@command.command("install")
@click.option("--host", type=click.Choice(install.HOSTS), required=True, help="The program that is to use the advisor.")
@click.option("--print", "show", is_flag=True, help="Print the entry and change no file.")
@debug_option
def install_(host: str, show: bool) -> None:
    """Add the server to a host's settings, beside what stands there."""
    where = install.place(host, Path.home())
    home = os.environ.get("ADVISOR_HOME", "").strip()
    made = install.entry(where.extra, Path(home).expanduser() if home else None)
    if show:
        click.echo(json.dumps({where.key: {install.SERVER: made}}, indent=2, ensure_ascii=False))
        return
    install.write(where.path, install.merged(where, made))
    click.echo(f"{install.SERVER} stands in {where.path}. Start {host} again to use it.")
    if not _has_sdk():
        click.echo("Note: the server itself needs an optional package: pip install 'partner-advisor[mcp]'", err=True)


def _has_sdk() -> bool:
    from importlib.util import find_spec

    return "mcp" in sys.modules or find_spec("mcp") is not None
